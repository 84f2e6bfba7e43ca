#!/bin/sh
# SPDX-License-Identifier: ISC
# The main job on the example: eight lines, the table, and a dossier; the waves
# and the burn-down of a plan; what of a claim would come back; a page of it all.
set -eu
nameplate=$1
out=${2:-build/demo.dossier}

rm -f "$out"
"$nameplate" audit examples/operator -o "$out" --as-of 2026-11-23
echo
echo "dossier written: $out"
echo
echo "in which order it would be taken out (docs/plan.md):"
"$nameplate" plan "$out" --plan examples/operator/plan.yaml \
	--costs examples/operator/costs.csv
echo
echo "what of the claims would come back (docs/fund.md):"
"$nameplate" fund "$out" --lint --claims examples/operator/claims.csv \
	--invoices examples/operator/invoices.csv

page=${out%.dossier}.html
echo
if "$nameplate" report "$out" --as-of 2026-11-23 -o "$page"; then
	echo "to look at, in any browser: $page (docs/reading.md)"
fi
