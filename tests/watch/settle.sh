# When is a file there? Slowly written, cut off, renamed, removed; folders that go and come back.
. "$(dirname "$0")/lib.sh"
hot h
watch h --patience 3 -j 2 --no-inotify
size=$(stat -c %s "$good")

# A copy that takes its time.
(
    dd if="$good" of=h/待检/slow.pdf bs=1 count=$((size / 2)) 2>/dev/null
    sleep 1.5
    dd if="$good" of=h/待检/slow.pdf bs=1024 seek=0 conv=notrunc 2>/dev/null
) &
sleep 1.2
[ -e h/待检/slow.pdf ] || wrong "half a file is not taken"
until_true 20 test -f h/待确认/slow.pdf || wrong "it is taken once it is whole"
cmp -s "$good" h/待确认/slow.pdf || wrong "it is whole"

# One that is written to all the time is told of once; one that was cut off is taken at last.
(for i in $(seq 1 300); do date +%N >>h/待检/growing.pdf; sleep 0.1; done) &
grower=$!
head -c $((size / 2)) "$good" >h/待检/cut.pdf
until_true 20 grep -q "growing.pdf" h.log || wrong "a file that never settles is reported"
until_true 20 sh -c 'ls h/无法检查/cut.pdf h/不通过/cut.pdf h/待确认/cut.pdf 2>/dev/null | grep -q .' || wrong "what was cut off is checked in the end"
[ "$(grep -c '一直在变\|been changing' h.log)" -eq 1 ] || wrong "it is reported once"
kill $grower 2>/dev/null
rm -f h/待检/growing.pdf

# Renamed and removed while it waits.
cp "$good" h/待检/one.pdf && sleep 0.2 && mv h/待检/one.pdf h/待检/two.pdf
until_true 20 test -f h/待确认/two.pdf || wrong "a renamed file is checked under its new name"
cp "$good" h/待检/gone.pdf && sleep 0.1 && rm h/待检/gone.pdf

# Removed while it is checked.
for i in 1 2 3 4 5 6; do cp "$good" "h/待检/take$i.pdf"; done
until_true 20 sh -c 'ls h/处理中/*/take*.pdf 2>/dev/null | grep -q .' && rm -f h/处理中/*/take*.pdf
until_true 30 is_drained h || wrong "a file that was removed holds nothing up"

# The folder goes and comes back.
mv h elsewhere
until_true 10 grep -q "等它回来\|waiting for it" h.log || wrong "a lost folder is said"
sleep 1
mv elsewhere h
until_true 10 grep -q "回来了\|is back" h.log || wrong "a folder that came back is said"
cp "$good" h/待检/after.pdf
until_true 20 test -f h/待确认/after.pdf || wrong "work goes on"
kill -0 "$watcher" || wrong "the watcher lives"
stop "$watcher" || wrong "it stops in good order"
[ -z "$(ls -A h/处理中)" ] || wrong "nothing stays in 处理中"
finish
