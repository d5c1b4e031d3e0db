#!/usr/bin/env python3
"""Our facts against pdffonts, pdfimages and qpdf, over every sample and, when CHUPIN_CORPUS names a folder, over every
PDF there.

    tools.py CHUPIN FOLDER…

Allowed differences, each with its reason:
  fonts   pdffonts lists fonts that show nothing, so only those that we call used are looked for; it does not look into
          the resources of Type 3 fonts, so a file that shows one is left out.
  images  tiles and strips of one picture are one image here, so a larger image of the same ppi will do; pdfimages
          ignores UserUnit, measures a skewed image along its edges instead of by singular values, and leaves out images
          in patterns, Type 3 glyphs, annotations and hidden layers; so each of its images must be among ours, and not
          the other way round.
  boxes   a box is compared with its corners put in order.
"""
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

PPI_STEP = 1.01  # pdfimages prints whole numbers
SKEW = 0.5  # degrees
BOX_STEP = 0.001


def output(*command):
    done = subprocess.run(command, capture_output=True, timeout=120)
    return done.stdout.decode(errors="replace") if done.returncode in (0, 3) else None


def fonts(path, facts):
    listing = output("pdffonts", path)
    if listing is None:
        return
    theirs = {}
    for line in listing.splitlines()[2:]:
        row = re.match(r"(.+?)\s+(Type|CID|TrueType|unknown).*?\s(yes|no)\s+(yes|no)\s+(yes|no)\s+(\d+\s+\d+|\[\w+\])$", line)
        if row:
            theirs.setdefault(row.group(1)[:36], set()).add(row.group(3))
    if any(font["used"] and font["type"] == "type3" for font in facts["document"]["font"]):
        return
    for font in facts["document"]["font"]:
        name = (font["name"] or "[none]")[:36]
        if not font["used"] or not name.isascii():
            continue
        if name not in theirs and not any(n.startswith(name[:30]) for n in theirs):
            yield f"font {name} is not in pdffonts"
        elif name in theirs and ("yes" if font["embedded"] else "no") not in theirs[name]:
            yield f"font {name}: embedded {font['embedded']}"


def images(path, facts):
    listing = output("pdfimages", "-list", path)
    if listing is None:
        return
    ours = {}
    for page in facts["pages"]:
        unit = page["page"]["user_unit"] or 1
        ours[page["page"]["number"]] = [
            (i["width"], i["height"], i["ppi_x"] * unit, i["ppi_y"] * unit, i["skew"]) for i in page["image"]]
    for line in listing.splitlines()[2:]:
        row = line.split()
        if len(row) < 14 or row[2] not in ("image", "stencil"):
            continue
        page, w, h = int(row[0]), int(row[3]), int(row[4])
        ppi = row[12:14] if row[10] != "[inline]" else row[11:13]
        if not all(p.isdigit() for p in ppi):
            continue
        want = (w, h, float(ppi[0]), float(ppi[1]))
        near = [i for i in ours.get(page, []) if abs(i[4]) > SKEW or
                all(abs(a - b) <= PPI_STEP + b * 0.005 for a, b in zip(i[2:4], want[2:]))]
        same = [i for i in near if i[:2] == want[:2]]
        if same:
            ours[page].remove(same[0])
        elif not any(i[0] >= w and i[1] >= h for i in near):
            yield f"page {page}: image {want} is not among ours"


def inherited(objects, page, key):
    for _ in range(50):
        if not isinstance(page, dict):
            return None
        if key in page:
            return page[key]
        page = objects.get("obj:" + str(page.get("/Parent")), {}).get("value")
    return None


def in_order(box, objects):
    if isinstance(box, str):
        box = objects.get("obj:" + box, {}).get("value")
    if not isinstance(box, list) or len(box) != 4:
        return None
    if not all(isinstance(n, (int, float)) for n in box):
        return None
    return [min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])]


def boxes(path, facts):
    text = output("qpdf", "--json=2", "--json-key=pages", "--json-key=qpdf", path)
    if not text:
        return
    whole = json.loads(text)
    objects = whole["qpdf"][1]
    for page, ours in zip(whole["pages"], facts["pages"]):
        value = objects["obj:" + page["object"]]["value"]
        for key, name, from_above in (("/MediaBox", "media_box", True), ("/CropBox", "crop_box", True),
                                      ("/BleedBox", "bleed_box", False), ("/TrimBox", "trim_box", False),
                                      ("/ArtBox", "art_box", False)):
            theirs = in_order(inherited(objects, value, key) if from_above else value.get(key), objects)
            mine = in_order(ours["page"][name], objects)
            if theirs and (not mine or any(abs(a - b) > BOX_STEP for a, b in zip(mine, theirs))):
                yield f"page {ours['page']['number']}: {key} {mine}, qpdf says {theirs}"


def compare(chupin, path):
    done = subprocess.run([chupin, "facts", path, "--format", "json"], capture_output=True, timeout=120)
    if done.returncode == 2:
        sys.exit(done.stderr.decode(errors="replace"))
    facts = json.loads(done.stdout) if done.stdout else None
    if not facts or not facts["file"].get("readable") or facts["file"].get("damaged"):
        return None
    return [*fonts(path, facts), *images(path, facts), *boxes(path, facts)]


def main():
    chupin, *folders = sys.argv[1:]
    if os.environ.get("CHUPIN_CORPUS"):
        folders.append(os.environ["CHUPIN_CORPUS"])
    paths = sorted(os.path.join(where, name) for folder in folders for where, _, names in os.walk(folder)
                   for name in names if name.lower().endswith(".pdf") and "/odd/" not in where + "/")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda path: compare(chupin, path), paths))
    wrong = 0
    for path, answer in zip(paths, answers):
        wrong += bool(answer)
        for line in (answer or [])[:5]:
            print(f"{path}: {line}")
    print(f"{len(paths)} files, {answers.count(None)} not comparable, {wrong} with differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
