#!/bin/sh
# SPDX-License-Identifier: ISC
# Fetches the freshest copy of IEEE's address registries that a package registry
# holds (npm: oui-data) into DIR, where the build looks for it. Nothing of it is
# kept in the tree. Without npm or network the build goes on with what Debian's
# packages hold, which is older; that is said, and no error.
#
#	tools/fetch-registries.sh DIR
set -u

package=oui-data
dir=${1:?usage: tools/fetch-registries.sh DIR}
into=$dir/node_modules/$package

say() {
	echo "registries: $*" >&2
}

older() {
	say "$1; the build uses what the system's packages hold"
	exit 0
}

mkdir -p "$dir" || exit 1

# tshark 4.2 and later keep their lists inside; earlier ones as files.
if [ ! -e /usr/share/wireshark/manuf ] && command -v tshark >/dev/null; then
	for list in manuf enterprises; do
		file=$dir/$list
		[ "$list" = enterprises ] && file=$dir/enterprises.tsv
		tshark -G "$list" >"$file.new" 2>/dev/null &&
			[ -s "$file.new" ] && mv "$file.new" "$file"
		rm -f "$file.new"
	done
fi

command -v npm >/dev/null || older "npm is not installed"

# Fetched less than a day ago: good enough.
if [ -n "$(find "$into/index.json" -mtime -1 2>/dev/null)" ] &&
	[ -s "$into/date" ]; then
	exit 0
fi

# A package of data: no scripts, no audit, nothing written elsewhere.
(
	cd "$dir" || exit 1
	[ -e package.json ] || echo '{"private":true}' >package.json
	npm install --ignore-scripts --no-audit --no-fund --no-save \
		--loglevel=error "$package@latest" >/dev/null 2>npm.log
) || older "npm could not fetch $package"
[ -s "$into/index.json" ] || older "npm fetched nothing"

# The package's files carry no date; the registry knows when it was published.
version=$(sed -n 's/.*"version": *"\([0-9.]*\)".*/\1/p' \
	"$into/package.json" | head -n 1)
(cd "$dir" && npm view "$package" time --json 2>/dev/null) |
	sed -n "s/.*\"$version\": *\"\([0-9-]\{10\}\).*/\1/p" >"$into/date"
[ -s "$into/date" ] || date -u +%Y-%m-%d -r "$into/index.json" >"$into/date"
touch "$into/index.json"
say "$package $version of $(cat "$into/date")"
