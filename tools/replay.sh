#!/bin/sh
# SPDX-License-Identifier: ISC
# replay.sh TARGET FOLDER: runs a fuzz target over every input that is kept.
set -eu
target=$1
set -- "$2"/*
[ -e "$1" ] || set --
exec "$target" "$@"
