#!/bin/sh
# SPDX-License-Identifier: ISC
# Writes the manual page: the list of protocols is the program's own.
#
#	tools/manual.sh NAMEPLATE IN OUT
set -eu
nameplate=$1
version=$("$nameplate" --version | sed 's/^nameplate //')
{
	# Name, grade, heard, title, below two lines of heading; documents and
	# packings follow behind an empty line.
	"$nameplate" protocols | sed '1,2d; /^$/,$d'
	echo .
	cat "$2"
} | awk -v version="$version" '
	!manual && $0 == "." { manual = 1; next }
	!manual {
		name = $1
		sub(/^[^ ]+ +[^ ]+ +[^ ]+ +/, "")
		list = list ".TP\n.B " name "\n" $0 "\n"
		next
	}
	/^@PROTOCOLS@$/ { printf "%s", list; next }
	{ sub(/@VERSION@/, version); print }
' >"$3"
