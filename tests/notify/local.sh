# One digest a group, signed as each wants it; nothing is held up by a server that does not answer; no secret is shown.
. "$(dirname "$0")/../watch/lib.sh"
python3 "$source/tests/notify/server.py" &
server=$!
watchers=$server
until_true 20 test -f ports || { echo "no server"; exit 99; }
read -r web mail <ports
hot h
mkdir -p h/待检/J-1 config/chupin
cp drawn/chupin.yaml h/待检/J-1/
cat >>h/待检/J-1/chupin.yaml <<'YAML'
notify:
  企业微信: env:WECOM
  钉钉: file:ding
  钉钉密钥: env:SIGN
  飞书: env:FEISHU
  飞书密钥: env:SIGN
  回调: env:HOOK
  邮件: wang@example.com, li@example.com
  链接: \\server\出品
YAML
printf 'notify: {smtp: "smtp://127.0.0.1:%s", smtp_from: chupin@example.com}\n' "$mail" >config/chupin/chupin.yaml
printf 'http://127.0.0.1:%s/dingtalk?access_token=T0KEN\n' "$web" >ding
WECOM=http://127.0.0.1:$web/wecom?key=K3Y FEISHU=http://127.0.0.1:$web/feishu HOOK=http://127.0.0.1:$web/hook SIGN=SEC0123456789abcdef
export WECOM FEISHU HOOK SIGN
for i in 1 2 3; do cp "$bad" "h/待检/J-1/名片$i.pdf"; done
cp "$good" "h/待检/J-1/名片<b>*x*.pdf"
exits "files are checked and told of" 0 "$chupin" watch --once $quick h
python3 - <<'PY' || wrong "each group got one digest, signed"
import json
rows = [json.loads(line) for line in open("got.jsonl", encoding="utf-8")]
kinds = sorted(row["kind"] for row in rows)
assert kinds == ["dingtalk", "feishu", "hook", "mail", "wecom"], kinds
by = {row["kind"]: row for row in rows}
assert all(row.get("signed", True) for row in rows)
wecom = by["wecom"]["body"]["markdown"]["content"]
assert len(wecom.encode()) < 4096 and "4 个文件" in wecom and "90mm" in wecom, wecom
assert "<b>" not in wecom and by["dingtalk"]["body"]["msgtype"] == "markdown"
hook = by["hook"]["body"]
assert hook["schema"] == "chupin.notify/1" and hook["count"] == 4 and len(hook["worst"]) == 5, hook
assert all(f["link"].startswith("\\\\server\\出品\\") for f in hook["files"]), hook
assert len(by["mail"]["to"]) == 2 and "4 个文件" in by["mail"]["text"], by["mail"]
assert "%PDF" not in open("got.jsonl", encoding="utf-8").read()
PY
grep -qE 'T0KEN|K3Y|SEC0123' out err && wrong "no secret is shown"

# A secret written out is refused; a server that is not there holds nothing up.
: >got.jsonl; mkdir h/待检/J-2 h/待检/J-3 && cp drawn/chupin.yaml h/待检/J-2/ && cp drawn/chupin.yaml h/待检/J-3/
printf 'notify: {企业微信: 693a91f6-7xxx}\n' >>h/待检/J-2/chupin.yaml
printf 'notify: {回调: env:NOWHERE}\n' >>h/待检/J-3/chupin.yaml
mkdir h/待检/J-4 && cp drawn/chupin.yaml h/待检/J-4/ && printf 'notify: {回调: env:PASSWORD}\n' >>h/待检/J-4/chupin.yaml
NOWHERE=http://127.0.0.1:9/x PASSWORD=hunter2 && export NOWHERE PASSWORD
cp "$good" h/待检/J-4/名片.pdf
cp "$good" h/待检/J-2/名片.pdf && cp "$good" h/待检/J-3/名片.pdf
exits "they are checked all the same" 0 "$chupin" watch --once $quick h
[ -f h/待确认/J-2/名片.pdf ] && [ -f h/待确认/J-3/名片.pdf ] || wrong "they are checked all the same"
says "a secret that is written out is refused" out "env:"
says "what could not be sent is said" out 回调
says "what is no address is not looked up" out "不是地址"
grep -qE '693a91f6|hunter2' out && wrong "nor is it shown then"

# A server that refuses once gets it the next time. What never settles is told as well, to whom the site names: no sheet
# was read for it yet.
: >got.jsonl
printf 'notify: {回调: env:FLAKY}\n' >h/待检/chupin.yaml
printf 'notify: {回调: env:FLAKY}\n' >config/chupin/chupin.yaml
FLAKY=http://127.0.0.1:$web/flaky && export FLAKY
watch h -j 1 --patience 2
cp "$good" h/待检/later.pdf
(for i in $(seq 1 50); do date +%N >>h/待检/growing.pdf; sleep 0.1; done) &
until_true 60 grep -q '"status": 200' got.jsonl || wrong "what was refused is sent again"
says "what never settles is told" got.jsonl 待检/growing.pdf
stop "$watcher" || wrong "the watcher stops in good order"
finish
