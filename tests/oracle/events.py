#!/usr/bin/env python3
"""Our interpreter against poppler's, over every sample and, when CHUPIN_CORPUS names a folder, over every PDF there.

    events.py CHUPIN ORACLE_EVENTS FOLDER…

Counts of strokes, fills, shadings, images and glyphs agree on every page, and so do the widths of all strokes that are
not scaled unevenly. Allowed differences, each with its reason:
  hidden layers   poppler skips them, we walk and mark them: such marks are not counted; it does not know print states,
                  so files with a layer that shows and prints differently are left out.
  spaces          a glyph without a shape is not counted on either side.
  soft masks      the mask of an image is an image of its own here; the group of a soft mask in a graphics state is
                  drawn by poppler and no mark here, so such pages are left out.
  patterns        poppler hands a tiling pattern over whole, we walk its cell: pages with patterns are left out, as are
                  Type 3 glyphs, which poppler caches and we walk at every use.
  shading paint   poppler turns a stroke or fill in a shading pattern into a shading, here it stays what it is: such
                  files are left out.
  empty paths     poppler paints some of them, we list them all as empty: each of them may count or not.
  annotations     poppler draws those a screen shows, we list all with their print state: such pages are left out.
  images          tiles and strips of one picture are one image here, so we may have fewer.
"""
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

WIDTH_STEP = 0.001  # pt; facts keep floats


def left_out(page, styles, fonts):
    if page["annotation"] or page["pattern"] or any(f["used"] and f["type"] == "type3" for f in fonts):
        return True
    return any(style.get("soft_mask") or style.get("pattern") == "shading" for style in styles)


def drawn(page, kind):
    return [mark for mark in page[kind] if mark["hidden"] not in ("layer", "mask")]


def painted(marks):
    return [mark for mark in marks if mark["hidden"] != "empty"]


def differences(page, theirs):
    counts = {"fill": "fills", "shading": "shadings"}
    for ours, name in counts.items():
        marks = drawn(page, ours)
        if not len(painted(marks)) <= theirs[name] <= len(marks):
            yield f"{name}: {len(drawn(page, ours))} here, {theirs[name]} there"
    if len(drawn(page, "image")) > theirs["images"]:
        yield f"images: {len(drawn(page, 'image'))} here, {theirs['images']} there"
    glyphs = sum(run["glyphs"] for run in drawn(page, "glyph_run"))
    if glyphs != theirs["glyphs"]:
        yield f"glyphs: {glyphs} here, {theirs['glyphs']} there"
    unit = page["page"]["user_unit"] or 1
    strokes = drawn(page, "stroke")
    count = len(theirs["strokes"])
    if not len(painted(strokes)) <= count <= len(strokes):
        yield f"strokes: {len(strokes)} here, {count} there"
    if count != len(strokes):
        return
    for mine, width in zip(strokes, theirs["strokes"]):
        low = mine["width_min"]
        if low is None or width < 0:
            continue
        if min(abs(low - width), abs(low - width * unit)) > WIDTH_STEP * (1 + width):
            yield f"stroke {mine['seq']}: {low} here, {width} there"


def compare(chupin, events, path):
    ours = subprocess.run([chupin, "facts", path, "--format", "json"], capture_output=True, timeout=120)
    if ours.returncode == 2:
        sys.exit(ours.stderr.decode(errors="replace"))
    theirs = subprocess.run([events, path], capture_output=True, timeout=120)
    facts = json.loads(ours.stdout) if ours.stdout else None
    if not facts or theirs.returncode or not facts["file"]["readable"] or facts["file"]["damaged"]:
        return None
    document, found = facts["document"], []
    if any(layer["visible"] != layer["prints"] for layer in document["layer"]):
        return None
    for page, line in zip(facts["pages"], theirs.stdout.decode().splitlines()):
        if not left_out(page, document["style"], document["font"]) and page["page"]["complete"]:
            found += [f"page {page['page']['number']}: {text}" for text in differences(page, json.loads(line))]
    return found


def main():
    chupin, events, *folders = sys.argv[1:]
    if os.environ.get("CHUPIN_CORPUS"):
        folders.append(os.environ["CHUPIN_CORPUS"])
    paths = sorted(os.path.join(where, name) for folder in folders for where, _, names in os.walk(folder)
                   for name in names if name.lower().endswith(".pdf") and "/odd/" not in where + "/")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda path: compare(chupin, events, path), paths))
    wrong = 0
    for path, answer in zip(paths, answers):
        wrong += bool(answer)
        for line in (answer or [])[:4]:
            print(f"{path}: {line}")
    print(f"{len(paths)} files, {answers.count(None)} not comparable, {wrong} with differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
