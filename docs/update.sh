#!/bin/sh
# update.sh write|check PROGRAM: the documents that the program makes from its tables, rewritten or compared.
mode=$1 chupin=$(realpath "$2")
cd "$(dirname "$0")" || exit 99
new=$(mktemp -d) || exit 99
trap 'rm -rf "$new"' EXIT
mkdir -p "$new/man/zh_CN" "$new/completions"
"$chupin" facts --schema >"$new/facts.md" &&
    "$chupin" --lang en help --man >"$new/man/chupin.1" &&
    "$chupin" --lang zh help --man >"$new/man/zh_CN/chupin.1" &&
    "$chupin" --lang en help --man chupin-yaml >"$new/man/chupin-yaml.5" &&
    "$chupin" --lang zh help --man chupin-yaml >"$new/man/zh_CN/chupin-yaml.5" &&
    awk -f rules.awk rules.md >"$new/man/chupin-rules.7" &&
    "$chupin" --lang en completion bash >"$new/completions/chupin.bash" &&
    "$chupin" --lang zh completion zsh >"$new/completions/_chupin" &&
    "$chupin" --lang zh completion fish >"$new/completions/chupin.fish" || exit 99
if [ "$mode" = write ]; then
    cp -r "$new"/. .
    exit 0
fi
for file in $(cd "$new" && find . -type f | sort); do
    diff -u "$file" "$new/$file" || stale="$stale $file"
done
[ -z "$stale" ] || { echo "made from the tables and stale:$stale; run: sh docs/update.sh write PROGRAM"; exit 1; }
