# What chupin stands on, looked at: each line says how it is and what to do.
. "$(dirname "$0")/lib_job.sh"
unset CHUPIN_PROFILE_DIR

# is ID STATE: as the last run in JSON has it
is() {
    python3 - "$1" "$2" <<'END' || wrong "$sentence: $1 is $2"
import json, sys
seen = {c["id"]: c for c in json.load(open("out"))["checks"]}[sys.argv[1]]
assert seen["state"] == sys.argv[2], seen
assert seen["what"]["zh"] and seen["what"]["en"]
assert (seen["todo"] is None) == (seen["state"] == "ok"), seen
END
}
look() { # look SENTENCE CODE [VARIABLE=VALUE…] FOLDER
    sentence=$1 code=$2
    shift 2
    exits "$sentence" "$code" env "$@"
}

look "a folder with a job" 0 "$chupin" doctor job --format json
for row in program rules fonts profile poppler folder sheet record notify; do is $row ok; done
exits "as text" 0 "$chupin" doctor job
says "every row is there" out 隔离
says "the number of the job" out YSL-2026-0117
exits "in English" 0 "$chupin" doctor job --lang en
says "in English" out "job sheet"
exits "two folders" 2 "$chupin" doctor a b

look "no such folder" 1 "$chupin" doctor nowhere --format json
is folder broken
mkdir bare && look "a folder without a sheet" 0 "$chupin" doctor bare --format json
is sheet look
mkdir wrong && printf 'siez: A4\n出雪: 3mm\n' >wrong/chupin.yaml
look "a wrong sheet" 1 "$chupin" doctor wrong --format json
is sheet broken
is record look
says "a wrong sheet is told with its line" out "chupin.yaml:1"
mkdir empty && look "no profile" 1 CHUPIN_PROFILE_DIR="$here/empty" "$chupin" doctor job --format json
is profile broken
cp -r "$source/rules" rules && printf 'id: x\n' >rules/page/page-size.yaml
look "a broken rule" 1 "$chupin" doctor job --rules rules --format json
is rules broken
is sheet look
look "no rules" 1 "$chupin" doctor job --rules empty --format json
is rules broken
[ ! -e job/chupin.sqlite ] && [ ! -e job/检查结果 ] || wrong "looking makes nothing"

touch -d '+2 days' "job/$(basename "$card")"
look "a file from tomorrow" 0 "$chupin" doctor job --format json
is folder look
touch "job/$(basename "$card")"

# Notifications: the secret has to be there, and somebody has to listen; nothing is sent.
mkdir -p config/chupin && printf 'notify: {webhook: env:HOUSE_HOOK}\n' >config/chupin/chupin.yaml
look "a secret that is not there" 1 "$chupin" doctor job --format json
is notify broken
look "nobody listens" 1 HOUSE_HOOK=http://127.0.0.1:9/secret-word "$chupin" doctor job --format json
is notify broken
grep -q secret-word out && wrong "an address is a secret"
python3 -c '
import socket, sys
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen()
open("port", "w").write(str(s.getsockname()[1]))
s.settimeout(60); c, _ = s.accept(); c.settimeout(10); open("got", "wb").write(c.recv(1000))' &
for _ in 1 2 3 4 5 6 7 8 9 10; do [ -s port ] || sleep 0.3; done
look "somebody listens" 0 HOUSE_HOOK="http://127.0.0.1:$(cat port)/x" "$chupin" doctor job --format json
is notify ok
wait && [ ! -s got ] || wrong "nothing is sent"
rm -r config

exits "a run for the record" 0 "$chupin" check --record "$good"
look "a sound record" 0 "$chupin" doctor job --format json
is record ok
says "the head of the chain is told" out 链头
cp job/chupin.sqlite sound.sqlite
sqlite3 job/chupin.sqlite 'DROP TRIGGER IF EXISTS event_stays' "UPDATE run SET errors = 7" 2>/dev/null
for trigger in $(sqlite3 job/chupin.sqlite "SELECT name FROM sqlite_master WHERE type = 'trigger'"); do
    sqlite3 job/chupin.sqlite "DROP TRIGGER $trigger"
done
look "a record that somebody wrote in" 1 "$chupin" doctor job --format json
is record broken
printf 'no database' >job/chupin.sqlite
look "no record at all" 1 "$chupin" doctor job --format json
is record broken
artwork_untouched
finish
