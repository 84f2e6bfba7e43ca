#!/bin/sh
# SPDX-License-Identifier: ISC
# The main job on the example: eight lines, the table, and a dossier.
set -eu
nameplate=$1
out=${2:-build/demo.dossier}

rm -f "$out"
"$nameplate" audit examples/operator -o "$out" --as-of 2026-11-23
echo
echo "dossier written: $out"
echo
echo "what of the claims would come back (docs/fund.md):"
"$nameplate" fund "$out" --lint --claims examples/operator/claims.csv \
	--invoices examples/operator/invoices.csv
