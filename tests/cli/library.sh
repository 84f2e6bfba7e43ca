#!/bin/sh
# SPDX-License-Identifier: ISC
# The library: library.sh WHOSE LIBRARY. The header's program runs and says the
# same as the program that is shown there; the library exports np_ names alone.
set -u
whose=$1
library=$2
n=0 bad=0

ok() # ok RESULT NAME
{
	n=$((n + 1))
	[ "$1" = 0 ] && echo "ok $n - $2" && return
	bad=1
	echo "not ok $n - $2"
}

"$whose" examples/operator/JP-1 | grep -q '^confirmed huawei$'
ok $? 'the program of the header names a box'

# The comment's lines without " *" and one tab are the file's behind its head.
sed -n '/^ \*	#include <nameplate/,/^ \*	}$/s/^ \*	\{0,1\}//p' \
	include/nameplate.h >/tmp/np-header.$$
sed 1d examples/library/whose.c | cmp -s - /tmp/np-header.$$
ok $? 'it is the one that the header shows'
rm -f /tmp/np-header.$$

names=$(nm -g --defined-only "$library" 2>/dev/null | awk 'NF == 3 { print $3 }')
echo "$names" | grep -q '^np_audit_run$' && ! echo "$names" | grep -qv '^np_'
ok $? 'np_ is exported, and nothing else'
echo "1..$n"
exit $bad
