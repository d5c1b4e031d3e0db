#!/bin/bash
# What a check of raster artwork costs beside the least anybody can do with the same files: header-only rules beside
# tiffinfo and openssl's SHA-256, ink beside the decoding of the pixels alone.
#
#   tests/bench/raster.sh BUILD_DIR [--rounds N] [--smoke] [--work DIR]
#
# As plates.sh: one run, interleaved rounds, only ratios mean something. Files are drawn by ImageMagick: a TIFF of 400 MB,
# an A3 page with bleed at 300 ppi in CMYK as Deflate TIFF and as JPEG; the large one is written here, without compression. `ink` is what asking for all of ink adds: a check
# with it less a check of headers, which has read and hashed the same bytes. Exit: 0 measured, 2 something is missing.
set -euo pipefail

name=raster.sh rounds=7 tools=(bench-decode)
. "$(dirname "$0")/lib.sh"
work=$work/raster
mkdir -p "$work"
side=10000 size=5031x3579
[ $smoke = no ] || side=400 size=631x449

draw() {
    [ -e "$work/$1" ] || convert -seed 5 "${@:2}" -units PixelsPerInch -density 300 "$work/new-$1"
    [ -e "$work/$1" ] || mv "$work/new-$1" "$work/$1"
}

# CMYK, one strip a row, at 300 ppi.
bare_tiff() {
    python3 - "$1" "$2" <<'PYTHON'
import struct, sys
side, row = int(sys.argv[2]), int(sys.argv[2]) * 4
tags = [(256, 4, 1, side), (257, 4, 1, side), (258, 3, 4, 16), (259, 3, 1, 1), (262, 3, 1, 5), (273, 4, side, 512),
        (277, 3, 1, 4), (278, 4, 1, 1), (279, 4, side, 512 + 4 * side), (282, 5, 1, 24), (283, 5, 1, 24), (296, 3, 1, 2)]
head = struct.pack("<2sHI8x4H2I8x", b"II", 42, 40, 8, 8, 8, 8, 300, 1)
head += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags) + bytes(4)
first = 512 + 8 * side
with open(sys.argv[1], "wb") as file:
    file.write(head.ljust(512, b"\0"))
    file.write(struct.pack(f"<{side}I", *(first + y * row for y in range(side))))
    file.write(struct.pack(f"<{side}I", *[row] * side))
    for y in range(side):
        file.write(bytes((x * x * (y + 1) >> 7) & 127 for x in range(512)) * (row // 512) + bytes(row % 512))
PYTHON
}
picture=(plasma:red-blue -attenuate 0.12 +noise Gaussian -colorspace CMYK -depth 8)
[ -e "$work/large-$side.tif" ] || { bare_tiff "$work/new" $side && mv "$work/new" "$work/large-$side.tif"; }
draw "a3-$size.tif" -size $size "${picture[@]}" -compress Zip
draw "a3-$size.jpg" -size $size "${picture[@]}" -quality 90

commands() {
    row info tiffinfo "$1"
    row hash openssl dgst -sha256 "$1"
    row header "$build/chupin" facts "$1"
    row ink "$build/chupin" facts --with plates "$1"
    row decode "$build/bench-decode" "$1"
}

judge() {
    awk -F'\t' -v name="$1" -v most="$2" '
        { value[$1] = $2; memory[$1] = $3 }
        END {
            floor = 2 * value["info"] + value["hash"] + 6
            times = (value["ink"] - value["header"]) / value["decode"]
            printf "%-22s%9.1f%9.1f %-7s%9.1f%9.1f%7.2fx %-7s%9.1f\n", name, value["header"], floor,
                name !~ /^large/ ? "" : value["header"] <= floor ? "met" : "MISSED", value["ink"], value["decode"],
                times, most == 0 ? "" : times <= most ? "met" : "MISSED", memory["ink"] / 1024
        }'
}

printf '%-22s%9s%9s %-7s%9s%9s%8s %-7s%9s\n' "CPU ms" headers floor "" ink decode ink/dec "" "peak MB"
commands "$work/large-$side.tif" | "$build/bench-measure" "$rounds" | judge large.tif 0
commands "$work/a3-$size.tif" | "$build/bench-measure" "$rounds" | judge a3.tif 1.15
commands "$work/a3-$size.jpg" | "$build/bench-measure" "$rounds" | judge a3.jpg 1.25
