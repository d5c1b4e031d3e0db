# A hot folder with sample artwork, and watchers that are in a hurry.
. "$(dirname "$0")/../cli/lib.sh"
XDG_DATA_HOME=$here/data XDG_CONFIG_HOME=$here/config
export XDG_DATA_HOME XDG_CONFIG_HOME
# What these libraries keep for the whole process is theirs.
printf 'leak:libcairo\nleak:libfontconfig\nleak:libpango\nleak:libglib\n' >lsan.supp
LSAN_OPTIONS=suppressions=$here/lsan.supp:print_suppressions=0
export LSAN_OPTIONS
watchers= watcher=
trap 'for w in $watchers; do kill -9 "$w" 2>/dev/null; done; wait 2>/dev/null; rm -rf "$here"' EXIT
"$fixtures" demo drawn || exit 99
good=$(ls drawn/260117名片*.pdf) bad=$(ls drawn/260112名片*.pdf)
quick="--poll 0.1 --settle 0.4 --report text"

# tiny FILE NUMBER good|bad: the smallest artwork, one page of a grey that reaches the bleed or ends at the trim; no two
# numbers have the same bytes. Checked in a moment, where many are wanted.
tiny() {
    case $3 in good) area=' 0  0 120 120' ;; *) area='10 10 100 100' ;; esac
    printf '%%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 120 120] /TrimBox [10 10 110 110] /BleedBox [0 0 120 120] /Contents 4 0 R /Resources << >> >>
endobj
4 0 obj
<< /Length 30 >>
stream
0 0 0 0.3 k %s re f
endstream
endobj
xref
0 5
0000000000 65535 f 
0000000009 00000 n 
0000000058 00000 n 
0000000115 00000 n 
0000000268 00000 n 
trailer
<< /Root 1 0 R /Size 5 >>
startxref
348
%%%%EOF
%% %d
%%%%EOF
' "$area" "$2" >"$1"
}

hot() {
    "$chupin" init --hotfolder "$1" >/dev/null || exit 99
}

# watch DIR OPTION…: in the background, its log in DIR.log; sets $watcher
watch() {
    dir=$1
    shift
    "$chupin" watch $quick "$@" "$dir" >>"$dir.log" 2>&1 &
    watcher=$!
    watchers="$watchers $watcher"
}

# until_true SECONDS COMMAND: asked again and again, as long as the watcher lives
until_true() {
    left=$(($1 * 10))
    shift
    while ! "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        [ -z "$watcher" ] || kill -0 "$watcher" 2>/dev/null || return 1
        sleep 0.1
    done
}

artwork_in() {
    find "$@" -type f \( -name '*.pdf' -o -name '*.png' -o -name '*.tif' -o -name '*.jpg' \) ! -path '*/.*' 2>/dev/null
}

count_in() {
    artwork_in "$@" | wc -l
}

# Nothing waits and nothing is in hand.
is_drained() {
    [ "$(count_in "$1/待检" "$1/处理中")" -eq 0 ]
}

nothing_in_hand() {
    [ -z "$(find "$1/处理中" -mindepth 1 ! -name '.pulse' -type f)" ]
}

stop() {
    kill -TERM "$1"
    wait "$1"
}
