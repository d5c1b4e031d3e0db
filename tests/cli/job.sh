# The verbs of `job` that need no story: sheets, lists, refusals.
. "$(dirname "$0")/lib_job.sh"

exits "a verb is wanted" 2 "$chupin" job
exits "an unknown verb" 2 "$chupin" job shwo
says "the nearest verb is named" err show
exits "too many words" 2 "$chupin" job list a b
exits "no record yet" 3 "$chupin" job list job
one_line "no record yet gets one line" err
says "what to do next is said" err "--record"

exits "a new job" 0 "$chupin" job new fresh
[ -s fresh/chupin.yaml ] && [ -s fresh/chupin.sqlite ] || wrong "a new job has a sheet and a record"
exits "a sheet that is there stays" 0 "$chupin" job new job
grep -q 王芳 job/chupin.yaml || wrong "a sheet that is there stays"
exits "the jobs are listed" 0 "$chupin" job list job
says "the jobs are listed" out YSL-2026-0117
exits "the jobs as JSON" 0 "$chupin" job list job --format json
python3 -m json.tool out >/dev/null || wrong "the list is JSON"
exits "a job by its number" 0 "$chupin" job show YSL-2026-0117 --record job/chupin.sqlite
exits "a job that is none" 2 "$chupin" job show X-1 --record job/chupin.sqlite
exits "a story as JSON" 0 "$chupin" job show job --format json
python3 -m json.tool out >/dev/null || wrong "the story is JSON"

exits "a sound sheet" 0 "$chupin" job lint job
exits "a sound sheet by its name" 0 "$chupin" job lint job/chupin.yaml
printf 'siez: A4\n出雪: 3mm\n' >wrong.yaml
exits "a wrong sheet" 2 "$chupin" job lint wrong.yaml
says "every error is told" err wrong.yaml:1
says "every error is told" err wrong.yaml:2
exits "no sheet" 2 "$chupin" job lint drawn/nowhere

# record: of the sheet
mkdir told && cp job/*.pdf job/chupin.yaml told/ && printf 'record: kept/house.sqlite\n' >>told/chupin.yaml && mkdir told/kept
exits "a sheet that names a record gets it" 0 "$chupin" check "told/$(basename "$good")"
[ -s told/kept/house.sqlite ] && [ ! -e told/chupin.sqlite ] || wrong "the record lies where the sheet says"
mkdir told/sub && cp "$card" told/sub/ && printf 'item: 名片\n' >told/sub/chupin.yaml
exits "its path counts from the sheet that says it" 0 "$chupin" check "told/sub/$(basename "$card")"
[ ! -e told/sub/kept ] || wrong "its path counts from the sheet that says it"
exits "the export of one job" 0 "$chupin" job export YSL-2026-0117 --record told/kept/house.sqlite -o one.json
python3 -m json.tool one.json >/dev/null || wrong "a bundle is JSON"
exits "the record itself is not overwritten" 2 "$chupin" job export job -o job/chupin.sqlite
exits "the export of a job that is none" 2 "$chupin" job export X-1 --record job/chupin.sqlite
exits "an import of nothing" 2 "$chupin" job import
exits "an import of what is not there" 3 "$chupin" job import nowhere.json
exits "verify by the record's own path" 0 "$chupin" job verify --record told/kept/house.sqlite
exits "a record that is not there" 3 "$chupin" job verify --record nowhere.sqlite
artwork_untouched
finish
