"""kills.py CHUPIN ROUNDS: a batch of the folder `big`, killed at random moments: its parent, its workers, or both. `whole` is
what it writes when it is left in peace. Nothing is lost, nothing is told twice, whoever was killed."""
import json
import os
import random
import signal
import subprocess
import sys
import time

chupin, rounds = sys.argv[1], int(sys.argv[2])
whole = open("whole", "rb").read()
names = [json.loads(line)["file"]["name"] for line in whole.splitlines()]
base = [chupin, "batch", "big", "--as-of", "2026-01-17", "-q", "--format", "jsonl"]
# A sanitizer looks for leaks from a process of its own, which is a child as workers are: killed, it is waited for for ever.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
random.seed(int(os.environ.get("CHUPIN_SEED", "7")))
figures = {"parent killed": 0, "interrupted": 0, "over before": 0, "workers killed": 0, "told unreadable": 0, "resumed at": []}


def children(pid):
    try:
        return [int(p) for p in open(f"/proc/{pid}/task/{pid}/children").read().split()]
    except OSError:
        return []


def kill_workers(run, until, often):
    while time.time() < until and run.poll() is None:
        workers = children(run.pid)
        if workers and random.random() < often:
            try:
                os.kill(random.choice(workers), signal.SIGKILL)
                figures["workers killed"] += 1
            except OSError:
                pass
        time.sleep(0.01)


def start():
    """Into a file: a pipe that nobody reads would hold the batch up."""
    return subprocess.Popen(base, stdout=open("killed.jsonl", "wb"), stderr=subprocess.DEVNULL)


def finish(run):
    run.wait(timeout=120)
    return open("killed.jsonl", "rb").read()


def again(*options):
    return subprocess.run([*base, *options], capture_output=True, timeout=120).stdout


def wrong(number, what):
    sys.exit(f"round {number}: {what}")


def parent_dies(number, workers_too):
    """What was written is a beginning, and --resume makes it whole."""
    run = start()
    how = random.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
    moment = time.time() + random.random() * longest
    if workers_too:
        kill_workers(run, moment, 0.2)
    else:
        time.sleep(max(0, moment - time.time()))
    figures["over before" if run.poll() is not None else "parent killed" if how == signal.SIGKILL else "interrupted"] += 1
    run.send_signal(how)
    out = finish(run)
    if not workers_too and not whole.startswith(out):
        wrong(number, "what was written is no beginning of the whole")
    figures["resumed at"].append(out.count(b"\n"))
    resumed = again("--resume")
    if not workers_too and resumed != whole:
        wrong(number, "--resume finds something else")
    if workers_too and [json.loads(line)["file"]["name"] for line in resumed.splitlines()] != names:
        wrong(number, "--resume loses a file or tells one twice")
    if again("--resume") != resumed:
        wrong(number, "what was finished is told in another way")


def workers_die(number):
    """Two tries each: the others are not touched, and none is lost."""
    run = start()
    kill_workers(run, time.time() + longest, 0.3)
    lines = finish(run).splitlines()
    if [json.loads(line)["file"]["name"] for line in lines] != names:
        wrong(number, "a file is lost or told twice")
    for line, right in zip(lines, whole.splitlines()):
        unreadable = json.loads(line)["verdict"]["state"] == "unreadable"
        figures["told unreadable"] += unreadable
        if not unreadable and line != right:
            wrong(number, "a file whose worker was not killed is told in another way")
    # What was broken off by somebody from outside is checked anew.
    if again() != whole:
        wrong(number, "a file that was broken off is not checked again")


os.environ["XDG_CACHE_HOME"] = os.getcwd() + "/peace"
os.mkdir("peace")
begun = time.time()
if again() != whole:
    wrong(0, "the same folder gives the same bytes")
longest = time.time() - begun
for number in range(rounds):
    os.environ["XDG_CACHE_HOME"] = f"{os.getcwd()}/cache-{number}"
    os.mkdir(os.environ["XDG_CACHE_HOME"])
    if number % 3 == 1:
        workers_die(number)
    else:
        parent_dies(number, number % 3 == 2)
    subprocess.run(["rm", "-rf", os.environ["XDG_CACHE_HOME"]])
figures["resumed at"] = f"{min(figures['resumed at'])} to {max(figures['resumed at'])} of {len(names)} files"
print(f"{rounds} rounds:", ", ".join(f"{k} {v}" for k, v in figures.items()))
