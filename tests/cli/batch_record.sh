# A batch over jobs that have a record: waivers and answers lie over every result, also over one out of the cache.
. "$(dirname "$0")/lib_job.sh"
XDG_CACHE_HOME=$here/cache
export XDG_CACHE_HOME
exits "the artwork is recorded" 1 "$chupin" check --record "$bad"
exits "a batch finds what check finds" 1 "$chupin" batch job -q --format jsonl
cp out before
exits "and again, out of the cache" 1 "$chupin" batch job -q --format jsonl
cmp -s out before || wrong "the cache gives the same bytes"

line=$(fingerprint "$bad" line-weight-min)
exits "a finding is waived" 0 "$chupin" waive "$line" "$bad" --why 印厂确认能印出来 --until v4 --by 陈总监
"$chupin" batch job -q --format jsonl >after 2>err
says "the waiver holds over what the cache knows" after 印厂确认能印出来
grep -q '"waived":1' after || wrong "it is counted"
"$chupin" batch job -q --no-cache --format jsonl >fresh 2>err
cmp -s after fresh || wrong "and the same without a cache"
"$chupin" check "$bad" --format jsonl >single 2>err
grep -qxF -f single after || wrong "a batch tells what check tells"
grep -rqF 印厂确认能印出来 cache && wrong "nothing of it is in the cache"
says "the finding was open before" before line-weight-min
grep -qF 印厂确认能印出来 before && wrong "it was not waived before"
exits "it is revoked" 0 "$chupin" waive revoke "$line" "$bad" --why 印厂又说不行 --by 陈总监
"$chupin" batch job -q --format jsonl >out 2>err
grep -q '"waived":[1-9]' out && wrong "and open again"
finish
