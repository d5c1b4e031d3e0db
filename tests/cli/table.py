"""table.py FILE FILES: the CSV report as a spreadsheet reads it; it tells of so many files."""
import csv
import sys

raw = open(sys.argv[1], "rb").read()
assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\xef\xbb\xbf") == 1, "one byte order mark"
rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True), strict=True))
head = rows[0]
assert len(head) == len(set(head)), "columns have different names"
for row in rows[1:]:
    assert len(row) == len(head), f"{len(row)} fields instead of {len(head)}: {row}"
    for field in row:
        plain = field.lstrip("-").replace(".", "", 1).isdigit()
        assert plain or not field.startswith(("=", "+", "-", "@", "\t", "\r")), f"a formula: {field}"
        assert not any(ord(c) < 32 and c != "\n" for c in field), f"a control character: {field!r}"
files = {row[0] for row in rows[1:]}
assert len(files) == int(sys.argv[2]), f"{len(files)} files"
