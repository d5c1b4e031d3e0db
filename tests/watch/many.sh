# Many files at once, two watchers on one folder, a watcher that is asked to stop in the middle.
. "$(dirname "$0")/lib.sh"
count=${CHUPIN_WATCH_FILES:-200}
hot h
mkdir -p pile/甲 pile/乙
for i in $(seq 1 "$count"); do
    if [ $((i % 3)) -eq 0 ]; then f=$bad; else f=$good; fi
    if [ $((i % 2)) -eq 0 ]; then d=甲; else d=乙; fi
    { cat "$f"; printf '\n%% %d\n%%%%EOF\n' "$i"; } >"pile/$d/f$i.pdf"
done
find pile -type f -exec sha256sum {} + | cut -d' ' -f1 | sort >sums.before
mv pile/甲 pile/乙 h/待检/
watch h -j 1
first=$watcher
watch h -j 1
second=$watcher
until_true 60 sh -c 'find h/待确认 h/不通过 -name "*.pdf" | grep -q .' || wrong "the first one is done soon"
stop "$first" || wrong "a watcher stops when it is asked to"
until_true 600 is_drained h || wrong "all are done"
stop "$second" || wrong "the other one stops"
[ -z "$(ls -A h/处理中)" ] || wrong "nothing stays in 处理中"
artwork_in h/通过 h/待确认 h/不通过 h/无法检查 | tr '\n' '\0' | xargs -0 sha256sum | cut -d' ' -f1 | sort >sums.after
cmp -s sums.before sums.after || { wrong "nothing is lost, nothing is there twice"; diff sums.before sums.after | head; }
[ "$(find h/检查结果 -name '*.chupin.json' | wc -l)" -eq "$count" ] || wrong "each has one result"
[ "$(grep -c '  不通过/\|  待确认/' h.log)" -eq "$count" ] || wrong "each was checked once"
find h -name '*_2.pdf' | grep -q . && wrong "none got another name"
[ "$(count_in h/无法检查)" -eq 0 ] || wrong "two watchers do not get in each other's way"
exits "the record is whole" 0 "$chupin" job verify --record h/chupin.sqlite
finish
