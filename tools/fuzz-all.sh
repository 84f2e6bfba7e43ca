#!/bin/bash
# SPDX-License-Identifier: ISC
# fuzz-all.sh [-s SECONDS] [-l LONG] [-j JOBS] [-o LOG] [TARGET...]: every fuzz
# target of the list (the protocols of protos.def, the formats of sources.def and
# packs.def, the wire, the pipe, the files and lines that are read), JOBS at a
# time, SECONDS each, LONG for those that are deepest. One line a target in LOG:
# verdict, executions, seconds, edges covered, findings. Exit 1 on any finding,
# or when a target did not run. TARGETs limit it to some.
set -u

seconds=120 long=1200 jobs=1 log=build-fuzz/fuzz-all.tsv
while getopts s:l:j:o: option; do
	case $option in
	s) seconds=$OPTARG ;;
	l) long=$OPTARG ;;
	j) jobs=$OPTARG ;;
	o) log=$OPTARG ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
cd "$(dirname "$0")/.." || exit 2

# Issue 2: twenty minutes for these.
deep=" source_pcapng snmp tls dhcpv6 http "

one() {
	target=$1
	for_s=$seconds
	[[ $deep == *" $target "* ]] && for_s=$long
	out=build-fuzz/log/$target
	NP_FUZZ_BUILT=1 tools/fuzz.sh "$target" "$for_s" >"$out" 2>&1
	rc=$?
	ran=$(sed -n 's/^stat::number_of_executed_units: *//p' "$out")
	took=$(sed -n 's/^Done .* in \([0-9]*\) second.*/\1/p' "$out")
	edges=$(grep -o 'cov: [0-9]*' "$out" | tail -1 | cut -d' ' -f2)
	found=$(grep -Ec 'Test unit written to' "$out")
	verdict=clean
	if [ "$found" -gt 0 ]; then
		verdict=FOUND
	elif [ $rc -ne 0 ] || [ -z "$ran" ]; then
		verdict=FAILED
	fi
	printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$target" "$verdict" "${ran:-0}" \
		"${took:-?}" "${edges:-0}" "$found" >>"$log"
	printf '%-16s %-6s %12s runs %5s s %6s edges  %s found\n' "$target" \
		"$verdict" "${ran:-0}" "${took:-?}" "${edges:-0}" "$found"
}

nice tools/fuzz.sh build || exit 2
[ $# -gt 0 ] || mapfile -t all <build-fuzz/tests/fuzz/targets
[ $# -gt 0 ] && all=("$@")
mkdir -p build-fuzz/log "$(dirname "$log")"
printf 'target\tverdict\truns\tseconds\tedges\tfound\n' >"$log"
for target in "${all[@]}"; do
	[ -n "$target" ] || continue
	while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do
		wait -n
	done
	one "$target" &
done
wait
if grep -qE $'\t(FOUND|FAILED)\t' "$log"; then
	echo "findings, see $log and build-fuzz/log:"
	grep -E $'\t(FOUND|FAILED)\t' "$log"
	exit 1
fi
echo "$(($(wc -l <"$log") - 1)) targets, no finding ($log)"
