# In place nothing is moved and only 检查结果 is written; rules are read again without a stop.
. "$(dirname "$0")/lib.sh"
mkdir -p w/甲 && cp drawn/chupin.yaml w/ && cp "$good" w/甲/名片a.pdf && cp "$bad" w/名片b.pdf
printf 'x' >w/notes.doc
before=$(find w -type f -exec sha256sum {} + | sort)
exits "a working folder is checked" 0 "$chupin" watch --in-place --once $quick w
[ "$(grep -c 名片 out)" -eq 2 ] || wrong "both are checked"
says "the verdict is said" out 不通过
ls w/检查结果/名片b.pdf.*.txt w/甲/检查结果/名片a.pdf.*.txt >/dev/null 2>&1 || wrong "the reports are beside the artwork"
after=$(find w -type f ! -path '*/检查结果/*' -exec sha256sum {} + | sort)
[ "$before" = "$after" ] || wrong "nothing else is touched"
exits "what was checked is remembered" 0 "$chupin" watch --in-place --once $quick w
grep -q 名片 out && wrong "what was checked is remembered"
mv w/名片b.pdf w/甲/名片c.pdf && cp "$good" w/名片b.pdf
exits "new bytes and new names are checked" 0 "$chupin" watch --in-place --once $quick w
[ "$(grep -c 名片 out)" -eq 2 ] || wrong "new bytes and new names are checked"
sed 's/90x54/90x50/; s/90×54/90×50/; s/54mm/50mm/' w/chupin.yaml >s && cmp -s s w/chupin.yaml || {
    mv s w/chupin.yaml
    exits "another sheet means another check" 0 "$chupin" watch --in-place --once $quick w
    grep -q 名片 out || wrong "another sheet means another check"
}

# Rules are read again; wrong ones are refused and those of before stay.
cp -r "$source/rules" rules && hot h
CHUPIN_RULES=$here/rules watch h
cp "$good" h/待检/one.pdf
until_true 20 test -f h/待确认/one.pdf || wrong "it works"
printf 'id: broken\n' >rules/bleed/broken.yaml
kill -HUP "$watcher"
until_true 10 grep -q "仍用原来的规则" h.log || wrong "wrong rules are said"
cp "$bad" h/待检/two.pdf
until_true 20 test -f h/待确认/two.pdf || wrong "the old ones stay in use"
rm rules/bleed/broken.yaml
kill -HUP "$watcher"
until_true 10 grep -q "规则重新读过了" h.log || wrong "mended rules are read"
cp "$good" h/待检/three.pdf
until_true 20 test -f h/待确认/three.pdf || wrong "work goes on with them"

# Asked to stop in the middle, it finishes what is in hand.
for i in 1 2 3 4 5 6 7 8; do cp "$good" "h/待检/s$i.pdf"; done
until_true 20 sh -c 'ls h/处理中/*/s*.pdf | grep -q .'
stop "$watcher" || wrong "it stops in good order"
[ -z "$(ls -A h/处理中)" ] || wrong "nothing stays in 处理中"
[ "$(count_in h/待检 h/待确认)" -eq 11 ] || wrong "nothing is lost"
finish
