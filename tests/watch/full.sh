# A disk that fills up: artwork stays whole, one clear line is said, and work goes on by itself once there is room. Needs a
# disk of its own, which only root may mount.
if [ -z "$CHUPIN_OWN_MOUNTS" ]; then
    unshare -m true 2>/dev/null || { echo "skipped: not allowed to mount"; exit 77; }
    CHUPIN_OWN_MOUNTS=1 exec unshare -m sh "$0" "$@"
fi
. "$(dirname "$0")/lib.sh"
trap 'for w in $watchers; do kill -9 "$w" 2>/dev/null; done; wait 2>/dev/null; cd /; umount "$here/h"; rm -rf "$here"' EXIT
mkdir h && mount -t tmpfs -o size=6m tmpfs h || { echo "skipped: no tmpfs"; exit 77; }
hot h
watch h -j 2
cp "$good" h/待检/before.pdf
until_true 20 test -f h/待确认/before.pdf || wrong "there is room at first"

# Room for the artwork, none for what is found in it.
mkdir -p keep && for i in 1 2 3 4; do tiny keep/f$i.pdf "$i" good; done
cp keep/*.pdf h/待检/
dd if=/dev/zero of=h/filler bs=4096 2>/dev/null
until_true 20 grep -q '磁盘满了\|No space left\|disk is full' h.log || wrong "a full disk is said"
sleep 1.5
for i in 1 2 3 4; do
    [ "$(find h -name "f$i.pdf" -exec cmp -s keep/f$i.pdf {} \; -print | wc -l)" -eq 1 ] || wrong "f$i.pdf is there once, and whole"
done
kill -0 "$watcher" || wrong "the watcher lives"
[ "$(wc -l <h.log)" -lt 12 ] || wrong "it is said once and not all the time"
[ "$(count_in h/无法检查)" -eq 0 ] || wrong "a full disk is not held against the artwork"

rm h/filler
until_true 30 sh -c 'ls h/待确认/f1.pdf h/待确认/f2.pdf h/待确认/f3.pdf h/待确认/f4.pdf' || wrong "it goes on when there is room"
until_true 5 nothing_in_hand h || wrong "nothing is left in hand"
stop "$watcher" || wrong "it stops in good order"
[ "$(find h/检查结果 -name '*.chupin.json' | wc -l)" -eq 5 ] || wrong "each has its result"
find h -name '*.tmp' -o -name '.chupin-*' | grep -q . && wrong "nothing half written is left"
exits "the record is whole" 0 "$chupin" job verify --record h/chupin.sqlite
[ "$failures" -eq 0 ] || cat h.log
finish
