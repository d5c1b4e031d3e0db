# The file against the version that was signed: pages, inks, text and picture.
. "$(dirname "$0")/lib_job.sh"
"$fixtures" versions versions || exit 99
mkdir cards tiffs
cat >cards/chupin.yaml <<'END'
job: J-2026-0120
item: 云山里名片
stage: 确认稿
size: 90x54mm
pages: 3
paper: 157g 铜版
text: live
people: {ae: 王芳, designer: 李明, director: 陈总监}
END
sed 's/J-2026-0120/J-2026-0121/; s/^pages: 3/pages: 1/' cards/chupin.yaml >tiffs/chupin.yaml
cp versions/*.pdf cards/
cp versions/*.tif tiffs/
signed=cards/live.pdf before=$(cat cards/*.pdf tiffs/*.tif | sha256sum)

# sign_off FILE: ticked and reviewed
sign_off() {
    exits "every row is answered" 0 "$chupin" sign "$1" --all --yes --by 王芳 --role AE
    exits "the director reviews" 0 "$chupin" sign "$1" --approve --party director --by 陈总监
}

sign_off "$signed"
exits "the signed file itself" 0 "$chupin" sign verify "$signed"
says "the signed file itself" out "每个字节都相同"
qpdf --object-streams=generate "$signed" cards/saved.pdf
exits "saved again by another program" 0 "$chupin" sign verify cards/saved.pdf
rm cards/saved.pdf
exits "its outlined twin" 0 "$chupin" sign verify cards/outlined.pdf
exits "one digit" 4 "$chupin" sign verify cards/digit.pdf
says "the page is named" out "第 2 页"
says "the text is told" out "6866"
exits "one digit in English" 4 "$chupin" --lang en sign verify cards/digit.pdf
says "one digit in English" out "has become"
exits "one digit of the outlined twin" 4 "$chupin" sign verify cards/outlined_digit.pdf
exits "a block moved by one pixel" 4 "$chupin" sign verify cards/shifted.pdf
says "the plate is named" out "Cyan"
exits "a page is missing" 4 "$chupin" sign verify cards/missing.pdf
says "a page is missing" out "签过的文件的第 3 页不见了"
exits "the first page is missing" 4 "$chupin" sign verify cards/without_first.pdf
says "the first page is missing" out "不一样，2 处"
says "the first page is missing" out "第 1 页不见了"
exits "a page more, outlined" 4 "$chupin" sign verify cards/inserted.pdf
says "a page more, outlined" out "不一样，2 处"
says "a page more, outlined" out "第 2 页  多出来的一页"
exits "two pages changed places" 4 "$chupin" --lang en sign verify cards/swapped.pdf
says "two pages changed places" out "was moved: it was page"
exits "an ink more" 4 "$chupin" sign verify cards/spot.pdf
says "an ink more" out "烫金"
exits "another trim" 4 "$chupin" sign verify cards/wider.pdf
says "another trim" out "91 × 54"
head -c 9000 "$signed" >cards/torn.pdf
exits "a torn file was not compared" 3 "$chupin" sign verify cards/torn.pdf
rm cards/torn.pdf

# Item 1 is decided by it
"$chupin" check cards/outlined.pdf --format json >out
python3 - out <<'END' || wrong "item 1 of the outlined twin passes"
import json, sys
r = json.load(open(sys.argv[1]))
assert r["items"][1]["machine"] == "pass", r["items"][1]
END
"$chupin" check cards/digit.pdf --format json >out
python3 - out <<'END' || wrong "item 1 of another digit fails"
import json, sys
r = json.load(open(sys.argv[1]))
assert r["items"][1]["machine"] == "fail", r["items"][1]
END

# What was compared is not compared again, but by another build, other tolerances or other rules
comparisons() {
    sqlite3 cards/chupin.sqlite "SELECT count(*) FROM event WHERE kind = 'comparison.made'"
}
made=$(comparisons)
"$chupin" check cards/digit.pdf >/dev/null
[ "$(comparisons)" -eq "$made" ] || wrong "a comparison is kept"
cp cards/chupin.yaml sheet.yaml
echo 'limits: {compare_edge: 0.06mm}' >>cards/chupin.yaml
"$chupin" check cards/digit.pdf >/dev/null
[ "$(comparisons)" -eq $((made + 1)) ] || wrong "other tolerances are another comparison"
mv sheet.yaml cards/chupin.yaml

# Under another name, and gone
mv "$signed" cards/张总签过的.pdf
exits "the signed file under another name" 0 "$chupin" sign verify cards/outlined.pdf
mv cards/张总签过的.pdf away.pdf
"$chupin" sign verify cards/spot.pdf >out 2>err </dev/null
[ $? -eq 0 ] && wrong "what was not compared is not the same"
exits "named by hand" 0 "$chupin" sign verify cards/outlined.pdf --against away.pdf
mv away.pdf "$signed"

# What has to change after a signature is signed anew: the row is answered by itself, never with the others
exits "answers to other bytes" 0 "$chupin" sign cards/digit.pdf --carry --yes --by 王芳
says "answers to other bytes" out "还有 1 项没有了结：1"
exits "what signing settles is not waived" 1 "$chupin" check cards/digit.pdf
says "what signing settles is not waived" out signed-version
grep -A4 signed-version out | grep -q 指纹 && wrong "what signing settles is not waived"
exits "a difference is no tick among others" 1 "$chupin" sign cards/digit.pdf --all --yes --by 王芳
exits "nobody agreed to it yet" 1 "$chupin" sign cards/digit.pdf --approve --party director --by 陈总监
exits "agreed to" 0 "$chupin" sign cards/digit.pdf --item 1 --yes --by 王芳 --note 客户要改电话
says "agreed to" err "在这一版上重新签字"
says "agreed to" out "可以签"
exits "the maker's word is not the signed version" 0 "$chupin" sign cards/digit.pdf --approve --party design --by 李明
says "the maker's word is not the signed version" out "不能出片"
exits "the director signs it anew" 0 "$chupin" sign cards/digit.pdf --approve --party director --by 陈总监
says "the director signs it anew" out "可以出片"
exits "what was signed before is the old one now" 4 "$chupin" sign verify cards/outlined.pdf
exits "back to the first one" 0 "$chupin" sign cards/digit.pdf --reject --party director --by 陈总监 --note 电话还是原来的

# What was signed as a PDF comes back as pixels, and the other way round
pixels() { # pixels PDF PAGE PPI NAME
    pdftoppm -r "$3" -f "$2" -l "$2" -tiff -singlefile "$1" "${4%.tif}"
}
pixels "$signed" 2 300 cards/second.tif
exits "one page of three, as pixels" 4 "$chupin" sign verify cards/second.tif
says "one page of three, as pixels" out "不一样，3 处"
says "one page of three, as pixels" out "第 3 页不见了"
rm cards/second.tif
mkdir one
qpdf "$signed" --pages . 2 -- one/live.pdf
sed 's/J-2026-0120/J-2026-0122/; s/^pages: 3/pages: 1/' cards/chupin.yaml >one/chupin.yaml
sign_off one/live.pdf
pixels "$signed" 2 300 one/back.tif
exits "pixels of the signed page" 0 "$chupin" sign verify one/back.tif
gs -q -o one/cmyk.tif -sDEVICE=tiff32nc -dTextAlphaBits=4 -dGraphicsAlphaBits=4 -r300 \
    -dFirstPage=2 -dLastPage=2 cards/outlined.pdf
exits "pixels in CMYK" 0 "$chupin" sign verify one/cmyk.tif
pixels cards/digit.pdf 2 300 one/digit.tif
exits "pixels with one digit changed" 4 "$chupin" sign verify one/digit.tif
says "pixels with one digit changed" out "画面不同"
pixels cards/live.pdf 3 300 one/other.tif
exits "pixels of another page" 4 "$chupin" sign verify one/other.tif
pixels "$signed" 2 100 one/coarse.tif
exits "pixels too coarse for the type" 3 "$chupin" sign verify one/coarse.tif
says "pixels too coarse for the type" out "看不清"
rm one/*.tif

sign_off tiffs/pixels.tif
exits "the same pixels in another compression" 0 "$chupin" sign verify tiffs/pixels_packed.tif
exits "pixels moved by one" 4 "$chupin" sign verify tiffs/pixels_shifted.tif
exits "one pixel" 4 "$chupin" sign verify tiffs/pixels_touched.tif
says "one pixel" out "Black"
exits "half as many pixels" 4 "$chupin" sign verify tiffs/pixels_smaller.tif

# The live-text twin
exits "a twin by hand" 0 "$chupin" check cards/outlined.pdf --live "$signed"
says "a twin by hand" out "每页画面和正稿一致"
exits "a twin with another digit: nor is it what was signed" 1 "$chupin" check cards/outlined_digit.pdf --live "$signed"
says "the page is named" out "第 2 页和未转曲稿 live.pdf 对不上"
says "and that is an error" out "[live-twin-same]"
mkdir pair && cp cards/outlined_digit.pdf pair/ && head -c 900 "$signed" >pair/活字.pdf
{ sed 's/J-2026-0120/J-2026-0123/' cards/chupin.yaml; printf 'live: 活字.pdf\n'; } >pair/chupin.yaml
sign_off pair/outlined_digit.pdf
exits "a twin that cannot be read lets nothing through" 3 "$chupin" check pair/outlined_digit.pdf
exits "no tick replaces the twin" 3 "$chupin" check --require-sign pair/outlined_digit.pdf
says "no tick replaces the twin" out 打勾不能代替
exits "a twin that is not there" 3 "$chupin" check cards/outlined.pdf --live nowhere.pdf
one_line "a twin that is not there" err
pixels "$signed" 2 300 cards/pixels.tif
"$chupin" check cards/pixels.tif --live one/live.pdf >out 2>err </dev/null
says "a twin of pixels" out "每页画面和正稿一致"
grep -q '文字读得出来' out && wrong "with a twin the text is at hand"
pixels cards/digit.pdf 2 300 cards/pixels.tif
"$chupin" check cards/pixels.tif --live one/live.pdf >out 2>err </dev/null
says "a twin with other pixels" out "第 1 页和未转曲稿 live.pdf 对不上"
says "a twin with other pixels" out "文字读得出来"
rm cards/pixels.tif
echo 'live: live.pdf' >>cards/chupin.yaml
exits "the sheet names the twin" 0 "$chupin" check cards/outlined.pdf
says "the sheet names the twin" out "每页画面和正稿一致"
runs=$("$chupin" job show cards/outlined.pdf --format json | grep -c '"run":')
"$chupin" check cards/outlined.pdf >/dev/null
[ "$("$chupin" job show cards/outlined.pdf --format json | grep -c '"run":')" -eq "$runs" ] || wrong "the same twin is the same run"

# A batch reads it too, and a twin with other bytes is another result
XDG_CACHE_HOME=$PWD/cache
export XDG_CACHE_HOME
"$chupin" batch cards/outlined.pdf --format jsonl >out 2>err
says "a batch reads the twin" out '"unpaired":[]'
cp "$signed" signed.pdf
cp cards/digit.pdf "$signed"
"$chupin" batch cards/outlined.pdf --format jsonl >out 2>err
says "a batch reads the twin anew" out '"unpaired":[2]'
cp signed.pdf "$signed"

# The annotated copy
exits "an annotated copy" 1 "$chupin" check cards/digit.pdf --report annotated --live "$signed"
copy=$(ls cards/检查结果/digit.pdf.*_批注.pdf)
qpdf --check "$copy" >/dev/null || wrong "the copy is a sound PDF"
cp "$copy" first.pdf
exits "the copy again" 1 "$chupin" check cards/digit.pdf --report annotated --live "$signed"
cmp -s first.pdf "$copy" || wrong "the copy is the same bytes again"
exits "a copy of pixels" 0 "$chupin" check tiffs/pixels.tif --report annotated
qpdf --check tiffs/检查结果/pixels.tif.*_批注.pdf >/dev/null || wrong "the copy of pixels is a sound PDF"
qpdf --encrypt '' owner 256 -- "$signed" locked.pdf
"$chupin" check locked.pdf --report annotated >out 2>err </dev/null
one_line "encrypted artwork is one line" err
says "encrypted artwork is one line" err "加了密"
[ "$(cat cards/*.pdf tiffs/*.tif | sha256sum)" = "$before" ] || wrong "the artwork is never written to"
finish
