#!/bin/bash
# A batch on one core and on two: throughput, and what the parent costs; then many small files in one run: memory and file
# handles of the parent while it goes on.
#
#   tests/bench/batch.sh BUILD_DIR [FILES] [MANY]
#
# BUILD_DIR holds chupin and chupin-fixtures. FILES (default 200) are checked with -j1 and -j2, MANY (default 10000) are one
# small picture each. The time of two cores against one means something only on a quiet machine; the share of the parent, which
# bounds it, always does. Exit: 0 measured, 2 something is missing.
set -euo pipefail
build=$1 files=${2:-200} many=${3:-10000}
source=$(cd "$(dirname "$0")/../.." && pwd)
[ -x "$build/chupin" ] && [ -x "$build/chupin-fixtures" ] || { echo "batch.sh: nothing in $build" >&2; exit 2; }
export CHUPIN_RULES=${CHUPIN_RULES:-$source/rules}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
"$build/chupin-fixtures" demo demo >/dev/null
python3 - "$build/chupin" "$files" "$many" <<'PY'
import glob, os, resource, shutil, struct, subprocess, sys, time, zlib
chupin, files, many = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.environ["XDG_CACHE_HOME"] = os.getcwd()
demo = sorted(glob.glob("demo/26*.pdf"))
os.mkdir("some")
for i in range(files):
    shutil.copy(demo[i % len(demo)], f"some/{i:06d}.pdf")

def cpu(pid):
    """Processor seconds of the parent itself, and of the workers it has waited for."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    tick = os.sysconf("SC_CLK_TCK")
    return (int(fields[11]) + int(fields[12])) / tick, (int(fields[13]) + int(fields[14])) / tick

def run(folder, *options):
    begun, peak, handles, own, workers = time.time(), 0, 0, 0, 0
    p = subprocess.Popen([chupin, "batch", folder, "-q", "--format", "jsonl", *options], stdout=subprocess.DEVNULL,
                         stderr=subprocess.DEVNULL)
    seen = []
    while p.poll() is None:
        try:
            status = open(f"/proc/{p.pid}/status").read()
            rss = int(status.split("VmRSS:")[1].split()[0]) / 1024
            handles = max(handles, len(os.listdir(f"/proc/{p.pid}/fd")))
            own, workers = cpu(p.pid)
            peak = max(peak, rss)
            seen.append(rss)
        except (OSError, IndexError):
            pass
        time.sleep(0.05)
    return time.time() - begun, own, workers, peak, handles, seen

one, own1, workers1, *_ = run("some", "--no-cache", "-j1")
two, own2, workers2, *_ = run("some", "--no-cache", "-j2")
share = own1 / (own1 + workers1)
print(f"{files} files: -j1 {one:.1f} s, -j2 {two:.1f} s, {one / two:.2f} x")
print(f"parent {own1:.2f} s of {own1 + workers1:.2f} s of processor time ({share:.1%}); two cores can give {2 / (1 + share):.2f} x")
cold = run("some")[0]
warm = run("some")[0]
print(f"with an empty cache {cold:.1f} s, with a full one {warm:.1f} s")

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

os.mkdir("many")
for i in range(many):
    pixels = b"".join(b"\0" + bytes([i % 251, i // 251 % 251, 9] * 8) for _ in range(8))
    with open(f"many/{i:06d}.png", "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) +
                chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b""))
took, own, workers, peak, handles, seen = run("many", "--no-cache")
quarter = seen[len(seen) // 4] if seen else 0
print(f"{many} files: {took:.1f} s, {many / took:.0f}/s; parent {peak:.1f} MB at most, {quarter:.1f} MB after a quarter, "
      f"{handles} file handles")
PY
