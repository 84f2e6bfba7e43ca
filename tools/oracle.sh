#!/bin/sh
# SPDX-License-Identifier: ISC
# Holds what is read against tshark, field by field: oracle.sh NAMEPLATE
# [SHARED] [public|lab]. 77 (skipped) where the comparison is not at hand.
set -eu
nameplate=$1
shared=${NP_SHARED:-${2:-../shared}}
which=${3:-public lab}
compare=$shared/oracle/compare.py
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

if [ ! -f "$compare" ]; then
	echo "oracle: skipped, $shared/oracle is not there"
	exit 77
fi

for set in $which; do
	echo "oracle: $set"
	if [ "$set" = lab ]; then
		find tests/golden examples/operator -name '*.pcap' | sort \
			>"$out/list"
		python3 "$compare" --nameplate "$nameplate" --part 2 \
			--list "$out/list" --root . --diff "$out/$set.tsv" |
			tee "$out/$set.txt"
	else
		python3 "$compare" --nameplate "$nameplate" --part 2 \
			--list "$shared/corpus/pcap/list.txt" \
			--facts "$shared/corpus/pcap/tshark.jsonl" \
			--diff "$out/$set.tsv" | tee "$out/$set.txt"
	fi
	python3 tools/oracle-gate.py "$set" "$out/$set.txt" "$out/$set.tsv"
done
