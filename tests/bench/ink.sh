#!/bin/bash
# CPU time of a whole check with ink (facts, plates, all rules, report) beside the plates alone, and beside Ghostscript's
# tiffsep at 150 ppi, which somebody would need for the same answer: ink limits with the worst square, bleed of every edge,
# blank pages.
#
#   tests/bench/ink.sh BUILD_DIR [--rounds N] [--smoke] [--work DIR] [FILE_NAME…]
#
# As plates.sh: one run, interleaved rounds, only ratios mean something. Exit: 0 measured, 2 something is missing.
set -euo pipefail

name=ink.sh rounds=5 tools=(bench-plates)
. "$(dirname "$0")/lib.sh"
if [ ${#names[@]} -eq 0 ]; then
    names=(brochure16 manual100 strokes200k a3-jpeg)
    [ $smoke = no ] || names=(manual30)
fi
out=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$out"' EXIT

commands() {
    row check "$build/chupin" check --format json "$1"
    row plates "$build/bench-plates" 72 "$1"
    row tiffsep gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=tiffsep -r150 -o "$out/p%d.tif" "$1"
}

# How many times faster than tiffsep, at least.
goal() {
    case $1 in
    brochure*) echo 15 ;;
    manual*) echo 40 ;;
    *) echo 0 ;;
    esac
}

judge() {
    awk -F'\t' -v name="$1" -v goal="$(goal "$1")" '
        { value[$1] = $2; status[$1] = $4 }
        END {
            more = value["check"] / value["plates"]
            times = "tiffsep" in value ? value["tiffsep"] / value["check"] : 0
            printf "%-14s%10.1f%10.1f%10.1f%8.2f %-7s%8.1fx %-7s exit %s\n", name, value["check"], value["plates"],
                value["tiffsep"], more, (more <= 1.3 ? "met" : "MISSED"), times,
                (goal == 0 || times == 0 ? "" : (times >= goal ? "met" : "MISSED")), status["check"]
        }'
}

printf '%-14s%10s%10s%10s%15s%17s\n' "CPU ms" check plates72 tiffsep150 check/plates tiffsep/check
for name in "${names[@]}"; do
    commands "$work/$name.pdf" | "$build/bench-measure" "$rounds" | judge "$name"
    rm -f "$out"/p*
done
