#!/bin/sh
# SPDX-License-Identifier: ISC
# The library: library.sh WHOSE LIBRARY BUILD. The header's program runs and
# says the same as the program that is shown there; the library exports np_ names
# alone; what is installed is enough to build that program with pkg-config.
set -u
whose=$1
library=$2
build=$3
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
# As `make install` does it, into a folder of its own.
to=$(mktemp -d) || exit 1
trap 'rm -rf "$to"' EXIT
DESTDIR=$to meson install -C "$build" --no-rebuild >"$to/log" 2>&1
ok $? 'it installs'
pc=$(find "$to" -name nameplate.pc)
prefix=$to$(sed -n 's/^prefix=//p' "$pc" 2>/dev/null)
[ -x "$prefix/bin/nameplate" ] && [ -f "$prefix/include/nameplate.h" ]
ok $? 'the program and the header are there'
grep -q '^\.TH ' "$prefix/share/man/man1/nameplate.1"
ok $? 'the manual page is there'
"$prefix/bin/nameplate" protocols 2>/dev/null | grep -q lldp
ok $? 'the program runs where it is installed'

if nm "$library" 2>/dev/null | grep -q ' U __[atu][bs]*san_'; then
	echo "ok $((n + 1)) # SKIP a sanitizer is in the library"
	n=$((n + 1))
else
	export PKG_CONFIG_SYSROOT_DIR="$to"
	export PKG_CONFIG_PATH="${pc%/*}"
	# The flags are words.
	# shellcheck disable=SC2046
	${CC:-cc} -o "$to/whose" examples/library/whose.c \
		$(pkg-config --cflags --libs nameplate) >"$to/log" 2>&1 &&
		"$to/whose" examples/operator/JP-1 |
		grep -q '^confirmed huawei$'
	ok $? 'pkg-config is enough to build against it'
	[ $bad = 0 ] || sed 's/^/# /' "$to/log" | head -n 20
fi
echo "1..$n"
exit $bad
