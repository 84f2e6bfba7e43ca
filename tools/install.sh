#!/bin/sh
# SPDX-License-Identifier: ISC
# Installs what the project needs from Debian's packages: install.sh
# build|test|bench... Says what, asks nothing; as root or through sudo.
set -eu

build='gcc make meson libcmocka-dev ninja-build pkg-config python3 libhyperscan-dev
	libpcre2-dev libsqlite3-dev libcjson-dev libyaml-dev libsodium-dev
	zlib1g-dev libzstd-dev liblz4-dev libbz2-dev liblzma-dev libseccomp-dev libssl-dev
	libxxhash-dev libarchive-dev libexpat1-dev libsnmp-dev libxlsxwriter-dev libmicrohttpd-dev
	coinor-libclp-dev coinor-libcbc-dev libwireshark-data ieee-data npm'
test='python3-yaml python3-jsonschema tshark clang-14 clang-format-14
	libclang-rt-14-dev valgrind shellcheck jq zstd lz4 man-db groff sqlite3 binutils minisign openssl
	snmpd snmpsim libreoffice-calc-nogui chromium poppler-utils'
bench='hyperfine jq python3-yaml linux-perf p0f prads libndpi-bin tcpdump tshark time wrk'

have() {
	dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null |
		grep -qx installed
}

wanted=
for set in "$@"; do
	case $set in
	build) wanted="$wanted $build" ;;
	test) wanted="$wanted $test" ;;
	bench) wanted="$wanted $bench" ;;
	*)
		echo "install.sh: no such set: $set" >&2
		exit 2
		;;
	esac
done

missing=
for p in $wanted; do
	# npm may be there without Debian's package.
	[ "$p" = npm ] && command -v npm >/dev/null && continue
	have "$p" || missing="$missing $p"
done
if [ -z "$missing" ]; then
	echo "install.sh: all there"
	exit 0
fi

echo "install.sh: installing, which may take minutes:$missing"
# shellcheck disable=SC2086
exec "$(dirname "$0")/apt.sh" $missing
