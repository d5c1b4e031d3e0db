#!/bin/bash
# CPU time of drawing and measuring all plates beside Ghostscript's tiffsep and MuPDF's CMYK pages.
#
#   tests/bench/plates.sh BUILD_DIR [--rounds N] [--smoke] [--work DIR] [FILE_NAME…]
#
# BUILD_DIR holds chupin, chupin-fixtures, bench-plates and bench-measure, built as released. All numbers of a row come
# from one run with interleaved rounds; only ratios mean something, and only on a quiet machine. Ours draws every plate
# and sums them, tiffsep writes every plate to a RAM disk, MuPDF draws process inks alone and throws them away. --smoke
# runs one round over a small file and judges nothing. Exit: 0 measured, 2 something is missing.
set -euo pipefail

name=plates.sh rounds=5 tools=(bench-plates)
. "$(dirname "$0")/lib.sh"
if [ ${#names[@]} -eq 0 ]; then
    names=(brochure16 manual100 strokes200k a3-jpeg a3-flate a3-six)
    [ $smoke = no ] || names=(manual30)
fi
out=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
trap 'rm -rf "$out"' EXIT

commands() {
    row ours "$build/bench-plates" "$2" "$1"
    row tiffsep gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=tiffsep "-r$2" -o "$out/p%d.tif" "$1"
    row mutool mutool draw -q -F pam -c cmyk -r "$2" -o /dev/null "$1"
}

# How many times faster than tiffsep and than mutool, at least.
goals() {
    case $1-$2 in
    brochure16-*) echo 15 6 ;;
    manual100-*) echo 40 1.8 ;;
    strokes*) echo 3 4 ;;
    a3-flate-72) echo 2 1 ;;
    a3-*) echo 5 1 ;;
    *) echo 0 0 ;;
    esac
}

judge() {
    awk -F'\t' -v name="$1" -v ppi="$2" -v goals="$(goals "$1" "$2")" -v memory="$3" '
        { value[$1] = $2; status[$1] = $4 }
        function ratio(key) { return key in value && value["ours"] > 0 ? value[key] / value["ours"] : 0 }
        function ok(times, goal) { return goal == 0 || times == 0 ? "" : times >= goal ? "met" : "MISSED" }
        END {
            split(goals, goal, " ")
            printf "%-14s%5d%10.1f%10.1f%10.1f%8.1fx %-7s%6.1fx %-7s%8.1f %-7s exit %s\n", name, ppi, value["ours"],
                value["tiffsep"], value["mutool"], ratio("tiffsep"), ok(ratio("tiffsep"), goal[1]), ratio("mutool"),
                ok(ratio("mutool"), goal[2]), memory, name ~ /^a3/ && ppi == 150 ? (memory <= 64 ? "met" : "MISSED") : "",
                status["ours"]
        }'
}

# Wall clock of the command itself with so many workers, the best of three, in seconds.
wall() {
    local best=1000000000000 from to
    for _ in 1 2 3; do
        from=${EPOCHREALTIME/[.,]/}
        "$build/chupin" plates "$1" --ppi 150 -j "$2" -o "$out/plates" >/dev/null || true
        to=${EPOCHREALTIME/[.,]/}
        [ $((to - from)) -ge $best ] || best=$((to - from))
        rm -rf "$out/plates"
    done
    awk "BEGIN { print $best / 1e6 }"
}

printf '%-14s%5s%10s%10s%10s%9s%15s%15s\n' "CPU ms" ppi ours tiffsep mutool tiffsep/ mutool/ "peak MB"
for name in "${names[@]}"; do
    for ppi in 72 150; do
        memory=$("$build/bench-plates" "$ppi" "$work/$name.pdf" 2>/dev/null | cut -d' ' -f1)
        commands "$work/$name.pdf" "$ppi" | "$build/bench-measure" "$rounds" | judge "$name" "$ppi" "$memory"
        rm -f "$out"/p*
    done
done
[ $smoke = yes ] || for name in "${names[@]}"; do
    [[ $name == manual* ]] || continue
    one=$(wall "$work/$name.pdf" 1) two=$(wall "$work/$name.pdf" 2)
    awk "BEGIN { printf \"$name written by one worker in $one s, by two in $two s: %.2fx\\n\", $one / $two }"
done
