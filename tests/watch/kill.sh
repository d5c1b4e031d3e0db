# Watchers and their workers are killed at random moments: nothing lost, nothing twice, nothing stuck in 处理中.
# CHUPIN_KILL_ROUNDS says how often, CHUPIN_KILL_SEED repeats a run.
. "$(dirname "$0")/lib.sh"
rounds=${CHUPIN_KILL_ROUNDS:-8} seed=${CHUPIN_KILL_SEED:-$(date +%s)}
echo "seed $seed, $rounds rounds"
random=$seed
# roll N: a number from 0 to N-1 in $rolled
roll() {
    random=$(((random * 1103515245 + 12345) % 2147483648))
    rolled=$((random / 65536 % $1))
}

# The processes of a watcher, with all below it.
below() {
    for p in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
        echo "$p"
        below "$p"
    done
}

hot h
made=0
for round in $(seq 1 "$rounds"); do
    roll 4
    for i in $(seq 0 "$rolled"); do
        made=$((made + 1))
        roll 4
        mkdir -p "h/待检/J-$rolled"
        case $((made % 6)) in
        0) printf 'no PDF %d\n' "$made" >part.tmp ;;
        1 | 2) tiny part.tmp "$made" bad ;;
        3) { cat "$good"; printf '\n%% %d\n%%%%EOF\n' "$made"; } >part.tmp ;;
        *) tiny part.tmp "$made" good ;;
        esac
        sha256sum part.tmp | cut -d' ' -f1 >>sums.before
        mv part.tmp "h/待检/J-$rolled/k$made.pdf"
    done
    "$chupin" watch --poll 0.05 --settle 0.1 --report text -j 2 h >>h.log 2>&1 &
    victim=$!
    watchers=$victim
    roll 1500
    sleep "$(printf '0.%03d' $((rolled % 1000)))"
    [ "$rolled" -ge 1000 ] && sleep 0.7
    roll 3
    if [ "$rolled" -eq 0 ]; then # one of its workers
        worker=$(below "$victim" | sort | tail -n 1)
        [ -n "$worker" ] && kill -9 "$worker" 2>/dev/null
        sleep 0.2
    fi
    kill -9 "$victim"
    wait "$victim" 2>/dev/null
done
# The last one lives. It hears TERM from the moment on that it says what it looks at.
said=$(grep -c 看着 h.log)
has_begun() { [ "$(grep -c 看着 "$1")" -gt "$said" ]; }
"$chupin" watch --poll 0.05 --settle 0.1 --report text -j 2 h >>h.log 2>&1 &
watcher=$! watchers=$!
until_true 300 has_begun h.log || wrong "the last watcher begins"
until_true 300 is_drained h || wrong "all are done in the end"
kill -TERM "$watchers"
wait "$watchers" || wrong "the last watcher stops in good order"
[ -z "$(ls -A h/处理中)" ] || { wrong "nothing stays in 处理中"; find h/处理中; }
artwork_in h/通过 h/待确认 h/不通过 h/无法检查 | tr '\n' '\0' | xargs -0 sha256sum | cut -d' ' -f1 | sort >sums.after
sort sums.before >sums.sorted
cmp -s sums.sorted sums.after || { wrong "nothing is lost, nothing is there twice"; diff sums.sorted sums.after | head; }
artwork_in h/待确认 h/不通过 h/无法检查 | while read -r f; do [ -f "$f.说明.txt" ] || echo "$f"; done >unexplained
silent "each has its explanation" unexplained
[ "$(find h/检查结果 -name '*.chupin.json' | wc -l)" -eq "$made" ] || wrong "each has one result"
exits "the record is whole" 0 "$chupin" job verify --record h/chupin.sqlite
echo "$made files"
[ "$failures" -eq 0 ] || tail -n 20 h.log
finish
