#!/bin/sh
# SPDX-License-Identifier: ISC
# make bench: builds the programs of the measurement, runs it.
# Captures go to $NP_BENCH_DIR and stay there, or to a folder that is removed
# at the end.
set -eu
cd "$(dirname "$0")/.."
build=${BUILD:-build}
shared=${SHARED:-../shared}

dir=${NP_BENCH_DIR:-}
keep=--keep
if [ -z "$dir" ]; then
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	keep=
fi
ninja -C "$build" nameplate bench/walk bench/classify \
	bench/variant bench/matching >/dev/null
cp "$build/bench/walk" "$build/bench/classify" "$build/bench/variant" \
	"$build/bench/matching" "$dir"
if [ ! -f "$shared/bench/gen.c" ]; then
	echo "bench: no $shared/bench/gen.c to make captures with" >&2
	exit 2
fi
# The yardstick that the issue names, where it is there; else ours.
cc -O2 -w -o "$dir/gen" "$shared/bench/gen.c"
cc -O2 -w -o "$dir/classify" "$shared/bench/classify.c"
# shellcheck disable=SC2086
python3 bench/measure.py "$build/nameplate" "$dir" $keep "$@"
