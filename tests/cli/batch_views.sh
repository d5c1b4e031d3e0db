# Every view of a batch is what readers of its format take.
. "$(dirname "$0")/lib.sh"
XDG_CACHE_HOME=$here/cache data=$source/tests/data
export XDG_CACHE_HOME
"$fixtures" demo demo || exit 99
mkdir demo/set
cp demo/260117名片*.pdf demo/set/名片正面.pdf
cp demo/260117名片*.pdf "demo/set/<b>&\"请柬\".pdf"
printf 'root: true\njob: T-1\nfiles: ["*手提袋*.pdf"]\nmaterials: [{name: 展架}]\n' >demo/set/chupin.yaml
run() { "$chupin" batch demo --as-of 2026-01-17 -q "$@" 2>err; }
run --format jsonl --summary sum.json >all.jsonl
exits "every report of a batch fits the schema" 0 python3 "$source/tests/cli/fits.py" "$source/docs/report.schema.json" all.jsonl
exits "its summary fits its own" 0 python3 "$source/tests/cli/fits.py" "$source/docs/batch.schema.json" sum.json
run --format junit >all.xml
xmllint --noout --schema "$data/junit.xsd" all.xml 2>err || wrong "JUnit fits its schema"
run --format sarif >all.sarif
exits "SARIF fits its schema" 0 python3 "$source/tests/cli/fits.py" "$data/sarif.schema.json" all.sarif
run --format csv >all.csv
# Its sheet is in it: files are missing.
exits "a table is read back" 0 python3 "$source/tests/cli/table.py" all.csv $(($(wc -l <all.jsonl) + 1))
run --format html >all.html
exits "the web page is whole" 0 python3 "$source/tests/cli/page.py" all.html none
# The same sums in all of them.
python3 - <<'PY' >out 2>&1 || wrong "the summary counts what the reports say"
import collections, json
reports, summary = [json.loads(line) for line in open("all.jsonl")], json.load(open("sum.json"))
states = collections.Counter(r["verdict"]["state"] for r in reports)
assert summary["checked"] == summary["files"] == len(reports), summary
assert {k: v for k, v in summary["verdicts"].items() if v} == dict(states), (summary["verdicts"], states)
open_ones = [(f["rule"], f["item"]) for r in reports for f in r["findings"] if f["outcome"] == "fail" and f["severity"] != "info"]
assert {(r["rule"], r["item"]): r["findings"] for r in summary["rules"]} == dict(collections.Counter(open_ones))
assert {s["check"] for s in summary["set"]} >= {"set-file-missing", "set-material-missing", "set-side-missing", "set-same-artwork"}
PY
finish
