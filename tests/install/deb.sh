# The Debian package in a clean Debian 12: installed, looked at, used by somebody who is not root, upgraded, removed, purged.
#     deb.sh PACKAGE FIXTURES
# Takes minutes, root and the network, so it runs only when it is asked for: CHUPIN_DEB_TEST=1. CHUPIN_DEB_ROOT names a root
# that is copied instead of made by debootstrap; CHUPIN_DEB_MIRROR another mirror.
package=$1 fixtures=$2
skip() { echo "skipped: $1"; exit 77; }
[ -n "$CHUPIN_DEB_TEST" ] || skip "CHUPIN_DEB_TEST is not set"
[ "$(id -u)" = 0 ] || skip "not root"
[ -n "$CHUPIN_DEB_ROOT" ] || command -v debootstrap >/dev/null || skip "no debootstrap"
[ -e "$package" ] || skip "no package; run make package"

root=$(mktemp -d /var/tmp/chupin-root-XXXXXX) || exit 99
work=$(mktemp -d) || exit 99
clean_up() {
    umount "$root/proc" 2>/dev/null
    mountpoint -q "$root/proc" || rm -rf --one-file-system "$root"
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 99' INT TERM
failures=0
wrong() {
    failures=$((failures + 1))
    echo "NOT TRUE: $1"
    tail -n 25 "$work/out" 2>/dev/null
}
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_ae() { inside setpriv --reuid 1234 --regid 1234 --clear-groups env HOME=/home/ae "$@"; }
# does SENTENCE CODE COMMAND…
does() {
    sentence=$1 code=$2
    shift 2
    "$@" >"$work/out" 2>&1 </dev/null
    got=$?
    [ "$got" -eq "$code" ] || wrong "$sentence (exit $got, not $code)"
}
says() { grep -qF -- "$2" "$work/out" || wrong "$1 (no “$2”)"; }

if [ -n "$CHUPIN_DEB_ROOT" ]; then
    cp -a --one-file-system "$CHUPIN_DEB_ROOT/." "$root" || exit 99
else
    debootstrap --variant=minbase bookworm "$root" "${CHUPIN_DEB_MIRROR:-http://deb.debian.org/debian}" >"$work/out" 2>&1 ||
        { tail "$work/out"; exit 99; }
fi
mount -t proc proc "$root/proc" || exit 99
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null
cp "$package" "$root/tmp/chupin.deb"
does "the lists of packages" 0 inside apt-get update -qq

# ---- installing ----
inside dpkg-query -W -f '${Package}\n' | sort >"$work/before"
does "installing with what it needs" 0 inside apt-get install -y -qq --no-install-recommends /tmp/chupin.deb
inside dpkg-query -W -f '${Package}\n' | sort >"$work/installed"
for needed in fonts-noto-cjk poppler-data libgs-common; do
    grep -qx "$needed" "$work/installed" || wrong "$needed comes along"
done
comm -13 "$work/before" "$work/installed" | grep -q -- '-dev$' && wrong "nothing for developers comes along"
does "no library is missing" 0 inside sh -c '! ldd /usr/bin/chupin /usr/libexec/chupin/chupin-full | grep "not found"'
for file in /usr/share/man/man1/chupin.1.gz /usr/share/man/zh_CN/man1/chupin.1.gz /usr/share/man/man5/chupin-yaml.5.gz \
    /usr/share/man/man7/chupin-rules.7.gz /usr/share/bash-completion/completions/chupin /etc/chupin/chupin.yaml \
    /usr/share/zsh/vendor-completions/_chupin /usr/share/fish/vendor_completions.d/chupin.fish \
    /usr/share/applications/chupin.desktop /usr/share/icons/hicolor/scalable/apps/chupin.svg /usr/share/doc/chupin/copyright; do
    inside dpkg-query -S "$file" >/dev/null 2>&1 || wrong "the package has $file"
    case $file in /usr/share/man/* | /usr/share/doc/*) ;; *) [ -s "$root$file" ] || wrong "$file is there" ;; esac
done

# ---- using it, without being root ----
mkdir -p "$root/home/ae" && "$fixtures" demo "$root/home/ae/job" && chown -R 1234:1234 "$root/home/ae" || exit 99
does "the doctor finds nothing broken" 0 as_ae chupin doctor /home/ae/job
says "the doctor looked at the sheet" YSL-2026-0117
cp "$work/out" "$work/doctor"
bad=$(cd "$root" && ls home/ae/job/260110*.pdf) good=$(cd "$root" && ls home/ae/job/260117开盘单张*.pdf)
does "bad artwork" 1 as_ae chupin check "/$bad"
says "bad artwork is told why" 怎么改
does "good artwork" 0 as_ae chupin check "/$good"
does "the sign-off sheet" 0 as_ae chupin check --record --report sheet,html,annotated "/$good"
[ -n "$(find "$root/home/ae/job/检查结果" -name '*检查单.pdf')" ] || wrong "the sheet is there"
does "a batch with all sorts" 3 as_ae chupin batch /home/ae/job -q
does "dropped on the icon" 1 as_ae env CHUPIN_OPEN=echo /usr/libexec/chupin/chupin-drop "/$good" "/$bad"
[ -n "$(find "$root/home/ae/job/检查结果" -name '260110*.html')" ] || wrong "dropped on the icon, a report is written"
does "the manual is found" 0 inside sh -c 'grep -q ^Exec=/usr/libexec/chupin/chupin-drop /usr/share/applications/chupin.desktop'
[ -s "$root/usr/lib/systemd/system/chupin-watch@.service" ] || wrong "the unit of the watch is there"
grep -q '^ExecStart=/usr/bin/chupin ' "$root/usr/lib/systemd/system/chupin-watch@.service" || wrong "it starts what is installed"

# ---- upgrading: a changed conffile stays, rules are new ----
printf 'record: /home/ae/house.sqlite\n' >>"$root/etc/chupin/chupin.yaml"
dpkg-deb -R "$package" "$work/next" || exit 99
sed -i 's/^Version: .*/Version: 99.0/' "$work/next/DEBIAN/control"
printf '# 新的一行 a new line\n' >>"$work/next/etc/chupin/chupin.yaml"
printf '# newer\n' >>"$work/next/usr/share/chupin/rules/papers.yaml"
(cd "$work/next" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
dpkg-deb --root-owner-group -b "$work/next" "$root/tmp/next.deb" >/dev/null || exit 99
does "upgrading" 0 inside apt-get install -y -qq -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold /tmp/next.deb
grep -q '^record: /home/ae' "$root/etc/chupin/chupin.yaml" || wrong "a changed conffile is kept"
tail -n 1 "$root/usr/share/chupin/rules/papers.yaml" | grep -q newer || wrong "rules are those of the new version"
does "it works after the upgrade" 0 as_ae chupin check --record -q "/$good"
[ -s "$root/home/ae/house.sqlite" ] || wrong "the setting that was kept holds"

# ---- removing ----
inside dpkg -L chupin | sort >"$work/files"
does "removing" 0 inside apt-get remove -y -qq chupin
[ -e "$root/etc/chupin/chupin.yaml" ] || wrong "removing keeps the settings"
does "purging" 0 inside apt-get purge -y -qq chupin
left=$(while IFS= read -r file; do [ -d "$root$file" ] || [ ! -e "$root$file" ] || echo "$file"; done <"$work/files")
[ -z "$left" ] || wrong "purging leaves nothing, but: $left"
[ ! -e "$root/etc/chupin" ] && [ ! -e "$root/usr/share/chupin" ] && [ ! -e "$root/usr/libexec/chupin" ] ||
    wrong "purging leaves no folders of ours"
[ -s "$root/home/ae/house.sqlite" ] && [ -d "$root/home/ae/job/检查结果" ] || wrong "what people made stays"

cat "$work/doctor"
[ "$failures" -eq 0 ] || { echo "$failures not true"; exit 1; }
