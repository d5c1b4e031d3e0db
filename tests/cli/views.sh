. "$(dirname "$0")/lib.sh"
"$fixtures" demo demo || exit 99
"$fixtures" all art || exit 99
data=$source/tests/data
hostile=$(printf 'demo/a<b>&"\047 \342\200\256fdp %%2F=\033[1m.pdf')
cp demo/260110*.pdf "$hostile"
sum=$(cat demo/*.pdf demo/*.tif demo/*.jpg | cksum)

# Whether a view can be read by what reads it.
: >empty.pdf
n=0
for file in demo/*.pdf demo/*.tif demo/*.jpg art/odd/password.pdf art/odd/names-hostile.pdf empty.pdf; do
    n=$((n + 1))
    for lang in zh en; do
        "$chupin" check --as-of 2026-02-01 --lang $lang --format junit -o $n.$lang.xml "$file" 2>err
        xmllint --noout --schema "$data/junit.xsd" $n.$lang.xml 2>err || wrong "JUnit of $file fits its schema"
        "$chupin" check --as-of 2026-02-01 --lang $lang --format sarif -o $n.$lang.sarif "$file" 2>err
    done
done
exits "SARIF fits its schema" 0 python3 "$source/tests/cli/fits.py" "$data/sarif.schema.json" ./*.sarif

"$chupin" check --as-of 2026-02-01 --format csv -o all.csv demo/*.pdf 2>err
exits "a table is read back" 0 python3 "$source/tests/cli/table.py" all.csv "$(ls demo/*.pdf | wc -l)"
exits "JUnit takes one file" 2 "$chupin" check --format junit demo/*.pdf

# The web page: well-formed enough for a strict reader, nothing that runs or fetches, real pictures.
for lang in zh en; do
    for file in demo/260110*.pdf "$hostile" demo/*.tif demo/*.jpg art/odd/names-hostile.pdf; do
        "$chupin" check --as-of 2026-02-01 --lang $lang --format html -o page.html "$file" 2>err
        python3 "$source/tests/cli/page.py" page.html pictures >out 2>&1 || wrong "the web page of $file"
    done
    for file in art/odd/password.pdf empty.pdf; do
        "$chupin" check --as-of 2026-02-01 --lang $lang --format html -o page.html "$file" 2>err
        python3 "$source/tests/cli/page.py" page.html none >out 2>&1 || wrong "the web page of $file"
    done
done
for view in html csv junit sarif; do
    "$chupin" check --as-of 2026-02-01 --format $view demo/260110*.pdf >first 2>err
    "$chupin" check --as-of 2026-02-01 --format $view demo/260110*.pdf >second 2>err
    cmp -s first second || wrong "$view has the same bytes twice"
done
[ "$sum" = "$(cat demo/*.pdf demo/*.tif demo/*.jpg | cksum)" ] || wrong "no view writes to the artwork"
finish
