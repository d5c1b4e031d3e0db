# What a file can do that has taken its worker over: nothing. attack.c is that worker; every door, check, batch, watch and the
# hook, has the same walls.
. "$(dirname "$0")/lib.sh"
XDG_CACHE_HOME=$here/cache
export XDG_CACHE_HOME
as_of="--as-of 2026-01-17"
# A sanitizer wants to be loaded first.
if grep -q __asan_init "$chupin" || ! ${CC:-cc} -O1 -shared -fPIC -w -o attack.so "$source/tests/cli/attack.c"; then
    exit 77
fi
"$fixtures" demo demo || exit 99
card=$(ls demo/260117名片*.pdf)
landlock=no
"$chupin" doctor 2>/dev/null | grep -q 'Landlock [0-9]' && landlock=yes
attacked() { LD_PRELOAD=$here/attack.so ATTACK_SECRET=$here/secret "$@"; }
untouched() {
    [ "$(cat secret)" = secret ] || wrong "$1: the secret is as it was"
    for file in chupin-attack chupin-link chupin-renamed chupin-folder /tmp/chupin-attack /dev/shm/chupin-attack; do
        [ ! -e "$file" ] || wrong "$1: $file is not there"
    done
    for file in bad/attack-*; do
        cmp -s "$file" "$card" || wrong "$1: $file is as it was"
    done
}
echo secret >secret
mkdir bad
printf 'root: true\n' >bad/chupin.yaml
for what in read write connect fork memory program hang sleep lie crash; do cp "$card" "bad/attack-$what.pdf"; done

# check: each attack by itself.
for what in read write fork memory connect program lie crash; do
    exits "attack-$what is unreadable" 3 attacked "$chupin" check "bad/attack-$what.pdf" $as_of
    says "attack-$what is told as unreadable" out 无法检查
    untouched "attack-$what"
    cat err >>told
done
for what in write fork memory; do says "nothing of attack-$what gets through" told "$what: 0 got through"; done
[ $landlock = no ] || says "nothing of attack-read gets through" told "read: 0 got through"
grep -qE '(connect|program): ' told && wrong "what no library does ends the worker"
exits "a program that is started is not" 3 attacked "$chupin" check bad/attack-program.pdf $as_of
says "what was not allowed is said" out 拦下
begun=$(date +%s)
exits "one that hangs is ended" 3 attacked "$chupin" check bad/attack-hang.pdf $as_of --timeout 1
exits "one that sleeps is ended" 3 attacked "$chupin" check bad/attack-sleep.pdf $as_of --timeout 1
[ $(($(date +%s) - begun)) -lt 20 ] || wrong "and soon"

# batch: bad files beside good ones; they head the summary, nobody waits for them.
for n in 1 2 3 4 5 6; do cp "$card" "bad/good-$n.pdf"; done
mkdir good
cp bad/good-* bad/chupin.yaml good/
"$chupin" batch good $as_of -q --no-cache --format jsonl >alone 2>err
begun=$(date +%s)
exits "a batch with attacks goes to its end" 3 attacked "$chupin" batch bad $as_of -j2 --timeout 1 --format jsonl
[ $(($(date +%s) - begun)) -lt 60 ] || wrong "and soon"
cp out many
cp err summary
for what in read write connect fork memory program hang sleep lie crash; do
    says "attack-$what is named" summary "attack-$what.pdf"
done
head -n 20 summary | grep -q 没法检查的文件 || wrong "what cannot be checked heads the summary"
grep -c '"state":"unreadable"' many >count
[ "$(cat count)" = 10 ] || wrong "each attack is unreadable, nothing else"
grep '"name":"good-' many >good-ones
cmp -s good-ones alone || wrong "good files beside them are told as without them"
untouched batch

# The walls from outside, while a worker of each door is held up by its file: filter of calls, limits, open files.
walls() {
    door=$1
    shift
    attacked "$@" >out 2>err </dev/null &
    door_pid=$!
    python3 - "$door_pid" <<'PY' >seen 2>&1 || wrong "$door: $(cat seen)"
import os, re, sys, time

def children(pid):
    try:
        return [int(p) for p in open(f"/proc/{pid}/task/{pid}/children").read().split()]
    except OSError:
        return []

def all_below(pid):
    return [q for p in children(pid) for q in [p, *all_below(p)]]

def status(pid):
    return dict(re.findall(r"^(\w+):\s+(\S+)", open(f"/proc/{pid}/status").read(), re.M))

end, worker = time.time() + 15, None
while time.time() < end and not worker:
    for pid in all_below(int(sys.argv[1])):
        try:
            if status(pid).get("Seccomp") == "2":
                worker = pid
        except OSError:
            pass
    time.sleep(0.02)
assert worker, "no worker with a filter of calls is seen"
time.sleep(0.2)
assert status(worker)["NoNewPrivs"] == "1", "new privileges could be had"
limits = dict((line[:26].strip(), line[26:].split()[1]) for line in open(f"/proc/{worker}/limits").read().splitlines()[1:])
for name in ("Max cpu time", "Max file size", "Max processes", "Max open files", "Max address space"):
    assert limits[name] != "unlimited", f"{name} has no limit"
assert limits["Max processes"] == "0", "processes can be started"
assert limits["Max core file size"] == "0", "it may leave a core"
opened = {fd: os.readlink(f"/proc/{worker}/fd/{fd}") for fd in os.listdir(f"/proc/{worker}/fd")}
for fd, target in opened.items():
    assert target.startswith("pipe:") or target == "/dev/null" or "attack-" in target, f"open in the worker: {target}"
assert len(opened) <= 5, f"open in the worker: {opened}"
PY
    wait "$door_pid"
}
walls check "$chupin" check bad/attack-sleep.pdf --timeout 2
walls batch "$chupin" batch bad/attack-sleep.pdf --timeout 1 -o out.txt
"$chupin" init --hotfolder hot >out 2>err || wrong "a hot folder is made"
cp bad/attack-sleep.pdf bad/chupin.yaml hot/待检/
walls watch "$chupin" watch hot --once --settle 0 --poll 0.2 --timeout 1
[ -e "hot/无法检查/attack-sleep.pdf" ] || wrong "watch puts it where it cannot be checked"
git init -q repository 2>/dev/null
cp bad/attack-sleep.pdf bad/chupin.yaml repository/
(cd repository && git add . && "$chupin" hook install) >out 2>err || wrong "the hook is installed"
walls hook sh -c "cd repository && CHUPIN_TIMEOUT=1 PATH=$(dirname "$chupin"):\$PATH timeout 6 git -c user.name=a -c user.email=a@b commit -qm x"
untouched doors
finish
