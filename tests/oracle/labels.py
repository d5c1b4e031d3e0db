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


def failing(report):
    return {f["rule"]: f["severity"] for f in report["findings"] if f["outcome"] == "fail"}


def judge_odd(chupin, path):
    for options in (("--format", "json"), ()):
        code, out, err = run(chupin, path, *options)
        if code not in (0, 1, 3):
            return f"exit {code}: {err.decode(errors='replace').strip()[:200]}"
        for byte in (b"\x1b", b"\x07", b"\r"):
            if byte in out + err:
                return f"control byte {byte!r} in the output"
    return None


def judge(chupin, work, row):
    name, rule, kind, _ = row
    path = os.path.join(work, name)
    try:
        if kind == "odd":
            return judge_odd(chupin, path)
        code, out, err = run(chupin, path, "--format", "json")
        if not out:
            return f"exit {code} without a report: {err.decode(errors='replace').strip()[:200]}"
        found = failing(json.loads(out))
    except subprocess.TimeoutExpired:
        return f"no answer in {SECONDS} s"
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
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda row: judge(chupin, work, row), rows))
    wrong = [(row, why) for row, why in zip(rows, answers) if why]
    for (name, _, kind, what), why in wrong:
        print(f"{kind:5}{name}: {why}  ({what})")
    print(f"{len(rows)} files, {len(wrong)} not as labelled")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
