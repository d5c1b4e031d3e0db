#!/usr/bin/env python3
"""The highest mean of inks over a square: ours on plates of 72 ppi against every square of Ghostscript's tiffsep at 300.

    tac.py CHUPIN CHUPIN_FIXTURES ORACLE_SQUARES WORK [FILE…]     pages of `chupin-fixtures plates`, or these files

The square is 42 pt, whole pixels here and there. Ghostscript paints every pixel that a shape touches, so it draws four
times as fine. They may differ by 1 % of themselves, or by 0.5 % of one ink. A limit just below what Ghostscript finds makes us look
until the highest is sure. Pages whose sum we leave open (colour that is converted, what is not drawn) are counted
apart, pages of plates_known.txt with `skip` too. Exit: 0 agreed, 1 not.
"""
import fnmatch
import json
import math
import os
import shutil
import subprocess
import sys

import plate_files

PPI, FINER, SQUARE, RELATIVE, FLOOR = 300, 4, 42 / 72, 0.01, 0.005
LARGE = 300  # pt: such pages are not drawn finer
ROUNDING = 1 / 255  # an ink; what we take off sums near a limit
PROCESS = ("cyan", "magenta", "yellow", "black")


# Pages (as patterns) on which Ghostscript's square may be off by more, in parts of itself, and why.
KNOWN = {
    "stroke.*": (0.06, "a pixel of 1/1200 inch that a thin line touches is painted whole there"),
    "clip.paths": (0.0125, "curved clips grow likewise"),
    "text.*": (0.18, "letters of the samples are bars whose edges share pixels: at 72 ppi small type gets heavier"),
    "image.*": (0.075, "images begin and end at pixels whose centre they cover, here of 72 ppi"),
    "shading.gouraud": (0.013, "edges of triangles, likewise"),
}


def skipped():
    rows = [line.split("\t") for line in open(os.path.join(os.path.dirname(__file__), "plates_known.txt"), encoding="utf-8")
            if not line.startswith("#") and line.strip()]
    return [row[0] for row in rows if "skip" in row[2]]


def allowed(name):
    return max([RELATIVE] + [share for pattern, (share, _) in KNOWN.items() if fnmatch.fnmatch(name, pattern)])


def told(chupin, pdf, limit, spots):
    """{page: highest mean} under a sheet with this limit, in %; None: left open."""
    sheet = os.path.join(os.path.dirname(pdf), "chupin.yaml")
    names = ", ".join(json.dumps(name, ensure_ascii=False) for name in spots)
    with open(sheet, "w", encoding="utf-8") as to:
        to.write(f"paper: 157g 铜版\ncolor: {{tac_max: {limit:.3f}%, spots: [{names}]}}\n"
                 f"limits: {{tac_square: {25.4 * SQUARE:.4f}mm}}\n")
    done = subprocess.run([chupin, "check", pdf, "--format", "json"], capture_output=True, text=True, timeout=300)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"chupin check: exit {done.returncode}: {done.stderr[:200]}")
    return {page["number"]: (page.get("ink") or {}).get("max_mean") for page in json.loads(done.stdout)["pages"]}


def bleed_pixels(page):
    """Whole pixels inside the effective bleed box, as viewed, at 300 ppi."""
    x0, y0, x1, y1 = page["bleed"]
    w, h, s = page["media_w"], page["media_h"], PPI / 72
    viewed = {0: (x0, h - y1, x1, h - y0), 90: (y0, x0, y1, x1), 180: (w - x1, y0, w - x0, y1),
              270: (h - y1, w - x1, h - y0, w - x0)}[page["rotate"] % 360]
    return ([str(max(0, math.ceil(v * s - 0.1))) for v in viewed[:2]] + [str(math.floor(v * s + 0.1)) for v in viewed[2:]])


def compare(chupin, squares, pdf, work, name_of, skip):
    folder = os.path.join(work, "one")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    pdf = shutil.copy(pdf, folder)
    facts = json.loads(subprocess.run([chupin, "facts", pdf], check=True, capture_output=True, text=True).stdout)
    spots = [ink["name"] for ink in facts["document"]["ink"] if ink["kind"] == "spot"]
    large = any(one["page"]["media_w"] > LARGE for one in facts["pages"])
    theirs = plate_files.ghostscript(pdf, os.path.join(folder, "gs"), PPI, reduced=1 if large else FINER)
    for one in facts["pages"] if theirs else []:
        page = one["page"]
        number, name = page["number"], name_of(page["number"])
        if any(fnmatch.fnmatch(name, pattern) for pattern in skip):
            continue
        inks = theirs.get(number, {})
        done = subprocess.run([squares, str(round(SQUARE * PPI))] + bleed_pixels(page) + sorted(inks.values()),
                              check=True, capture_output=True, text=True)
        there = float(done.stdout)
        limit = max(0.001, (1 - RELATIVE / 2) * there - ROUNDING * (len(PROCESS) + len(spots)))
        here = told(chupin, pdf, 100 * limit, spots).get(number)
        yield name, here, there
    shutil.rmtree(folder, ignore_errors=True)


def main(chupin, builder, squares, work, *files):
    skip, names = skipped(), {}
    if not files:
        listing = subprocess.run([builder, "plates"], check=True, capture_output=True, text=True).stdout
        subprocess.run([builder, "plates", os.path.join(work, "pdf")], check=True)
        names = {(row[0], int(row[1])): row[2] for row in (line.split("\t") for line in listing.splitlines())}
        files = [os.path.join(work, "pdf", file) for file in dict.fromkeys(file for file, _ in names)]
    count, left_open, wrong = 0, 0, 0
    for file in files:
        base = os.path.basename(file)
        for name, here, there in compare(chupin, squares, file, work, lambda n: names.get((base, n), f"{base} {n}"), skip):
            if here is None:
                left_open += 1
                continue
            count += 1
            if abs(here - there) > max(FLOOR, allowed(name) * there):
                wrong += 1
                print(f"{name}: {100 * here:.2f} %, there {100 * there:.2f} %")
    print(f"{count} pages, {left_open} left open, {wrong} differ")
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    os.makedirs(sys.argv[4], exist_ok=True)
    sys.exit(main(*sys.argv[1:]))
