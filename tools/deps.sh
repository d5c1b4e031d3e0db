#!/bin/sh
# Installs the packages of the groups named as arguments (packages.txt). Does nothing when all of them are there.
set -eu
cd "$(dirname "$0")/.."

wanted=
for group in "$@"; do
    line=$(sed -n "s/^$group: *//p" packages.txt)
    [ -n "$line" ] || { echo "packages.txt has no group \"$group\"" >&2; exit 2; }
    wanted="$wanted $line"
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "这不是 Debian，请自行安装 this is not Debian; install the equivalents of:$wanted" >&2
    exit 0
fi

missing=
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
[ "$(id -u)" = 0 ] || as_root="sudo"
apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q "$@"
}

echo "安装 installing:$missing"
for pause in 2 5 10 0; do
    apt update && break
    [ "$pause" != 0 ] || echo "apt-get update failed; trying with the lists at hand" >&2
    sleep "$pause"
done
# shellcheck disable=SC2086
apt install -y --no-install-recommends $missing
