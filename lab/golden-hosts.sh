# Golden captures of hosts and of management.

# lease NAME MAC OPTION...: udhcpc gets an address from dnsmasq; everything it
# says comes from the options (-V class, -x option).
lease()
{
	box dev obs
	name dev ''
	wire dev eth0 "$1" obs eth0 02:4c:41:28:00:fa
	addr obs eth0 10.40.0.1/24
	tap obs eth0 'udp port 67 or udp port 68'
	daemon obs dnsmasq -k -C /dev/null -p 0 -i eth0 --bind-interfaces \
		--dhcp-leasefile="$tmp/leases" --dhcp-authoritative --no-ping \
		--dhcp-range=10.40.0.10,10.40.0.99,1h --pid-file= \
		--dhcp-option-force=option:router,10.40.0.1
	sleep 0.4
	limit=8 run dev busybox udhcpc -i eth0 -n -q -t 3 -s /bin/true "${@:2}"
}

opt() { printf '0x%02x:%s' "$1" "$2"; }

golden_dhcp__oru_fujitsu() { lease 00:00:0e:40:00:01 \
	-V o-ran-ru2/FJ/44R26-N25N66-DC/A2299900001
	done_ 'udhcpc as an O-RAN radio unit: option 60 of the O-RAN form.'; }

golden_dhcp__oru_other() { lease 02:4c:41:40:00:02 -C -V o-ran-ru2/Benetel
	done_ 'Option 60 of the O-RAN form without product and serial; no client
	identifier.'; }

golden_dhcp__phone() { lease 00:3d:e1:40:00:03 -V HUAWEI:android:ELE \
	-x hostname:HUAWEI_P30-1a2b3c4d5e
	done_ 'A handset: option 60 and a host name that holds a model.'; }

golden_dhcp__access_point() { lease 00:25:9e:40:00:04 -V 'huawei AP' \
	-x hostname:AP-lobby -x "$(opt 77 06$(hex office))"
	done_ 'An access point: option 60, host name and user class (77).'; }

golden_dhcp__modem() { lease 44:f4:36:40:00:05 -V docsis3.0:05 -x hostname:cm5 \
	-x "$(opt 43 "0203$(hex ECM)0408$(hex 12345678)0502$(hex 1A)0605$(hex \
	V1.20)0806$(hex 44F436)0904$(hex CM30)0a03$(hex ZTE)")"
	done_ 'A cable modem: option 43 with serial number, hardware and
	software version, OUI, model and vendor.'; }

golden_dhcp__gateway() { lease 00:e0:fc:40:00:06 -V dslforum.org \
	-x "$(opt 61 00$(hex 48575443A1B2C3D4))" \
	-x "$(opt 124 000007db06$(hex HG8245))" \
	-x "$(opt 125 00000de9200106$(hex 00259E)020a$(hex 4857544301)030a$(hex \
	HG8245H-01))"
	done_ 'A home gateway: client identifier in text, option 124 (vendor
	2011), option 125 (Broadband Forum: OUI, serial number, product
	class).'; }

golden_dhcp__vendor_zte() { lease 00:d0:d0:40:00:07 -V ZTE-F660 \
	-x "$(opt 124 00000f3e04$(hex F660))" \
	-x "$(opt 125 00000f3e040102$(hex V2))"
	done_ 'Options 124 and 125 with enterprise number 3902.'; }

# Option 82 as five makers' nodes write it: the client sends what the node on
# the way would insert.
agent_option() { lease "$1" -V test -x "$(opt 82 \
	"01$(printf %02x $((${#2} / 2)))$2${3:+02$(printf %02x $((${#3} / \
	2)))$3}")"; }

golden_dhcp__relay_huawei_default()
{
	agent_option 02:4c:41:40:00:10 \
		"$(hex 'GigabitEthernet0/0/1:100.200 CORE-SW-1/0/0/0/0/0')" \
		286ed4300001
	done_ 'Option 82 as an S-series switch writes it by default: circuit in
	text, remote identifier its MAC in six octets.'
}

golden_dhcp__relay_huawei_extend()
{
	agent_option 02:4c:41:40:00:11 00040064002a00010001 0006286ed4300001
	done_ 'Option 82 in binary ("extend"): VLANs, slot and port; MAC with
	type and length.'
}

golden_dhcp__relay_huawei_common()
{
	agent_option 02:4c:41:40:00:12 \
		"$(hex 'eth 0/1/3:101.0 OLT-5/0/0/0/0/0')" "$(hex 286ed4300002)"
	done_ 'Option 82, "common": the remote identifier is a MAC in text.'
}

golden_dhcp__relay_tr101()
{
	agent_option 02:4c:41:40:00:13 "$(hex 'ELL-OLT-01 atm 3/17:8.35')" \
		"$(hex 48575443A1B2C3D4)"
	done_ 'Option 82 in the form of TR-101, the remote identifier a GPON
	serial number in text.'
}

golden_dhcp__relayed()
{
	box dev relay server
	name dev ''
	wire dev eth0 02:4c:41:40:00:20 relay eth0 28:6e:d4:40:00:20
	wire relay eth1 28:6e:d4:40:00:21 server eth0 02:4c:41:40:00:21
	addr relay eth0 10.40.1.1/24
	addr relay eth1 10.40.2.1/24
	addr server eth0 10.40.2.2/24
	sys relay net.ipv4.ip_forward=1
	route server 10.40.1.0/24 via 10.40.2.1
	tap server eth0 'udp port 67 or udp port 68'
	daemon relay dnsmasq -k -C /dev/null -p 0 --pid-file= \
		--dhcp-relay=10.40.1.1,10.40.2.2
	daemon server dnsmasq -k -C /dev/null -p 0 -i eth0 --bind-interfaces \
		--dhcp-leasefile="$tmp/leases" --dhcp-authoritative --no-ping \
		--dhcp-range=10.40.1.10,10.40.1.99,255.255.255.0,1h --pid-file=
	sleep 0.5
	cat >"$tmp/dhclient.conf" <<-'E'
	send host-name "ap-17";
	send vendor-class-identifier "Cisco AP c3702";
	send user-class "lab";
	E
	limit=6 run dev dhclient -4 -d -1 -cf "$tmp/dhclient.conf" \
		-sf /bin/true -lf "$tmp/client.leases" \
		-pf "$tmp/dhclient.pid" eth0
	done_ "dnsmasq relays: the gateway address is the relay's. The client is
	ISC's, with host name, class and user class."
}

# six LINE...: dhclient's DHCPv6 against dnsmasq.
six()
{
	box dev obs
	name dev ''
	wire dev eth0 "$1" obs eth0 02:4c:41:41:00:fa
	net6 dev eth0
	net6 obs eth0 2001:db8:41::1/64
	tap obs eth0 'udp port 546 or udp port 547'
	daemon obs dnsmasq -k -C /dev/null -p 0 -i eth0 --bind-interfaces \
		--dhcp-leasefile="$tmp/leases" --no-ping --pid-file= \
		--dhcp-range=2001:db8:41::100,2001:db8:41::1ff,1h
	sleep 0.5
	client6 dev eth0 "${@:2}"
}

class6='option dhcp6.np-class code 16 = string;'
vendor6='option dhcp6.np-vendor code 17 = string;'

# bytes HEX: as ISC's configuration writes them.
bytes() { printf '%s' "$1" | sed 's/../&:/g; s/:$//'; }

text16() { printf '%04x%s' ${#1} "$(hex "$1")"; }

golden_dhcpv6__oru() { six 00:00:0e:41:00:01 "$class6" "send dhcp6.np-class \
$(bytes "0000cf9c$(text16 o-ran-ru2/FJ/44R26-N25N66-DC/A2299900002)");"
	done_ "ISC's client as an O-RAN radio unit: vendor class of enterprise
	53148; DUID of type LL."; }

golden_dhcpv6__gateway() { duid='-D LLT' six 00:e0:fc:41:00:02 "$class6" \
	"$vendor6" "send dhcp6.np-class $(bytes "000007db$(text16 HG8245H)");" \
	"send dhcp6.np-vendor $(bytes 000007db00010006001e10a1b2c3);"
	done_ 'Vendor class and vendor options of enterprise 2011; DUID of type
	LLT.'; }

golden_dhcpv6__modem() { duid='-D LL' six 44:f4:36:41:00:03 "$class6" \
	"$vendor6" "send dhcp6.np-class $(bytes "0000118b$(text16 docsis3.0)");" \
	"send dhcp6.np-vendor $(bytes "0000118b00020003$(hex ECM)00040008$(hex \
	12345678)0009$(text16 CM30)000a$(text16 ZTE)");"
	done_ 'A cable modem: vendor class and options of enterprise 4491
	(CableLabs).'; }

golden_dhcpv6__duid_enterprise() { duid= \
	lease='default-duid "\000\002\000\000\017\076\001\002\003\004";' \
	six 00:d0:d0:41:00:04
	done_ 'A client whose DUID is of type EN with enterprise number 3902.'; }

golden_dhcpv6__duid_uuid() { duid= lease="default-duid \"\\000\\004$(
	printf '\\%s' 101 102 103 104 105 106 107 110 111 112 113 114 115 116 \
	117 120)\";" six 00:18:82:41:00:05
	done_ 'A client whose DUID is a UUID.'; }

# through MAC REMOTE-ID: client, dibbler's relay, server; the tap behind the
# relay.
through()
{
	box dev relay server
	name dev ''
	wire dev eth0 02:4c:41:41:10:01 relay eth0 "${1%:*}:01"
	wire relay eth1 "${1%:*}:02" server eth0 02:4c:41:41:10:02
	net6 dev eth0
	net6 relay eth0 2001:db8:41:1::1/64
	net6 relay eth1 2001:db8:41:2::1/64
	net6 server eth0 2001:db8:41:2::2/64
	route server 2001:db8:41:1::/64 via 2001:db8:41:2::1
	relay6 relay eth0 eth1 2001:db8:41:2::2 "$2"
	tap server eth0 'udp port 547'
	daemon server dnsmasq -k -C /dev/null -p 0 -i eth0 --bind-interfaces \
		--dhcp-leasefile="$tmp/leases" --no-ping --pid-file= \
		--dhcp-range=2001:db8:41:1::100,2001:db8:41:1::1ff,1h
	sleep 0.5
	client6 dev eth0
	done_ "dibbler's relay adds interface-id and remote-id; the enterprise
	number of the latter is the relay's maker."
}

golden_dhcpv6__relay_huawei() { through 00:e0:fc:41:10:00 2011-0x4f4c542d31; }

golden_dhcpv6__relay_zte() { through 44:f4:36:41:11:00 3902-0x4f4c542d32; }

golden_dhcpv6__relay_nokia() { through 00:05:85:41:12:00 6527-0x4f4c542d33; }

golden_dhcpv6__relay_nested()
{
	local inner outer head
	inner=01a1b2c30001000a00030001024c41411002
	inner+=0010001c0000cf9c$(text16 o-ran-ru2/ACME/QR1/SN1)
	head=0c0020010db8004100030000000000000001
	head+=fe80000000000000004c41fffe410002
	head+=00250007000007db636964
	inner=$head$(printf '0009%04x%s' $((${#inner} / 2)) $inner)
	outer=0c0120010db8004100040000000000000001
	outer+=fe8000000000000002e0fcfffe411301
	outer+=0025000800000f3e4f4c5434
	outer+=0035000a000200000f3e01020304
	outer+=$(printf '0009%04x%s' $((${#inner} / 2)) $inner)
	written 'Two relays one in the other: the outer of enterprise 3902 with
	a relay identifier, the inner of 2011, inside a client with a class of
	53148.' "$(udp6 44f436411300 024c41411302 \
		20010db8004100050000000000000001 \
		20010db8004100050000000000000002 547 547 $outer)"
}

# agent_ NAME MAC NET TEXT OID LINE...: a box with an agent, the tap open.
agent_()
{
	pair "$1" "$2" "$3"
	agent dev "$3.1" "${@:4}"
	tap obs eth0 'udp port 161 or udp port 162'
	sleep 0.8
	ip=$3.1
}

location='row 3, rack 7'

golden_snmp__v2c_router()
{
	agent_ NE40E-1 00:e0:fc:42:00:01 10.42.1 \
'Huawei Versatile Routing Platform Software
VRP (R) software, Version 5.160 (NE40E V600R008C10SPC300)
Copyright (C) 2000-2014 Huawei Technologies Co., Ltd.
HUAWEI NE40E-X8' .1.3.6.1.4.1.2011.2.62.2.9 "$(entity 16777216 3 Huawei \
		CR5P08BASA73 2102113556D0H3000012)" "$(entity 16846849 9 FS \
		SFP-10G-LR F1910123456)"
	walk obs $ip $system .1.3.6.1.2.1.1.6.0
	local t=.1.3.6.1.2.1.47.1.1.1.1 n
	for n in 16777216 16846849; do
		run obs env MIBS= SNMP_PERSISTENT_DIR="$tmp" snmpget -v2c \
			-c public $ip $t.5.$n $t.12.$n $t.13.$n $t.11.$n
	done
	done_ 'snmpd, version 2c: system group one object at a time, then the
	entity table: the chassis (class 3) and a module of another maker.'
}

golden_snmp__v1_dslam()
{
	location='cabinet 12' agent_ DSLAM-2 00:d0:d0:42:00:02 10.42.2 \
		'ZTE ACCESS NODE AGENT' .1.3.6.1.4.1.3902.1004.9806.22.1.1.1
	snmp='-v1 -c public' walk obs $ip $system .1.3.6.1.2.1.1.6.0
	snmp='-v1 -c public' walk obs $ip .1.3.6.1.4.1.2011.5.25.1.1.0
	done_ 'Version 1; the last answer is an error (noSuchName) that repeats
	the name that was asked for.'
}

golden_snmp__walk_olt()
{
	location='' agent_ C320-3 44:f4:36:42:00:03 10.42.3 \
'C320 Version V2.1.0 Software, Copyright (c) by ZTE Corporation Compiled' \
		.1.3.6.1.4.1.3902.1082.1001.320.2.1
	limit=5 run obs env MIBS= SNMP_PERSISTENT_DIR="$tmp" snmpbulkget -v2c \
		-c public -Cn0 -Cr7 $ip .1.3.6.1.2.1.1
	limit=5 run obs env MIBS= SNMP_PERSISTENT_DIR="$tmp" snmpgetnext -v2c \
		-c public $ip .1.3.6.1.2.1.1.1 .1.3.6.1.2.1.1.4 .1.3.6.1.2.1.1.5
	done_ 'A bulk request and a get-next with several objects in one
	answer.'
}

golden_snmp__absent()
{
	agent_ host-4 02:4c:41:42:00:04 10.42.4 '' .1.3.6.1.4.1.8072.3.2.10
	walk obs $ip .1.3.6.1.2.1.1.2.0 .1.3.6.1.4.1.2011.5.25.31.1.1.1.1.5.9 \
		.1.3.6.1.4.1.3902.1015.2.1.1
	run obs env MIBS= SNMP_PERSISTENT_DIR="$tmp" snmpset -v2c -c public \
		$ip .1.3.6.1.4.1.2011.5.25.1.1.0 i 1
	done_ "Trap of direction: an agent of net-snmp is asked for Huawei's and
	ZTE's objects and says noSuchObject; a set is refused. The names in its
	answers are the manager's."
}

golden_snmp__only_questions()
{
	pair host-5 02:4c:41:42:00:05 10.42.5
	tap obs eth0 'udp port 161'
	walk obs 10.42.5.1 .1.3.6.1.4.1.2011.6.3.4.1.2.0 .1.3.6.1.4.1.3902.3.2.0
	done_ 'A manager asks and nobody answers.'
}

golden_snmp__trap_v1()
{
	local n=0 e
	pair NMS-6 00:e0:fc:42:00:06 10.42.6
	tap obs eth0 'udp port 162'
	for e in 2011.5.25.129 3902.3.100.20 25506.8.35.18 9.1.1208; do
		n=$((n + 1))
		run dev env MIBS= SNMP_PERSISTENT_DIR="$tmp" snmptrap -v1 \
			-c public 10.42.6.250 .1.3.6.1.4.1.$e 10.42.6.1 6 $n \
			4711 .1.3.6.1.2.1.1.5.0 s "NE-$n"
	done
	done_ 'snmptrap, version 1: the enterprise of four makers.'
}

golden_snmp__trap_v2c()
{
	pair NE-7 00:25:9e:42:00:07 10.42.7
	tap obs eth0 'udp port 162'
	run dev env MIBS= SNMP_PERSISTENT_DIR="$tmp" snmptrap -v2c -c public \
		10.42.7.250 4711 .1.3.6.1.4.1.2011.5.25.219.2.6.4 \
		.1.3.6.1.4.1.2011.5.25.219.1.1.0 i 3 \
		.1.3.6.1.2.1.1.5.0 s NE-7
	run dev env MIBS= SNMP_PERSISTENT_DIR="$tmp" snmptrap -v2c -c public \
		10.42.7.250 4712 .1.3.6.1.6.3.1.1.5.3 \
		.1.3.6.1.2.1.2.2.1.1.7 i 7 \
		.1.3.6.1.6.3.1.1.4.3.0 o .1.3.6.1.4.1.3902.3.100.20
	done_ 'Version 2c traps: one of an enterprise, one generic (linkDown)
	with snmpTrapEnterprise.'
}

golden_snmp__inform()
{
	pair NE-8 44:f4:36:42:00:08 10.42.8
	printf 'disableAuthorization yes\nsnmpTrapdAddr udp:162\n' \
		>"$tmp/trapd.conf"
	mkdir -p "$tmp/state.obs"
	daemon obs env MIBS= SNMP_PERSISTENT_DIR="$tmp/state.obs" snmptrapd -f \
		-Le -C -c "$tmp/trapd.conf" -On
	tap obs eth0 'udp port 162'
	sleep 1
	run dev env MIBS= SNMP_PERSISTENT_DIR="$tmp" snmpinform -v2c \
		-c public 10.42.8.250 4713 .1.3.6.1.4.1.3902.3.2.1.1 \
		.1.3.6.1.2.1.1.5.0 s NE-8 .1.3.6.1.2.1.1.2.0 o \
		.1.3.6.1.4.1.3902.3.100.14
	done_ "Version 2c inform and snmptrapd's answer, which repeats the
	variables and says nothing about the manager."
}

golden_snmp__v3_discovery()
{
	local n=0 e
	box obs
	for e in 800007db0300e0fc420901 80000f3e0344f436420902 \
		800063a203000fe2420903 8000000903 80001f8804$(hex host-5); do
		n=$((n + 1))
		[ $e = 8000000903 ] && e=80000009030017$(printf 5a4209%02x $n)
		box dev$n
		wire dev$n eth0 02:4c:41:42:09:0$n obs eth$n 02:4c:41:42:0a:0$n
		addr dev$n eth0 10.42.1$n.1/24
		addr obs eth$n 10.42.1$n.250/24
		agent dev$n 10.42.1$n.1 '' .1.3.6.1.4.1.8072.3.2.10 \
			"exactEngineID 0x$e"
	done
	tap obs any 'udp port 161' -y LINUX_SLL2
	sleep 1
	for n in 1 2 3 4 5; do
		run obs env MIBS= SNMP_PERSISTENT_DIR="$tmp" snmpget -r 0 -v3 \
			-l noAuthNoPriv -u probe 10.42.1$n.1 .1.3.6.1.2.1.1.1.0
	done
	done_ 'Version 3 discovery of five agents: the REPORT carries the engine
	identifier (Huawei, ZTE, H3C and Cisco with a MAC, net-snmp with text).'
}

golden_snmp__v3_private()
{
	local state
	pair NE-10 00:18:82:42:00:10 10.42.10
	printf 'createUser op SHA "%s" AES "%s"\n' longpassword longsecret9 \
		>"$tmp/v3"
	agent dev 10.42.10.1 'Huawei Optix RTN V100R011C00SPC200' \
		.1.3.6.1.4.1.2011.2.25.1 \
		'exactEngineID 0x800007db03001882420010' 'rouser op' \
		"$(cat "$tmp/v3")"
	tap obs eth0 'udp port 161'
	sleep 1
	snmp='-v3 -l authPriv -u op -a SHA -A longpassword -x AES -X longsecret9'
	snmp=$snmp walk obs 10.42.10.1 .1.3.6.1.2.1.1.1.0
	done_ 'Version 3 with authentication and privacy: the engine identifier
	stays readable, the rest does not. The question to the agent carries
	the identifier of the agent too (trap of direction).'
}

golden_snmp__v3_trap()
{
	pair NE-11 00:d0:d0:42:00:11 10.42.11
	tap obs eth0 'udp port 162'
	run dev env MIBS= SNMP_PERSISTENT_DIR="$tmp" snmptrap -v3 \
		-e 0x80000f3e0300d0d0420011 -u op -l noAuthNoPriv \
		10.42.11.250 4714 .1.3.6.1.4.1.3902.3.2.1.2 \
		.1.3.6.1.2.1.1.5.0 s NE-11
	done_ 'Version 3 trap: the engine identifier is the sender'"'"'s.'
}

golden_snmp__comware()
{
	location='floor 2' agent_ H3C-12 00:0f:e2:42:00:12 10.42.12 \
'H3C Comware Platform Software, Software Version 7.1.070, Release 6628P47
H3C S6520X-30HF-EI
Copyright (c) 2004-2023 New H3C Technologies Co., Ltd.' \
		.1.3.6.1.4.1.25506.1.2190
	walk obs $ip $system .1.3.6.1.2.1.1.6.0
	done_ 'An H3C switch of today.'
}

golden_snmp__ipv6()
{
	pair YS-13 28:6e:d4:42:00:13 10.42.13
	net6 dev eth0 2001:db8:42::1/64
	net6 obs eth0 2001:db8:42::250/64
	agent dev 10.42.13.1 'Huawei YunShan OS
Version 1.24.0.1 (S6700 V600R024C00SPC100)
Copyright (C) 2021-2024 Huawei Technologies Co., Ltd.
HUAWEI CloudEngine S6750-H' .1.3.6.1.4.1.2011.2.23.1247 \
		'agentAddress udp6:161' 'rocommunity6 public'
	sed -i '1d' "$tmp/snmpd.dev.conf"
	stop "$last_pid"
	daemon dev env SNMP_PERSISTENT_DIR="$tmp/state.dev" MIBS= snmpd -f \
		-Le -C -c "$tmp/snmpd.dev.conf"
	tap obs eth0 'udp port 161'
	sleep 1
	walk obs 'udp6:[2001:db8:42::1]' $system
	done_ 'Over IPv6.'
}

# kea FAMILY SUBNET POOL [OPTION]: Kea's server on obs's eth0, leases in memory.
kea()
{
	cat >"$tmp/kea.conf" <<-C
	{"Dhcp$1": {
	  "interfaces-config": {"interfaces": ["eth0"]},
	  "lease-database": {"type": "memfile", "persist": false},
	  "valid-lifetime": 3600,
	  "subnet$1": [{"subnet": "$2", "interface": "eth0",
	    "pools": [{"pool": "$3"}]}],
	  "option-data": [$4]$([ "$1" = 4 ] || printf ', "%s": "%s"' \
		data-directory "$tmp")
	}}
	C
	daemon obs env KEA_PIDFILE_DIR="$tmp" KEA_LOCKFILE_DIR="$tmp" \
		"kea-dhcp$1" -c "$tmp/kea.conf"
	sleep 2
}

golden_dhcp__kea()
{
	box dev obs
	name dev ''
	wire dev eth0 44:f4:36:40:00:30 obs eth0 02:4c:41:28:00:fb
	addr obs eth0 10.40.3.1/24
	tap obs eth0 'udp port 67 or udp port 68'
	kea 4 10.40.3.0/24 '10.40.3.10 - 10.40.3.99' \
		'{"name": "routers", "data": "10.40.3.1"}'
	limit=8 run dev busybox udhcpc -i eth0 -n -q -t 3 -s /bin/true \
		-V ZTE-F660
	done_ "Kea's server, and udhcpc with option 60."
}

golden_dhcpv6__kea()
{
	box dev obs
	name dev ''
	wire dev eth0 00:e0:fc:41:00:30 obs eth0 02:4c:41:41:00:fb
	net6 dev eth0
	net6 obs eth0 2001:db8:41::1/64
	tap obs eth0 'udp port 546 or udp port 547'
	kea 6 2001:db8:41::/64 2001:db8:41::100-2001:db8:41::1ff \
		'{"name": "dns-servers", "data": "2001:db8:41::1"}'
	client6 dev eth0 "$class6" \
		"send dhcp6.np-class $(bytes "000007db$(text16 HG8245H)");"
	done_ "Kea's server, and ISC's client with a vendor class of enterprise
	2011."
}

# A walk of our own, told by snmpsim to whoever asks with community "olt".
golden_snmp__snmpsim()
{
	pair OLT-9 00:d0:d0:42:00:09 10.42.9
	mkdir -p "$tmp/walk" "$tmp/cache"
	printf '%s\n' '1.3.6.1.2.1.1.1.0|4|C320 Version V2.1.0 Software' \
		'1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.3902.1082.1001.320.2.1' \
		'1.3.6.1.2.1.1.5.0|4|OLT-9' >"$tmp/walk/olt.snmprec"
	chmod -R a+rwX "$tmp/walk" "$tmp/cache"
	daemon dev snmpsimd --data-dir="$tmp/walk" --cache-dir="$tmp/cache" \
		--agent-udpv4-endpoint=10.42.9.1:161 \
		--process-user=nobody --process-group=nogroup
	sleep 5
	tap obs eth0 'udp port 161'
	snmp='-v2c -c olt' walk obs 10.42.9.1 $system
	done_ 'snmpsim tells a walk written for it.'
}
