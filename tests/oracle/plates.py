#!/usr/bin/env python3
"""Our plates against Ghostscript's tiffsep at four times the resolution, brought to ours by the mean of 4 × 4.

    plates.py CHUPIN CHUPIN_FIXTURES ORACLE_PLANES WORK [FILE…]     every page of `chupin-fixtures plates`, or these files
    plates.py --corpus CHUPIN ORACLE_PLANES WORK [SECONDS]          pages of the PDFs under CHUPIN_CORPUS

On every page and plate: flat pixels (5 × 5 neighbours within 3) within 2 of 255; the mean within 0.5 % of itself or
0.02 % of full ink. What may differ more, and why, is a row of plates_known.txt. With --corpus the first three pages of
each file are compared until SECONDS (600) are over, the files in an order that only depends on their bytes; pages that
we say are not drawn whole are counted apart. Exit: 0 agreed, 1 not, 77 no corpus.
"""
import fnmatch
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time

import plate_files

PPI, FINER, FLOOR, RELATIVE = 150, 4, 0.02, 0.5


class Known:
    """Rows of plates_known.txt: page, plate (both as patterns), limits, why."""

    def __init__(self):
        self.rows, self.used = [], set()
        for line in open(os.path.join(os.path.dirname(__file__), "plates_known.txt"), encoding="utf-8"):
            if not line.startswith("#") and line.strip():
                self.rows.append(line.rstrip("\n").split("\t"))

    def limits(self, page, ink):
        """(mean in % of itself, share of flat pixels in %, reason) that are allowed; None: skip the plate."""
        mean, flat, why = RELATIVE, 0.0, []
        for i, (pages, inks, limits, reason) in enumerate(self.rows):
            if not fnmatch.fnmatch(page, pages) or not fnmatch.fnmatch(ink, inks):
                continue
            self.used.add(i)
            for word in limits.split():
                if word == "skip":
                    return None
                name, value = word.split("=")
                if name == "mean":
                    mean = max(mean, float(value))
                else:
                    flat = max(flat, float(value))
            why.append(reason)
        return mean, flat, "; ".join(why)


def differences(planes, page, ours, theirs, known):
    """Lines that tell what differs on one page. `theirs` lists all inks it knows, painted or not."""
    for ink in sorted(set(ours) | set(theirs)):
        allowed = known.limits(page, ink)
        if allowed is None:
            continue
        done = subprocess.run([planes, "compare", ours.get(ink, "-"), theirs.get(ink, "-"),
                               str(FINER if ink in theirs else 1)], capture_output=True, text=True)
        if done.returncode:
            yield f"{ink}: {done.stderr.strip()}"
            continue
        width, height, mine, other, flat, over, _, worst, x, y = map(float, done.stdout.split())
        share = 100 * over / flat if flat else 0
        if abs(mine - other) > max(FLOOR, allowed[0] / 100 * max(mine, other)):
            yield f"{ink}: mean {mine:.3f} %, there {other:.3f} %"
        if share > allowed[1]:
            yield f"{ink}: {share:.3f} % of flat pixels off, worst {worst:g} at {x:g},{y:g}"


def compare_file(chupin, planes, pdf, work, names, known, pages=None, seconds=300):
    """(pages compared, {page: lines}). `names` gives the name of a page, or None to leave it out."""
    folder = os.path.join(work, hashlib.sha256(pdf.encode()).hexdigest()[:16])
    shutil.rmtree(folder, ignore_errors=True)
    found = {}
    try:
        ours, said = plate_files.ours(chupin, pdf, os.path.join(folder, "ours"), PPI, pages)
        theirs = plate_files.ghostscript(pdf, os.path.join(folder, "gs"), PPI * FINER, pages, seconds)
        if theirs is None:
            return 0, {}
        for page in sorted(theirs):
            name = names(page, said)
            if name:
                found[name] = list(differences(planes, name, ours.get(page, {}), theirs[page], known))
    except (RuntimeError, subprocess.TimeoutExpired) as trouble:
        found[os.path.basename(pdf)] = [str(trouble)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return len(found), {page: lines for page, lines in found.items() if lines}


def report(count, found, known, stale):
    for page, lines in sorted(found.items()):
        for line in lines:
            print(f"{page}: {line}")
    print(f"{count} pages, {len(found)} with differences")
    for i, row in enumerate(known.rows):
        if stale and i not in known.used and not row[0].startswith("corpus:"):
            print("plates_known.txt: a row for no page:", "\t".join(row[:3]))
    return 1 if found else 0


def fixtures(chupin, builder, planes, work, *only):
    listing = subprocess.run([builder, "plates"], check=True, capture_output=True, text=True).stdout
    rows = [line.split("\t") for line in listing.splitlines()]
    subprocess.run([builder, "plates", os.path.join(work, "pdf")], check=True)
    known, found, count = Known(), {}, 0
    for name in dict.fromkeys(row[0] for row in rows):
        if only and name not in only and name[:-4] not in only:
            continue
        pages = {int(row[1]): row[2] for row in rows if row[0] == name}
        some, lines = compare_file(chupin, planes, os.path.join(work, "pdf", name), work, lambda n, _: pages[n], known)
        count += some
        found.update(lines)
    return report(count, found, known, not only)


def page_count(pdf):
    done = subprocess.run(["qpdf", "--show-npages", pdf], capture_output=True, text=True)
    return int(done.stdout) if re.fullmatch(r"\d+\s*", done.stdout) else 0


def corpus(chupin, planes, work, seconds="600"):
    where = os.environ.get("CHUPIN_CORPUS", "")
    if not os.path.isdir(where):
        print("skipped: CHUPIN_CORPUS does not name a folder")
        return 77
    paths = [os.path.join(base, name) for base, _, names in os.walk(where) for name in names if name.endswith(".pdf")]
    paths.sort(key=lambda path: hashlib.sha256(open(path, "rb").read()).hexdigest())
    known, found, count, partial, unreadable = Known(), {}, 0, 0, 0
    end = time.monotonic() + float(seconds)
    for done, path in enumerate(paths):
        if time.monotonic() > end:
            print(f"time is over after {done} of {len(paths)} files")
            break
        pages = list(range(1, min(3, page_count(path)) + 1))
        if not pages:
            unreadable += 1
            continue
        whole = lambda n, said, path=path: f"corpus:{os.path.relpath(path, where)}:{n}"
        some, lines = compare_file(chupin, planes, path, work, whole, known, pages, 60)
        count += some
        found.update(lines)
    print(f"{unreadable} files without pages, {partial} pages not drawn whole")
    return report(count, found, known, False)


def main():
    words = sys.argv[1:]
    if len(words) < 4:
        sys.exit(__doc__)
    return corpus(*words[1:]) if words[0] == "--corpus" else fixtures(*words)


if __name__ == "__main__":
    sys.exit(main())
