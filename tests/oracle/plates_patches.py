#!/usr/bin/env python3
"""Places on the pages of `chupin-fixtures plates` against values worked out by hand (plates_expected.txt).

    plates_patches.py CHUPIN CHUPIN_FIXTURES ORACLE_PLANES WORK [PAGE…]

CHUPIN may be `gs`: then Ghostscript's tiffsep is judged by the same table. PAGE limits the run to pages whose names
begin with it. Exit: 0 all as expected, 1 not.
"""
import os
import re
import shutil
import subprocess
import sys

import plate_files

PPI, CELL, SHEET = 150, 48, 192
INKS = {"C": "cyan", "M": "magenta", "Y": "yellow", "K": "black", "A": "spota", "B": "spotb"}
HEIGHTS = {"page.turned_90": 192, "page.turned_270": 192}


def expectations():
    """(page, [places], {ink: value}, tolerance, why) of each row."""
    table = os.path.join(os.path.dirname(__file__), "plates_expected.txt")
    for line in open(table, encoding="utf-8"):
        if line.startswith("#") or not line.strip():
            continue
        page, places, planes, why = line.rstrip("\n").split("\t")
        words = planes.split()
        tolerance = next((float(w[1:]) for w in words if w[0] == "~"), 1.0)
        values = {INKS[w[0]]: float(w[2:]) for w in words if "=" in w}
        yield page, places.split(), values, tolerance, why


def pixel(place):
    """Pixel of a place, from the upper left corner."""
    match = re.fullmatch(r"(?:([a-d])([1-4]))?(?:@([\d.]+),([\d.]+))?", place)
    x, y = (float(match[3]), float(match[4])) if match[3] else (CELL / 2, CELL / 2)
    if match[1]:
        x += "abcd".index(match[1]) * CELL
        y += (4 - int(match[2])) * CELL
    return int(x * PPI / 72), int((SHEET - y) * PPI / 72)


class Sheets:
    """Plates of one file at a time, values of pixels read as they are asked for."""

    def __init__(self, program, fixtures, planes, work):
        self.program, self.planes, self.work = program, planes, work
        shutil.rmtree(work, ignore_errors=True)
        subprocess.run([fixtures, "plates", os.path.join(work, "pdf")], check=True)
        listing = subprocess.run([fixtures, "plates"], check=True, capture_output=True, text=True).stdout
        self.where = {row[2]: (row[0], int(row[1])) for row in (line.split("\t") for line in listing.splitlines())}
        self.drawn = {}

    def plates(self, page):
        name, number = self.where[page]
        if name not in self.drawn:
            pdf, folder = os.path.join(self.work, "pdf", name), os.path.join(self.work, name[:-4])
            if self.program == "gs":
                self.drawn[name] = plate_files.ghostscript(pdf, folder, PPI)
            else:
                self.drawn[name] = plate_files.ours(self.program, pdf, folder, PPI)[0]
        return self.drawn[name].get(number, {})

    def numbers(self, command, path, *words):
        done = subprocess.run([self.planes, command, path, *map(str, words)], check=True, capture_output=True, text=True)
        return [float(word) for word in done.stdout.split()]

    def values(self, page, places):
        """{ink: [value of each place]}"""
        points = [str(n) for place in places for n in pixel(place)]
        found = {ink: self.numbers("places", path, *points) for ink, path in self.plates(page).items()}
        if self.program == "gs":
            found = {ink: [255 - v for v in values] for ink, values in found.items()}
        return found

    def means(self, page):
        """{ink: [mean in %]}"""
        gs = self.program == "gs"
        return {ink: [self.numbers("compare", *(("-", path) if gs else (path, "-")), 1)[3 if gs else 2]]
                for ink, path in self.plates(page).items()}


def judge(sheets, page, places, values, tolerance):
    """Lines that tell what is wrong at these places."""
    if places == ["mean"]:
        found, tolerance = sheets.means(page), tolerance / 100 * max(values.values())
    else:
        found = sheets.values(page, places)
    for i, place in enumerate(places):
        wrong = []
        for ink in sorted(set(values) | set(found)):
            want, got = values.get(ink, 0), found[ink][i] if ink in found else 0
            if abs(want - got) > tolerance + 0.5 * (places != ["mean"]):
                wrong.append(f"{ink} {got:g} not {want:g}")
        if wrong:
            yield f"{page} {place}: {', '.join(wrong)}"


def main():
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    sheets = Sheets(*sys.argv[1:5])
    rows = [row for row in expectations() if any(row[0].startswith(p) for p in sys.argv[5:] or [""])]
    wrong = checked = 0
    for page, places, values, tolerance, why in rows:
        lines = list(judge(sheets, page, places, values, tolerance))
        checked += len(places)
        wrong += len(lines)
        for line in lines:
            print(f"{line}  ({why})")
    print(f"{checked} places of {len({row[0] for row in rows})} pages, {wrong} not as worked out")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
