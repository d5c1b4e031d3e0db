#!/bin/bash
# CPU time of reading and judging a file, without the rules that need plates (ink.sh has those), beside other programs that
# read a PDF, and beside the least work there is (floor.c).
#
#   tests/bench/bench.sh BUILD_DIR [--rounds N] [--smoke] [--work DIR] [FILE_NAME…]
#
# BUILD_DIR holds chupin, chupin-fixtures, bench-floor and bench-measure. All numbers of a row come from one run with
# interleaved rounds; only ratios mean something, and only on a quiet machine. --smoke runs one round over the small
# files and judges nothing: it shows that the bench itself works. Exit: 0 measured, 2 something is missing.
set -euo pipefail

name=bench.sh rounds=9 tools=(bench-floor)
. "$(dirname "$0")/lib.sh"
if [ ${#names[@]} -eq 0 ]; then
    names=(strokes200k manual300 manual30 brochure16 a3-jpeg a3-flate)
    [ $smoke = no ] || names=(manual30 brochure16)
fi

# The rules without those that have pages drawn.
reading=$(mktemp -d)
trap 'rm -rf "$reading"' EXIT
cp -r "$CHUPIN_RULES/." "$reading"
"$build/chupin" rules list --lang en | awk '/ (plates|pixels) /{print $1}' |
    while read -r rule; do rm "$reading"/*/"$rule.yaml"; done

commands() {
    row chupin "$build/chupin" check --rules "$reading" "$1"
    row =F "$build/bench-floor" "$1"
    row pdfinfo pdfinfo -box -l 99999 "$1"
    row sha256 openssl dgst -sha256 "$1"
    row pdfimages pdfimages -list "$1"
    row bbox mutool draw -q -F bbox -o /dev/null "$1"
    row trace mutool trace "$1"
}

# Goals: text and line art within 2 F + pdfinfo + sha256 + 6 ms; pages of one image within pdfimages + sha256 + 6 ms;
# 5 times faster than bbox on strokes, 3 times on the manual; 48 MB on strokes, 32 MB elsewhere.
judge() {
    awk -F'\t' -v name="$1" '
        { value[$1] = $2; peak[$1] = $3; status[$1] = $4 }
        function ok(good) { return good ? "met" : "MISSED" }
        function cell(key) { return key in value ? sprintf("%9.2f", value[key]) : "        -" }
        END {
            ours = value["chupin"]
            image = name ~ /^a3/
            limit = image ? value["pdfimages"] + value["sha256"] + 6 \
                          : 2 * value["F"] + value["pdfinfo"] + value["sha256"] + 6
            mb = peak["chupin"] / 1024
            most = name ~ /^strokes/ ? 48 : 32
            times = name ~ /^strokes/ ? 5 : name ~ /^manual300/ ? 3 : 0
            printf "%-20s%s%s%s%s%s%s%s%9.2f%8.2f  %-7s", name, cell("chupin"), cell("F"), cell("pdfinfo"),
                cell("sha256"), cell("pdfimages"), cell("bbox"), cell("trace"), limit, ours / limit, ok(ours <= limit)
            if (times && "bbox" in value)
                printf "%6.1fx %-7s", value["bbox"] / ours, ok(value["bbox"] >= times * ours)
            else
                printf "%6.1fx %-7s", ("bbox" in value) ? value["bbox"] / ours : 0, ""
            printf "%7.1f %-7s exit %s\n", mb, ok(mb <= most), status["chupin"]
        }'
}

printf '%-20s%9s%9s%9s%9s%9s%9s%9s%9s%8s  %-7s%7s %-7s%7s\n' \
    "CPU ms" chupin F pdfinfo sha256 pdfimgs bbox trace limit ratio "" "bbox/" "" "peak MB"
for name in "${names[@]}"; do
    for file in "$work/$name.pdf" "$work/$name-plain.pdf"; do
        commands "$file" | "$build/bench-measure" "$rounds" | judge "$(basename "$file" .pdf)"
    done
done
