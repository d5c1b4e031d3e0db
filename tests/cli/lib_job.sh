# A job with a record, for the scripts about it: the folder `job` with a sheet that names people, a faulty v1 and a
# mended v2 of the same flyer, and an artwork of two pages. The clock stands still.
. "$(dirname "$0")/lib.sh"
SOURCE_DATE_EPOCH=1768638180 TZ=Asia/Shanghai XDG_DATA_HOME=$here/data XDG_CONFIG_HOME=$here/config
export SOURCE_DATE_EPOCH TZ XDG_DATA_HOME XDG_CONFIG_HOME
unset CHUPIN_BY
# What these libraries keep for the whole process is theirs.
printf 'leak:libcairo\nleak:libfontconfig\nleak:libpango\nleak:libglib\n' >lsan.supp
LSAN_OPTIONS=suppressions=$here/lsan.supp:print_suppressions=0
export LSAN_OPTIONS
"$fixtures" demo drawn || exit 99
mkdir job
cp drawn/chupin.yaml drawn/260110*.pdf drawn/260117开盘单张*.pdf drawn/260117名片*.pdf job/
cat >>job/chupin.yaml <<'END'
people: {ae: 王芳, designer: 李明, copywriter: 周文, director: 陈总监, client_signer: 张总}
END
bad=$(ls job/260110*.pdf) good=$(ls job/260117开盘单张*.pdf) card=$(ls job/260117名片*.pdf)
printf 'JPEG' >签字.jpg
artwork_before=$(cat job/*.pdf | sha256sum)

# answer_all FILE: every row that waits, by the AE
answer_all() {
    exits "everything is ticked" 0 "$chupin" sign "$1" --all --yes --by 王芳 --role AE
}

# fingerprint FILE RULE: of the first finding of that rule in the last run
fingerprint() {
    "$chupin" report "$1" --format json | python3 -c '
import json, sys
print(next(f["fingerprint"] for f in json.load(sys.stdin)["findings"] if f["rule"] == sys.argv[1]))' "$2"
}

artwork_untouched() {
    [ "$(cat job/*.pdf | sha256sum)" = "$artwork_before" ] || wrong "the artwork is never written to"
}
