#!/bin/sh
# SPDX-License-Identifier: ISC
# valgrind.sh BUILD: unit tests, goldens and the verbs under memcheck; any
# error or definite leak fails. What confines itself is left out: a process
# that may make no new code cannot run under an emulator, and the decoders are
# run in the goldens without it.
set -eu
build=$1
scratch=$(mktemp -d)
trap 'rm -r "$scratch"' EXIT INT TERM
check="valgrind --quiet --error-exitcode=99 --leak-check=full \
	--errors-for-leak-kinds=definite --show-leak-kinds=definite \
	--child-silent-after-fork=yes"
bad=0

run() {
	# Only memcheck's verdict counts: a test may fail for its own reasons
	# elsewhere.
	rc=0
	$check "$@" >"$scratch/out" 2>&1 || rc=$?
	if [ $rc -eq 99 ]; then
		echo "FOUND  $*"
		cat "$scratch/out"
		bad=1
	elif [ $rc -gt 1 ]; then
		echo "FAILED $* (exit $rc)"
		tail -5 "$scratch/out"
		bad=1
	else
		echo "clean  $*"
	fi
}

for t in "$build"/tests/test_*; do
	case $t in
	*.p | *_confine | *_listen | *_source_ahead | *_two_threads) ;;
	*_match) ;; # both engines run code of their own making: not followed
	*) run "$t" ;;
	esac
done
for p in tests/golden/*/; do
	run "$build/tests/golden" --check tests/golden "$(basename "$p")"
done
run "$build/tests/prop_fold" 2
"$build/nameplate" audit examples/operator -o "$scratch/x.dossier" \
	--party examples/operator/operator.yaml --as-of 2026-11-23 >/dev/null
run "$build/nameplate" report "$scratch/x.dossier" --jsonl
for form in csv geojson cyclonedx prometheus dot; do
	run "$build/nameplate" report "$scratch/x.dossier" --$form
done
run "$build/nameplate" report "$scratch/x.dossier" --netbox "$scratch/netbox"
run "$build/nameplate" report "$scratch/x.dossier" --servicenow "$scratch/now"
# Pages want the front end, which a build without node has not.
if grep -q np:packs "$build/web/shell.html" 2>/dev/null; then
	run "$build/nameplate" report "$scratch/x.dossier" -o "$scratch/x.html"
fi
run "$build/nameplate" plan "$scratch/x.dossier" --json \
	--plan examples/operator/plan.yaml --costs examples/operator/costs.csv
run "$build/nameplate" plan "$scratch/x.dossier" --no-keep \
	--actual "$scratch/x.dossier"
run "$build/nameplate" fund --programmes
run "$build/nameplate" fund "$scratch/x.dossier" --lint \
	--claims examples/operator/claims.csv \
	--invoices examples/operator/invoices.csv
for form in us-fcc-5640 neutral progress extension; do
	run "$build/nameplate" fund "$scratch/x.dossier" --template $form \
		-o "$scratch/$form.xlsx"
done
run "$build/nameplate" policy list
run "$build/nameplate" protocols
run "$build/nameplate" makers
exit $bad
