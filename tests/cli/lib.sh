# Shared by the scripts here. Each is called with the program, the builder of sample artwork and the source folder; it runs
# in a fresh folder and ends with `finish`. A check that fails says which sentence is not true and goes on.
chupin=$1 fixtures=$2 source=$3
here=$(mktemp -d) || exit 99
trap 'rm -rf "$here"' EXIT
cd "$here" || exit 99
CHUPIN_RULES=$source/rules LC_ALL=C.UTF-8
export CHUPIN_RULES LC_ALL
unset LANG LC_MESSAGES NO_COLOR
failures=0

wrong() {
    failures=$((failures + 1))
    printf 'NOT TRUE: %s\n' "$1"
    head -n 20 out err 2>/dev/null
}

# exits SENTENCE CODE COMMAND…: leaves what was printed in ./out and ./err
exits() {
    sentence=$1 code=$2
    shift 2
    "$@" >out 2>err </dev/null
    got=$?
    [ "$got" -eq "$code" ] || wrong "$sentence (exit $got, not $code)"
}

# says SENTENCE FILE TEXT: TEXT stands in FILE
says() {
    grep -qF -- "$3" "$2" || wrong "$1 (no “$3” in $2)"
}

silent() {
    [ ! -s "$2" ] || wrong "$1 ($2 is not empty)"
}

one_line() {
    [ "$(wc -l <"$2")" -eq 1 ] || wrong "$1 ($2 is not one line)"
}

finish() {
    [ "$failures" -eq 0 ] || { echo "$failures not true"; exit 1; }
    exit 0
}
