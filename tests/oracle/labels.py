#!/usr/bin/env python3
"""Every file that chupin-fixtures draws does what its label says.

    labels.py CHUPIN CHUPIN_FIXTURES FOLDER

FOLDER is what `chupin-fixtures all` has filled.

good  its rule has no finding with outcome fail, and no rule gives an error
bad   its rule has one
trap  the same as good: a page that has fooled such programs before
odd   an exit code from the list, within the time limit, and nothing that a terminal would execute
"""
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

SECONDS = 120
# Errors that a file is right to get although its label is about another rule.
ALSO_WRONG = {
    "print-denied/good.pdf": {"file-encrypted"},
    "traps/unit-scaled/unit-scaled.pdf": {"user-unit"},
    "traps/unit-scaled-size/unit-scaled-size.pdf": {"user-unit"},
}


def run(chupin, path, *options):
    done = subprocess.run([chupin, "check", *options, path], capture_output=True, timeout=SECONDS)
    return done.returncode, done.stdout, done.stderr


def reports(chupin, paths):
    """One batch over all of them; it answers in the order of their paths."""
    command = [chupin, "batch", "-q", "--format", "jsonl", "--timeout", str(SECONDS), "-"]
    done = subprocess.run(command, input="\n".join(paths), capture_output=True, text=True)
    lines = done.stdout.splitlines()
    if len(lines) != len(paths):
        sys.exit(f"{len(paths)} files, {len(lines)} reports: {done.stderr.strip()[-400:]}")
    return [json.loads(line) for line in lines]


def judge_odd(chupin, path):
    for options in (("--format", "json"), ()):
        try:
            code, out, err = run(chupin, path, *options)
        except subprocess.TimeoutExpired:
            return f"no answer in {SECONDS} s"
        if code not in (0, 1, 3):
            return f"exit {code}: {err.decode(errors='replace').strip()[:200]}"
        for byte in (b"\x1b", b"\x07", b"\r"):
            if byte in out + err:
                return f"control byte {byte!r} in the output"
    return None


def judge(row, report):
    name, rule, kind, _ = row
    if report["file"]["name"] != os.path.basename(name):
        return f"the report is about {report['file']['name']}"
    found = {f["rule"]: f["severity"] for f in report["findings"] if f["outcome"] == "fail"}
    if kind == "bad":
        return None if rule in found else f"{rule} did not fire; instead: {sorted(found)}"
    if rule in found:
        return f"{rule} fired"
    errors = {r for r, severity in found.items() if severity == "error"} - ALSO_WRONG.get(name, set())
    return f"errors of other rules: {sorted(errors)}" if errors else None


def main():
    chupin, fixtures, work = sys.argv[1:4]
    listing = subprocess.run([fixtures, "list"], check=True, capture_output=True, text=True).stdout
    rows = [line.split("\t") for line in listing.splitlines()]
    odd = [row for row in rows if row[2] == "odd"]
    plain = sorted(row for row in rows if row[2] != "odd")
    path = {row[0]: os.path.join(work, row[0]) for row in rows}
    with ThreadPoolExecutor(2) as pool:
        wrong = list(zip(odd, pool.map(lambda row: judge_odd(chupin, path[row[0]]), odd)))
    wrong += zip(plain, map(judge, plain, reports(chupin, [path[row[0]] for row in plain])))
    wrong = [(row, why) for row, why in wrong if why]
    for (name, _, kind, what), why in wrong:
        print(f"{kind:5}{name}: {why}  ({what})")
    print(f"{len(rows)} files, {len(wrong)} not as labelled")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
