#!/bin/sh
# SPDX-License-Identifier: ISC
# Fetches what the page is built from (web/package-lock.json says what, with its
# hashes) into DIR, where the build looks for it. Nothing of it is kept in the
# tree. Without npm or network the build goes on without the page; that is said,
# and no error.
#
#	tools/fetch-web.sh DIR
set -u

dir=${1:?usage: tools/fetch-web.sh DIR}
web=$(dirname "$0")/../web

without() {
	echo "web: $1; the build goes on without the page" >&2
	exit 0
}

mkdir -p "$dir" || exit 1
command -v node >/dev/null || without "node is not installed"
command -v npm >/dev/null || without "npm is not installed"

# The same list was fetched before.
if cmp -s "$web/package-lock.json" "$dir/package-lock.json" &&
	[ -e "$dir/node_modules/.package-lock.json" ]; then
	exit 0
fi

# No scripts are run, no audit, nothing is written elsewhere.
rm -rf "$dir/node_modules" "$dir/shell.html"
cp "$web/package.json" "$web/package-lock.json" "$dir" || exit 1
(
	cd "$dir" || exit 1
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error \
		>/dev/null 2>npm.log
) || {
	rm -rf "$dir/package-lock.json" "$dir/node_modules"
	without "npm could not fetch what web/package-lock.json lists"
}
