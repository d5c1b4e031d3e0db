#!/bin/sh
# run.sh CHUPIN POPPLER_EVENTS HERE [FIXTURES]: compares over what FIXTURES draws, or over the folder CHUPIN_CORPUS names.
chupin=$1 events=$2 here=$3 fixtures=$4
if [ -n "$fixtures" ]; then
    folder=$(mktemp -d) || exit 2
    trap 'rm -rf "$folder"' EXIT
    "$fixtures" all "$folder" >/dev/null || exit 2
    allowed=$here/allowed-fixtures.txt
elif [ -d "${CHUPIN_CORPUS:-}" ]; then
    folder=$CHUPIN_CORPUS
    allowed=$here/allowed-corpus.txt
else
    echo "skipped: CHUPIN_CORPUS does not name a folder"
    exit 77
fi
find "$folder" -name '*.pdf' -print0 | sort -z | xargs -0 python3 "$here/compare.py" "$chupin" "$events" "$allowed"
