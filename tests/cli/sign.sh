# Ticks and signatures: who may say what, and when.
. "$(dirname "$0")/lib_job.sh"

exits "who ticks has to be said" 1 "$chupin" sign "$good" --item 8 --yes
says "who ticks has to be said" err "--by"
exits "an answer makes the record" 0 "$chupin" sign "$good" --item 8 --yes --by 王芳 --role AE --note '对过译名'
says "what was stored is told" out "第 8 项"
says "what is left is told" out "还有"
exits "the name comes from the environment too" 0 env CHUPIN_BY=王芳 "$chupin" sign "$good" --item 10 --na
exits "several rows at once" 0 "$chupin" sign "$good" --item 4 --item 5 --yes --by 王芳
exits "a row that is not there" 1 "$chupin" sign "$good" --item 15 --yes --by 王芳
exits "no answer" 1 "$chupin" sign "$good" --item 8 --by 王芳
for answer in --yes --no --na; do
    exits "an answer to no row ($answer)" 2 "$chupin" sign "$good" $answer --by 王芳
    one_line "an answer to no row gets one line" err
    silent "nothing is asked then" out
    says "what is missing is named" err "--item"
done
exits "two answers" 1 "$chupin" sign "$good" --item 8 --yes --no --by 王芳
exits "two things at once" 2 "$chupin" sign "$good" --item 8 --yes --approve --party 设计 --by 王芳
exits "a file that is not there" 3 "$chupin" sign nowhere.pdf --item 8 --yes --by 王芳
exits "a folder is not signed" 2 "$chupin" sign job --item 8 --yes --by 王芳

exits "not all at once where something must be mended" 1 "$chupin" sign "$bad" --all --yes --by 王芳
says "the rows are named" err "第 7 项"
exits "the story" 0 "$chupin" job show "$bad" --format json
grep -A3 '"version": 1' out | grep -q '"answers": \[$' && wrong "a refusal stores nothing"

exits "approval waits for the rows" 1 "$chupin" sign "$good" --approve --party 总监 --by 陈总监
says "the open rows are named" err "第 2 项"
exits "a rejection says why" 1 "$chupin" sign "$good" --reject --party 印厂 --by 王师傅
exits "a rejection needs no ticks" 0 "$chupin" sign "$good" --reject --party 印厂 --by 王师傅 --note 出血不够
says "a rejection counts" out "不能出片"
exits "what must be mended may be rejected" 0 "$chupin" sign "$bad" --reject --party 文案 --by 周文 --note 标题错了
exits "the story says what the last version waits for" 0 "$chupin" job show "$bad"
says "it waits for those who mend, tick and sign" out "现在：等修改：设计 6；文案不同意：标题错了；等打勾：第 1、2、4"
says "who has to sign is told" out "等签字：总监审核、客户"
exits "who signs has to be said" 1 "$chupin" sign "$good" --approve --by 陈总监
exits "a party that is none" 1 "$chupin" sign "$good" --approve --party 老板 --by 陈总监

# One after another, from a pipe
printf 'y 与签字稿一致\nn <b>第 3 行</b> \033[31m\nwhat\n是\n' | "$chupin" sign "$good" --by 王芳 >out 2>err || wrong "rows are asked one after another"
says "the question is asked" out "通读过，没有错别字？"
says "a slip is asked again" out "s 跳过"
exits "the answers are there" 0 "$chupin" job show "$good"
says "a note is kept as it was typed" out '<b>第 3 行</b>'
grep -q "$(printf '\033')" out && wrong "control characters never reach the terminal"
exits "nothing typed is nothing stored" 1 "$chupin" sign "$good" --by 王芳

# The printed sheet, typed in
# left_off KEYS HOW: two rows of the sheet are typed, then the input ends or Ctrl-C is pressed
left_off() {
    python3 - "$chupin" "$good" "$@" <<'END' >left 2>&1 || wrong "the sheet is left off ($2): $(cat left)"
import signal, subprocess, sys
chupin, file, first, how = sys.argv[1:5]
signal.signal(signal.SIGINT, signal.default_int_handler)
p = subprocess.Popen([chupin, "sign", file, "--from-sheet", "--scan", "签字.jpg", "--by", "周文"],
                     stdin=subprocess.PIPE, stdout=subprocess.PIPE)
read = b""
def until(prompts):
    global read
    while read.count(b"s > ") < prompts:
        byte = p.stdout.read(1)
        assert byte, read.decode()
        read += byte
for n in (1, 2):
    until(n)
    p.stdin.write(f"n {first}{n}\n".encode())
    p.stdin.flush()
until(3)
if how == "interrupted":
    p.send_signal(signal.SIGINT)
    assert p.wait(20) == -signal.SIGINT, p.returncode
else:
    p.stdin.close()
    read += p.stdout.read()
    assert p.wait(20) == 0, p.returncode
    assert "还有".encode() in read, read.decode()
assert "答一项记一项".encode() in read, read.decode()
END
    exits "what was typed is stored ($2)" 0 "$chupin" job show "$good"
    says "the first row is stored ($2)" out "${1}1"
    says "the second row is stored ($2)" out "${1}2"
    exits "the record is whole ($2)" 0 "$chupin" job verify job
}
left_off 中途断开 ended
left_off 中途打断 interrupted
printf 'y\ny\ny\ny\ny\ny\n-\n-\ny\ny\ny\ny\ny\ny\ny\n' | "$chupin" sign "$good" --from-sheet --scan 签字.jpg --by 王芳 >out 2>err || wrong "a printed sheet is typed in"
says "nothing is open any more" out "可以签"
exits "a printer that rejected can approve" 0 "$chupin" sign "$good" --approve --party printer --by 王师傅
exits "the maker does not review himself" 1 "$chupin" sign "$good" --approve --party 总监 --by 李明
exits "nor does who signed as the designer" 0 "$chupin" sign "$good" --approve --party design --by 赵六
exits "nor does who signed as the designer" 1 "$chupin" sign "$good" --approve --party 总监 --by 赵六
says "nor does who signed as the designer" err 做这件活的人
exits "nor does the AE where the sheet names a director" 1 "$chupin" sign "$good" --approve --party 总监 --by 王芳
says "nor does the AE where the sheet names a director" err 陈总监
exits "the director reviews" 0 "$chupin" sign "$good" --approve --party director --by 陈总监
says "the review is not what is missing" out 还没有签完字
exits "the review is not what is missing" 4 "$chupin" check --require-sign "$good"
says "the review is not what is missing" out 请还差的一方签字

exits "the AE does not sign for the client" 1 "$chupin" sign "$good" --approve --party 客户 --by 王芳 --scan 签字.jpg
says "the AE does not sign for the client" err AE
exits "nobody with the role of an AE does" 1 "$chupin" sign "$good" --approve --party 客户 --by 张总 --role 客服 --scan 签字.jpg
exits "nobody else does" 1 "$chupin" sign "$good" --approve --party 客户 --by 孙七 --scan 签字.jpg
says "who may is named" err 张总
exits "the client's signature needs its proof" 1 "$chupin" sign "$good" --approve --party 客户 --by 张总
exits "a proof that is not there" 3 "$chupin" sign "$good" --approve --party 客户 --by 张总 --scan nowhere.jpg
exits "the client signs" 0 "$chupin" sign "$good" --approve-with-changes --party 客户 --by ' 张总' --scan 签字.jpg --note 电话字号大一点
exits "with changes is not yet a yes" 4 "$chupin" check --require-sign -q "$good"
exits "the client approves" 0 "$chupin" sign "$good" --approve --party 客户 --by 张总 --scan 签字.jpg
exits "now it is one" 0 "$chupin" check --require-sign -q "$good"

# Another file is another version
exits "the signed file is the signed file" 0 "$chupin" sign verify "$good"
exits "another one is not" 4 "$chupin" sign verify "$bad"
says "the page is named" out "第 1 页"
twin=job/260118开盘单张_正稿_v3.pdf
cp "$good" "$twin" && printf '\n%%\n' >>"$twin"
exits "other bytes that print the same are the same" 0 "$chupin" sign verify "$twin"
exits "a check says so too" 0 "$chupin" check "$twin"
says "a check says so too" out "每页画面一致"
head -c 2000 "$good" >"$twin"
exits "a torn file is not compared" 3 "$chupin" sign verify "$twin"
rm "$twin"
mkdir back && cp "$good" back/印厂发回.pdf && cp "$bad" back/
exits "what came back under another name" 0 "$chupin" sign verify --record job/chupin.sqlite back/印厂发回.pdf
exits "what came back changed" 4 "$chupin" sign verify --record job/chupin.sqlite --job job/chupin.yaml --against "$good" "back/$(basename "$bad")"
exits "what is not the signed file is not compared with" 3 "$chupin" sign verify --record job/chupin.sqlite --job job/chupin.yaml --against "$card" "back/$(basename "$bad")"
exits "what cannot be read is not compared" 3 "$chupin" sign verify nowhere.pdf
answer_all "$card"
next=job/260118名片_正稿_v3.pdf
cp "$card" "$next" && printf '\n%%\n' >>"$next"
exits "ticks do not carry over" 4 "$chupin" check --require-sign -q "$next"
exits "they are offered" 0 "$chupin" sign "$next" --carry --by 王芳
says "they are offered" out "没有变"
exits "an offer stores nothing" 4 "$chupin" check --require-sign -q "$next"
qpdf "$card" --pages . 1 . 1 -- changed.pdf && mv changed.pdf "$next" || exit 99
exits "a page that changed is named" 0 "$chupin" sign "$next" --carry --by 王芳
says "a page that changed is named" out "1 页没有变，变了的页：2"
qpdf --object-streams=disable --stream-data=uncompress "$card" again.pdf && mv again.pdf "$next" || exit 99
exits "saved again by another program" 0 "$chupin" sign "$next" --carry --by 王芳
says "pages that look the same have not changed" out "2 页没有变"
exits "they are taken over" 0 "$chupin" sign "$next" --carry --yes --by 王芳
says "it is said from where" out "沿用第 1 版"
exits "nothing is left to take over" 1 "$chupin" sign "$next" --carry --by 王芳
rm "$next"

# Two at once: both are kept
for row in 4 8; do
    "$chupin" sign "$card" --item $row --no --by "同时$row" >"out$row" 2>&1 &
done
wait
exits "two at once" 0 "$chupin" job show "$card"
says "the first is kept" out 同时4
says "the second is kept" out 同时8
exits "the record is whole" 0 "$chupin" job verify job

# A folder that nobody may write to: the record lies in the user's folder
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
    mkdir locked && cp job/*.pdf job/chupin.yaml locked/ && chmod -R a+rX,go-w . && mkdir -p data && chmod 777 data
    cp "$chupin" "$chupin-full" . && cp -r "$source/rules" rules && chmod -R a+rX rules chupin chupin-full
    exits "a read-only folder gets its record elsewhere" 0 setpriv --reuid=65534 --clear-groups env HOME="$here/data" \
        XDG_DATA_HOME="$here/data" ./chupin sign --rules rules "locked/$(basename "$card")" --item 8 --yes --by 王芳
    [ -s data/chupin/chupin.sqlite ] || wrong "a read-only folder gets its record elsewhere"
    says "it is said that nothing could be put beside the artwork" err 记录本身已经存好
fi
artwork_untouched
finish
