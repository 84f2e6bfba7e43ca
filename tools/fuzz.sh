#!/bin/sh
# SPDX-License-Identifier: ISC
# fuzz.sh TARGET [SECONDS]: fuzzes one target of the list under ASan and UBSan,
# from its goldens' payloads (or the seeds it has) and the inputs in
# tests/fuzz/corpus. TARGET is a protocol, source, source_KIND, wire, pipe,
# yaml, sighting, query, poll … or build, which only builds. What is met stays in
# build-fuzz/corpus; what is found is kept in tests/fuzz/corpus and replayed
# by `make test` from then on. NP_FUZZ_BUILT=1: is built already.
set -eu
target=$1
seconds=${2:-120}
build=build-fuzz

if [ ! -f $build/build.ninja ]; then
	tools/fetch-registries.sh $build/registries >/dev/null
	CC=clang-14 meson setup $build -Dfuzz=true -Db_lundef=false \
		-Db_sanitize=address,undefined >/dev/null
fi
[ "${NP_FUZZ_BUILT:-0}" = 1 ] || ninja -C $build >/dev/null
[ "$target" != build ] || exit 0
corpus=$build/corpus/$target
case $target in
source*) kept=tests/fuzz/corpus/source ;;
*) kept=tests/fuzz/corpus/$target ;;
esac
mkdir -p "$corpus" "$kept"
case $target in
source*)
	find tests/golden -name '*.pcap*' ! -name '*.yaml' -size -8k \
		-exec cp {} "$corpus/" \;
	;;
document_*)
	find "tests/document/${target#document_}" -type f ! -name '*.says' \
		! -name origin.md -size -64k -exec cp {} "$corpus/" \;
	;;
poll)
	cp tests/document/walk/*.snmprec "$corpus/"
	;;
wire | pipe | yaml | sighting | query)
	tests/fuzz/seeds_other.py "$target" "$corpus" $build/nameplate
	;;
*)
	for capture in "tests/golden/$target"/*.pcap*; do
		case $capture in
		*.yaml | *'*'*) ;;
		*) $build/tests/seeds "$target" "$corpus" "$capture" ;;
		esac
	done
	;;
esac
# UBSan only reports; a report is a finding.
UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export UBSAN_OPTIONS
program=$build/tests/fuzz_$target
[ -x "$program" ] || program=$build/tests/fuzz/fuzz_$target
exec "$program" -max_total_time="$seconds" -timeout=10 \
	-report_slow_units=1000 -max_len=65536 -rss_limit_mb=2048 \
	-print_final_stats=1 -artifact_prefix="$kept/" "$corpus" "$kept"
