#!/usr/bin/env python3
"""Runs chupin over a folder of real files named by CHUPIN_CORPUS.

    run.py labels|verdicts|truth CHUPIN

The folder holds `found/` (files of others), `made/` with `faults.tsv` (columns file, job, expect pass|warn|fail, fault,
check_expected), `jobs/<job>.yaml`, and `truth/<sha256>.json` (what independent tools say). `labels` holds each labelled
file against its label, `verdicts` asks for an answer without a crash from every file that is artwork, `truth` compares
boxes, fonts and images of PDFs. Labels whose fault needs rules of a later version are listed in LATER and counted apart.
"""
import csv
import hashlib
import json
import os
import subprocess
import sys

# What the label says must be found -> the item it belongs under.
ITEMS = [
    ("image resolution", 5), ("colour space", 5), ("icc missing", 5), ("font embedding", 3), ("outlines", 3),
    ("line weight", 7), ("thin multi-ink line", 7), ("trim", 13), ("page rotation", 13), ("consistent page sizes", 13),
    ("registration", 4), ("duplicate spot", 4), ("unexpected spot", 4), ("pdf/x", 4), ("output intent", 4),
    ("rich black", 4), ("tac in image", 4), ("unintended overprint", 4), ("safe margin", 11), ("minimum text size", 4),
    ("file damaged", 0), ("file repaired", 0), ("header offset", 0), ("size/resolution tag", 13), ("tac", 4),
]
LATER = ("punctuation",)
ARTWORK = (".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg")


def check(chupin, path, sheet=None):
    command = [chupin, "check", path, "--format", "json", "--as-of", "2026-11-22"]
    if sheet:
        command += ["--job", sheet]
    done = subprocess.run(command, capture_output=True, timeout=200)
    return done.returncode, (json.loads(done.stdout) if done.stdout else None), done.stderr.decode(errors="replace")


def errors_of(report, severity="error"):
    return [f for f in report["findings"] if f["outcome"] == "fail" and f["severity"] == severity]


def judge_label(row, code, report):
    expected = row["check_expected"].lower()
    errors, warnings = errors_of(report), errors_of(report, "warning")
    if row["expect"] == "pass":
        return None if not errors else "errors on a good file: %s" % sorted({f["rule"] for f in errors})
    if any(word in expected for word in LATER):
        return "later"
    if expected == "(none)":
        return None
    items = [item for word, item in ITEMS if word in expected]
    if report["verdict"]["machine"] == "unreadable":
        return None if 0 in items else "unreadable"
    wanted = errors if row["expect"] == "fail" else errors + warnings
    if not items:
        return "the label's check is not in the table of run.py: %s" % expected
    return None if any(f["item"] in items for f in wanted) else "missed (items %s): found %s" % (
        items, sorted({(f["rule"], f["severity"]) for f in errors + warnings}))


def labels(chupin, corpus):
    bad = later = good = 0
    for row in csv.DictReader(open(os.path.join(corpus, "made", "faults.tsv"), encoding="utf-8"), delimiter="\t"):
        if not row["file"].lower().endswith(ARTWORK):
            continue
        sheet = os.path.join(corpus, "jobs", row["job"] + ".yaml") if row["job"] else None
        code, report, err = check(chupin, os.path.join(corpus, "made", row["file"]), sheet)
        verdict = judge_label(row, code, report) if report else "no report: %s" % err.strip()
        if verdict == "later":
            later += 1
        elif verdict:
            bad += 1
            print("%s: %s: %s" % (row["file"], row["fault"], verdict))
        else:
            good += 1
    print("%d labels kept, %d wait for later rules, %d broken" % (good, later, bad))
    return bad


def files(corpus, endings):
    for folder in ("found", "made"):
        for base, _, names in sorted(os.walk(os.path.join(corpus, folder))):
            for name in sorted(names):
                if name.lower().endswith(endings):
                    yield os.path.join(base, name)


def verdicts(chupin, corpus):
    bad = count = 0
    states = {}
    for path in files(corpus, ARTWORK):
        count += 1
        try:
            code, report, err = check(chupin, path)
        except subprocess.TimeoutExpired:
            code, report, err = -1, None, "hangs"
        crashed = report and any(word in json.dumps(report) for word in ("signal", "信号"))
        if report is None or code not in (0, 1, 3) or crashed:
            bad += 1
            print("%s: exit %s %s" % (path, code, err.strip() or report["unchecked"][:1]))
        else:
            states[report["verdict"]["machine"]] = states.get(report["verdict"]["machine"], 0) + 1
    print("%d files: %s, %d without a proper answer" % (count, states, bad))
    return bad


BOXES = {"MediaBox": "media_box", "CropBox": "crop_box", "BleedBox": "bleed_box", "TrimBox": "trim_box",
         "ArtBox": "art_box"}


def truth_of_page(page, theirs):
    for key, name in BOXES.items():
        box = theirs.get(key)
        ours = page["page"][name]
        if box is None:
            if ours is not None and key not in ("MediaBox", "CropBox"):
                yield "%s %s, none there" % (name, ours)
        elif ours is None or any(abs(a - b) > 0.01 for a, b in zip(ours, box)):
            yield "%s %s, there %s" % (name, ours, box)
    if theirs.get("Rotate") is not None and page["page"]["rotate"] != theirs["Rotate"] % 360:
        yield "rotate %s, there %s" % (page["page"]["rotate"], theirs["Rotate"])


def truth_of_fonts(facts, theirs):
    """Fonts of one name can differ, so each of theirs needs one of ours that is embedded as it is."""
    ours = {}
    for font in facts["document"].get("font", []):
        ours.setdefault(font["name"], []).append(font)
    for font in theirs:
        alike = [f for f in ours.get(font.get("name"), []) if f["type"] != "type3" and f["embedded"] is not None]
        embedded = font.get("embedded") in (True, "yes")
        if alike and "embedded" in font and all(f["embedded"] != embedded for f in alike):
            yield "font %s embedded %s, there %s" % (font["name"], not embedded, embedded)


def truth_of_images(facts, theirs):
    for number, page in enumerate(facts["pages"], 1):
        images = [i for i in theirs if i.get("page") == number and i["type"] == "image"]
        unit = page["page"]["user_unit"] or 1
        ours = {(i["width"], i["height"], round(i["ppi_x"] * unit), round(i["ppi_y"] * unit))
                for i in page.get("image", []) if i["ppi_x"] is not None}
        for i in images:
            near = [o for o in ours if o[:2] == (i["w"], i["h"]) and abs(o[2] - i["x_ppi"]) <= max(2, 0.02 * i["x_ppi"])
                    and abs(o[3] - i["y_ppi"]) <= max(2, 0.02 * i["y_ppi"])]
            if ours and not near:
                yield "page %d image %dx%d at %s/%s ppi, here %s" % (number, i["w"], i["h"], i["x_ppi"], i["y_ppi"],
                                                                  sorted(ours)[:3])


def truth(chupin, corpus):
    differences = compared = 0
    for path in files(corpus, (".pdf",)):
        sha = hashlib.sha256(open(path, "rb").read()).hexdigest()
        known = os.path.join(corpus, "truth", sha + ".json")
        if not os.path.exists(known):
            continue
        told = json.load(open(known, encoding="utf-8"))
        done = subprocess.run([chupin, "facts", path, "--format", "json"], capture_output=True, timeout=200)
        try:
            facts = json.loads(done.stdout)
        except ValueError:
            print("%s: facts are no JSON (exit %d)" % (path, done.returncode))
            differences += 1
            continue
        compared += 1
        lines = []
        if facts["pages"] and told.get("pages") not in (None, len(facts["pages"])):
            lines.append("%d pages, there %s" % (len(facts["pages"]), told["pages"]))
        for page, theirs in zip(facts["pages"], told.get("boxes") or []):
            lines += truth_of_page(page, theirs)
        lines += truth_of_fonts(facts, told.get("fonts") or [])
        lines += truth_of_images(facts, told.get("images") or [])
        for line in lines[:4]:
            print("%s: %s" % (path, line))
        differences += len(lines)
    print("%d files compared, %d differences" % (compared, differences))
    return differences


def main():
    what, chupin = sys.argv[1:3]
    corpus = os.environ.get("CHUPIN_CORPUS", "")
    if not os.path.isdir(corpus):
        print("skipped: CHUPIN_CORPUS does not name a folder")
        sys.exit(77)
    sys.exit(1 if {"labels": labels, "verdicts": verdicts, "truth": truth}[what](chupin, corpus) else 0)


main()
