# Real repositories: what is committed and pushed is checked as it will be stored, and the hook says why it refuses.
. "$(dirname "$0")/lib_job.sh"
HOME=$here GIT_CONFIG_NOSYSTEM=1
export HOME GIT_CONFIG_NOSYSTEM
git config --global user.name 李明 && git config --global user.email li@example.com
git config --global init.defaultBranch main && git config --global core.quotePath true
good=$here/$good bad=$here/$bad card=$here/$card

exits "outside of a repository there is nothing to install" 2 "$chupin" hook install
exits "a verb is wanted" 2 "$chupin" hook
exits "an unknown hook" 2 "$chupin" hook run post-commit

git init -q art && cd art || exit 99
cp ../job/chupin.yaml . && sed -i '/^people:/d' chupin.yaml
out=$here/out err=$here/err
in_art() { # exits, from inside of the repository
    sentence=$1 code=$2
    shift 2
    "$@" >"$here/out" 2>"$here/err" </dev/null
    got=$?
    [ "$got" -eq "$code" ] || { cd "$here" && wrong "$sentence (exit $got, not $code)"; cd - >/dev/null || exit 99; }
}
in_art "both hooks are installed" 0 "$chupin" hook install
[ -x .git/hooks/pre-commit ] && [ -x .git/hooks/pre-push ] || wrong "both hooks are there"
sh -n .git/hooks/pre-commit && sh -n .git/hooks/pre-push || wrong "they are shell"
in_art "installing again is fine" 0 "$chupin" hook install

# ---- pre-commit ----
git add chupin.yaml
in_art "a commit without artwork goes through, also the first one" 0 git commit -qm sheet
silent "nothing is said of it" "$err"
cp "$good" 好稿.pdf && git add . && in_art "good artwork goes through" 0 git commit -qm good
says "good artwork gets one line" "$err" 好稿.pdf
mkdir -p 海报 && cp "$bad" 海报/坏稿.pdf && git add .
in_art "bad artwork is refused" 1 git commit -qm bad
says "the hook says which file" "$err" 海报/坏稿.pdf
"$chupin" check "$bad" 2>/dev/null | grep '怎么改' >"$here/why" || wrong "check has something to say"
while IFS= read -r line; do says "the hook uses the words of check" "$err" "$line"; done <"$here/why"
says "the way round is told" "$err" "git commit --no-verify"
grep -q chupin-hook "$err" && wrong "no temporary path is shown"
in_art "English, when asked" 1 env LC_ALL=en_US.UTF-8 git commit -qm bad
says "English, when asked" "$err" "not committed"
says "English, when asked" "$err" "did not pass"
in_art "the way round works" 0 git commit -q --no-verify -m anyway
git rm -q --cached 海报/坏稿.pdf && rm 海报/坏稿.pdf
in_art "deleting is harmless" 0 git commit -qm delete
silent "deleting is harmless" "$err"

# The index counts, not the working copy.
cp "$bad" 变.pdf && git add 变.pdf && cp "$good" 变.pdf
in_art "bad in the index, good in the folder" 1 git commit -qm index
git add 变.pdf && cp "$bad" 变.pdf
in_art "good in the index, bad in the folder" 0 git commit -qm index
in_art "commit -a takes the folder" 1 git commit -qam folder
git checkout -q -- 变.pdf
printf 'size: 90x90\n' >>chupin.yaml
sed 's/^尺寸.*//; s/^size:.*//' chupin.yaml >sheet && printf 'size: 90x90mm\n' >>sheet
git checkout -q -- chupin.yaml && cp sheet chupin.yaml && rm sheet
cp "$good" 单.pdf && git add 单.pdf
in_art "a sheet that is not staged does not count" 0 git commit -qm sheet-unstaged
git rm -q --cached 单.pdf && git commit -qm - && git add 单.pdf chupin.yaml
in_art "a sheet that is staged does" 1 git commit -qm sheet-staged
says "the size is what is wrong" "$err" page-size
git reset -q --hard

# Names, contents
for name in 'with space.pdf' "it's \"quoted\".pdf" "$(printf 'two\nlines.pdf')" '-dash.pdf' 'no-extension'; do
    cp "$bad" "./$name" && git add -- "./$name"
    in_art "a name such as $name" 1 git commit -qm name
    git rm -q --cached -- "./$name" && rm -- "./$name"
done
printf 'hello' >notes.pdf && git add notes.pdf
in_art "what is no PDF inside cannot be checked" 1 git commit -qm junk
in_art "what is no PDF inside cannot be checked" 3 "$chupin" hook run pre-commit
git rm -qf --cached notes.pdf && rm notes.pdf
printf 'int main(void) {}\n' >a.c && ln -s 好稿.pdf link.pdf && git add . && in_art "anything else goes through" 0 git commit -qm code
silent "nothing is said of anything else" "$err"
mkdir 检查结果 && cp "$bad" 检查结果/批注.pdf && git add . && in_art "our own reports are no artwork" 0 git commit -qm reports
printf '图标/* -chupin\n' >.gitattributes && mkdir 图标 && cp "$bad" 图标/a.pdf && git add .
in_art "what .gitattributes leaves out goes through" 0 git commit -qm exempt
says "and it is said" "$err" .gitattributes
git reset -q --soft HEAD~1 && mkdir -p 海报 && cd 海报
in_art "the same from a folder inside" 0 "$chupin" hook run pre-commit
cd .. && git commit -q --no-verify -m exempt
mkdir -p 坏单 && printf '尺码码: A4\n' >坏单/chupin.yaml && cp "$good" 坏单/ && git add .
in_art "a wrong sheet refuses" 2 "$chupin" hook run pre-commit
grep -q "坏单/chupin.yaml:1" "$err" || wrong "the sheet is named with its line"
grep -q chupin-hook "$err" && wrong "no temporary path is shown"
git reset -q --hard

# Several at a time, told in their order.
mkdir 多 && for i in 1 2 3 4 5 6; do
    cp "$good" "多/$i.pdf"
done
cp "$bad" 多/1.pdf && cp "$bad" 多/4.pdf && git add .
in_art "two of six" 1 git commit -qm several
grep -o '^chupin: 多/[0-9].pdf: [✓✗]' "$err" >told
printf 'chupin: 多/%s.pdf: %s\n' 1 ✗ 2 ✓ 3 ✓ 4 ✗ 5 ✓ 6 ✓ | cmp -s - told || { cat told && wrong "each is told once, in order"; }
rm told && git reset -q --hard

# Merges
git checkout -qb theirs && cp "$bad" 他.pdf && git add . && git commit -q --no-verify -m theirs
git checkout -q main && printf x >x.c && git add . && git commit -qm ours
in_art "a merge takes over what others committed" 0 git merge -q --no-commit --no-ff theirs
in_art "a merge takes over what others committed" 0 git commit -qm merged
git checkout -q theirs && cp "$good" 同.pdf && git add . && git commit -q --no-verify -m same-theirs
git checkout -q main && cp "$card" 同.pdf && git add . && git commit -q --no-verify -m same-ours
git merge -q theirs >/dev/null 2>&1; cp "$bad" 同.pdf && git add 同.pdf
in_art "what a merge makes anew is checked" 1 git commit -qm resolved
says "what a merge makes anew is checked" "$err" 同.pdf
grep -q 他.pdf "$err" && wrong "and nothing else of it"
cp "$good" 同.pdf && git add 同.pdf && in_art "a merge that is mended goes through" 0 git commit -qm resolved

# A finding that somebody answers for in the record counts as such.
cp "$bad" 保.pdf && git add 保.pdf
in_art "checked into a record" 1 "$chupin" check --record 保.pdf
for print in $("$chupin" report 保.pdf --format json | python3 -c '
import json, sys
print(*{f["fingerprint"] for f in json.load(sys.stdin)["findings"] if f["outcome"] == "fail" and f["severity"] == "error"})'); do
    "$chupin" waive "$print" 保.pdf --why "客户书面同意这样印" --by 王芳 --role AE --until 2027-01-01 >/dev/null
    "$chupin" waive "$print" 保.pdf --why "客户书面同意这样印" --by 陈总监 --role 总监 --until 2027-01-01 >/dev/null 2>&1
done
in_art "waived in the record" 3 "$chupin" hook run pre-commit
says "what is waived is not asked for again" "$err" "豁免 6"
git rm -q --cached 保.pdf && rm -rf 保.pdf chupin.sqlite
[ -z "$(find . -name '*.chupin-*' -o -name 'chupin-hook*')" ] || wrong "nothing is left behind"
[ -z "$(ls "${TMPDIR:-/tmp}" | grep chupin-hook-)" ] || wrong "no temporary folder is left behind"

# ---- Git LFS ----
oid=$(sha256sum "$bad" | cut -d' ' -f1)
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %s\n' "$oid" "$(stat -c %s "$bad")" >大.pdf
git add 大.pdf
in_art "a pointer without its content" 1 git commit -qm lfs
says "one clear line" "$err" "git lfs pull"
[ "$(grep -c 'git lfs pull' "$err")" -eq 1 ] || wrong "one clear line"
two=$(printf %s "$oid" | cut -c1-2) four=$(printf %s "$oid" | cut -c3-4)
mkdir -p ".git/lfs/objects/$two/$four" && cp "$bad" ".git/lfs/objects/$two/$four/$oid"
in_art "a pointer is followed" 1 git commit -qm lfs
says "a pointer is followed" "$err" 怎么改
in_art "check knows a pointer too" 3 "$chupin" check 大.pdf
says "check knows a pointer too" "$err" "git lfs pull"
git rm -qf --cached 大.pdf && rm 大.pdf

# ---- pre-push ----
git init -q --bare ../far.git && git remote add origin ../far.git
in_art "pushing what was forced in is refused" 1 git push -q origin main
says "the way round is told" "$err" "git push --no-verify"
says "the file is named" "$err" 他.pdf
git rm -q 他.pdf && git commit -qm mended
in_art "what was mended by now goes through" 0 git push -q origin main
cp "$bad" 急.pdf && git add . && git commit -q --no-verify -m forced
in_art "only what is new is looked at" 1 git push -q origin main
grep -q 好稿.pdf "$err" && wrong "only what is new is looked at"
in_art "the way round works" 0 git push -q --no-verify origin main
in_art "a new branch of what is there already" 0 git push -q origin main:again
in_art "deleting a branch is harmless" 0 git push -q origin :again
git rm -q 急.pdf && git commit -qm - && in_art "deleting is harmless" 0 git push -q origin main

# ---- other hooks, worktrees, core.hooksPath ----
git worktree add -q ../wt -b wt && cp "$bad" ../wt/在外.pdf && git -C ../wt add .
in_art "in a working tree of its own" 1 git -C ../wt commit -qm wt
says "in a working tree of its own" "$err" 在外.pdf
in_art "taken away" 0 "$chupin" hook uninstall
[ ! -e .git/hooks/pre-commit ] || wrong "taken away"
printf '#!/bin/sh\ncat >"%s/given"\necho mine "$1" >>"%s/mine"\n' "$here" "$here" >.git/hooks/pre-push && chmod +x .git/hooks/pre-push
cp .git/hooks/pre-push ../mine.before
in_art "a hook that is there stays" 1 "$chupin" hook install pre-push
says "what to add is said" "$err" "--chain"
cmp -s .git/hooks/pre-push ../mine.before || wrong "a hook that is there stays"
in_art "both can run" 0 "$chupin" hook install --chain pre-push
printf y >y.c && git add . && git commit -qm y && in_art "both run" 0 git push -q origin main
says "the other one ran" ../mine "mine origin"
says "it got what git says" ../given refs/heads/main
in_art "it comes back" 0 "$chupin" hook uninstall
cmp -s .git/hooks/pre-push ../mine.before || wrong "it comes back"
mkdir ../house && git config core.hooksPath "$here/house"
in_art "core.hooksPath" 0 "$chupin" hook install --strict --fail-on warning pre-commit
[ -x ../house/pre-commit ] && [ ! -e .git/hooks/pre-commit ] || wrong "core.hooksPath is where it goes"
cp "$good" 严.pdf && git add . && in_art "options of the installation hold" 3 "$chupin" hook run pre-commit --strict
in_art "options of the installation hold" 1 git commit -qm strict
git config --unset core.hooksPath

# ---- named files, for pre-commit and its like ----
in_art "files that are named" 1 "$chupin" hook run files 好稿.pdf "$bad"
says "each is told" "$err" 好稿.pdf
in_art "files that are fine" 0 "$chupin" hook run files 好稿.pdf
cd "$here" || exit 99
artwork_untouched
finish
