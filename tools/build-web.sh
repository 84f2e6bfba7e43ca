#!/bin/sh
# SPDX-License-Identifier: ISC
# Builds the page's shell into DIR if it can; else an empty one, which the program
# says is missing when a page is asked of it.
#
#	tools/build-web.sh DIR DEPFILE
set -eu

dir=$1
web=$(dirname "$0")/../web

if command -v node >/dev/null && [ -e "$dir/node_modules/.package-lock.json" ]
then
	exec node "$web/build.mjs" "$dir" "$2"
fi
echo "web: no page in this build; tools/fetch-web.sh $dir fetches what it needs" >&2
mkdir -p "$dir"
: >"$dir/shell.html"
: >"$dir/shell.csp"
: >"$2"
