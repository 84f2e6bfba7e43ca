#!/bin/sh
# SPDX-License-Identifier: ISC
# Runs every test and closes with one plain line: test.sh BUILD [SHARED].
set -eu
build=$1
export NP_SHARED="${2:-../shared}"

rc=0
meson test -C "$build" --print-errorlogs || rc=$?
log=$build/meson-logs/testlog.txt
count() {
	sed -n "s/^$1: *\([0-9][0-9]*\) *\$/\1/p" "$log" | tail -n 1
}
ok=$(count Ok)
bad=$(($(count Fail) + $(count Timeout) + $(count 'Unexpected Pass')))
skipped=$(count Skipped)
echo "$ok passed, $bad failed, $skipped skipped"
exit "$rc"
