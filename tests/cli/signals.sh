. "$(dirname "$0")/lib.sh"
"$fixtures" demo demo || exit 99
bad=$(ls demo/260110*.pdf)

# Ctrl-C while a run over many files goes on: it ends with 130, the worker with it, and what was finished stays.
set --
i=0
while [ $i -lt 200 ]; do set -- "$@" "$bad"; i=$((i + 1)); done
python3 - "$chupin" "$@" <<'PY' || wrong "an interrupted run ends with 130"
import signal, subprocess, sys, time
run = subprocess.Popen([sys.argv[1], "check", "-q", *sys.argv[2:]], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
first = run.stdout.readline()
run.send_signal(signal.SIGINT)
rest, err = run.communicate(timeout=30)
ok = run.returncode == 130 and first and (first + rest).count(b"\n") < 200
sys.exit(0 if ok else 1)
PY
# A reader that closes the pipe ends the run quietly.
"$chupin" check "$bad" 2>err | head -n 1 >out
silent "a closed pipe is no error" err
finish
