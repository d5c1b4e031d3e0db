. "$(dirname "$0")/lib.sh"
XDG_CACHE_HOME=$here/cache
export XDG_CACHE_HOME
"$fixtures" demo demo || exit 99
as_of="--as-of 2026-01-17"

# The order of results is that of the paths, whatever the number of workers, with a cache or without.
exits "a folder with a damaged file is not checked as a whole" 3 "$chupin" batch demo $as_of -q --no-cache -j1
mv out one
says "the damaged file heads the summary" one "没法检查的文件"
says "two versions of one item are told" one "[set-two-versions]"
mkdir few
cp demo/260112*.pdf demo/260117名片*.pdf demo/开盘*.pdf demo/*.jpg demo/chupin.yaml few/
for format in jsonl junit html; do
    "$chupin" batch few $as_of -q --no-cache -j1 --format $format >one 2>err
    "$chupin" batch few $as_of -q --no-cache -j4 --format $format >four 2>err
    "$chupin" batch few $as_of -q --format $format >cold 2>err
    "$chupin" batch few $as_of -q --format $format >warm 2>err
    for other in four cold warm; do
        cmp -s one $other || wrong "$format is the same bytes ($other)"
    done
    [ -s one ] || wrong "$format writes something"
done

# One report a line, as `check` writes it.
for file in demo/*.pdf demo/*.tif demo/*.jpg; do
    "$chupin" check $as_of --format jsonl "$file"
done 2>/dev/null | sort >single
"$chupin" batch demo $as_of -q --format jsonl 2>err | sort >many
cmp -s single many || wrong "a batch finds what check finds"

# Lists: lines, NULs, standard input; what is missing is told and stops nothing.
ls demo/*.pdf >list.txt
echo "demo/not there.pdf" >>list.txt
exits "a list with a missing file is not checked as a whole" 3 "$chupin" batch list.txt $as_of
says "the missing file is named" out "not there.pdf"
says "the others are checked" out "260117名片_正稿_v2.pdf"
silent "few files need no progress" err
find demo -name '*.pdf' -print0 | "$chupin" batch - -0 $as_of -q --format jsonl >nul 2>err
find demo -name '*.pdf' | "$chupin" batch - $as_of -q --format jsonl >lines 2>err
cmp -s nul lines || wrong "NULs and lines part the same paths"

# What is no artwork, and what we wrote ourselves, is left alone.
mkdir -p tidy/检查结果 tidy/sub
cp demo/260117名片_正稿_v2.pdf tidy/sub/
cp demo/260117名片_正稿_v2.pdf tidy/检查结果/old.pdf
cp demo/260117名片_正稿_v2.pdf "tidy/~\$open.pdf"
cp demo/260117名片_正稿_v2.pdf tidy/half.pdf.part
echo text >tidy/notes.txt
"$chupin" batch tidy $as_of -q --format jsonl >out 2>err
one_line "only the artwork is checked" out
mkdir empty
exits "a folder without artwork is told" 3 "$chupin" batch empty
one_line "in one line" err

# The set: a front without its back, the same bytes twice, files that the sheet asks for.
mkdir set
cp demo/260117名片_正稿_v2.pdf set/名片正面.pdf
cp demo/260117名片_正稿_v2.pdf set/请柬.pdf
printf 'root: true\njob: T-1\nfiles: ["*手提袋*.pdf"]\nmaterials: [{name: 展架}]\n' >set/chupin.yaml
"$chupin" batch set $as_of -q --summary sum.json >out 2>err
for id in set-side-missing set-same-artwork set-file-missing set-material-missing; do
    says "the set is judged" out "[$id]"
    says "the summary as JSON has it" sum.json "$id"
done

# Saved again: other bytes, the same plates; also when both are known from before.
mkdir again
cp demo/260117名片_正稿_v2.pdf again/名片.pdf
{ cat demo/260117名片_正稿_v2.pdf && echo '% saved again'; } >again/卡片.pdf
"$chupin" batch again $as_of -q >out 2>err
says "artwork that was saved again is told" out "[set-same-artwork]"
cp out first
"$chupin" batch again $as_of -q >out 2>err
cmp -s out first || wrong "and the same out of the cache"

# A sheet that is wrong is said once; its files count as 2, the others are checked.
mkdir -p mixed/bad mixed/good
cp demo/260117名片_正稿_v2.pdf mixed/bad/a.pdf
cp demo/260117名片_正稿_v2.pdf mixed/bad/b.pdf
cp demo/260117名片_正稿_v2.pdf mixed/good/c.pdf
printf 'root: true\nsise: A4\n' >mixed/bad/chupin.yaml
exits "a wrong sheet decides the exit code" 2 "$chupin" batch mixed $as_of -q
says "the other folder is checked" out "good/c.pdf"
[ "$(grep -c sise err)" -le 2 ] || wrong "a wrong sheet is said once"

# Damaged entries of the cache are as good as none.
"$chupin" batch demo $as_of -q --format jsonl >before 2>err
find cache -name '??*' -path '*results/*/*' -type f | while read -r entry; do
    printf 'x' | dd of="$entry" bs=1 seek=200 conv=notrunc 2>/dev/null
done
"$chupin" batch demo $as_of -q --format jsonl >after 2>err
cmp -s before after || wrong "a damaged cache changes no result"

# Killed at random points, parent or worker: what was finished is kept, and nothing is told twice.
i=0
mkdir big
while [ $i -lt "${CHUPIN_COPIES:-5}" ]; do
    for file in few/26*.pdf; do cp "$file" "big/$i$(basename "$file")"; done
    i=$((i + 1))
done
python3 "$source/tests/cli/sharing.py" && mv whole.pdf big/zz.pdf
"$chupin" batch big $as_of -q --no-cache --format jsonl >whole 2>err
python3 "$source/tests/cli/kills.py" "$chupin" "${CHUPIN_ROUNDS:-4}" >rounds || wrong "a batch comes through kills"
[ "${CHUPIN_ROUNDS:-4}" = 4 ] || cat rounds

# An interrupt keeps what is done and says how to go on.
python3 - "$chupin" <<'PY' || wrong "an interrupted batch says how to go on"
import os, signal, subprocess, sys, time
os.environ["XDG_CACHE_HOME"] = os.getcwd() + "/cache-int"
os.mkdir("cache-int")
run = subprocess.Popen([sys.argv[1], "batch", "big", "--format", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
run.stdout.readline()
run.send_signal(signal.SIGINT)
out, err = run.communicate(timeout=60)
sys.exit(0 if run.returncode == 130 and b"--resume" in err else 1)
PY
exits "--resume without results is refused" 2 "$chupin" batch demo --resume --no-cache
exits "-j takes a number" 2 "$chupin" batch demo -j many
exits "no operand is refused" 2 "$chupin" batch
finish
