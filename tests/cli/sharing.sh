# A large document is shared out page by page, and nothing of it shows: the report is the same bytes as of one worker.
. "$(dirname "$0")/lib.sh"
XDG_CACHE_HOME=$here/cache
export XDG_CACHE_HOME
python3 "$source/tests/cli/sharing.py" || exit 99
"$fixtures" demo demo || exit 99
mv demo/260115*.pdf .
cat >chupin.yaml <<'EOS'
root: true
job: T-2
size: 200x290 mm
parts:
  - {name: cover, pages: "1-6", paper: 157g 铜版}
  - {name: text, pages: "7-500", paper: 120g 双胶, process: digital}
EOS
as_of="--as-of 2026-01-17"
# same FILE JOBS…: one worker tells what so many tell
same() {
    "$chupin" check "$1" $as_of -j1 --format json >one 2>err
    [ -s one ] || wrong "$1 is reported"
    file=$1
    shift
    for jobs in "$@"; do
        "$chupin" check "$file" $as_of -j"$jobs" --format json >several 2>err
        cmp -s one several || wrong "$file is the same bytes with -j$jobs"
    done
}
same whole.pdf 2 5
same undrawn.pdf 3
same broken.pdf 2
same repaired.pdf 2

# They hold what they are made for.
"$chupin" check whole.pdf $as_of --format json >one 2>err
for rule in page-duplicate ink-name-ambiguous font-courier page-size-consistent line-weight-min; do
    says "$rule is found" one "\"$rule\""
done
"$chupin" check broken.pdf $as_of --format json >one 2>err
says "what is broken is told with its page" one "第 11 页"

# In a batch: the last files have idle workers beside them.
mkdir many
cp whole.pdf repaired.pdf 260115*.pdf chupin.yaml many/
"$chupin" batch many $as_of -q --no-cache -j1 --format jsonl >one 2>err
for jobs in 2 9; do
    "$chupin" batch many $as_of -q --no-cache -j$jobs --format jsonl >several 2>err
    cmp -s one several || wrong "a batch is the same bytes with -j$jobs"
done
"$chupin" batch many $as_of -q -j3 --format jsonl >cold 2>err
"$chupin" batch many $as_of -q -j3 --format jsonl >warm 2>err
cmp -s one cold && cmp -s one warm || wrong "and so is what is kept of it"
exits "-j takes a number" 2 "$chupin" check whole.pdf -j none
finish
