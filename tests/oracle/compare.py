#!/usr/bin/env python3
"""Compares what chupin says of PDFs with what independent tools say of the same bytes.

    compare.py CHUPIN POPPLER_EVENTS ALLOWED FILE...

Per page, poppler's OutputDev events against our marks: how many strokes, fills, shadings and glyphs, how many pixels of
images and at which resolutions. Fonts against pdffonts, boxes against `qpdf --json`. ALLOWED lists the differences that
are allowed, each with its reason: one line "<sha256 prefix or *> <what> <reason>". Anything else is a failure.
Prints one line a difference and a total; exit 1 if any is not allowed.
"""
import hashlib
import json
import re
import subprocess
import sys


def run(*command):
    return subprocess.run(command, capture_output=True, timeout=120)


def facts_of(chupin, path):
    done = run(chupin, "facts", path, "--format", "json")
    if done.returncode == 3:
        return None
    return json.loads(done.stdout)


def events_of(tool, path):
    done = run(tool, path)
    if done.returncode:
        return None
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


MARKS = ("stroke", "fill", "shading", "glyph_run", "image", "form", "group", "pattern", "annotation")


def painted(page):
    """The marks poppler reports too: not of hidden layers or unprinted annotations, not inside soft masks or Type 3."""
    by_seq = {m["seq"]: (kind, m) for kind in MARKS for m in page.get(kind, [])}

    def outside(mark):
        seq = mark["parent"]
        for _ in range(100):
            if seq is None or seq not in by_seq:
                return True
            kind, scope = by_seq[seq]
            if kind == "group" and scope["for_soft_mask"]:
                return False
            if kind == "form" and scope.get("name") == "Type3":
                return False
            seq = scope["parent"]
        return True

    def kept(mark):
        return mark["hidden"] not in ("layer", "no_print", "mask") and outside(mark)

    return {kind: [m for m in page.get(kind, []) if kept(m)] for kind in MARKS}


def compare_events(facts, events, report):
    if len(facts["pages"]) != len(events):
        report("pages", len(facts["pages"]), len(events))
        return
    for page, theirs in zip(facts["pages"], events):
        marks = painted(page)
        where = "page %d" % theirs["page"]
        for kind in ("stroke", "fill", "shading"):
            if len(marks[kind]) != theirs[kind]:
                report(kind, len(marks[kind]), theirs[kind], where)
        glyphs = sum(r["glyphs"] or 0 for r in marks["glyph_run"])
        if glyphs != theirs["glyphs"]:
            report("glyph", glyphs, theirs["glyphs"], where)
        pixels = sum(i["width"] * i["height"] for i in marks["image"] if i["width"] and i["height"])
        if pixels != theirs["pixels"]:
            report("pixels", pixels, theirs["pixels"], where)
        unit = page["page"]["user_unit"] or 1
        ours = sorted((i["width"], i["height"], i["ppi_x"] * unit, i["ppi_y"] * unit) for i in marks["image"]
                      if i["ppi_x"] is not None and not i["skew"])
        for a, b in zip(ours, sorted(map(tuple, theirs["images"]))):
            if len(ours) == len(theirs["images"]) and any(abs(x - y) > 0.01 * max(abs(x), abs(y), 1) for x, y in zip(a, b)):
                report("ppi", a, b, where)


def compare_fonts(facts, path, report):
    done = run("pdffonts", path)
    if done.returncode:
        return
    theirs = {}
    for line in done.stdout.decode(errors="replace").splitlines()[2:]:
        m = re.match(r"(.{36}) (.{17}) (.{16}) (yes|no ) (yes|no ) (yes|no )", line)
        if m:
            theirs[m.group(1).strip()] = (m.group(4).strip(), m.group(5).strip())
    ours = {f["name"]: f for f in facts["document"].get("font", []) if f["used"]}
    for name, font in ours.items():
        if name not in theirs or len(name) > 36 or not name:
            continue
        embedded, subset = theirs[name]
        if font["type"] != "type3" and font["embedded"] is not None and font["embedded"] != (embedded == "yes"):
            report("font", "%s embedded %s" % (name, font["embedded"]), embedded)
        if font["subset"] != (subset == "yes"):
            report("font", "%s subset %s" % (name, font["subset"]), subset)


BOXES = {"media_box": "/MediaBox", "crop_box": "/CropBox", "bleed_box": "/BleedBox", "trim_box": "/TrimBox",
         "art_box": "/ArtBox"}


def compare_boxes(facts, path, report):
    done = run("qpdf", "--json=2", "--json-key=qpdf", "--json-key=pages", path)
    if done.returncode not in (0, 3) or not done.stdout:
        return
    dump = json.loads(done.stdout.decode(errors="replace"))
    objects = dump["qpdf"][1]

    def value(x):
        while isinstance(x, str) and "obj:" + x in objects:
            x = objects["obj:" + x].get("value")
        return x

    for number, entry in enumerate(dump["pages"]):
        if number >= len(facts["pages"]):
            return
        ours = facts["pages"][number]["page"]
        for name, key in BOXES.items():
            node = value(entry["object"])
            box = None
            for _ in range(50):
                if not isinstance(node, dict):
                    break
                box = value(node.get(key))
                if box is not None or name not in ("media_box", "crop_box"):
                    break
                node = value(node.get("/Parent"))
            numbers = [value(v) for v in box] if isinstance(box, list) else None
            if numbers is None or len(numbers) != 4 or any(not isinstance(v, (int, float)) for v in numbers):
                continue
            if ours[name] is None or any(abs(a - b) > 0.001 for a, b in zip(ours[name], numbers)):
                report("box", "%s %s" % (name, ours[name]), numbers, "page %d" % (number + 1))


def main():
    chupin, tool, allowed_path = sys.argv[1:4]
    allowed = []
    for line in open(allowed_path, encoding="utf-8"):
        words = line.split(None, 2)
        if len(words) == 3 and not line.startswith("#"):
            allowed.append(words)
    bad = compared = tolerated = 0
    for path in sys.argv[4:]:
        sha = hashlib.sha256(open(path, "rb").read()).hexdigest()
        facts, events = facts_of(chupin, path), events_of(tool, path)
        if facts is None or events is None:
            continue
        compared += 1

        def report(what, ours, theirs, where=""):
            nonlocal bad, tolerated
            for prefix, kind, _ in allowed:
                if kind == what and (prefix == "*" or sha.startswith(prefix)):
                    tolerated += 1
                    return
            bad += 1
            print("%s (%s) %s: %s is %s here, %s there" % (path, sha[:12], where, what, ours, theirs))

        compare_events(facts, events, report)
        compare_fonts(facts, path, report)
        compare_boxes(facts, path, report)
    print("%d files compared, %d differences, %d allowed ones" % (compared, bad, tolerated))
    sys.exit(1 if bad else 0)


main()
