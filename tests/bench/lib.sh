# What the benches share: options, tools, sample files. Sourced after `name`, `rounds` and `tools` are set; leaves `build`,
# `rounds`, `smoke`, `work` and the `names` that were asked for, and row().
build=$(realpath "${1:?usage: $name BUILD_DIR [--rounds N] [--smoke] [--work DIR] [FILE_NAME…]}")
shift
smoke=no work=$build/bench names=()
while [ $# -gt 0 ]; do
    case $1 in
    --rounds) rounds=$2; shift 2 ;;
    --work) work=$2; shift 2 ;;
    --smoke) smoke=yes rounds=1; shift ;;
    *) names+=("$1"); shift ;;
    esac
done
export CHUPIN_RULES=${CHUPIN_RULES:-$(realpath "$(dirname "$0")/../../rules")}
for tool in chupin chupin-fixtures bench-measure "${tools[@]}"; do
    [ -x "$build/$tool" ] || { echo "$name: $build/$tool is missing; build it first" >&2; exit 2; }
done
[ -e "$work/done" ] || { "$build/chupin-fixtures" bench "$work" && touch "$work/done"; }

# One line for bench-measure: name, then the words of the command. A program that is not installed is left out.
row() {
    command -v "$2" >/dev/null || return 0
    local IFS=$'\t'
    printf '%s\n' "$*"
}
