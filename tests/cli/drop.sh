# Artwork dropped on the icon of the desktop: the report lies beside it and is opened, whatever the file is called.
. "$(dirname "$0")/lib_job.sh"
printf '#!/bin/sh\nprintf "%%s\\n" "$1" >>"%s/opened"\n' "$here" >opener && chmod +x opener
PATH=/usr/bin:/bin CHUPIN=$chupin CHUPIN_OPEN=$here/opener
export PATH CHUPIN CHUPIN_OPEN
drop=$source/packaging/chupin-drop
cp "$bad" "job/two words 'and' quotes.pdf" && printf junk >job/junk.pdf

exits "bad artwork" 1 sh "$drop" "$here/$bad"
[ "$(wc -l <opened)" -eq 1 ] || wrong "one report is opened"
[ -s "$(cat opened)" ] || wrong "what is opened is there"
case $(cat opened) in "$here"/job/检查结果/*.html) ;; *) wrong "it lies in 检查结果 beside the artwork" ;; esac
rm opened
exits "several, with a name such as people type" 3 sh "$drop" "$here/$good" "$here/job/two words 'and' quotes.pdf" "$here/job/junk.pdf"
[ "$(wc -l <opened)" -eq 3 ] || wrong "each has its report, also what could not be read"
exits "a folder is no artwork" 3 sh "$drop" "$here/job"
says "a folder is no artwork" err 文件夹
rm -rf job/junk.pdf "job/two words 'and' quotes.pdf"
artwork_untouched
finish
