#!/bin/sh
# SPDX-License-Identifier: ISC
# Fetches what the tests of the page drive the system's Chromium with (npm:
# playwright-core) and what they look for barriers with (axe-core) into DIR.
# Nothing of it is kept in the tree, and no browser is fetched. Without npm or
# network those tests are skipped, which is said, and no error.
#
#	tools/fetch-browser.sh DIR
set -u

dir=${1:?usage: tools/fetch-browser.sh DIR}
packages='playwright-core@1.65.1 axe-core@4.14.1'

without() {
	echo "browser: $1; the tests of the page are skipped" >&2
	exit 0
}

[ "$(cat "$dir/fetched" 2>/dev/null)" = "$packages" ] && exit 0
command -v npm >/dev/null || without "npm is not installed"
mkdir -p "$dir" || exit 1
cd "$dir" || exit 1
rm -rf node_modules fetched
echo '{"private":true}' >package.json
# shellcheck disable=SC2086
npm install --ignore-scripts --no-audit --no-fund --no-save --loglevel=error \
	$packages >/dev/null 2>npm.log || without "npm could not fetch $packages"
echo "$packages" >fetched
