# Many files at once, of all sorts; two watchers on one folder, one of which is asked to stop in the middle. Nothing is lost,
# nothing is there twice, nothing stays in 处理中. CHUPIN_WATCH_FILES says how many.
. "$(dirname "$0")/lib.sh"
count=${CHUPIN_WATCH_FILES:-40}
hot h
mkdir -p pile/甲 pile/乙/深
for i in $(seq 1 "$count"); do
    case $((i % 3)) in 0) d=甲 ;; 1) d=乙 ;; *) d=乙/深 ;; esac
    case $((i % 10)) in
    0) printf 'no PDF %d\n' "$i" >"pile/$d/f$i.pdf" ;;
    1 | 2 | 3) tiny "pile/$d/f$i.pdf" "$i" bad ;;
    *) tiny "pile/$d/f$i.pdf" "$i" good ;;
    esac
done
: >pile/甲/empty.pdf
head -c 400 pile/乙/f4.pdf >pile/乙/cut.pdf
total=$((count + 2))
find pile -type f -exec sha256sum {} + | cut -d' ' -f1 | sort >sums.before

# Each of them is watched for two seconds before it is taken, all at the same time: one after another, that alone would take
# longer than is waited here.
began=$(date +%s)
mv pile/甲 pile/乙 h/待检/
watch h -j 1 --settle 2 --patience 4
first=$watcher
watch h -j 1 --settle 2 --patience 4
second=$watcher
until_true 60 sh -c 'find h/待确认 h/不通过 -name "*.pdf" | grep -q .' || wrong "the first one is done soon"
stop "$first" || wrong "a watcher stops when it is asked to"
until_true $((count * 2)) is_drained h || wrong "all are done, as fast as they can be checked"
echo "$total files in $(($(date +%s) - began)) s"
stop "$second" || wrong "the other one stops"
[ -z "$(ls -A h/处理中)" ] || wrong "nothing stays in 处理中"
artwork_in h/通过 h/待确认 h/不通过 h/无法检查 | tr '\n' '\0' | xargs -0 sha256sum | cut -d' ' -f1 | sort >sums.after
cmp -s sums.before sums.after || { wrong "nothing is lost, nothing is there twice"; diff sums.before sums.after | head; }
[ "$(find h/检查结果 -name '*.chupin.json' | wc -l)" -eq "$total" ] || wrong "each has one result"
[ "$(grep -c '  不通过/\|  待确认/\|  无法检查/' h.log)" -eq "$total" ] || wrong "each was checked once"
find h -name '*_2.pdf' | grep -q . && wrong "none got another name"
[ "$(count_in h/不通过)" -eq $((count * 3 / 10)) ] || wrong "those without bleed are in 不通过"
[ "$(count_in h/无法检查)" -eq $((count / 10 + 2)) ] || wrong "what is no PDF, or half of one, is in 无法检查"
find h/待确认 h/不通过 h/无法检查 -name '*.pdf' | while read -r f; do [ -s "$f.说明.txt" ] || echo "$f"; done >unexplained
silent "each has its explanation" unexplained
exits "the record is whole" 0 "$chupin" job verify --record h/chupin.sqlite
[ "$failures" -eq 0 ] || tail -n 20 h.log
finish
