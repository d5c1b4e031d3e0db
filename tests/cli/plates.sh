. "$(dirname "$0")/lib.sh"
"$fixtures" demo demo || exit 99
two=$(ls demo/260117名片*.pdf) cover=$(ls demo/260117楼书封面*.pdf) bad=$(ls demo/260110*.pdf)
cut=$(ls demo/*最终版*.pdf)

# pixels FILE: width and height of a PNG or a TIFF as we write them, and the bytes of the whole when it is a TIFF
pixels() {
    python3 - "$1" <<'END'
import struct, sys, zlib
b = open(sys.argv[1], "rb").read()
if b[:4] == b"\x89PNG":
    print(*struct.unpack(">II", b[16:24]))
    sys.exit()
at, tags = struct.unpack("<I", b[4:8])[0], {}
for i in range(struct.unpack("<H", b[at:at + 2])[0]):
    e = b[at + 2 + 12 * i:at + 14 + 12 * i]
    tag, kind, n = struct.unpack("<HHI", e[:8])
    size = {2: 1, 3: 2, 4: 4, 5: 8}[kind] * n
    data = e[8:8 + size] if size <= 4 else b[struct.unpack("<I", e[8:])[0]:][:size]
    tags[tag] = data if kind == 2 else struct.unpack("<%d%s" % (n, {3: "H", 4: "I", 5: "Q"}[kind]), data)
w, h = tags[256][0], tags[257][0]
total = most = 0
for offset, size in zip(tags[273], tags[279]):
    rows = zlib.decompress(b[offset:offset + size])
    for y in range(0, len(rows), w):
        value = 0
        for d in rows[y:y + w]:  # horizontal predictor
            value = (value + d) & 255
            total += value
            most = max(most, value)
print(w, h, "%.4f" % (total / w / h / 255), most, *tags[262])
END
}

# is SENTENCE GOT WANTED
is() {
    [ "$2" = "$3" ] || wrong "$1 ($2, not $3)"
}

exits "a good file is drawn whole" 0 "$chupin" plates "$cover" -o made/by/us
silent "there is nothing to complain of" err
says "the inks are told" out 烫金
says "the press profile is told" out "Coated sheet (sample)"
is "plates are named by page and ink" "$(ls made/by/us | LC_ALL=C sort | tr '\n' ' ')" \
    "coverage.json p0001-Black.tif p0001-Cyan.tif p0001-Magenta.tif p0001-Yellow.tif p0001-composite.png p0001-刀版.tif p0001-烫金.tif "
is "nothing unfinished stays behind" "$(ls -A made/by/us | wc -l)" 8
python3 - made/by/us/coverage.json <<'END' || wrong "coverage.json says what stands on each plate, in order"
import json, sys
rows = json.load(open(sys.argv[1]))
assert [(r["page"], r["ink"], r["role"]) for r in rows] == [
    (1, "Cyan", "process"), (1, "Magenta", "process"), (1, "Yellow", "process"), (1, "Black", "process"),
    (1, "烫金", "finish"), (1, "刀版", "die")], rows
assert all(list(r) == ["page", "ink", "role", "coverage"] and 0 < r["coverage"] < 1 for r in rows)
END
set -- $(pixels "made/by/us/p0001-烫金.tif")
is "a plate has the size of the media" "$1 $2" "$(pixels made/by/us/p0001-composite.png)"
is "full ink is 255" "$4" 255
is "every reader hands out 255 for full ink" "$5" 1
python3 -c "
import json, sys
gold = [r for r in json.load(open('made/by/us/coverage.json')) if r['ink'] == '烫金'][0]
sys.exit(abs(gold['coverage'] - $3) > 1e-4)" || wrong "the coverage is that of the plate"

for jobs in 1 2 5; do
    exits "$jobs at a time" 0 "$chupin" plates "$two" -j $jobs -o jobs$jobs
    [ $jobs = 1 ] || diff -r jobs1 jobs$jobs || wrong "$jobs at a time give the same bytes"
done
is "every page has its plates" "$(ls jobs1 | wc -l)" 11
exits "one page" 0 "$chupin" plates "$two" --page 2 -o one
cmp jobs1/p0002-Cyan.tif one/p0002-Cyan.tif || wrong "a page alone is the page among others"
is "one page" "$(ls one | wc -l)" 6
exits "over what is there" 0 "$chupin" plates "$two" --page 2 -o one
is "over what is there" "$(ls -A one | wc -l)" 6

exits "a region" 0 "$chupin" plates "$two" --page 1 --region 10,5,30,20 --ppi 254 -o part
is "a region has its own size" "$(pixels part/p0001-composite.png)" "300 200"
exits "a region with units and full-width marks" 0 "$chupin" plates "$two" --page 1 --region '１０mm，5 mm,30,20' --ppi 254 -o same
diff -r part same || wrong "a region with units and full-width marks"
exits "a region into the bleed" 0 "$chupin" plates "$two" --page 1 --region=-3,-3,10,10 --ppi 72 -o bleed
exits "a region off the page" 3 "$chupin" plates "$two" --page 1 --region 500,500,10,10 -o off
says "a region off the page" err --region
exits "plates as PNG" 0 "$chupin" plates "$two" --page 1 --format png --ppi 72 -o png
is "plates as PNG" "$(ls png | LC_ALL=C sort | tr '\n' ' ')" \
    "coverage.json p0001-Black.png p0001-Cyan.png p0001-Magenta.png p0001-Yellow.png p0001-composite.png "

exits "what cannot be drawn counts" 3 "$chupin" plates "$bad" -o bad
says "what cannot be drawn is told with its place" err "第 1 页"
says "what cannot be drawn is told with its place" err " mm）"
exits "in English too" 3 "$chupin" --lang en plates "$bad" -o bad
says "in English too" err "page 1 is not complete"
exits "a file that is cut off cannot be drawn" 3 "$chupin" plates "$cut" -o cut
one_line "a file that is cut off gets one line" err
exits "a missing file cannot be drawn" 3 "$chupin" plates nowhere.pdf -o none
[ ! -e none ] || wrong "nothing is made for a missing file"
exits "too little time" 3 "$chupin" plates "$two" --timeout 0.000001 -o slow
says "too little time" err 秒
is "too little time leaves nothing unfinished" "$(ls -A slow | grep -v coverage.json | wc -l)" 0

exits "a page beyond the end" 2 "$chupin" plates "$two" --page 3 -o none
says "a page beyond the end" err "2 页"
exits "no file" 2 "$chupin" plates -o none
exits "two files" 2 "$chupin" plates "$two" "$cover" -o none
exits "no folder" 2 "$chupin" plates "$two"
says "no folder" err "-o"
for wrong_option in --ppi=9 --ppi=2401 --ppi=nan --ppi=fine --page=0 --page=1.5 --page=-1 --jobs=0 -jx --format=jpg \
    --region=1,2,3 --region=1,2,3,4,5 --region=1,2,0,4 --region=a,b,c,d --region=1,2,1e300,4; do
    exits "$wrong_option is refused" 2 "$chupin" plates "$two" "$wrong_option" -o none
    one_line "$wrong_option is refused in one line" err
done
: >file
exits "a folder that cannot be made" 2 "$chupin" plates "$two" -o file
exits "a folder below a file" 2 "$chupin" plates "$two" -o file/in
one_line "a folder below a file" err

mkdir own && cp "$two" own/coverage.json
exits "the artwork is never written over" 2 "$chupin" plates own/coverage.json -o own
cmp "$two" own/coverage.json || wrong "the artwork is never written over"
finish
