# An AE copies a file into 待检 and finds the sheet in 检查结果 a moment later.
. "$(dirname "$0")/lib.sh"
hot h
exits "a hot folder is made twice without harm" 0 "$chupin" init --hotfolder h
for f in 待检 处理中 通过 不通过 待确认 无法检查 检查结果; do
    [ -d "h/$f" ] || wrong "$f is made"
done
exits "what is no hot folder is refused" 2 "$chupin" watch --once drawn
says "what is no hot folder is refused" err hotfolder
mkdir -p h/待检/J-1 h/待检/J-2/深 && cp drawn/chupin.yaml h/待检/J-1/
cp "$good" h/待检/J-1/名片a.pdf
cp "$bad" h/待检/J-1/名片b.pdf
cp "$good" h/待检/J-2/深/c.pdf
cp "$good" "h/待检/-rf;\$(x) '\".pdf"
printf 'no artwork' >h/待检/d.doc
touch 'h/待检/~$d.doc' h/待检/._a.pdf h/待检/e.pdf.crdownload h/待检/Thumbs.db h/待检/.nfs0001
ln -s ../../drawn h/待检/link
before=$(cat h/待检/J-1/*.pdf | sha256sum)
exits "what is there is checked" 0 "$chupin" watch --once --poll 0.1 --settle 0.3 h
[ -f h/待确认/J-1/名片a.pdf ] || wrong "clean artwork with open ticks is in 待确认, in its job's folder"
[ -f h/不通过/J-1/名片b.pdf ] || wrong "faulty artwork is in 不通过"
[ -f h/待确认/J-2/深/c.pdf ] || wrong "artwork without a sheet is in 待确认, however deep"
[ -f h/无法检查/d.doc ] || wrong "what is no artwork is in 无法检查"
[ "$(cat h/待确认/J-1/名片a.pdf h/不通过/J-1/名片b.pdf | sha256sum)" = "$before" ] || wrong "the artwork is what it was"
says "the reason stands beside it" h/不通过/J-1/名片b.pdf.说明.txt 90mm×50mm
says "how to add a sheet stands beside it" h/待确认/J-2/深/c.pdf.说明.txt "待检/J-2/深/"
says "why it could not be checked" h/无法检查/d.doc.说明.txt PDF
ls h/检查结果/J-1/名片a.pdf.*_检查单.pdf h/检查结果/J-1/名片a.pdf.*.html h/检查结果/J-1/名片a.pdf.*.chupin.json \
    h/检查结果/J-2/深/c.pdf.*.html >/dev/null 2>&1 || wrong "the sheet, the report and the record's sidecar are in 检查结果"
for f in '~$d.doc' ._a.pdf e.pdf.crdownload Thumbs.db .nfs0001 link J-1/chupin.yaml; do
    [ -e "h/待检/$f" ] || wrong "$f is left alone"
done
[ -z "$(ls -A h/处理中)" ] || wrong "nothing stays in 处理中"

# The ticks are given where the file lies; put back, it goes to 通过.
exits "a file is ticked in 待确认" 0 "$chupin" sign h/待确认/J-1/名片a.pdf --all --yes --by 王芳 --role AE
says "its sheet in 待检 is found" h/待确认/J-1/名片a.pdf.说明.txt 打勾
mv h/待确认/J-1/名片a.pdf h/待检/J-1/
exits "it is checked again" 0 "$chupin" watch --once --poll 0.1 --settle 0.3 h
[ -f h/通过/J-1/名片a.pdf ] || wrong "with every tick given it is in 通过"
[ ! -e h/通过/J-1/名片a.pdf.说明.txt ] || wrong "what passed needs no explanation"
[ ! -e h/待确认/J-1/名片a.pdf.说明.txt ] || wrong "what was said of it before is gone"
exits "the record is whole" 0 "$chupin" job verify --record h/chupin.sqlite

# A sheet of its own, a sheet with items, a wrong sheet; the same name again.
cp "$good" h/待检/J-2/名片.pdf && cp drawn/chupin.yaml h/待检/J-2/名片.pdf.chupin.yaml
cp "$good" h/待检/J-2/again.pdf
cp "$bad" h/待检/J-1/名片b.pdf
mkdir h/待检/J-3 && cp "$good" h/待检/J-3/ && printf 'sise: 90x54\n' >h/待检/J-3/chupin.yaml
exits "they are checked" 0 "$chupin" watch --once --poll 0.1 --settle 0.3 h
[ -f h/通过/J-2/名片.pdf ] || wrong "a file with a sheet of its own, whose bytes are ticked, has passed"

says "no sheet is said beside it" h/待确认/J-2/again.pdf.说明.txt 没有工作单
[ -f h/不通过/J-1/名片b_2.pdf ] && [ -f h/不通过/J-1/名片b_2.pdf.说明.txt ] || wrong "a file of the same name gets another one"
says "a wrong sheet is said" "h/无法检查/J-3/$(basename "$good").说明.txt" sise
[ -z "$(ls -A h/处理中)" ] || wrong "nothing stays in 处理中"

# Its own sheet goes along when a file gets another name, so that it is found again.
cp "$bad" h/待检/J-2/名片.pdf
exits "bad artwork with a sheet of its own" 0 "$chupin" watch --once $quick h
[ -f h/不通过/J-2/名片.pdf ] && [ ! -e h/待检/J-2/名片_2.pdf.chupin.yaml ] || wrong "its name is free"
cp "$bad" h/待检/J-2/名片.pdf
exits "once more" 0 "$chupin" watch --once $quick h
cmp -s h/待检/J-2/名片.pdf.chupin.yaml h/待检/J-2/名片_2.pdf.chupin.yaml || wrong "the sheet goes along as 名片_2.pdf.chupin.yaml"
mv h/不通过/J-2/名片_2.pdf h/待检/J-2/
exits "put back under that name" 0 "$chupin" watch --once $quick h
grep -q '没有工作单' out && wrong "its sheet is found under that name"
says "its sheet is found under that name" h/不通过/J-2/名片_2.pdf.说明.txt 90mm×50mm
find h -name '.chupin-*' | grep -q . && wrong "nothing half copied is left"
finish
