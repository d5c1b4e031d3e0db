#!/usr/bin/env python3
"""Our plates against Ghostscript's tiffsep at four times the resolution, brought to ours by the mean of 4 × 4.

    plates.py CHUPIN CHUPIN_FIXTURES ORACLE_PLANES WORK [FILE…]     every page of `chupin-fixtures plates`, or these files
    plates.py --corpus CHUPIN ORACLE_PLANES WORK [SECONDS]          pages of the PDFs under CHUPIN_CORPUS

On every page and plate: flat pixels (5 × 5 neighbours within 3) within 2 of 255; the mean within 0.5 % of itself or
0.02 % of full ink. Two differences are taken out of the means, because they follow from what the programs are:
  rounding   0.1 of an ink is 25.5, which is 25 there and 26 here; flat pixels one level away do not count.
  growth     Ghostscript paints every pixel that a shape touches, so all edges grow by half a pixel of its own. Where
             means differ the page is drawn twice as fine again, and what is left when the pixel goes to nothing is
             taken: 2 × the finer mean - the coarser one.
What may differ more, and why, is a row of plates_known.txt. With --corpus the first three pages of each file are
compared until SECONDS (600) are over, the files in an order that only depends on their bytes; pages that we say are not
drawn whole are counted apart. Exit: 0 agreed, 1 not, 77 no corpus.
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


class File:
    """One PDF on its way through both programs. `names` gives the name of a page."""

    def __init__(self, tools, pdf, work, names, pages=None, seconds=300):
        self.chupin, self.planes = tools
        self.pdf, self.names, self.pages, self.seconds = pdf, names, pages, seconds
        self.folder = os.path.join(work, hashlib.sha256(pdf.encode()).hexdigest()[:16])
        self.finer = {}

    def compare(self, ours, theirs, finer):
        """Numbers of oracle-planes; a plane that is None holds no ink."""
        done = subprocess.run([self.planes, "compare", ours or "-", theirs or "-", str(finer)], capture_output=True,
                              text=True, check=True)
        names = "width height ours theirs flat over rounded worst x y".split()
        return dict(zip(names, map(float, done.stdout.split())))

    def grown_mean(self, page, ink, theirs):
        """Their mean without the growth of edges; None: they could not draw the page again."""
        if page not in self.finer:
            folder = os.path.join(self.folder, f"finer{page}")
            drawn = plate_files.ghostscript(self.pdf, folder, PPI * FINER * 2, [page], self.seconds)
            self.finer[page] = {} if drawn is None else drawn.get(page, {})
        path = self.finer[page].get(ink)
        return 2 * self.compare(None, path, FINER * 2)["theirs"] - theirs if path else None

    def differences(self, page, ours, theirs, known):
        """Lines that tell what differs on one page. Both list the plates they have, painted or not."""
        for ink in sorted(set(ours) | set(theirs)):
            allowed = known.limits(self.names(page), ink)
            if allowed is None:
                continue
            found = self.compare(ours.get(ink), theirs.get(ink), FINER)
            share = 100 * found["over"] / max(found["flat"], 1)
            mine = found["ours"] - found["rounded"]
            limit = max(FLOOR, allowed[0] / 100 * max(mine, found["theirs"]))
            other = found["theirs"]
            if abs(mine - other) > limit:
                grown = self.grown_mean(page, ink, other)
                other = other if grown is None else grown
            if abs(mine - other) > limit:
                yield f"{ink}: mean {mine:.3f} %, there {found['theirs']:.3f} %, without growth {other:.3f} %"
            if share > allowed[1]:
                yield (f"{ink}: {share:.3f} % of flat pixels off, worst {found['worst']:g} at {found['x']:g},"
                       f"{found['y']:g}")

    def judge(self, known):
        """(pages compared, pages not drawn whole, {page: lines}); NoPlates when there is nothing to compare."""
        shutil.rmtree(self.folder, ignore_errors=True)
        found, partial = {}, 0
        try:
            ours, said = plate_files.ours(self.chupin, self.pdf, os.path.join(self.folder, "ours"), PPI, self.pages)
            gaps = set(map(int, re.findall(r"^page (\d+) is not complete", said, re.M)))
            theirs = plate_files.ghostscript(self.pdf, os.path.join(self.folder, "gs"), PPI * FINER, self.pages,
                                             self.seconds) or {}
            for page in sorted(theirs):
                if self.pages and page in gaps:
                    partial += 1
                else:
                    found[self.names(page)] = list(self.differences(page, ours.get(page, {}), theirs[page], known))
        except (RuntimeError, subprocess.SubprocessError) as trouble:
            found[os.path.basename(self.pdf)] = [str(trouble)]
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
        return len(found), partial, {page: lines for page, lines in found.items() if lines}


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
        file = File((chupin, planes), os.path.join(work, "pdf", name), work, pages.get)
        some, _, lines = file.judge(known)
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
        start = "corpus:" + os.path.relpath(path, where)
        file = File((chupin, planes), path, work, lambda n, start=start: f"{start}:{n}", pages, 60)
        try:
            some, gaps, lines = file.judge(known)
        except plate_files.NoPlates:
            unreadable += 1
            continue
        count += some
        partial += gaps
        found.update(lines)
    print(f"{unreadable} files without a page that can be drawn, {partial} pages not drawn whole")
    return report(count, found, known, False)


def main():
    words = sys.argv[1:]
    if len(words) < 4:
        sys.exit(__doc__)
    return corpus(*words[1:]) if words[0] == "--corpus" else fixtures(*words)


if __name__ == "__main__":
    sys.exit(main())
