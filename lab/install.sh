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

missing=
for p in $packages; do
	dpkg-query -W -f '${Status}\n' "$p" 2>/dev/null |
		grep -q '^install ok installed' || missing="$missing $p"
done
if [ -n "$missing" ]; then
	echo "lab: installing$missing"
	# shellcheck disable=SC2086
	"$lab/../tools/apt.sh" $missing
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
