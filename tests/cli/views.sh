. "$(dirname "$0")/lib.sh"
"$fixtures" demo demo || exit 99
"$fixtures" all art odd/password.pdf odd/names-hostile.pdf || exit 99
data=$source/tests/data
hostile=$(printf 'demo/a<b>&"\047 \342\200\256fdp %%2F=\033[1m.pdf')
cp demo/260110*.pdf "$hostile"
sum=$(cat demo/*.pdf demo/*.tif demo/*.jpg | cksum)
: >empty.pdf

# view FORMAT LANG FILE OUTPUT
view() {
    "$chupin" check --as-of 2026-02-01 --lang "$2" --format "$1" -o "$4" "$3" 2>err
}

# Whether a view can be read by what reads it.
n=0
for file in demo/260110*.pdf "$hostile" demo/*.tif demo/*.jpg art/odd/password.pdf art/odd/names-hostile.pdf empty.pdf; do
    n=$((n + 1))
    lang=zh
    [ $((n % 2)) -eq 0 ] && lang=en
    view junit $lang "$file" $n.xml
    xmllint --noout --schema "$data/junit.xsd" $n.xml 2>err || wrong "JUnit of $file fits its schema"
    view sarif $lang "$file" $n.sarif
done
# Debian's own Python: another one that comes first on the path has not its modules.
if /usr/bin/python3 -c 'import junitparser' 2>err; then
    exits "JUnit is read by junitparser" 0 /usr/bin/python3 "$source/tests/cli/junit.py" ./*.xml
else
    echo "not tried: JUnit by junitparser (python3-junitparser is not installed)"
fi
exits "SARIF fits its schema" 0 python3 "$source/tests/cli/fits.py" "$data/sarif.schema.json" ./*.sarif

"$chupin" check --as-of 2026-02-01 --format csv -o all.csv demo/*.pdf 2>err
exits "a table is read back" 0 python3 "$source/tests/cli/table.py" all.csv "$(ls demo/*.pdf | wc -l)"
exits "JUnit takes one file" 2 "$chupin" check --format junit demo/*.pdf

# The web page: well-formed enough for a strict reader, nothing that runs or fetches, real pictures.
page() {
    view html "$1" "$2" page.html
    python3 "$source/tests/cli/page.py" page.html "$3" >out 2>&1 || wrong "the web page of $2"
}
for file in demo/260110*.pdf "$hostile" demo/*.tif demo/*.jpg art/odd/names-hostile.pdf; do
    page zh "$file" pictures
done
page en "$hostile" pictures
page zh art/odd/password.pdf none
page en empty.pdf none

for format in html csv junit sarif; do
    view $format zh demo/260110*.pdf first
    view $format zh demo/260110*.pdf second
    cmp -s first second || wrong "$format has the same bytes twice"
done
[ "$sum" = "$(cat demo/*.pdf demo/*.tif demo/*.jpg | cksum)" ] || wrong "no view writes to the artwork"
finish
