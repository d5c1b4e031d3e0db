# From artwork to signed sheet in one sitting; then the record is looked after.
. "$(dirname "$0")/lib_job.sh"

exits "without a record a check leaves nothing behind" 1 "$chupin" check "$bad"
[ ! -e job/chupin.sqlite ] && [ ! -e job/检查结果 ] || wrong "without a record a check leaves nothing behind"
exits "the record is made when it is asked for" 1 "$chupin" check --record "$bad"
[ -s job/chupin.sqlite ] || wrong "the record lies beside the sheet"
ls job/检查结果/*.chupin.json >/dev/null || wrong "the sidecar lies in a folder that people see"
exits "from then on a check goes into it" 0 "$chupin" check "$good"
says "what was mended is told" out "改好 7"
exits "a repeated check is found again" 0 "$chupin" check "$good"
exits "the story is told" 0 "$chupin" job show "$good"
[ "$(grep -c '检查了' out)" -eq 2 ] || wrong "a repeated check is no second run"
says "the versions are counted" out "第 2 版"

# The report of the record says the same as the plain one.
cp -r job plain && rm -r plain/chupin.sqlite plain/检查结果
"$chupin" check --format json "plain/$(basename "$bad")" >plain.json
exits "a stored report is given back" 0 "$chupin" report "$bad" --format json
cmp -s out plain.json || wrong "what is stored are the bytes that a plain check writes"
exits "a stored report is shown as text" 0 "$chupin" report "$bad"
says "a stored report is shown as text" out "必须改 6"
run=$("$chupin" job show --format json job | sed -n 's/^ *"id": "\(........\).*/\1/p' | head -n 1)
cd job || exit 99
exits "a run is named by its first digits" 0 "$chupin" report "$run" --format gcc
says "a run is named by its first digits" out "error:"
exits "a run that is not there" 2 "$chupin" report ffffffff
one_line "a run that is not there gets one line" err
exits "a report as a file needs no record" 0 "$chupin" report ../plain.json --format gcc
cd ..

# --against without a record
exits "progress against a report file" 0 "$chupin" check --against plain.json "plain/$(basename "$good")"
says "progress against a report file" out "改好 7"
[ ! -e plain/chupin.sqlite ] || wrong "comparing makes no record"
exits "progress against a run" 0 "$chupin" check --against "$run" "$good"
exits "progress against an artwork" 0 "$chupin" check --against "$bad" "$good"
says "progress against an artwork" out "改好 7"
exits "a run that nobody knows is refused" 2 "$chupin" check --against abcdef12 "$good"
printf '{"schema":"chupin.report/9"}' >newer.json
exits "a report of a newer chupin is refused" 2 "$chupin" check --against newer.json "$good"

exits "a signature is missing" 4 "$chupin" check --require-sign -q "$good"
answer_all "$good"
exits "the designer signs" 0 "$chupin" sign "$good" --approve --party 设计 --by 李明
exits "the director reviews" 0 "$chupin" sign "$good" --approve --party 总监 --by 陈总监
exits "the client signs with a photo" 0 "$chupin" sign "$good" --approve --party 客户 --by 张总 --scan 签字.jpg
says "it may be printed" out "可以出片"
exits "nothing is missing any more" 0 "$chupin" check --require-sign "$good"
exits "it is the signed file" 0 "$chupin" sign verify "$good"
exits "the record is whole" 0 "$chupin" job verify job
head=$(sed -n 's/.*链头 [0-9]* \([0-9a-f]\{64\}\).*/\1/p' out)
exits "the head is known" 0 "$chupin" job verify job --head "$head"
exits "its first digits do" 0 "$chupin" job verify job --head "$(printf %.8s "$head")"
exits "what is no head alarms nobody" 2 "$chupin" job verify job --head 12345

exits "the reports are written beside the artwork" 0 "$chupin" check --report sheet,json "$good"
says "it is said where" out 检查单.pdf
sheet=$(ls job/检查结果/*检查单.pdf)
pdftotext "$sheet" - 2>/dev/null | grep -q "张总" || wrong "the sheet names who signed"
for view in html annotated csv junit sarif gcc; do
    exits "every view is made from the stored result" 0 "$chupin" report "$bad" --format $view -o view.$view
    [ -s view.$view ] || wrong "every view is made from the stored result ($view)"
done
grep -q 'data:image' view.html || wrong "pages are shown while the artwork is there"

# One line before anything is checked, however many files there are
for list in htlm html,htlm htlm,html; do
    exits "a report that is none is refused ($list)" 2 "$chupin" check --report $list "$good" "$bad" gone.pdf
    says "the nearest report is named ($list)" err "是不是 html"
    [ "$(wc -l <err)" -eq 1 ] && [ ! -s out ] || wrong "a report that is none is said once ($list)"
done
for list in "" html, ,html nothing-like-it; do
    exits "a report must have a name ($list)" 2 "$chupin" check --report "$list" "$good"
    says "those that there are, are named ($list)" err "html|sheet|annotated"
done

# A machine without the font of the sheet: one line, and nothing is drawn
mkdir bare && cp job/chupin.yaml "$good" bare/
printf '<?xml version="1.0"?><fontconfig><dir>%s/none</dir><cachedir>%s/cache</cachedir></fontconfig>\n' "$here" "$here" >fonts.conf
exits "a sheet without its font" 3 env FONTCONFIG_FILE="$here/fonts.conf" "$chupin" check --report html,sheet bare/*.pdf
says "the package is named" err fonts-noto-cjk
one_line "a sheet without its font" err
[ ! -e bare/检查结果 ] || wrong "nothing is written when the font is missing"

# Several files with several reports: the summary and the lines about files name what there is
mkdir several && cp job/chupin.yaml job/*.pdf several/
"$chupin" check --report "html, csv,json" several/*.pdf >out 2>err
[ "$(grep -c 'several/检查结果/' out)" -eq 9 ] || wrong "three reports of each of three files are named"
sed -n 's/^\(报告\| *\) *\(several\/检查结果\/.*\)$/\2/p' out | while read -r path; do
    [ -s "$path" ] || echo "$path"
done >gone
[ ! -s gone ] || wrong "what is named was written: $(cat gone)"
sed -n "/^一共/,\$p" out >summary
for file in several/*.pdf; do
    says "the summary names ${file#several/}" summary "${file#several/}"
done

# Handed over and taken in
exits "the record is exported" 0 "$chupin" job export job -o bundle.json
mkdir other && cp job/chupin.yaml other/ && cd other || exit 99
exits "the record is imported" 0 "$chupin" job import ../bundle.json
exits "a second time changes nothing" 0 "$chupin" job import ../bundle.json
exits "the head is the same" 0 "$chupin" job verify --head "$head"
cd ..
mkdir joined && printf 'job: J-2\n' >joined/chupin.yaml && cd joined || exit 99
exits "a record of another job" 0 "$chupin" job new .
exits "is added to" 0 "$chupin" job import ../bundle.json
exits "a sheet of the record that was taken over still fits" 0 "$chupin" job verify --head "$head"
cd ..
cmp -s bundle.json /dev/null && wrong "the bundle is empty"
sed 's/王芳/王五/' bundle.json >forged.json
mkdir forged && cp job/chupin.yaml forged/ && cd forged || exit 99
exits "a forged bundle is refused" 3 "$chupin" job import ../forged.json
[ ! -e chupin.sqlite ] || wrong "a forged bundle leaves no record"
cd ..

# Lost and made anew
mkdir again && cp -r job/检查结果 job/chupin.yaml again/
exits "a lost record is made anew from what lies beside the artwork" 0 "$chupin" job rebuild again
exits "it is whole" 0 "$chupin" job verify again
cp "$good" again/
exits "ticks and signatures are there again" 0 "$chupin" check --require-sign "again/$(basename "$good")"
exits "a head of before does not fit it" 1 "$chupin" job verify again --head "$head"
exits "a record that is there is not made anew" 2 "$chupin" job rebuild again

# Tampered with
if command -v sqlite3 >/dev/null; then
    cp -r job cut && sqlite3 cut/chupin.sqlite "DROP TRIGGER IF EXISTS event_no_delete; DROP TRIGGER IF EXISTS event_keep_delete" 2>/dev/null
    for trigger in $(sqlite3 cut/chupin.sqlite "SELECT name FROM sqlite_master WHERE type = 'trigger'"); do
        sqlite3 cut/chupin.sqlite "SELECT sql || ';' FROM sqlite_master WHERE name = '$trigger'" >>triggers.sql
        sqlite3 cut/chupin.sqlite "DROP TRIGGER $trigger"
    done
    exits "missing triggers are found" 1 "$chupin" job verify cut
    sqlite3 cut/chupin.sqlite "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event); DELETE FROM signature WHERE party = 'client'" || wrong "the tail is cut"
    sqlite3 cut/chupin.sqlite <triggers.sql
    exits "a cut tail is found by the head on paper" 1 "$chupin" job verify cut --head "$head"

    cp -r job forged2 && sqlite3 forged2/chupin.sqlite "UPDATE answer SET by = '王五' WHERE no = 8"
    exits "a changed row is found" 1 "$chupin" job verify forged2
    says "the row is named" out answer
    sqlite3 job/chupin.sqlite "UPDATE event SET actor = 'x' WHERE seq = 3" 2>err && wrong "events cannot be changed"
    sqlite3 job/chupin.sqlite "DELETE FROM event WHERE seq = 3" 2>err && wrong "events cannot be removed"
    exits "the record is whole all the same" 0 "$chupin" job verify job
    cp -r job newer && sqlite3 newer/chupin.sqlite "UPDATE record SET version = 99"
    exits "a record from a newer chupin is refused" 3 "$chupin" sign "newer/$(basename "$good")" --item 8 --no --by 王芳
    says "a record from a newer chupin says so" err 升级
    exits "the file is checked all the same" 3 "$chupin" check "newer/$(basename "$good")"
    says "the file is checked all the same" out 结论
    exits "its events tell another version: it was changed" 1 "$chupin" job verify newer
    says "what was changed is named" out version

    for table in waiver answer record event content; do
        rm -rf less && cp -r job less && sqlite3 less/chupin.sqlite "DROP TABLE $table"
        exits "a missing table is a broken record ($table)" 1 "$chupin" job verify less
        says "the missing table is named" out "坏在表 $table：这张表不见了"
    done
    rm -rf less && cp -r job less && sqlite3 less/chupin.sqlite "DELETE FROM record"
    exits "its own row is missing" 1 "$chupin" job verify less
    says "its own row is missing" out "坏在表 record 的 id=1：这一行不见了"
    rm -rf less && cp -r job less && sqlite3 less/chupin.sqlite "ALTER TABLE answer ADD COLUMN more TEXT"
    exits "a table has another form" 1 "$chupin" job verify less
    says "a table has another form" out "坏在表 answer"
    rm -rf less && cp -r job less
    sqlite3 less/chupin.sqlite "CREATE TRIGGER q AFTER INSERT ON event BEGIN DELETE FROM answer; END"
    exits "a trigger of somebody else's is found" 1 "$chupin" job verify less
    says "it is named" out "触发器 q 不是 chupin 建的"
    rm -rf less && cp -r job less
    sqlite3 less/chupin.sqlite "DROP TRIGGER event_no_delete; CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT 1; END"
    exits "a trigger that refuses nothing is found" 1 "$chupin" job verify less
    says "it is named" out "触发器 event_no_delete 被改过"
    rm -rf less && cp -r job less && sqlite3 less/chupin.sqlite "CREATE TABLE of_ours (a); CREATE VIEW seen AS SELECT * FROM answer"
    exits "a table beside ours harms nothing" 0 "$chupin" job verify less
    mkdir foreign && cp job/chupin.yaml foreign/ && sqlite3 foreign/chupin.sqlite "CREATE TABLE t (a)"
    exits "another program's database is no record" 3 "$chupin" job verify foreign
    mkdir full && cp job/chupin.yaml "$good" full/
    exits "a record is begun" 0 "$chupin" job new full
    sqlite3 full/chupin.sqlite "CREATE TRIGGER nothing_more BEFORE INSERT ON run BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    exits "what a record cannot take is said" 3 "$chupin" check "full/$(basename "$good")"
    says "what a record cannot take is said" err chupin.sqlite
    says "what was found is shown all the same" out 结论
    exits "nothing is signed that was not stored" 3 "$chupin" sign "full/$(basename "$good")" --item 8 --yes --by 王芳
fi
exits "no record is its own exit code" 3 "$chupin" job verify plain
one_line "no record gets one line" err
printf 'nothing of ours' >plain/chupin.sqlite
exits "what is no record is refused" 3 "$chupin" job verify plain
artwork_untouched
finish
