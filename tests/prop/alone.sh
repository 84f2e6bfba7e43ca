#!/bin/sh
# SPDX-License-Identifier: ISC
# alone.sh PROP_ALONE ROOT: the property over strings as the bench makes them.
set -eu
python3 "$2/bench/strings.py" "$2" 2000 7 | "$1"
