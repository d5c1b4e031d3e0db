. "$(dirname "$0")/lib.sh"
"$fixtures" demo demo || exit 99
good=$(ls demo/260117名片*.pdf) bad=$(ls demo/260110*.pdf)

exits "a faulty file is found" 1 "$chupin" check "$bad"
says "the verdict stands there" out "不能出片"
exits "a missing file cannot be checked" 3 "$chupin" check nowhere.pdf
one_line "a missing file gets one line" err
silent "a missing file gets no report" out
exits "a folder cannot be checked" 3 "$chupin" check demo
one_line "a folder gets one line" err
mkfifo pipe
exits "a pipe is not waited for" 3 "$chupin" check pipe
exits "standard input is not read" 3 "$chupin" check -
exits "a path through a file is no path" 3 "$chupin" check "$bad/x.pdf"

cp "$bad" locked.pdf && chmod 0 locked.pdf && chmod 755 . && cp "$chupin" program && chmod 755 program
if [ "$(id -u)" -ne 0 ]; then
    exits "a file that may not be read" 3 "$chupin" check locked.pdf
    one_line "a file that may not be read gets one line" err
elif command -v setpriv >/dev/null; then
    # The source may lie where nobody else can look.
    cp -r "$source/rules" rules && chmod -R a+rX rules
    exits "a file that may not be read" 3 setpriv --reuid=65534 --clear-groups ./program check --rules rules locked.pdf
    one_line "a file that may not be read gets one line" err
fi

exits "the other files are checked all the same" 3 "$chupin" check nowhere.pdf "$bad"
says "the other files are checked all the same" out "不能出片"
exits "an unreadable file counts more than a fault" 3 "$chupin" check demo/*最终版*.pdf "$bad"
printf 'siez: A4\n' >wrong.yaml
exits "a wrong job sheet stops everything" 2 "$chupin" check --job wrong.yaml "$bad"
silent "with a wrong job sheet nothing is checked" out
says "the misspelt key is named with the right one" err size
says "the place of the key is named" err "wrong.yaml:1:1"
printf '\263\337\264\347: A4\n' >gbk.yaml
"$chupin" check --job gbk.yaml "$bad" >out 2>err
says "a sheet in GBK is read" out GBK
exits "a job sheet that is not there is refused" 2 "$chupin" check --job none.yaml "$bad"
exits "a size that makes no sense is refused" 2 "$chupin" check --size big "$bad"

for odd in '-leading.pdf' 'new
line.pdf' "$(printf 'bell\007esc\033[31m.pdf')" "$(printf 'bad\377utf8.pdf')" '" && x.pdf' '%s%n.pdf'; do
    cp -- "$bad" "$odd"
    for format in text gcc json jsonl; do
        exits "an odd name is checked" 1 "$chupin" check --format $format -- "$odd"
        if LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" out; then wrong "an odd name reaches the terminal in $format"; fi
    done
    exits "facts of an odd name" 0 "$chupin" facts -- "$odd"
    rm -- "$odd"
done
exits "a leading dash without -- is an option" 2 "$chupin" check -leading.pdf

printf '' >empty.pdf
printf '<!DOCTYPE html><html><body>not found</body></html>' >page.pdf
printf '8BPS\000\001' >layout.psd
printf '%%!PS-Adobe-3.0 EPSF-3.0\n' >art.eps
printf 'CorelDRAW' >art.cdr
head -c 3000 /dev/urandom >noise.pdf
for file in empty.pdf page.pdf layout.psd art.eps art.cdr noise.pdf; do
    exits "$file cannot be checked" 3 "$chupin" check -q "$file"
    one_line "$file gets one line" out
    exits "$file gives facts all the same" 3 "$chupin" facts "$file"
    python3 -m json.tool out >/dev/null || wrong "the facts of $file are JSON"
done
cp "$bad" art.ai
exits "an .ai file with a PDF body is read as PDF" 1 "$chupin" check art.ai

exits "a file that takes too long" 3 "$chupin" check --timeout 0.000001 "$bad"
says "a file that takes too long says so" out "秒"
exits "facts that take too long are still JSON" 3 "$chupin" facts --timeout 0.000001 "$bad"
python3 -m json.tool out >/dev/null || wrong "facts that take too long are still JSON"
exits "facts with plates" 0 "$chupin" facts --with plates "$good"
exits "facts with plates and pixels" 0 "$chupin" facts --with plates,pixels "$good"
python3 -c "
import json
page = json.load(open('out'))['pages'][0]
assert {'Cyan', 'Magenta', 'Yellow', 'Black'} >= {p['ink'] for p in page['plate']} and page['plate'] and page['page']['drawn'], page
assert {t['kind'] for t in page['tac_area']} >= {'square', 'region', 'peak'}, page['tac_area']
" || wrong "facts with plates hold what was measured on them"
exits "facts without plates" 0 "$chupin" facts "$good"
python3 -c "
import json
page = json.load(open('out'))['pages'][0]
assert page['plate'] == [] and page['page']['drawn'] is None, page
" || wrong "no page is drawn for facts alone"
# Without a press profile nothing can be drawn: what only plates prove is not proven then.
"$fixtures" plates sheets || exit 99
CHUPIN_PROFILE_DIR=$PWD/nowhere "$chupin" check --format json sheets/fill.pdf >out 2>err || :
python3 -c "
import json
r = json.load(open('out'))
assert r['items'][4]['machine'] in ('unchecked', 'fail') and r['items'][7]['machine'] in ('unchecked', 'fail'), r['items']
assert any('libgs-common' in u['why']['en'] for u in r['unchecked']), r['unchecked']
assert r['pages'][0]['ink'] is None
" || wrong "a page that could not be drawn proves nothing"
exits "the fail-on level counts" 0 "$chupin" check --fail-on error --job demo/chupin.yaml -q "$good"
finish
