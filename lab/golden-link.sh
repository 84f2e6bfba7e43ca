# Golden captures, one function a case: golden_lldp__switch makes
# tests/golden/lldp/switch.pcap and the few lines beside it. This file: the link.

golden_arp__exchange()
{
	pair R1 00:e0:fc:10:20:01 10.20.1
	tap obs eth0 arp
	run obs arping -q -c 1 -I eth0 10.20.1.1
	run obs arping -q -c 1 -I eth0 10.20.1.77
	run dev arping -q -c 1 -A -I eth0 10.20.1.1
	run dev arping -q -c 1 -U -I eth0 10.20.1.1
	run obs arping -q -c 1 -D -I eth0 10.20.1.1
	done_ 'The kernel answers arping: a request and its reply, a request
	that nobody answers, gratuitous reply and request, a probe for a
	duplicate (sender address 0.0.0.0).'
}

golden_arp__proxy()
{
	pair R2 00:d0:d0:10:20:02 10.20.2
	sys dev net.ipv4.conf.eth0.proxy_arp=1 net.ipv4.ip_forward=1
	box far
	wire dev eth1 44:f4:36:10:20:03 far eth0 02:4c:41:14:03:01
	addr dev eth1 10.20.3.1/24
	addr far eth0 10.20.3.9/24
	route obs 10.20.3.0/24 dev eth0
	route far default via 10.20.3.1
	tap obs eth0 arp
	run obs ping -c 1 -W 2 10.20.3.9
	run obs ping -c 1 -W 2 10.20.2.1
	done_ 'A router answers for an address behind it (proxy ARP in the
	kernel): one MAC, two addresses.'
}

golden_arp__cooked()
{
	pair R3 28:6e:d4:10:20:04 10.20.4
	local b
	for b in 5 6; do
		box dev$b
		wire dev$b eth0 00:25:9e:10:20:0$b obs eth$b 02:4c:41:14:04:0$b
		addr dev$b eth0 10.20.$b.1/24
		addr obs eth$b 10.20.$b.250/24
	done
	tap obs any arp -y LINUX_SLL
	for b in 4 5 6; do
		run obs ping -c 1 -W 2 10.20.$b.1
	done
	done_ 'The same on the pseudo-interface "any": Linux cooked capture,
	version 1; three neighbours.'
}

golden_arp__cooked2()
{
	pair R3 28:6e:d4:10:20:04 10.20.4
	tap obs any arp -y LINUX_SLL2
	run obs ping -c 1 -W 2 10.20.4.1
	done_ 'Linux cooked capture, version 2.'
}

golden_nd__router()
{
	box dev obs
	wire dev eth0 00:e0:fc:21:00:01 obs eth0 02:4c:41:15:00:01
	tap obs eth0 icmp6
	net6 dev eth0 2001:db8:21::1/64
	printf 'interface eth0 { AdvSendAdvert on; MinRtrAdvInterval 3;
		MaxRtrAdvInterval 4;
		prefix 2001:db8:21::/64 { }; };\n' >"$tmp/radvd.conf"
	daemon dev radvd -n -C "$tmp/radvd.conf" -p "$tmp/radvd.pid"
	sleep 1
	net6 obs eth0 2001:db8:21::250/64
	run obs rdisc6 -1 -w 2000 eth0
	run obs ping -6 -c 1 -W 2 2001:db8:21::1
	run obs ping -6 -c 1 -W 2 fe80::2e0:fcff:fe21:1%eth0
	done_ 'radvd and the kernel: router solicitation and advertisement with
	source link-layer address, neighbour solicitation and advertisement,
	and link-local addresses made from the MAC (EUI-64).' --keep 24
}

golden_nd__neighbours()
{
	local b
	box obs
	for b in 1 2 3; do
		box dev$b
	done
	wire dev1 eth0 44:f4:36:22:00:01 obs eth1 02:4c:41:16:00:01
	net6 dev1 eth0 2001:db8:22::1/64
	net6 obs eth1 2001:db8:22::250/64
	tap obs eth1 icmp6
	run obs ping -6 -c 1 -W 2 2001:db8:22::1
	run dev1 ping -6 -c 1 -W 2 2001:db8:22::250
	run dev1 ndisc6 -1 -w 1000 2001:db8:22::77 eth0
	run dev1 ping -6 -c 1 -W 2 -I eth0 ff02::2
	done_ 'Neighbour solicitations both ways, one of them unanswered, and a
	ping whose source address carries a MAC (EUI-64).'
}

# lldp TEXT OPTION...: 3 seconds of one lldpd on dev's eth0.
heard()
{
	tap obs eth0 "${filter:-ether proto 0x88cc}"
	neighbour dev eth0 "$@"
	sleep "${wait:-2.5}"
}

golden_lldp__switch()
{
	pair CORE-SW-1 28:6e:d4:30:00:01 10.30.1
	port dev CORE-SW-1 GigabitEthernet0/0/24 \
		'HUAWEI, Quidway Series, GigabitEthernet0/0/24 Interface' \
'configure lldp custom-tlv oui 00,80,c2 subtype 1 oui-info 00,65' \
'configure lldp custom-tlv add oui 00,80,c2 subtype 3 oui-info 00,65,05,6d,67,6d,74,31' \
'configure lldp custom-tlv add oui 00,80,c2 subtype 7 oui-info 01,00,00,00,00' \
'configure lldp custom-tlv add oui 00,12,0f subtype 4 oui-info 24,00' \
		'configure system capabilities enabled bridge,router'
	heard "Huawei Switch S6730-S24X6Q
Huawei Versatile Routing Platform Software
VRP (R) software, Version 5.170 (S6730 V200R022C00SPC500)
Copyright (C) 2000-2022 HUAWEI TECH Co., Ltd." -m 10.30.1.1
	done_ 'lldpd as a switch: every mandatory TLV, management address,
	802.1 (PVID, VLAN name, aggregation) and 802.3 (MAC/PHY, frame size)
	TLVs.'
}

golden_lldp__access_point()
{
	pair AP-7 44:f4:36:30:00:02 10.30.2
	net6 dev eth0 2001:db8:30:2::1/64
	port dev AP-7 GE0/0/0 'HUAWEI, AP Series, GigabitEthernet0/0/0 Interface' \
		'configure system capabilities enabled wlan,bridge'
	heard 'Huawei AP AirEngine6760R-51E
Huawei Versatile Routing Platform Software
VRP (R) software, Version 1.111 (AirEngine6760R-51E V200R021C10)' \
		-m 10.30.2.1,2001:db8:30:2::1
	done_ 'lldpd as an access point: two management addresses, one of them
	IPv6.'
}

golden_lldp__olt()
{
	pair OLT-C320 00:d0:d0:30:00:03 10.30.3
	net6 dev eth0 2001:db8:30:3::1/64
	port dev OLT-C320 gei_1/3/1 '' \
		'configure system chassisid OLT-C320-SHELF-1'
	heard 'C320 Version V2.1.0 Software, Copyright (c) by ZTE Corporation Compiled' \
		-m 2001:db8:30:3::1
	run obs true
	stop "$last_pid"
	done_ 'lldpd with a chassis identifier that is text, and its farewell
	with time to live 0.'
}

golden_lldp__router()
{
	pair MX-1 00:05:85:30:00:04 10.30.4
	net6 dev eth0 2001:db8:30:4::1/64
	port dev MX-1 ge-0/0/0 'uplink to the east' \
'configure lldp custom-tlv oui 00,90,69 subtype 1 oui-info 4a,4e,31,32,33,34,41,42,43,44' \
'configure lldp custom-tlv add oui 00,01,42 subtype 1 oui-info 01'
	heard 'Juniper Networks, Inc. mx240 internet router, kernel JUNOS 18.4R3' \
		-m 2001:db8:30:4::1
	done_ 'lldpd with private TLVs of two makers.'
}

# med NAME MAC CLASS: lldpd with an inventory, and a second lldpd on the far
# side so that the MED exchange begins.
med()
{
	pair "$1" "$2" 10.30.5
	port dev "$1" Port-1 "$1 uplink" "${@:4}"
	echo 'configure system hostname observer' >"$tmp/lldpd.obs.conf"
	tap obs eth0 "ether proto 0x88cc and ether src $2"
	daemon dev lldpd -d -I eth0 -C eth0 -S "$text" -M "$3" -m 10.30.5.1 \
		-O "$tmp/lldpd.dev.conf" -u "$tmp/lldpd.dev.socket"
	sleep 0.5
	neighbour obs eth0 observer -M 4
	sleep 4
}

inventory()
{
	set -- hardware-revision "$1" firmware-revision "$2" \
		software-revision "$3" serial-number "$4" manufacturer "$5" \
		model "$6" asset "$7"
	while [ $# -gt 0 ]; do
		echo "configure inventory $1 \"$2\""
		shift 2
	done
}

golden_lldp__med_phone()
{
	text='Huawei eSpace 7950 IP phone'
	med PHONE-1 00:25:9e:30:00:06 3 "$(inventory VER.B 1.0.2 \
		V200R003C30SPC600 2102350HKE10F1000017 Huawei 'eSpace 7950' A-17)" \
		'configure med policy application voice vlan 500 priority voice dscp 46'
	done_ 'lldpd as an LLDP-MED communication device (class III): inventory
	of hardware, firmware, software, serial number, manufacturer, model and
	asset, and a voice policy.'
}

golden_lldp__med_camera()
{
	text='Network camera'
	med CAM-2 44:19:b6:30:00:07 1 "$(inventory 0x0 V2.0 \
		'V5.5.82 build 190909' DS-2CD2142FWD-I20160101 HIKVISION \
		DS-2CD2142FWD-I C-02)"
	done_ 'LLDP-MED generic endpoint (class I) with an inventory.'
}

golden_lldp__med_gateway()
{
	text='ZTE access gateway'
	med GW-3 44:f4:36:30:00:08 2 "$(inventory R2 U-Boot.2.1 V1.2.5P2 \
		210108318193 'ZTE Corporation' 'ZXECS IBX1000' G-03)" \
		'configure med location elin 5551230000'
	done_ 'LLDP-MED media endpoint (class II) with an inventory and a
	location.'
}

golden_lldp__oid_ber()
{
	written 'The object identifier of the management address with its BER
	tag and length (06 0F), as VRP sends it; a plain reader gets it wrong.' \
		"$(lldp_frame 00e0fc300009 GigabitEthernet0/0/9 VRP-9 \
		'Huawei Versatile Routing Platform Software' \
		"$(manage 0a1e0901 060f2b060104018f5b0519290102010101)")"
}

golden_lldp__oid_raw()
{
	written 'The object identifier as the standard wants it: content only;
	ZTE, Huawei and Cisco arcs.' \
		"$(lldp_frame 00d0d030000a gei-0/1/0/1 ZXR10-10 'ZXR10 ROS Version V4.08.23' \
		"$(manage 0a1e0a01 2b060104019e3e0364)")" \
		"$(lldp_frame 00e0fc30000b XGE1/0/1 CE-11 'HUAWEI CE6855' \
		"$(manage 0a1e0b01 2b060104018f5b0219)")" \
		"$(lldp_frame 00175a30000c Gi1/0/1 C-12 'Cisco IOS Software' \
		"$(manage 0a1e0c01 2b06010401090101)")"
}

golden_lldp__network_address()
{
	local c
	set --
	for c in 0a1e0d01 0a1e0d02 0a1e0d03; do
		set -- "$@" "0180c200000e 00259e3000${c: -2} 88cc $(tlv 1 \
			0501$c)$(tlv 2 0401$c)$(tlv 3 0078)$(tlv 5 \
			"$(hex "NA-${c: -1}")")0000"
	done
	written 'Chassis and port identified by an IPv4 address (subtypes 5 and
	4), three boxes.' "$@"
}

golden_lldp__port_mac()
{
	local m
	pair SRV-14 00:17:5a:30:00:0e 10.30.14
	tap obs eth0 'ether proto 0x88cc'
	for m in 00:17:5a:30:00:0e 00:18:82:30:01:0e 44:f4:36:30:02:0e; do
		ip -n "$prefix"dev link set eth0 address $m
		echo "configure system hostname SRV-${m: -4:1}" \
			>"$tmp/lldpd.dev.conf"
		neighbour dev eth0 "Server, port address $m"
		sleep 1.5
		stop "$last_pid"
	done
	done_ 'lldpd identifies its ports by MAC address: three boxes one after
	the other, with their farewells.'
}

golden_lldp__chassis_text()
{
	local n
	pair MA5800-1 00:e0:fc:30:00:11 10.30.15
	tap obs eth0 'ether proto 0x88cc'
	for n in 1 2 3; do
		port dev MA5800-$n 0/9/$n '' \
			"configure system chassisid MA5800-X7-shelf-$n"
		neighbour dev eth0 'Huawei Integrated Access Software' \
			-m 10.30.15.1
		sleep 1.5
		stop "$last_pid"
	done
	done_ 'lldpd with a chassis identifier that is text: three boxes, with
	their farewells.'
}

golden_lldp__snap()
{
	written 'LLDP in an LLC/SNAP frame instead of Ethernet II, and one with
	an 802.1Q tag.' \
		"$(llc 0180c200000e 00e0fc30000f "aaaa0300000088cc$(lldp_frame \
		00e0fc30000f GE0/0/15 SNAP-15 'Quidway S5328C-EI' |
		cut -c29-)")" \
		"0180c200000e 00e0fc300010 81000064 88cc $(lldp_frame \
		00e0fc300010 GE0/0/16 TAG-16 'Quidway S5328C-EI' | cut -c29-)"
}

golden_cdp__ios()
{
	pair C2960S-1 00:17:5a:31:00:01 10.31.1
	port dev C2960S-1 GigabitEthernet1/0/2
	filter='ether dst 01:00:0c:cc:cc:cc' heard "$ios" -m 10.31.1.1 -ccc -ll \
		-P 'cisco WS-C2960S-24TS-L'
	done_ 'lldpd speaks CDP version 2 as an IOS switch.'
}

golden_cdp__both_versions()
{
	pair ATA-2 00:17:3b:31:00:02 10.31.2
	port dev ATA-2 Port1
	filter='ether dst 01:00:0c:cc:cc:cc' heard 'ATA 1.2.2 SR2' \
		-m 10.31.2.1 -ccc -ll -P 'Cisco ATA 190'
	stop "$last_pid"
	neighbour dev eth0 'ATA 1.2.2 SR1' -m 10.31.2.1 -cccc -ll \
		-P 'Cisco ATA 190'
	sleep 2.5
	done_ 'CDP version 2, then the other version, of one box whose software
	text changes.'
}

golden_cdp__huawei()
{
	pair HW-3 28:6e:d4:31:00:03 10.31.3
	port dev HW-3 GigabitEthernet0/0/3
	filter='ether dst 01:00:0c:cc:cc:cc' heard 'Huawei Versatile Routing Platform Software
VRP (R) software, Version 5.170 (S5720 V200R010C00SPC600)' -m 10.31.3.1 \
		-ccc -ll -P 'HUAWEI S5720'
	done_ 'Another maker speaks CDP ("compliance" mode): the protocol does
	not make a box Cisco.'
}

# cdp MAC TLV...: a whole CDP frame with its checksum.
cdp()
{
	local body mac=$1 sum
	shift
	body=$(printf '%s' "$@")
	sum=$(sum16 "02b40000$body")
	llc 01000ccccccc "$mac" "aaaa0300000c200002b4$sum$body"
}

ctlv() { printf '%04x%04x%s' "$((0x$1))" $((${#2} / 2 + 4)) "$2"; }

golden_cdp__nxos()
{
	local n set=()
	for n in 1 2 3; do
		set+=("$(cdp 00175a31040$n \
			"$(ctlv 1 "$(hex "NX-$n(FDO2100000$n)")")" \
			"$(ctlv 2 0000000101 01cc0004 0a1f040$n | tr -d ' ')" \
			"$(ctlv 3 "$(hex "Ethernet1/$n")")" "$(ctlv 4 00000228)" \
			"$(ctlv 5 "$(hex "Cisco Nexus Operating System (NX-OS) \
Software, Version 7.0(3)I7($n)")")" \
			"$(ctlv 6 "$(hex N9K-C93180YC-EX)")" \
			"$(ctlv 14 "$(hex "nx-$n.example")")" \
			"$(ctlv 15 06$(printf '%02x' 12)2b06010401090c030103880$n)" \
			"$(ctlv 1001 "$(hex "FDO2100000$n")")")")
	done
	written 'CDP with system name, system object identifier and serial
	number, which lldpd does not send.' "${set[@]}"
}

# other PROTOCOL OPTION DST TEXT PLATFORM: FDP, EDP, SONMP from lldpd.
other()
{
	local dst=$1 text=$2
	shift 2
	filter="ether dst $dst" heard "$text" -ll "$@"
}

fdp()
{
	pair "$1" "$2" "$3"
	port dev "$1" "$4"
	other 01:e0:52:cc:cc:cc "$5" -m "$3.1" -ff -P "$6"
	done_ 'lldpd speaks FDP.'
}

golden_fdp__fcx() { fdp FCX-1 00:e0:52:32:00:01 10.32.1 \
	GigabitEthernet1/1/1 'Ruckus Wireless, Inc. ICX7150, IronWare Version 08.0.80' \
	'Stackable ICX7150-48'; }

golden_fdp__mlx() { fdp MLX-2 00:e0:52:32:00:02 10.32.2 ethernet2/1 \
	'Brocade NetIron MLX, IronWare Version V5.8.0T163' 'NetIron MLX-4'; }

golden_fdp__other() { fdp FI-3 00:12:1e:32:00:03 10.32.3 ethernet3 \
	'Foundry Networks, Inc. FastIron, IronWare Version 03.1.01' 'FastIron 4802'; }

edp()
{
	pair "$1" "$2" "$3"
	port dev "$1" "$4"
	other 00:e0:2b:00:00:00 "$5" -m "$3.1" -ee
	done_ 'lldpd speaks EDP: display name, slot, port and version.'
}

golden_edp__summit() { edp X460-1 00:04:96:33:00:01 10.33.1 1:1 \
	'ExtremeXOS (X460G2-48t) version 16.2.5.4'; }

golden_edp__bd() { edp BD8810-2 00:e0:2b:33:00:02 10.33.2 2:7 \
	'ExtremeXOS (BD-8810) version 15.3.5.2'; }

golden_edp__other() { edp linux-3 02:4c:41:33:00:03 10.33.3 eth0 \
	'Debian GNU/Linux'; }

sonmp()
{
	pair "$1" "$2" "$3"
	port dev "$1" 1/1
	other '01:00:81:00:01:00 or ether dst 01:00:81:00:01:01' "$4" \
		-m "$3.1" -ss
	done_ 'lldpd speaks SONMP: flatnet and segment hello with the address
	and the chassis type.'
}

golden_sonmp__one() { sonmp ERS-1 00:04:38:34:00:01 10.34.1 'Ethernet Routing Switch 5520'; }

golden_sonmp__two() { sonmp ERS-2 00:1b:25:34:00:02 10.34.2 'Ethernet Routing Switch 4548GT'; }

golden_sonmp__three() { sonmp linux-3 02:4c:41:34:00:03 10.34.3 'Debian GNU/Linux'; }

golden_stp__kernel()
{
	local b
	box sw root
	wire sw eth0 00:e0:fc:35:00:11 root eth0 00:d0:d0:35:00:21
	ip -n "$prefix"root link add br0 address 00:d0:d0:35:00:20 type bridge \
		stp_state 1 priority 4096 forward_delay 400 hello_time 100
	ip -n "$prefix"sw link add br0 address 00:e0:fc:35:00:10 type bridge \
		stp_state 1 forward_delay 400 hello_time 100
	for b in root sw; do
		ip -n "$prefix"$b link set eth0 master br0
	done
	tap sw eth0 'ether dst 01:80:c2:00:00:00'
	ip -n "$prefix"sw link set br0 up
	sleep 3
	ip -n "$prefix"root link set br0 up
	sleep 5
	done_ 'Two bridges of the kernel: each believes to be root, then one
	follows the other; configuration and topology change BPDUs.'
}

golden_stp__rapid()
{
	fail_mode=standalone
	box sw root
	wire sw eth0 28:6e:d4:35:00:31 root eth0 00:17:5a:35:00:41
	switch sw other_config:hwaddr=28:6e:d4:35:00:30 rstp_enable=true
	switch root other_config:hwaddr=00:17:5a:35:00:40 rstp_enable=true \
		other_config:rstp-priority=4096
	tap sw eth0 'ether dst 01:80:c2:00:00:00'
	bridge sw add-port br0 eth0
	bridge root add-port br0 eth0
	sleep 5
	done_ 'Open vSwitch speaks RSTP: proposal, agreement, root elsewhere.' \
		--keep 20
}

golden_stp__mstp()
{
	local region=$(hex 00e0fc350050) b
	region=$(printf '%-64s' "$region" | tr ' ' 0)
	b=42420300000302 # version 3, type 2
	written 'MSTP: region name is the bridge address in text, one instance,
	another bridge is the root; and a PVST+ BPDU on VLAN 101 in SNAP.' \
		"$(llc 0180c2000000 00e0fc350051 "4242030000030278\
100000d0d035006000000002 800000e0fc350050 8011 0001 1400 0200 0f00 00 0040\
00${region}0000ac36177f50283cd4b83821d8ab26de62 00000000\
800000e0fc350050 14" | tr -d ' ')" \
		"$(llc 01000ccccccd 00175a350071 "aaaa0300000c010b000000000\
0806500175a350070 00000000 806500175a350070 8001 0000 1400 0200 0f00 00 0000 \
0002 0065" | tr -d ' ')"
}

lacp()
{
	box dev obs
	wire dev eth0 "$2:11" obs eth0 "$4:11"
	wire dev eth1 "$2:12" obs eth1 "$4:12"
	switch dev
	switch obs
	tap obs eth0 'ether proto 0x8809'
	trunk dev "$1" eth0 eth1
	trunk obs "$3" eth0 eth1
	sleep 4
	done_ "Open vSwitch: an aggregate of two ports comes up, actor and
	partner on either side${5-}."
}

golden_lacp__huawei() { lacp 28:6e:d4:36:00:00 28:6e:d4:36:00 \
	00:05:85:36:01:00 00:05:85:36:01; }

golden_lacp__zte() { lacp 44:f4:36:36:02:00 44:f4:36:36:02 \
	00:17:5a:36:03:00 00:17:5a:36:03; }

golden_lacp__configured() { lacp 02:4c:41:36:04:00 00:e0:fc:36:04 \
	00:25:9e:36:05:00 00:25:9e:36:05 '; one system identifier is a
	configured one, not the maker'"'"'s'; }

# cfm MAC MAC TEXT: continuity checks of two switches' ports.
cfm()
{
	box dev obs
	wire dev eth0 "$1" obs eth0 "$2"
	switch dev
	switch obs
	tap obs eth0 'ether proto 0x8902'
	bridge dev add-port br0 eth0 -- set interface eth0 cfm_mpid="$3"
	bridge obs add-port br0 eth0 -- set interface eth0 cfm_mpid="$4"
	sleep 3
	done_ "Open vSwitch: continuity checks of two end points, without a
	sender element, under the names that it gives." --keep 6
}

golden_cfm__ovs() { cfm 00:e0:fc:43:00:01 00:d0:d0:43:00:02 301 302; }

golden_ptp__boundary()
{
	box gm bc slave
	wire gm eth0 00:b0:ae:37:00:01 bc eth0 00:e0:fc:37:00:01
	wire bc eth1 00:e0:fc:37:00:02 slave eth0 02:4c:41:37:00:01
	local o='network_transport L2'
	clock gm eth0 "$o" 'domainNumber 24' 'clockClass 6' 'priority1 1' \
		'path_trace_enabled 1' 'logAnnounceInterval 0'
	clock bc 'eth0 eth1' "$o" 'domainNumber 24' 'path_trace_enabled 1' \
		'logAnnounceInterval 0' 'boundary_clock_jbod 1'
	clock slave eth0 "$o" 'domainNumber 24' 'path_trace_enabled 1' \
		'slaveOnly 1' 'logAnnounceInterval 0'
	sleep 9
	tap slave eth0 'ether proto 0x88f7'
	sleep 9
	done_ 'linuxptp, a boundary clock between the grandmaster and the tap:
	announce with PATH_TRACE, both clock identities, sync, follow-up,
	delay request and answer.' --keep 40
}

golden_ptp__udp()
{
	pair GM-4 00:d0:d0:37:00:04 10.37.4
	tap obs eth0 'udp port 319 or udp port 320'
	clock dev eth0 'network_transport UDPv4' 'logAnnounceInterval 0' \
		'priority1 1'
	clock obs eth0 'network_transport UDPv4' 'logAnnounceInterval 0' \
		'slaveOnly 1'
	sleep 8
	done_ 'PTP over UDP and IPv4.' --keep 24
}

# managed_clock NAME MAC OUI PRODUCT REVISION USER
managed_clock()
{
	pair "$1" "$2" 10.37.5
	tap obs eth0 'ether proto 0x88f7 and not ether[14] & 0xf < 8'
	clock dev eth0 'network_transport L2' "manufacturerIdentity $3" \
		"productDescription $4" "revisionData $5" "userDescription $6" \
		'logAnnounceInterval 0'
	printf '[global]\nnetwork_transport L2\n' >"$tmp/pmc.conf"
	sleep 4
	local q
	for q in CLOCK_DESCRIPTION USER_DESCRIPTION DEFAULT_DATA_SET; do
		limit=3 run obs pmc -2 -i eth0 -b 1 "GET $q"
	done
	done_ 'linuxptp answers management requests: manufacturer identity,
	product description, revision, user description.'
}

golden_ptp__management() { managed_clock TC-5 00:18:82:37:00:05 00:18:82 \
	'Huawei;ATN 910C;21501004' '1.0;1.2;V300R003' 'cell 5'; }

golden_ptp__management_zte() { managed_clock TC-6 00:d0:d0:37:00:06 \
	00:d0:d0 'ZTE;ZXCTN 6180H;2101083' '2.0;2.2;V4.00' 'ring 6'; }

golden_ptp__management_other() { managed_clock TC-7 00:b0:ae:37:00:07 \
	00:b0:ae 'Microchip;TP4100;D7' '3.0;3.2;2.4.1' 'roof 7'; }

pppoe_()
{
	pair "$1" "$2" 10.38.1
	tap obs eth0 'ether proto 0x8863'
	daemon dev pppoe-server -F -I eth0 -C "$1" -S internet -X "$tmp/p.pid" \
		-q /bin/false "${@:3}"
	sleep 1
	limit=3 run obs pppoe -A -I eth0
	limit=3 run obs pppoe -d -I eth0 -t 2
	done_ 'rp-pppoe: discovery (PADI, PADO, PADR, PADS, PADT) with the name
	of the access concentrator, cookie and host-uniq.'
}

golden_pppoe__bras() { pppoe_ ME60-BRAS-01 00:e0:fc:38:00:01; }

golden_pppoe__zte() { pppoe_ ZXUAS10800E-2 00:d0:d0:38:00:02; }

golden_pppoe__mac() { pppoe_ 00:17:5a:38:00:03 00:17:5a:38:00:03; }

golden_pppoe__line()
{
	local v
	v=$(printf '01%02x%s02%02x%s' 24 "$(hex 'ELL-OLT-01 eth 0/1/3:101')" \
		8 "$(hex 'port 007')")
	v=$(printf '00000de9%s' "$v")
	written 'PADI with the tag that an access node inserts (TR-101): vendor
	3561, circuit and remote identifier; then one with a vendor of its own.' \
		"ffffffffffff 02a1b2380004 8863 1109 0000 $(printf %04x \
		$((${#v} / 2 + 8)))01010000 0105$(printf %04x $((${#v} / 2)))$v" \
		"ffffffffffff 02a1b2380005 8863 1109 0000 0010 01010000 \
0105 0008 000007db 01020304"
}

golden_ptp__path_trace()
{
	written 'Announce with a PATH_TRACE of three boundary clocks: the
	grandmaster, a second maker, the sender.' \
		"011b19000000 00e0fc370801 88f7 0b02 005c 18 00 0000 \
0000000000000000 00000000 00e0fcfffe370801 0001 0007 05 00 \
00000000000000000000 0025 00 80 06 21 4e5d 80 00b0aefffe370801 0002 20 \
0008 0018 00b0aefffe370801 00d0d0fffe370801 00e0fcfffe370801"
}
