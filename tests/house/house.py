#!/usr/bin/env python3
"""What keeps the house in order: house.py SOURCE LIBRARY…

includes  a folder of src/ includes only itself and those before it in FLOORS
length    no source file has more than 600 lines
names     no function or object with external linkage stands in two libraries: the linker would take one and say nothing
"""
import os
import re
import subprocess
import sys

FLOORS = "base facts read ink rules check report run print record watch notify cli".split()
MOST_LINES = 600


def sources(root):
    for folder in ("src", "fixtures", "tests"):
        for path, _, files in os.walk(os.path.join(root, folder)):
            for name in sorted(files):
                if name.endswith((".c", ".h", ".cc", ".def", ".py", ".sh")):
                    yield os.path.relpath(os.path.join(path, name), root)


def included(root, name):
    with open(os.path.join(root, name), encoding="utf-8", errors="replace") as file:
        return re.findall(r'^#include "([a-z]+)/', file.read(), re.MULTILINE)


def wrong_includes(root):
    for name in sources(root):
        place = name.split(os.sep)
        if place[0] != "src":
            continue
        if place[1] not in FLOORS:
            yield f"{name}: {place[1]} is no floor of this house"
            continue
        for other in included(root, name):
            if other in FLOORS and FLOORS.index(other) > FLOORS.index(place[1]):
                yield f"{name} includes {other}/, which stands above it"


def too_long(root):
    for name in sources(root):
        with open(os.path.join(root, name), "rb") as file:
            lines = file.read().count(b"\n")
        if lines > MOST_LINES:
            yield f"{name} has {lines} lines"


def said_twice(libraries):
    where = {}
    for library in libraries:
        listing = subprocess.run(["nm", "--defined-only", "--extern-only", "--format=posix", library], check=True, capture_output=True,
                                 text=True).stdout
        for line in listing.splitlines():
            parts = line.split()
            if len(parts) >= 2 and parts[1] in "TDBRC":
                where.setdefault(parts[0], []).append(os.path.basename(library))
    for name, places in sorted(where.items()):
        if len(places) > 1 and not name.startswith("__"):
            yield f"{name} stands in {' and '.join(places)}"


def main():
    root, *libraries = sys.argv[1:]
    wrong = [*wrong_includes(root), *too_long(root), *said_twice(libraries)]
    print("\n".join(wrong) or f"{len(list(sources(root)))} files, {len(libraries)} libraries: in order")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
