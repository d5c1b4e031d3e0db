. "$(dirname "$0")/lib.sh"
"$fixtures" demo demo || exit 99
bad=$(ls demo/260110*.pdf)

for format in text gcc jsonl; do
    "$chupin" check --as-of 2026-02-01 --format $format demo/*.pdf >first 2>err
    "$chupin" check --as-of 2026-02-01 --format $format demo/*.pdf >second 2>err
    cmp -s first second || wrong "$format has the same bytes twice"
done
"$chupin" check --as-of 2026-02-01 --format jsonl demo/*.pdf >all.jsonl
"$chupin" check --format jsonl empty.pdf >>all.jsonl 2>err
: >empty.pdf
"$chupin" check --format jsonl empty.pdf >>all.jsonl
"$chupin" check --format jsonl --timeout 0.000001 "$bad" >>all.jsonl
"$chupin" check --format json --lang en "$bad" >one.json
exits "every report fits the schema" 0 python3 "$source/tests/cli/fits.py" "$source/docs/report.schema.json" all.jsonl one.json
(cd demo && "$chupin" check --as-of 2026-02-01 --format json "$(basename "$bad")") >near.json
"$chupin" check --as-of 2026-02-01 --format json --lang en --color always "$PWD/$bad" >far.json
cmp -s near.json far.json || wrong "neither path, language nor terminal changes the JSON"

exits "facts of a file" 0 "$chupin" facts "$bad" -o facts1.json
"$chupin" facts --format json "$bad" >facts2.json
cmp -s facts1.json facts2.json || wrong "facts have the same bytes twice"
python3 -c 'import json, sys; d = json.load(open("facts1.json")); sys.exit(list(d) != ["file", "pages", "document"])' || wrong "the dump has its three keys in order"

exits "a report goes to a file" 1 "$chupin" check -o report.txt "$bad"
silent "a report in a file is not printed too" out
says "a report goes to a file" report.txt "不能出片"
[ "$(ls report.txt*)" = report.txt ] || wrong "no temporary file stays behind"
exits "an output that cannot be made" 3 "$chupin" check -o nowhere/report.txt "$bad"
sum=$(cksum <"$bad")
exits "the artwork is never written to" 2 "$chupin" check -o "$bad" "$bad"
[ "$sum" = "$(cksum <"$bad")" ] || wrong "the artwork is never written to"
exits "output to a device" 1 "$chupin" check -o /dev/null "$bad"
if [ -w /dev/full ]; then exits "a full disk is said" 3 "$chupin" check -o /dev/full "$bad"; fi

exits "no colour in a pipe" 1 "$chupin" check "$bad"
if grep -q "$(printf '\033')" out; then wrong "no colour in a pipe"; fi
exits "colour when asked" 1 "$chupin" check --color always "$bad"
grep -q "$(printf '\033')" out || wrong "colour when asked"
exits "one line a file with -q" 3 "$chupin" check -q demo/*.pdf
[ "$(wc -l <out)" -eq "$(ls demo/*.pdf | wc -l)" ] || wrong "one line a file with -q"
exits "a summary ends a run over several files" 1 "$chupin" check "$bad" "$bad"
says "a summary ends a run over several files" out "一共"
exits "lines for editors" 1 "$chupin" check --format gcc "$bad"
grep -q '\.pdf:1: error: .* \[[a-z-]*\]$' out || wrong "lines for editors"
finish
