# Waivers: for the places as they were, by somebody, for a reason, until some day.
. "$(dirname "$0")/lib_job.sh"

exits "the artwork is checked" 1 "$chupin" check --record "$bad"
line=$(fingerprint "$bad" line-weight-min) font=$(fingerprint "$bad" font-embedded)
[ -n "$line" ] || wrong "a finding has a fingerprint"
short=$(printf %.6s "$line")
waive() { "$chupin" waive "$@" "$bad" --by 陈总监; }

exits "why has to be said" 1 waive "$short" --until v4
exits "a word is no reason" 1 waive "$short" --why 好 --until v4
exits "the rule's name is no reason" 1 waive "$short" --why line-weight-min --until v4
exits "until when has to be said" 1 waive "$short" --why 印厂确认能印出来
exits "a day that is over" 1 waive "$short" --why 印厂确认能印出来 --until 2020-01-01
exits "a day that is none" 1 waive "$short" --why 印厂确认能印出来 --until 明天
exits "who has to be said" 1 "$chupin" waive "$short" "$bad" --why 印厂确认能印出来 --until v4
exits "a fingerprint that is none" 1 waive ffffffffffff --why 印厂确认能印出来 --until v4
exits "nothing is waived" 0 "$chupin" waive list "$bad"
says "nothing is waived" out 没有豁免

exits "a finding is waived" 0 waive "$short" --why '印厂确认<i>能印</i>' --until v4
says "what was waived is told" out line-weight-min
exits "not twice" 1 waive "$short" --why 印厂确认能印出来 --until v4
exits "it is listed" 0 "$chupin" waive list "$bad"
says "the reason is shown as it was typed" out '<i>能印</i>'
exits "it stays visible" 1 "$chupin" check "$bad"
says "it stays visible" out 已豁免
grep -q '✗ 第 7 项' out && wrong "what is waived is not open"
exits "editors are told, not alarmed" 0 "$chupin" report "$bad" --format gcc
says "editors are told, not alarmed" out "note: 已豁免（陈总监）："
exits "without naming the file" 0 "$chupin" waive list job
exits "it is revoked" 0 "$chupin" waive revoke "$short" "$bad" --why 印厂又说不行 --by 陈总监
exits "a waiver that is none" 1 "$chupin" waive revoke ffffff "$bad" --why 印厂又说不行 --by 陈总监
exits "revoking says why" 1 "$chupin" waive revoke "$short" "$bad" --by 陈总监
exits "it is open again" 1 "$chupin" check "$bad"
says "it is open again" out '✗ 第 7 项'
exits "what was revoked is kept" 0 "$chupin" waive list --all "$bad"
says "what was revoked is kept" out 印厂又说不行
exits "the record is whole" 0 "$chupin" job verify job

# A rule that wants two people
exits "a job sheet that asks for another size" 1 "$chupin" check --record --size 200x200 "$good"
size=$(fingerprint "$good" page-size)
two() { "$chupin" waive "$size" job --why "${2:-客户要求按展开尺寸}" --until v9 --by "$1"; }
exits "one of two" 0 two 陈总监
says "a second one is asked for" out 第二个人
exits "nobody is two people" 1 two 陈总监
exits "the second one" 0 two 王芳 '印厂说<i>可以</i>裁'
exits "both are named" 0 "$chupin" waive list job
says "both are named" out '王芳 同意：“印厂说<i>可以</i>裁”'
says "both reasons are told" out '陈总监：“客户要求按展开尺寸”'
exits "the story tells the second reason" 0 "$chupin" job show --format json "$good"
says "the story tells the second reason" out '印厂说<i>可以</i>裁'
exits "the text report tells both reasons" 0 "$chupin" report "$good"
says "the text report tells both reasons" out '印厂说<i>可以</i>裁'
exits "the page tells both reasons" 0 "$chupin" report "$good" --format html
says "the page tells both reasons" out '客户要求按展开尺寸；印厂说&#60;i&#62;可以&#60;/i&#62;裁'
exits "the sheet tells both reasons" 0 "$chupin" report "$good" --format sheet -o both.pdf
pdftotext -layout both.pdf - 2>/dev/null | tr -d ' \n' | grep -q '印厂说<i>可以' || wrong "the sheet tells both reasons"
exits "the record with both is whole" 0 "$chupin" job verify job
exits "it is handed over" 0 "$chupin" job export job -o bundle.json
mkdir joined && printf 'job: J-2\n' >joined/chupin.yaml && cd joined || exit 99
exits "a record of another job" 0 "$chupin" job new .
exits "takes it in" 0 "$chupin" job import ../bundle.json
exits "the second reason came along" 0 "$chupin" waive list .
says "the second reason came along" out '王芳 同意：“印厂说<i>可以</i>裁”'
cd ..
artwork_untouched
finish
