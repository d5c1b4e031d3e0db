#!/bin/bash
# CPU time of `chupin check` beside other programs that read a PDF, and beside the least work there is (floor.c).
#
#   tests/bench/bench.sh BUILD_DIR [--rounds N] [--smoke] [--work DIR] [FILE_NAME…]
#
# BUILD_DIR holds chupin, chupin-fixtures, bench-floor and bench-measure. All numbers of a row come from one run with
# interleaved rounds; only ratios mean something, and only on a quiet machine. --smoke runs one round over the small
# files and judges nothing: it shows that the bench itself works. Exit: 0 measured, 2 something is missing.
set -euo pipefail

build=$(realpath "${1:?usage: bench.sh BUILD_DIR [--rounds N] [--smoke] [--work DIR] [FILE_NAME…]}")
shift
rounds=9 smoke=no work=$build/bench names=()
while [ $# -gt 0 ]; do
    case $1 in
    --rounds) rounds=$2; shift 2 ;;
    --work) work=$2; shift 2 ;;
    --smoke) smoke=yes rounds=1; shift ;;
    *) names+=("$1"); shift ;;
    esac
done
export CHUPIN_RULES=${CHUPIN_RULES:-$(realpath "$(dirname "$0")/../../rules")}
for tool in "$build"/{chupin,chupin-fixtures,bench-floor,bench-measure}; do
    [ -x "$tool" ] || { echo "bench.sh: $tool is missing; build it first" >&2; exit 2; }
done
[ -e "$work/done" ] || { "$build/chupin-fixtures" bench "$work" && touch "$work/done"; }
if [ ${#names[@]} -eq 0 ]; then
    names=(strokes200k manual300 manual30 brochure16 a3-jpeg a3-flate)
    [ $smoke = no ] || names=(manual30 brochure16)
fi

# One line for bench-measure: name, then the words of the command. A program that is not installed is left out.
row() {
    command -v "$2" >/dev/null || return 0
    local IFS=$'\t'
    printf '%s\n' "$*"
}

commands() {
    row chupin "$build/chupin" check "$1"
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
