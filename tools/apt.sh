#!/bin/sh
# SPDX-License-Identifier: ISC
# Installs Debian packages: apt.sh PACKAGE... Asks nothing; starts no daemon, and
# leaves none to start at boot. As root or through sudo.
set -eu

as_root=
if [ "$(id -u)" != 0 ]; then
	as_root=sudo
	command -v sudo >/dev/null || {
		echo "apt.sh: not root, and no sudo; as root, run" >&2
		echo "apt-get install --no-install-recommends $*" >&2
		exit 1
	}
fi
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
	# shellcheck disable=SC2064
	trap "$as_root rm -f $policy" EXIT
	printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy >/dev/null
	$as_root chmod 755 $policy
fi
$as_root apt-get update -qq
# Wireshark's capture helper would ask a question otherwise.
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	--no-install-recommends "$@" >/dev/null
if [ -d /run/systemd/system ]; then
	for p in "$@"; do
		dpkg -L "$p" |
			sed -n 's,.*/systemd/system/\([^/@]*\.service\)$,\1,p'
	done | sort -u | xargs -r $as_root systemctl disable --quiet || :
fi
