# Golden captures, one function a case: golden_lldp__switch makes
# tests/golden/lldp/switch.pcap and the few lines beside it.

# --- link -------------------------------------------------------------------

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

# --- hosts and management ----------------------------------------------------

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

# --- services over TCP, and the rest ------------------------------------------

# ident NAME TEXT: one SSH greeting that no daemon here sends.
said()
{
	pair dev "$1" 10.50.1
	greet dev "$2" "$3"
	tap obs eth0 "tcp port $2"
	visit obs 10.50.1.1 "$2" "${4-}"
}

golden_ssh__openssh()
{
	local t
	pair dev 02:4c:41:50:00:01 10.50.1
	for t in ed25519 ecdsa rsa; do
		ssh-keygen -q -t $t -N '' -C '' -f "$tmp/$t"
	done
	daemon dev /usr/sbin/sshd -D -e -f /dev/null -h "$tmp/ed25519" \
		-h "$tmp/ecdsa" -h "$tmp/rsa" -o PidFile=none
	sleep 0.5
	tap obs eth0 'tcp port 22'
	run obs ssh-keyscan -T 3 -t ed25519,ecdsa,rsa 10.50.1.1
	done_ 'OpenSSH with keys of three kinds: ident, key exchange lists and
	the host key in clear, three times.'
}

golden_ssh__dropbear()
{
	pair dev 02:4c:41:50:00:02 10.50.1
	dropbearkey -t ed25519 -f "$tmp/drop" >/dev/null 2>&1
	daemon dev dropbear -F -E -p 22 -r "$tmp/drop" -P "$tmp/drop.pid"
	sleep 0.5
	tap obs eth0 'tcp port 22'
	run obs ssh-keyscan -T 3 -t ed25519 10.50.1.1
	done_ 'Dropbear.'
}

golden_ssh__addendum()
{
	pair dev 02:4c:41:50:00:03 10.50.1
	ssh-keygen -q -t ecdsa -N '' -C '' -f "$tmp/key.dev"
	tap obs eth0 'tcp port 2222'
	ssh_server dev -p 2222 -o DebianBanner=no -o 'VersionAddendum=PKIX[13.1]'
	run obs ssh-keyscan -p 2222 -T 3 -t ecdsa 10.50.1.1
	done_ 'OpenSSH with a comment in its ident, on port 2222.'
}

ssh_said()
{
	said "$1" 22 "$2\r\n" 'SSH-2.0-OpenSSH_9.2p1\r\n'
	done_ "The ident line over the kernel's TCP; no daemon here sends it.
	$3"
}

golden_ssh__vrp() { ssh_said 28:6e:d4:50:00:10 'SSH-2.0--' \
	'VRP: the software version is empty.'; }

golden_ssh__vrp_old() { ssh_said 00:e0:fc:50:00:11 'SSH-1.99-HUAWEI-1.5' ''; }

golden_ssh__dopra() { ssh_said 00:25:9e:50:00:12 'SSH-2.0-DOPRA-1.5' ''; }

golden_ssh__zte() { ssh_said 00:d0:d0:50:00:13 'SSH-2.0-ZTE_SSH.1.0' ''; }

golden_ssh__comware() { ssh_said 00:0f:e2:50:00:14 'SSH-2.0-Comware-7.1.070' ''; }

golden_ssh__cisco() { ssh_said 00:17:5a:50:00:15 'SSH-2.0-Cisco-1.25' ''; }

golden_ssh__ros() { ssh_said 4c:5e:0c:50:00:16 'SSH-2.0-ROSSSH' ''; }

golden_ssh__lines_before() { ssh_said 02:4c:41:50:00:17 \
	'Authorised users only\r\nSecond line\r\nSSH-2.0-RGOS_PK3223' \
	'Two lines come before it (RFC 4253, 4.2).'; }

# telnetd TEXT MAC: inetutils' daemon, unpacked by install.sh, and telnet; TEXT is
# what "login" prints.
telnetd()
{
	local d=$lab/.tools/inetutils-telnetd/usr/sbin/telnetd
	pair dev "$2" 10.51.1
	printf '#!/bin/sh\nprintf "%s"\nsleep 1\n' "$1" >"$tmp/login"
	chmod 755 "$tmp/login"
	daemon dev /usr/bin/python3 -c '
import socket, subprocess, sys
s = socket.create_server(("", 23))
while True:
    c, _ = s.accept()
    subprocess.Popen([sys.argv[1], "-h", "-E", sys.argv[2]], stdin=c,
                     stdout=c, stderr=subprocess.DEVNULL)
    c.close()
' "$d" "$tmp/login"
	sleep 0.5
	tap obs eth0 'tcp port 23'
	limit=4 run obs sh -c 'sleep 3 | TERM=vt100 telnet 10.51.1.1'
}

golden_telnet__inetutils() { telnetd '\r\nDebian GNU/Linux 12\r\nlogin: ' \
	02:4c:41:51:00:01
	done_ "GNU inetutils' telnetd: negotiation, then a banner."; }

golden_telnet__home_gateway() { telnetd \
	'\r\nWelcome Visiting Huawei Home Gateway\r\nCopyright by Huawei Technologies Co., Ltd.\r\n\r\nLogin:' \
	00:25:9e:51:00:02
	done_ "The same daemon with a home gateway's banner."; }

golden_telnet__zxan() { telnetd \
	'\r\n************************************************\r\nWelcome to ZXAN product C300 of ZTE Corporation\r\n************************************************\r\n\r\nUsername:' \
	44:f4:36:51:00:03
	done_ "The same daemon with an OLT's banner."; }

golden_telnet__vrp()
{
	said 28:6e:d4:51:00:04 23 '\xff\xfb\x01\xff\xfb\x01\xff\xfb\x01\xff\xfb\x03\xff\xfd\x18\xff\xfd\x1f\r\nWarning: Telnet is not a secure protocol, and it is recommended to use Stelnet.\r\n\r\nLogin authentication\r\n\r\n\r\nUsername:' \
		'\xff\xfd\x01\xff\xfc\x18\xff\xfc\x1f'
	done_ "VRP's order of negotiation and its warning, over the kernel's
	TCP; no daemon here sends it."
}

golden_telnet__zte_pon()
{
	said 44:f4:36:51:00:05 23 '\xff\xfb\x01\xff\xfd\x1f\xff\xfd\x18\xff\xfd\x20\xff\xfb\x03\r\nF660\r\nLogin: ' \
		'\xff\xfd\x01\xff\xfc\x1f'
	done_ "A ZTE terminal's order of negotiation, over the kernel's TCP."
}

ftp_()
{
	pair dev "$1" 10.52.1
	mkdir -p "$tmp/empty"
	printf '%s\n' listen=YES background=NO anonymous_enable=NO \
		local_enable=YES "ftpd_banner=$2" seccomp_sandbox=NO \
		"secure_chroot_dir=$tmp/empty" vsftpd_log_file=/dev/null \
		one_process_model=NO >"$tmp/vsftpd.conf"
	daemon dev vsftpd "$tmp/vsftpd.conf"
	sleep 0.5
	tap obs eth0 'tcp port 21'
	visit obs 10.52.1.1 21 'SYST\r\nFEAT\r\nQUIT\r\n'
	done_ 'vsftpd with that greeting, some commands and their answers.'
}

golden_ftp__vsftpd() { ftp_ 02:4c:41:52:00:01 '(vsFTPd 3.0.3)'; }

golden_ftp__vrp() { ftp_ 28:6e:d4:52:00:02 'FTP service ready.'; }

golden_ftp__zte() { ftp_ 44:f4:36:52:00:03 'OX253P FTP version 1.0 ready at Mon Nov 23 09:00:00 2026'; }

golden_ftp__queue_full()
{
	said 00:e0:fc:52:00:04 21 \
		'120 The user queue is full, please try again later.\r\n' ''
	done_ "A preliminary answer (120), over the kernel's TCP."
}

golden_ftp__several_lines()
{
	said 00:e0:fc:52:00:05 21 \
		'220-Quidway AR28-31\r\n220-\r\n220 FTP server ready.\r\n' 'NOOP\r\n'
	done_ "A greeting of several lines, over the kernel's TCP."
}

smtp_()
{
	pair dev "$1" 10.53.1
	daemon dev /usr/bin/python3 "$lab/smtp.py" 25 "$2" "$3"
	sleep 1
	tap obs eth0 'tcp port 25'
	visit obs 10.53.1.1 25 'EHLO probe.example\r\nQUIT\r\n'
	done_ 'aiosmtpd with that name and greeting.'
}

golden_smtp__plain() { smtp_ 02:4c:41:53:00:01 mail.example 'Python SMTP 1.4.3'; }

golden_smtp__appliance() { smtp_ 00:e0:fc:53:00:02 asg-2.example \
	'Huawei ASG2100 ESMTP service ready'; }

golden_smtp__other() { smtp_ 00:17:5a:53:00:03 esa.example 'Cisco ESA ESMTP ready'; }

# page MAC BODY-OF-SERVER AGENT PATH...: nginx, and curl as AGENT.
page()
{
	local p
	pair dev "$1" 10.54.1
	web dev 10.54.1.1:80 "$2"
	sleep 0.4
	tap obs eth0 'tcp port 80'
	for p in "${@:4}"; do
		run obs curl -s -m 5 -A "$3" "http://10.54.1.1$p"
	done
}

golden_http__bmc() { page 00:18:82:54:00:01 \
	'more_set_headers "Server: Huawei-BMC"; location / { default_type
	text/html; return 200 "<html><head><title>iBMC Login</title></head></html>"; }' \
	'Mozilla/5.0 (X11; Linux x86_64)' / /login
	done_ "nginx with a management controller's Server header and title; two
	requests of one browser."; }

golden_http__gateway() { page 00:25:9e:54:00:02 \
	'more_set_headers "Server: IPWEBS/1.4.0"; auth_basic
	"HuaweiHomeGateway"; auth_basic_user_file /dev/null;' curl/7.88.1 /
	done_ 'A refusal (401) with the realm of a home gateway.'; }

golden_http__zte_cpe() { page 44:f4:36:54:00:03 \
	'more_set_headers "Server: ZTE web server 1.0 ZTE corp 2015."
	"Set-Cookie: SID=0123456789abcdef; PATH=/; HttpOnly";
	location /cwmp { auth_basic "cpe@zte.com"; auth_basic_user_file
	/dev/null; } location / { default_type text/html; return 200
	"<html><head><title>F670L</title></head></html>"; }' \
	'HW_IPMC_ACS/1.0' / /cwmp
	done_ 'A terminal: Server, cookie, title; then the realm of its
	connection request.'; }

golden_http__firewall() { page 00:e0:fc:54:00:04 \
	'more_set_headers "Server: HTTP Server 1.0"
	"Set-Cookie: SESSIONID=HUAWEI Eudemon1000E&7A8B9C; secure";
	location / { default_type text/html; return 200
	"<title>WebManager</title>"; }' 'Wget/1.21.3' /
	done_ 'A firewall: the cookie holds the product.'; }

golden_http__digest() { page 00:17:5a:54:00:05 \
	'more_set_headers -s 401 "Server: cisco-IOS" "WWW-Authenticate: Digest realm=\"level_15 or view_access\", nonce=\"0a1b\"";
	location / { return 401; }' 'Huawei-CPE/1.0' /
	done_ 'A digest challenge of another maker.'; }

golden_http__error_page() { page 00:05:85:54:00:06 \
	'location / { return 503; }' 'Mozilla/4.0' /nothing
	done_ "nginx's own 503 page: nobody forged it."; }

golden_http__upnp_description() { page 00:25:9e:54:00:07 \
	'more_set_headers "Server: Linux UPnP/1.0 Huawei-ATP-IGD";
	location / { default_type text/xml; return 200 "<?xml version=\"1.0\"?><root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType><friendlyName>HG531</friendlyName><manufacturer>Huawei Technologies Co., Ltd.</manufacturer><modelName>HG531 V1</modelName><modelNumber>HG531</modelNumber><serialNumber>21530304678K12000123</serialNumber></device></root>"; }' \
	'UPnP/1.0' /igd.xml
	done_ 'The UPnP description that an SSDP announcement points to.'; }

golden_http__chunked()
{
	local n
	n='<html><title>ZXHN H108L</t'
	pair dev 44:f4:36:54:00:08 10.54.1
	greet dev 80 "HTTP/1.1 200 OK\\r\\nServer: Mini web server 1.0 ZTE corp 2005.\\r\\nTransfer-Encoding: chunked\\r\\nContent-Type: text/html\\r\\n\\r\\n$(
		printf %x ${#n})\\r\\n$n\\r\\n7\\r\\nitle>\\r\\n\\r\\n0\\r\\n\\r\\n" after
	tap obs eth0 'tcp port 80'
	visit obs 10.54.1.1 80 'GET / HTTP/1.1\r\nHost: 10.54.1.1\r\n\r\n'
	done_ "A page in chunks that cut through its title, over the kernel's
	TCP."
}

tls_()
{
	pair dev "$1" 10.55.1
	daemon dev openssl s_server -accept 443 -cert "$tmp/leaf.pem" -key \
		"$tmp/leaf.key" ${chain:+-cert_chain "$tmp/leaf.ca.pem"} \
		-www -quiet "${@:2}"
	sleep 0.5
	tap obs eth0 'tcp port 443'
	run obs sh -c 'printf "GET / HTTP/1.0\r\n\r\n" | openssl s_client \
		-connect 10.55.1.1:443 -quiet -no_ign_eof '"${ask--tls1_2}"
}

golden_tls__equipment()
{
	serial=0x5a01b2c3d4 certificate leaf \
		'/C=CN/O=Huawei/OU=DataCom/CN=2102351LWB10J3000012/serialNumber=2102351LWB10J3000012' \
		'/C=CN/O=Huawei/CN=Huawei Equipment CA' 'subjectAltName=DNS:ne8000.example,IP:10.55.1.1'
	chain=1 tls_ 00:18:82:55:00:01 -tls1_2
	done_ 'openssl s_server, TLS 1.2: a device certificate and the authority
	that signed it (both made here), serial number in the subject,
	alternative names.'
}

golden_tls__wireless()
{
	key='ec -pkeyopt ec_paramgen_curve:P-256'
	certificate leaf \
		'/C=CN/O=Huawei/OU=Wireless Network Product Line/CN=21500104792SM8504636.huawei.com' \
		'/C=CN/O=Huawei/OU=Wireless Network Product Line/CN=Huawei Wireless Network Product CA'
	chain=1 tls_ 00:e0:fc:55:00:02 -tls1_2
	done_ 'An elliptic-curve device certificate.'
}

golden_tls__cpe()
{
	certificate leaf '/C=CN/ST=Hubei/L=Wuhan/CN=mediarouter.home' \
		'/C=CN/ST=Hubei/L=Wuhan/CN=root.home/emailAddress=mobile@huawei.com'
	tls_ 00:25:9e:55:00:03 -tls1_2
	done_ 'A home gateway: no maker in the subject, an e-mail address in the
	issuer.'
}

golden_tls__zte()
{
	certificate leaf '/C=CN/ST=Guangdong/O=ZTE Corporation/CN=F670L' '' \
		'subjectAltName=DNS:f670l.zte.com.cn'
	tls_ 44:f4:36:55:00:04 -tls1_2
	done_ 'Self-signed.'
}

golden_tls__old()
{
	certificate leaf '/C=US/O=Cisco Systems, Inc./CN=IOS-Self-Signed-Certificate-1234567' ''
	ask='-tls1 -cipher ALL:@SECLEVEL=0' tls_ 00:17:5a:55:00:05 \
		-cipher ALL:@SECLEVEL=0
	done_ 'TLS 1.0.'
}

golden_tls__both_sides()
{
	certificate leaf '/O=Example/CN=server' ''
	mv "$tmp/leaf.pem" "$tmp/s.pem"
	mv "$tmp/leaf.key" "$tmp/s.key"
	certificate leaf '/C=SE/O=Ericsson/CN=D822404157.device' \
		'/C=SE/O=Ericsson/CN=Ericsson Vendor CA'
	cp "$tmp/leaf.pem" "$tmp/c.pem"
	cp "$tmp/leaf.key" "$tmp/c.key"
	mv "$tmp/s.pem" "$tmp/leaf.pem"
	mv "$tmp/s.key" "$tmp/leaf.key"
	ask="-tls1_2 -cert $tmp/c.pem -key $tmp/c.key" \
		tls_ 02:4c:41:55:00:06 -tls1_2 -Verify 1
	done_ "The client shows a certificate too: the equipment is the
	client."
}

golden_tls__thirteen()
{
	certificate leaf '/O=Example/CN=quiet' ''
	ask=-tls1_3 tls_ 02:4c:41:55:00:07 -tls1_3
	done_ 'TLS 1.3: no certificate in clear; nothing to say.'
}

ssdp_()
{
	pair dev "$1" 10.56.1
	route dev 224.0.0.0/4 dev eth0
	tap obs eth0 'udp port 1900'
	run dev /usr/bin/python3 "$lab/ssdp.py" 10.56.1.1 "$2" "$3" "$4"
	done_ 'An announcement as that firmware words it, sent from a socket of
	the kernel.'
}

golden_ssdp__huawei() { ssdp_ 00:25:9e:56:00:01 \
	'Linux UPnP/1.0 Huawei-ATP-IGD' http://10.56.1.1:37215/upnpdev.xml \
	00e0fc37-2525-2828-2500-00259e560001; }

golden_ssdp__icos() { ssdp_ 00:e0:fc:56:00:02 \
	'HUAWEI_iCOS/iCOS V1R1C00 DLNADOC/1.50' http://10.56.1.1:1900/d.xml \
	11111111-2222-3333-4444-00e0fc560002; }

golden_ssdp__zte() { ssdp_ 44:f4:36:56:00:03 \
	'ZTE/1.0 UPnP/1.1 miniupnpd/1.8' http://10.56.1.1:52869/gatedesc.xml \
	fc4ec57e-b051-11db-88f8-44f436560003; }

golden_ssdp__minidlna()
{
	pair dev 02:4c:41:56:00:04 10.56.1
	route dev 224.0.0.0/4 dev eth0
	route obs 224.0.0.0/4 dev eth0
	mkdir -p "$tmp/media" "$tmp/db"
	printf '%s\n' "media_dir=$tmp/media" "db_dir=$tmp/db" port=8200 \
		network_interface=eth0 'friendly_name=shelf' serial=12345678 \
		model_number=1 inotify=no notify_interval=60 "log_dir=$tmp/db" \
		>"$tmp/minidlna.conf"
	tap obs eth0 'udp port 1900 or tcp port 8200'
	daemon dev minidlnad -S -f "$tmp/minidlna.conf" -P "$tmp/db/pid"
	sleep 2
	run obs /usr/bin/python3 -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(1)
s.sendto(b"M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n"
         b"MAN: \"ssdp:discover\"\r\nMX: 1\r\nST: upnp:rootdevice\r\n\r\n",
         ("239.255.255.250", 1900))
try:
    s.recv(2000)
except OSError:
    pass
'
	run obs curl -s -m 3 http://10.56.1.1:8200/rootDesc.xml
	sleep 1
	done_ 'minidlnad: announcements, a search and its answer, the
	description.'
}

mdns()
{
	pair "$1" "$2" 10.57.1
	route dev 224.0.0.0/4 dev eth0
	mkdir -p "$tmp/avahi/services"
	cat >"$tmp/avahi/services/it.service" <<-E
	<?xml version="1.0" standalone='no'?>
	<!DOCTYPE service-group SYSTEM "avahi-service.dtd">
	<service-group><name>$3</name>
	<service><type>_device-info._tcp</type><port>0</port>
	<txt-record>model=$4</txt-record></service>
	<service><type>_http._tcp</type><port>80</port></service>
	</service-group>
	E
	printf '%s\n' '[server]' "host-name=$1" use-ipv4=yes use-ipv6=no \
		enable-dbus=no allow-interfaces=eth0 '[publish]' \
		publish-hinfo=no publish-workstation=no \
		>"$tmp/avahi/avahi-daemon.conf"
	tap obs eth0 'udp port 5353'
	daemon dev avahi-daemon --no-drop-root --no-chroot --no-rlimits \
		-f "$tmp/avahi/avahi-daemon.conf"
	sleep 6
	done_ 'avahi-daemon: device information with a model, a service, the
	host name.'
}

golden_mdns__gateway() { mdns HG8245H 00:25:9e:57:00:01 'Huawei HG8245H' HG8245H; }

golden_mdns__zte() { mdns MF286 44:f4:36:57:00:02 'ZTE MF286' MF286R; }

golden_mdns__other() { mdns office-mac 02:4c:41:57:00:03 office-mac RackMac3,1; }

# sip MAC SERVER-TEXT CLIENT-TEXT [VIA]: sipp on both sides.
sip()
{
	pair dev "$1" 10.58.1
	cat >"$tmp/uas.xml" <<-E
	<?xml version="1.0" encoding="ISO-8859-1" ?>
	<scenario name="uas"><recv request="OPTIONS"/><send><![CDATA[
	SIP/2.0 200 OK
	[last_Via:]
	[last_From:]
	[last_To:];tag=[call_number]
	[last_Call-ID:]
	[last_CSeq:]
	Contact: <sip:[local_ip]:[local_port]>
	Server: $2
	Content-Length: 0

	]]></send></scenario>
	E
	cat >"$tmp/uac.xml" <<-E
	<?xml version="1.0" encoding="ISO-8859-1" ?>
	<scenario name="uac"><send><![CDATA[
	OPTIONS sip:probe@[remote_ip]:[remote_port] SIP/2.0
	Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]${4:+
	Via: $4}
	From: <sip:probe@[local_ip]:[local_port]>;tag=[call_number]
	To: <sip:probe@[remote_ip]:[remote_port]>
	Call-ID: [call_id]
	CSeq: 1 OPTIONS
	Contact: <sip:probe@[local_ip]:[local_port]>
	Max-Forwards: 70
	User-Agent: $3
	Content-Length: 0

	]]></send><recv response="200"/></scenario>
	E
	sed -i 's/^\t//' "$tmp/uas.xml" "$tmp/uac.xml"
	tap obs eth0 'port 5060'
	daemon dev sipp -sf "$tmp/uas.xml" -i 10.58.1.1 -p 5060 -nostdin \
		${sip_over:--t u1}
	sleep 1
	limit=6 run obs env TERM=dumb sipp -sf "$tmp/uac.xml" -i 10.58.1.250 \
		-p 5060 -m 1 -nostdin ${sip_over:--t u1} 10.58.1.1:5060
}

golden_sip__softswitch() { sip 00:e0:fc:58:00:01 'Huawei SoftX3000 V300R010' \
	'Huawei-HomeGateway/V100R001'
	done_ 'sipp on both sides: a softswitch answers a home gateway.'; }

golden_sip__zte() { sip 44:f4:36:58:00:02 'ZTE ZXSS10 SS1b/V2.0' \
	'ZXHN H218N/V1.02.01_ERS'
	done_ 'sipp on both sides, makers of the other name.'; }

golden_sip__through_proxy() { sip 00:17:5a:58:00:03 'Cisco-SIPGateway/IOS-12.x' \
	'F660/V2.22.21P1T14S' 'SIP/2.0/UDP 100.64.9.9:5060;branch=z9hG4bKfar'
	done_ 'Two Via headers: the User-Agent is that of a box behind the
	sender (trap).'; }

golden_sip__tcp() { sip_over='-t t1' sip 00:25:9e:58:00:04 \
	'HUAWEI-SBC SE2900/V300R002' 'SIP/1.0 (Huawei)'
	done_ 'Over TCP.'; }

# account NAME MAC NET CODE PEER LINE...: radclient, nobody answers.
account()
{
	pair "$1" "$2" "$3"
	printf '%s\n' "${@:5}" "NAS-IP-Address = $3.1" \
		"NAS-Identifier = \"$1\"" >"$tmp/attributes"
	tap obs eth0 'udp portrange 1812-1813 or udp port 3799'
	run dev radclient -r 1 -t 1 -f "$tmp/attributes" "$3.250:1813" \
		"$4" secret
}

golden_radius__huawei() { account ME60-1 00:e0:fc:59:00:01 10.59.1 acct \
	'Acct-Status-Type = Start' 'Acct-Session-Id = "me6010001"' \
	'Huawei-Version = "Huawei ME60"' 'Huawei-Product-ID = "Huawei ME60"' \
	'Huawei-Startup-Stamp = 1795000000' 'NAS-Port-Id = "slot=1;subslot=0;port=3;vlanid=101"'
	done_ 'radclient as a BRAS: Accounting-Request with version and product
	of vendor 2011.'; }

golden_radius__zte() { account ZXUAS-2 00:d0:d0:59:00:02 10.59.2 acct \
	'Acct-Status-Type = Interim-Update' 'Acct-Session-Id = "zx20001"' \
	'ZTE-Context-Name = "internet"'
	done_ 'Accounting-Request with vendor 3902.'; }

golden_radius__mobile() { account GGSN-3 00:25:9e:59:00:03 10.59.3 acct \
	'Acct-Status-Type = Start' 'Acct-Session-Id = "g30001"' \
	'Huawei-GGSN-Vendor = "Huawei"' 'Huawei-GGSN-Version = "GGSN9811 V900R007"' \
	'3GPP-IMEISV = "8612340112345678"' '3GPP-GGSN-Address = 10.59.3.1'
	done_ 'A gateway: its vendor and version, and the IMEISV of a handset
	(which a reader must cut to the type code).'; }

golden_radius__juniper() { account MX-4 00:05:85:59:00:04 10.59.4 acct \
	'Acct-Status-Type = Stop' 'Acct-Session-Id = "mx40001"' \
	'ERX-Dhcp-Options = 0x3501' 'NAS-Port-Id = "ge-0/0/0.101:101"'
	done_ 'Vendor 4874.'; }

golden_radius__accept()
{
	pair BNG-5 00:17:3b:59:00:05 10.59.5
	radius_server obs 'Huawei-Input-Average-Rate = 10000000,
	ZTE-Rate-Ctrl-Scr-Down = 20000000,
	Cisco-AVPair = "sub-policy-In=10M"'
	printf '%s\n' 'User-Name = "02:4c:41:00:00:01"' 'User-Password = "x"' \
		'NAS-IP-Address = 10.59.5.1' 'NAS-Identifier = "BNG-5"' \
		'Cisco-AVPair = "client-mac-address=024c.4100.0001"' \
		>"$tmp/attributes"
	tap obs eth0 'udp port 1812'
	sleep 2
	run dev radclient -r 1 -t 3 -f "$tmp/attributes" 10.59.5.250:1812 \
		auth secret
	done_ "FreeRADIUS answers with the attributes of three makers (trap of
	direction): they say what the server thinks, not what the asker is."
}

golden_radius__h3c() { account H3C-6 00:0f:e2:59:00:06 10.59.6 acct \
	'Acct-Status-Type = Start' 'Acct-Session-Id = "h360001"' \
	'H3C-Ip-Host-Addr = "10.59.6.9 02:4c:41:00:00:09"' \
	'Huawei-IPHost-Addr = "10.59.6.9 02:4c:41:00:00:09"'
	done_ 'An H3C box that sends vendor 25506 and, as old ones do, 2011
	(trap).'; }

# log_ NAME MAC LINE...: logger sends each line as the message.
log_()
{
	local l
	pair "$1" "$2" 10.60.1
	tap obs eth0 'udp port 514'
	for l in "${@:3}"; do
		run dev logger --server 10.60.1.250 --port 514 --udp \
			${how:---rfc3164} -t "${l%%|*}" -p local7.notice -- "${l#*|}"
	done
}

golden_syslog__vrp() { log_ NE40E-1 00:e0:fc:60:00:01 \
	'%%01IFNET/4/LINK_STATE(l)[12]|The line protocol IP on the interface GigabitEthernet1/0/0 has entered the UP state.' \
	'%%01SSH/4/SSH_FAIL(s)[13]|Failed to login through SSH.' \
	'%%01ISIS/5/ADJ_CHANGE(l):VS=Admin-VS-CID=0x80|The neighbour went up.'
	done_ 'logger with the tags of VRP (%%01MODULE/severity/mnemonic), the
	last with a virtual system.'; }

golden_syslog__comware() { log_ H3C-2 00:0f:e2:60:00:02 \
	'%%10IFNET/3/PHY_UPDOWN|Physical state on the interface GigabitEthernet1/0/1 changed to up.' \
	'%%10SHELL/5/SHELL_LOGIN|TTY logged in from aux0.'
	done_ 'The tags of Comware (%%10...).'; }

golden_syslog__ios() { log_ C2960-3 00:17:5a:60:00:03 \
	'%LINK-3-UPDOWN|Interface GigabitEthernet0/1, changed state to up' \
	'%SYS-5-CONFIG_I|Configured from console by vty0'
	done_ 'The tags of IOS.'; }

golden_syslog__rfc5424() { how=--rfc5424=notq log_ ZXR10-4 00:d0:d0:60:00:04 \
	'ZTE|%OAM% An alarm 19712 level major occurred at 2026-11-23 09:00:00 sent by UPC' \
	'sshd|Accepted publickey for operator'
	done_ 'RFC 5424.'; }
