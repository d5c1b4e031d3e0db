#!/usr/bin/env python3
"""Ink on raster artwork against ImageMagick: it decodes the file, the bytes are added up here. Nothing may differ.

    raster.py CHUPIN WORK           files that ImageMagick draws: strips, tiles, planes, compressions, depths, orientations
    raster.py --corpus CHUPIN WORK  CMYK and gray pictures under CHUPIN_CORPUS, up to LARGEST pixels

Compared to the last digit that is printed: the coverage and the highest tint of every plate, the highest sum of inks at
a pixel and where it stands, and the mean of the worst square, which is added up again over the pixels of the box that is
told. On drawn files every square of whole cells is added up too: none has more. Exit: 0 agreed, 1 not, 77 no corpus.
"""
import json
import os
import random
import subprocess
import sys

DIGITS = 5e-7  # facts are printed to the millionth
LARGEST = 12_000_000
CELL_PPI = 72
INKS = {"CMYK": ["Cyan", "Magenta", "Yellow", "Black"], "Gray": ["Black"]}


def run(*command, **more):
    return subprocess.run(command, capture_output=True, check=True, **more).stdout


class Pixels:
    """A page as ImageMagick decodes it, upright, in inks of 0 to 255."""

    def __init__(self, path, page, turned):
        upright = ["-auto-orient"] if turned else []
        told = run("identify", "-format", "%w %h %[channels]", f"{path}[{page}]").decode().lower().split()
        self.space = "CMYK" if "cmyk" in told[2] else "Gray"
        raw = run("convert", f"{path}[{page}]", *upright, "-alpha", "off", "-depth", "8",
                  "cmyk:-" if self.space == "CMYK" else "gray:-")
        self.width, self.height = int(told[0]), int(told[1])
        if turned:
            self.width, self.height = self.height, self.width
        self.step = len(INKS[self.space])
        self.raw = raw if self.step == 4 else bytes(255 - v for v in raw)
        assert len(self.raw) == self.width * self.height * self.step

    def plane(self, ink):
        return self.raw[ink::self.step]

    def sums(self):
        planes = [self.plane(i) for i in range(self.step)]
        return planes[0] if self.step == 1 else bytearray_of_sums(planes)

    def mean(self, x0, y0, x1, y1):
        total = 0
        for y in range(y0, y1):
            at = y * self.width
            total += sum(self.raw[(at + x0) * self.step:(at + x1) * self.step])
        return total / (255 * (x1 - x0) * (y1 - y0))


def bytearray_of_sums(planes):
    return [a + b + c + d for a, b, c, d in zip(*planes)]


def pixel_box(page, box, pixels):
    """A box in pt, y up, as pixels, y down; None when it does not lie on their borders."""
    across, down = pixels.width / page["media_w"], pixels.height / page["media_h"]
    edges = [box[0] * across, pixels.height - box[3] * down, box[2] * across, pixels.height - box[1] * down]
    whole = [round(v) for v in edges]
    return whole if all(abs(v - w) < 0.02 for v, w in zip(edges, whole)) else None


def best_square(pixels, side, cell, turned):
    """The highest mean of squares of whole cells, which are counted from the corner of the picture as stored."""
    columns, rows = pixels.width // cell, pixels.height // cell
    left = pixels.width - columns * cell if turned else 0
    side = min(side, columns), min(side, rows)
    sums = pixels.sums()
    until = [[0] * (columns + 1)]
    for row in range(rows):
        line, total = [0], 0
        for column in range(columns):
            for y in range(row * cell, (row + 1) * cell):
                at = y * pixels.width + left + column * cell
                total += sum(sums[at:at + cell])
            line.append(until[-1][column + 1] + total)
        until.append(line)
    best = 0
    for y in range(rows - side[1] + 1):
        for x in range(columns - side[0] + 1):
            a, b = until[y], until[y + side[1]]
            best = max(best, b[x + side[0]] - b[x] - a[x + side[0]] + a[x])
    return best / (255 * side[0] * side[1] * cell * cell)


def compare(facts, pixels, every_square, turned):
    page, told = facts["page"], {row["ink"]: row for row in facts["plate"]}
    for i, ink in enumerate(INKS[pixels.space]):
        plane = pixels.plane(i)
        coverage, peak = sum(plane) / (255 * len(plane)), max(plane) / 255
        ours = told.get(ink, {"coverage": 0, "peak": 0})
        if abs(ours["coverage"] - coverage) > DIGITS or abs(ours["peak"] - peak) > DIGITS:
            yield f"{ink}: {ours['coverage']} up to {ours['peak']} here, {coverage:.6f} up to {peak:.6f} there"
    rows = {row["kind"]: row for row in facts["tac_area"]}
    sums = pixels.sums()
    highest = max(sums) / 255
    if abs(rows["peak"]["peak"] - highest) > DIGITS:
        yield f"highest pixel: {rows['peak']['peak']} here, {highest:.6f} there"
    box = pixel_box(page, rows["peak"]["box"], pixels)
    if not box or sums[box[1] * pixels.width + box[0]] != max(sums):
        yield f"the highest pixel is not at {box}"
    box = pixel_box(page, rows["square"]["box"], pixels)
    mean = pixels.mean(*box) if box else -1
    if abs(rows["square"]["mean"] - mean) > DIGITS:
        yield f"square {box}: {rows['square']['mean']} here, {mean:.6f} there"
    if every_square:
        ppi = pixels.width / page["media_w"] * 72
        cell = max(1, int(ppi / CELL_PPI + 0.01))
        best = best_square(pixels, max(1, round(15 / 25.4 * ppi / cell)), cell, turned)
        if abs(rows["square"]["mean"] - best) > DIGITS:
            yield f"worst square: {rows['square']['mean']} here, {best:.6f} of all there"


def facts_of(chupin, path):
    done = subprocess.run([chupin, "facts", "--with", "plates", path], capture_output=True, timeout=120)
    return json.loads(done.stdout)


def check(chupin, path, every_square):
    """Pages compared, and what differs."""
    compared, differ = 0, []
    for number, facts in enumerate(facts_of(chupin, path).get("pages", [])):
        raster = facts["raster"][0]
        measured = facts["page"]["drawn"] and raster["family"] in ("cmyk", "gray") and not raster["transparent"]
        if not measured or raster["space"] == "icc_gray" or raster["bits"] > 8 and not every_square:
            continue
        if raster["width"] * raster["height"] > LARGEST or facts["page"]["ink_mean"] is None:
            continue
        turned = raster["orientation"] == 6
        compared += 1
        differ += [f"{path} page {number + 1}: {what}"
                   for what in compare(facts, Pixels(path, number, turned), every_square, turned)]
    return compared, differ


# What ImageMagick is told for each drawn file; CMYK unless it says otherwise.
DRAWN = {
    "strips.tif": ["-compress", "Zip"],
    "lzw.tif": ["-compress", "LZW"],
    "bare.tif": ["-compress", "None"],
    "tiles.tif": ["-compress", "Zip", "-define", "tiff:tile-geometry=64x48"],
    "planes.tif": ["-compress", "LZW", "-interlace", "plane"],
    "turned.tif": ["-compress", "Zip", "-orient", "RightTop"],
    "colour.jpg": ["-quality", "92"],
    "gray.tif": ["-colorspace", "Gray", "-compress", "Zip"],
    "gray.png": ["-colorspace", "Gray"],
    "gray.jpg": ["-colorspace", "Gray", "-quality", "85"],
    "bilevel.tif": ["-colorspace", "Gray", "-threshold", "50%", "-type", "Bilevel", "-compress", "Group4"],
}


def draw(work):
    """Blots of ink on a ground, the sides no multiple of anything."""
    width, height, dice = 701, 523, random.Random(5)
    pixels = bytearray(width * height * 4)
    blots = [[dice.randrange(width), dice.randrange(height), dice.randrange(20, 160),
              bytes(dice.randrange(256) for _ in range(4))] for _ in range(60)]
    for x, y, side, colour in blots:
        for row in range(y, min(height, y + side)):
            n = min(width, x + side) - x
            pixels[(row * width + x) * 4:(row * width + x + n) * 4] = colour * n
    for at in range(0, len(pixels), 4):
        if pixels[at] and dice.random() < 0.3:
            pixels[at + 3] = dice.randrange(256)
    raw = os.path.join(work, "blots.cmyk")
    with open(raw, "wb") as file:
        file.write(pixels)
    for name, options in DRAWN.items():
        path = os.path.join(work, name)
        density = "300" if name.startswith(("strips", "turned")) else "150" if "gray" in name else "200"
        run("convert", "-size", f"{width}x{height}", "-depth", "8", f"cmyk:{raw}", "-units", "PixelsPerInch",
            "-density", density, *options, path)
        yield path


def corpus():
    for folder, _, names in os.walk(os.environ["CHUPIN_CORPUS"]):
        for name in names:
            if name.lower().endswith((".tif", ".tiff", ".jpg", ".jpeg", ".png")):
                yield os.path.join(folder, name)


def main(arguments):
    whole = arguments[0] == "--corpus"
    chupin, work = arguments[whole:whole + 2]
    if whole and not os.environ.get("CHUPIN_CORPUS"):
        return 77
    os.makedirs(work, exist_ok=True)
    files, pages, differ = 0, 0, []
    for path in sorted(corpus()) if whole else draw(work):
        compared, more = check(chupin, path, not whole)
        files += 1
        pages += compared
        differ += more
        if not whole and not compared:
            differ.append(f"{path}: nothing was measured")
    print(*differ, sep="\n")
    print(f"{files} files, {pages} pages compared, {len(differ)} differences")
    return 1 if differ or not pages else 0


sys.exit(main(sys.argv[1:]))
