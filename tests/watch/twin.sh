# The live-text twin that a sheet names stays in 待检 and is read with the artwork.
. "$(dirname "$0")/lib.sh"
hot h
mkdir h/待检/J-1
printf '活字稿: 活字.pdf\n' >h/待检/J-1/chupin.yaml
tiny h/待检/J-1/正稿.pdf 1 good
tiny h/待检/J-1/活字.pdf 2 good
exits "artwork and twin" 0 "$chupin" watch --once $quick h
[ "$(grep -c '活字.pdf 是工作单写的未转曲稿' out)" -eq 1 ] || wrong "it is said once"
[ -f h/待检/J-1/活字.pdf ] || wrong "the twin stays"
[ -f h/待确认/J-1/正稿.pdf ] || wrong "the artwork goes on"
grep -q '每页画面和正稿一致' h/检查结果/J-1/正稿.pdf.*.txt || wrong "the twin was read"

# In place another twin is another check.
mkdir w && printf '活字稿: 活字.pdf\n' >w/chupin.yaml
tiny w/正稿.pdf 1 good && tiny w/活字.pdf 2 good
exits "in place" 0 "$chupin" watch --in-place --once $quick w
tiny w/活字.pdf 3 bad
exits "in place with another twin" 0 "$chupin" watch --in-place --once $quick w
grep -q '对不上' w/检查结果/正稿.pdf.*.txt || wrong "another twin is another check"
finish
