#!/bin/sh
# run.sh check|bless PROGRAM BUILDER SOURCE: draws the sample artwork, checks it and compares with expected/, or rewrites that.
# Versions, the hash of the rules and the tally of each change for reasons that are no business of these files, so they are
# blanked or left out.
mode=$1 chupin=$(realpath "$2") fixtures=$(realpath "$3") source=$(realpath "$4")
expected=$source/tests/golden/expected
here=$(mktemp -d) || exit 99
trap 'rm -rf "$here"' EXIT
CHUPIN_RULES=$source/rules LC_ALL=C.UTF-8
export CHUPIN_RULES LC_ALL
mkdir "$here/art" "$here/got"
"$fixtures" all "$here/art" || exit 99
"$fixtures" demo "$here/art/demo" || exit 99
cd "$here/art" || exit 99

blank() {
    sed -E -e 's/("(rules_sha256)": ?")[0-9a-f]{64}/\1'"$(printf '0%.0s' $(seq 64))"'/' -e 's/("(poppler|version)": ?")[0-9][0-9.]*"/\10"/' \
        -e 's/^(出品检查|preflight)  chupin [0-9.]+/\1  chupin 0/' -e '/^  "rules": \[$/,/^  \]/{/^    /d}'
}

# Every file of the builder: its exit code and the rules that found something in it.
find . -type f ! -name '*.yaml' | LC_ALL=C sort | while read -r file; do
    "$chupin" check --as-of 2026-02-01 --lang en --format gcc "$file" >../gcc 2>../err </dev/null
    printf '%s %s %s\n' "${file#./}" "$?" \
        "$(sed -n 's/.*: \(error\|warning\|note\): \(unchecked: \)\{0,1\}.* \[\([a-z0-9-]*\)\]$/\1:\2\3/p' ../gcc | sed 's/:unchecked: /:unchecked:/' | LC_ALL=C sort -u | tr '\n' ' ')"
done | sed 's/ *$//' >../got/overview.txt

# Some of them word for word.
while read -r name file; do
    for lang in zh en; do
        "$chupin" check --as-of 2026-02-01 --lang $lang "$file" | blank >../got/"$name.$lang.txt"
    done
    "$chupin" check --as-of 2026-02-01 --lang zh --format gcc "$file" >../got/"$name.gcc"
    "$chupin" check --as-of 2026-02-01 --format json "$file" | blank >../got/"$name.json"
done <"$source/tests/golden/shown.txt"

# Every view of a few. Pictures and their look are tested elsewhere, and which rules there are is seen above.
plain() {
    case $1 in
    html) sed -E -e 's/(data:image\/[a-z]+;base64,)[^"]*/\1/' -e '/^<style>$/,/^<\/style>/d' -e '/^<section id="rules">/,/<\/section>$/d' \
        -e 's/chupin [0-9.]+ · poppler [0-9.]+ · lcms2 [0-9.]+/chupin 0/' -e 's/(agency )[0-9a-f]{64}/\1/' ;;
    junit) sed -E -e '/<testcase.*\/>$/d' -e '/<testcase.*[^\/]>$/{N;/<skipped message="(不适用|无法检查|这条规则关掉了)">/{N;d}}' \
        -e 's/(tests|skipped)="[0-9]+"/\1="0"/g' -e '/"rules_sha256"/d' ;;
    sarif) sed -E -e '/^ *"rules": \[$/,/^ {10}\]/d' -e '/"ruleIndex"/d' -e 's/("(version)": ?")0[0-9.]*"/\10"/' -e '/"rulesSha256"/d' ;;
    *) cat ;;
    esac
}
while read -r name file; do
    case $name in flyer-faulty | hostile-names | locked) ;; *) continue ;; esac
    for view in csv html junit sarif; do
        "$chupin" check --as-of 2026-02-01 --lang zh --format $view "$file" | plain $view >../got/"$name.$view"
    done
done <"$source/tests/golden/shown.txt"

# And every fact of a few.
while read -r name file; do
    "$chupin" facts "$file" >../got/"$name.facts.json"
done <"$source/tests/golden/facts.txt"

# The run that the README shows is a real one.
sed -n '/^\$ chupin check/,/^```/p' "$source/README.md" | sed '1d;$d' | blank >../readme
if [ "$mode" = check ] && ! diff -u ../readme ../got/card-wrong-size.zh.txt; then
    echo "README.md shows another run"
    exit 1
fi

if [ "$mode" = bless ]; then
    rm -rf "$expected"
    cp -r "$here/got" "$expected"
    exit 0
fi
diff -ru "$expected" "$here/got" || { echo "if this is meant: sh tests/golden/run.sh bless PROGRAM BUILDER SOURCE"; exit 1; }
