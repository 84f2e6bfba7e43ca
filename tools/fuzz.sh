#!/bin/sh
# SPDX-License-Identifier: ISC
# fuzz.sh PROTO|source [SECONDS]: fuzzes one target of the list under ASan and
# UBSan, from its goldens' payloads and the inputs in tests/fuzz/corpus. What is
# found stays in build-fuzz/PROTO; crashes are kept in tests/fuzz/corpus.
set -eu
proto=$1
seconds=${2:-120}
build=build-fuzz

if [ ! -f $build/build.ninja ]; then
	CC=clang-14 meson setup $build -Dfuzz=true -Db_lundef=false \
		-Db_sanitize=address,undefined \
		-Dc_args=-fsanitize=fuzzer-no-link >/dev/null
fi
ninja -C $build >/dev/null
corpus=$build/corpus/$proto
kept=tests/fuzz/corpus/$proto
mkdir -p "$corpus" "$kept"
if [ "$proto" = source ]; then
	find tests/golden -name '*.pcap*' ! -name '*.yaml' -size -8k \
		-exec cp {} "$corpus/" \;
else
	$build/tests/seeds "$proto" "$corpus" "tests/golden/$proto"/*.pcap*
fi
exec $build/tests/fuzz_"$proto" -max_total_time="$seconds" -timeout=10 \
	-max_len=65536 -rss_limit_mb=2048 -print_final_stats=1 \
	-artifact_prefix="$kept/" "$corpus" "$kept"
