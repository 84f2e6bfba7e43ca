#!/bin/sh
# Install the Debian packages that the laboratory's daemons come from. May be
# run again; says what it does; asks nothing. No daemon is started or left to
# start at boot: the laboratory runs them itself, in namespaces.

set -eu
packages='
avahi-daemon busybox curl dibbler-relay dnsmasq-base dropbear-bin ethtool
freediameter-extensions freediameterd freeradius freeradius-utils frr
hostapd
inetutils-telnet iproute2 iputils-arping iputils-ping isc-dhcp-client kamailio
kea-dhcp4-server kea-dhcp6-server keepalived libauthen-tacacsplus-perl libnginx-mod-http-headers-more-filter
libusrsctp2 linuxptp lldpd minidlna ndisc6 netconfd nghttp2-client
nghttp2-server nginx-light openssh-client openssh-server openssl
openvswitch-switch openvswitch-testcontroller osmo-bsc osmo-ggsn osmo-mgw
pmacct ppp pppoe pptp-linux pptpd procps python3 python3-aiosmtpd python3-ntp
radvd sip-tester snmp snmpd snmpsim snmptrapd strongswan-charon strongswan-starter
tcpdump tshark vsftpd wpasupplicant wsdd xl2tpd'
unpacked='inetutils-telnetd ntpsec chrony'
lab=$(cd "$(dirname "$0")" && pwd)
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo

missing=
for p in $packages; do
	dpkg-query -W -f '${Status}\n' "$p" 2>/dev/null |
		grep -q '^install ok installed' || missing="$missing $p"
done
if [ -n "$missing" ]; then
	echo "lab: installing$missing"
	policy=/usr/sbin/policy-rc.d
	ours=
	if [ ! -e $policy ]; then
		printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy >/dev/null
		$as_root chmod 755 $policy
		ours=1
		trap '$as_root rm -f $policy' EXIT
	fi
	$as_root apt-get update -qq
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
		--no-install-recommends $missing >/dev/null
	[ -z "$ours" ] || $as_root rm -f $policy
	if [ -d /run/systemd/system ]; then
		for p in $missing; do
			dpkg -L "$p" | sed -n 's,.*/systemd/system/\([^/@]*\.service\)$,\1,p'
		done | sort -u | xargs -r $as_root systemctl disable --quiet || :
	fi
else
	echo 'lab: every package is there'
fi

# A telnet server must not become a service of this machine, and time daemons
# would push out each other and the machine's own: these are unpacked beside the
# laboratory and not installed.
for p in $unpacked; do
	[ -d "$lab/.tools/$p" ] && continue
	echo "lab: unpacking $p"
	mkdir -p "$lab/.tools/$p"
	(
		cd "$lab/.tools"
		apt-get download -qq "$p"
		dpkg -x "$p"_*.deb "$p"
		rm -f "$p"_*.deb
	)
done
