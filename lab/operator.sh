# The demonstration operator: one function a row, named as in its table.
# Addresses of the equipment come from 10.<country code>.0.0/16, subscribers'
# from 100.64.0.0/10; stations that only ask have local-bit MACs.

demo=$tree/examples/operator

# asker NET: the address of the station that asks in that network.
asker()
{
	local IFS=.
	set -- $1
	printf '02:4c:41:%02x:%02x:fa' "$2" "$3"
}

vrp8='Huawei Versatile Routing Platform Software
VRP (R) software, Version 8.200 (NetEngine 8000 V800R012C10SPC300)
Copyright (C) 2012-2020 Huawei Technologies Co., Ltd.
HUAWEI NetEngine 8000 M8'

vrp5='S5720-32X-EI-24S-AC
Huawei Versatile Routing Platform Software
 VRP (R) software,Version 5.170 (S5720 V200R010C00SPC600)
 Copyright (C) 2007 Huawei Technologies Co., Ltd.'

# managed BOX HOSTNAME MAC NET: a box and its management station on one link.
managed()
{
	box "$1" nms
	name "$1" "$2"
	wire "$1" eth0 "$3" nms eth0 "$(asker "$4")"
	addr "$1" eth0 "$4.1/24"
	addr nms eth0 "$4.250/24"
}

# bundled BOX HOSTNAME MAC-OF-SYSTEM NET: the same over the first of two ports
# of an LACP aggregate; the ports' addresses follow the system's.
bundled()
{
	local m=${3%:*}
	box "$1" nms
	name "$1" "$2"
	wire "$1" eth0 "$m:11" nms eth0 "$(asker "$4")"
	wire "$1" eth1 "$m:12" nms eth1 02:4c:41:10:00:fb
	addr "$1" eth0 "$4.1/24"
	addr nms eth0 "$4.250/24"
	switch "$1"
	switch nms
	trunk "$1" "$3" eth0 eth1
	trunk nms 02:4c:41:10:00:f0 eth0 eth1
	sleep 3
}

# ne8000 HOSTNAME MAC NET: sysDescr, sysObjectID and LLDP of one router.
ne8000()
{
	managed router "$1" "$2" "$3"
	agent router "$3.1" "$vrp8" .1.3.6.1.4.1.2011.2.360
	port router "$1" GigabitEthernet0/1/0
	tap nms eth0 'arp or udp port 161 or ether proto 0x88cc'
	sleep 1
	walk nms "$3.1" $system
	neighbour router eth0 "$vrp8" -m "$3.1"
	sleep 3
}

row_D03()
{
	ne8000 VOS-PE-01 00:18:82:5a:0e:01 10.49.3
	seal "$demo/DE-1/d03.pcap" --kind pcap
}

row_GI1()
{
	ne8000 GIB-PE-01 00:18:82:5a:0e:31 10.35.1
	seal "$demo/GI-1/gi1.pcap"
}

# report HOSTNAME MAC NET ENGINE: an SNMPv3 discovery. The agent knows no user
# by that name, but its REPORT shows the engine identifier before that matters.
report()
{
	managed box "$1" "$2" "$3"
	agent box "$3.1" '' .1.3.6.1.4.1.2011.2 "exactEngineID $4"
	tap nms eth0 'arp or udp port 161'
	sleep 1
	snmp='-v3 -l noAuthNoPriv -u probe' walk nms "$3.1" .1.3.6.1.2.1.1.3.0
}

row_D02()
{
	report VOS-UPF-01 00:25:9e:71:20:02 10.49.2 0x800007db0300259e712002
	seal "$demo/DE-1/d02.pcap" --kind pcap
}

row_G01()
{
	report ELL-MME-01 00:25:9e:71:44:01 10.44.1 0x800007db0300259e714401
	seal "$demo/GB-2/g01.pcap"
}

row_U01()
{
	report MRC-ENB-01 00:e0:fc:62:01:01 10.1.1 0x800007db0300e0fc620101
	seal "$demo/US-1/u01.pcap"
}

row_D01()
{
	managed amf VOS-AMF-01 44:f4:36:1d:00:01 10.49.1
	greet amf 22 'SSH-2.0-ZTE_SSH.2.0\r\n'
	tap nms eth0 'arp or tcp port 22'
	visit nms 10.49.1.1 22 'SSH-2.0-OpenSSH_9.2p1\r\n'
	seal "$demo/DE-1/d01.pcap" --kind pcap
}

# clock BOX IF LINE...: linuxptp's ptp4l with software time stamps.
clock()
{
	local conf=$tmp/ptp.$1.conf
	{
		printf '[global]\ntime_stamping software\n'
		printf 'free_running 1\nuds_address %s\n' "$tmp/ptp.$1"
		printf '%s\n' "${@:3}"
		for i in $2; do
			printf '[%s]\n' "$i"
		done
	} >"$conf"
	daemon "$1" ptp4l -f "$conf" -m -q
}

row_D06()
{
	box gnb slave
	name gnb HW-RHEIN-07
	wire gnb eth0 04:4e:06:2b:07:01 slave eth0 02:4c:41:10:00:06
	tap slave eth0 'ether proto 0x88f7 and ether src 04:4e:06:2b:07:01'
	clock gnb eth0 'network_transport L2' 'domainNumber 24' \
		'clockClass 165' 'priority1 128' 'logAnnounceInterval 0'
	sleep 8
	seal "$demo/DE-1/d06.pcap" --kind pcap --keep 12
}

row_I02()
{
	bundled olt PIE-OLT-02 00:d0:d0:3a:41:00 10.39.2
	agent olt 10.39.2.1 "ZXR10 ROS Version V4.6.02A ZXPON C320 Software, \
Version V1.2.5P2 Copyright (c) 2000-2012 by ZTE Corporation Compiled" \
		.1.3.6.1.4.1.3902.1015.320.1.2
	tap nms eth0 'arp or udp port 161 or ether proto 0x8809'
	sleep 1
	walk nms 10.39.2.1 $system
	sleep 1
	seal "$demo/IT-1/i02.pcap"
}

row_J01()
{
	box oru du
	name oru ''
	wire oru eth0 00:00:0e:4d:11:07 du eth0 02:4c:41:10:00:d0
	addr du eth0 10.81.1.254/24
	cat >"$tmp/dhclient.conf" <<-'E'
	send vendor-class-identifier "o-ran-ru2/FJ/44R26-N25N66-DC/A2299900017";
	request subnet-mask, routers, vendor-encapsulated-options;
	E
	tap du eth0 'udp port 67 or udp port 68'
	# Sub-option 129 names the controller.
	daemon du dnsmasq -k -C /dev/null -p 0 -i eth0 --bind-interfaces \
		--dhcp-leasefile="$tmp/leases" --dhcp-authoritative \
		--dhcp-range=10.81.1.10,10.81.1.20,1h --no-ping \
		--dhcp-option=vendor:o-ran-ru2,129,10.81.1.254 --pid-file=
	sleep 0.5
	run oru dhclient -4 -d -1 -cf "$tmp/dhclient.conf" -sf /bin/true \
		-lf "$tmp/client.leases" -pf "$tmp/dhclient.pid" eth0 &
	sleep 5
	[ -s "$tmp/dhclient.pid" ] && kill "$(cat "$tmp/dhclient.pid")"
	seal "$demo/JP-1/j01.pcap"
}

row_J02()
{
	managed switch KZM-SW-03 28:6e:d4:0b:77:20 10.81.2
	agent switch 10.81.2.1 "$vrp5" .1.3.6.1.4.1.2011.2.23.291
	port switch KZM-SW-03 GigabitEthernet0/0/1 \
		'HUAWEI, Quidway Series, GigabitEthernet0/0/1 Interface'
	tap nms eth0 'arp or udp port 161 or ether proto 0x88cc'
	sleep 1
	walk nms 10.81.2.1 $system
	neighbour switch eth0 "$vrp5" -m 10.81.2.1
	sleep 3
	seal "$demo/JP-1/j02.pcap"
	# The same switch's frame with the object identifier of its management
	# address in BER, tag and length included; no daemon sends that.
	construct "$demo/JP-1/j02-oid.pcap" "$(lldp_frame 286ed40b7720 \
		GigabitEthernet0/0/1 KZM-SW-03 "$vrp5" \
		"$(manage 0a510201 060f2b060104018f5b0519290102010101)")"
}

row_J03()
{
	bundled switch KZM-SW-09 00:0f:e2:6c:90:00 10.81.3
	agent switch 10.81.3.1 '' .1.3.6.1.4.1.2011.10.1.88
	greet switch 22 'SSH-2.0-Comware-5.20\r\n'
	cat >"$tmp/acct" <<-'E'
	User-Name = "maintenance"
	Acct-Status-Type = Start
	Acct-Session-Id = "10903170001"
	NAS-IP-Address = 10.81.3.1
	NAS-Identifier = "KZM-SW-09"
	NAS-Port-Type = Ethernet
	Huawei-Startup-Stamp = 1795000000
	Huawei-IPHost-Addr = "10.81.3.77 02:4c:41:10:00:4d"
	E
	tap nms eth0 'arp or udp port 161 or udp port 1813 or tcp port 22 or
		(ether proto 0x8809 and ether src 00:0f:e2:6c:90:11)'
	sleep 1
	walk nms 10.81.3.1 .1.3.6.1.2.1.1.2.0 .1.3.6.1.2.1.1.5.0
	visit nms 10.81.3.1 22 'SSH-2.0-OpenSSH_9.2p1\r\n'
	run switch radclient -r 1 -t 1 -f "$tmp/acct" 10.81.3.250:1813 \
		acct secret
	seal "$demo/JP-1/j03.pcap"
}

row_J04()
{
	box phone gw
	name phone ''
	wire phone eth0 00:3d:e1:4f:19:a2 gw eth0 02:4c:41:10:00:04
	addr gw eth0 100.64.4.1/24
	tap gw eth0 'udp port 67 or udp port 68'
	daemon gw dnsmasq -k -C /dev/null -p 0 -i eth0 --bind-interfaces \
		--dhcp-leasefile="$tmp/leases" --dhcp-authoritative --no-ping \
		--dhcp-range=100.64.4.10,100.64.4.99,1h --pid-file=
	sleep 0.5
	limit=8 run phone busybox udhcpc -i eth0 -n -q -t 3 -s /bin/true \
		-V HUAWEI:android:ELE
	seal "$demo/JP-1/j04.pcap"
}

# A box on the path answers for a web server: its own routing takes the port.
row_G05()
{
	box client gw path server
	wire client eth0 02:4c:41:10:00:c5 gw eth0 00:05:85:2e:44:01
	wire gw eth1 00:05:85:2e:44:02 path eth0 02:4c:41:10:05:01
	wire path eth1 02:4c:41:10:05:02 server eth0 02:4c:41:10:05:03
	addr client eth0 10.44.5.10/24
	addr gw eth0 10.44.5.1/24
	addr gw eth1 10.44.105.1/30
	addr path eth0 10.44.105.2/30
	addr path eth1 198.51.100.1/24
	addr server eth0 198.51.100.80/24
	sys gw net.ipv4.ip_forward=1
	sys path net.ipv4.ip_forward=1
	route client default via 10.44.5.1
	route gw default via 10.44.105.2
	route path 10.44.5.0/24 via 10.44.105.1
	route server default via 198.51.100.1
	# The box on the path holds the server's address too, and passes on
	# what is for the other port.
	addr path lo 198.51.100.80/32
	ip -n "$prefix"path rule add pref 200 lookup local
	ip -n "$prefix"path rule del pref 0
	ip -n "$prefix"path rule add pref 100 ipproto tcp dport 8080 lookup main
	ip -n "$prefix"path neigh add 198.51.100.80 dev eth1 \
		lladdr 02:4c:41:10:05:03
	sys path net.ipv4.conf.eth1.accept_local=1
	web path 198.51.100.80:80 'more_set_headers "Server: V2R2C00-IAE/1.0";
		location / { return 503; }'
	web server 198.51.100.80:8080 'location / { return 200 "ok\n"; }'
	tap client eth0 'tcp port 80 or tcp port 8080'
	sleep 0.5
	run client curl -s -m 5 -A Mozilla/5.0 http://198.51.100.80:8080/
	run client curl -s -m 5 -A Mozilla/5.0 http://198.51.100.80/
	seal "$demo/GB-1/g05.pcap"
}

# web BOX ADDRESS:PORT BODY: nginx with that server block.
web()
{
	local d=$tmp/web.$1
	mkdir -p "$d"
	cat >"$d/conf" <<-E
	load_module /usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so;
	daemon off;
	master_process off;
	pid $d/pid;
	error_log $d/error;
	events { }
	http {
		access_log off;
		client_body_temp_path $d/1;
		proxy_temp_path $d/2;
		fastcgi_temp_path $d/3;
		uwsgi_temp_path $d/4;
		scgi_temp_path $d/5;
		server { listen $2; $3 }
	}
	E
	daemon "$1" nginx -e "$d/error" -c "$d/conf" -p "$d"
}

row_G02()
{
	# Huawei's link discovery: broadcast, ethertype 0, the flag, then a
	# request for the peer's link information; nobody else sends it.
	construct "$demo/GB-1/g02.pcap" "ffffffffffff 00e0fc420701 0000\
$(hex 'Huawei Link Search')0001 0102 $(hex ELL-GNB-02)"
}

row_G03()
{
	local mac=00:e0:fc:33:58:00
	managed olt ELL-OLT-01 $mac 10.44.3
	agent olt 10.44.3.1 'Huawei Integrated Access Software' \
		.1.3.6.1.4.1.2011.2.248
	box home
	wire home eth0 02:4c:41:10:06:01 olt eth1 ${mac%:*}:01
	net6 home eth0
	net6 olt eth1 2001:db8:44:3::1/64
	net6 olt eth0 2001:db8:44:4::1/64
	net6 nms eth0 2001:db8:44:4::2/64
	relay6 olt eth1 eth0 2001:db8:44:4::2 2011-0x454c4c2d4f4c542d3031
	daemon nms dnsmasq -k -C /dev/null -p 0 -i eth0 --no-ping \
		--bind-interfaces --dhcp-leasefile="$tmp/leases" --pid-file= \
		--dhcp-range=2001:db8:44:3::100,2001:db8:44:3::1ff,1h
	tap nms eth0 'arp or icmp6 or udp port 161 or udp port 547'
	sleep 1
	walk nms 10.44.3.1 $system
	client6 home eth0
	seal "$demo/GB-1/g03.pcap"
}

row_G04()
{
	bundled switch ELL-SW-04 44:f4:36:52:50:00 10.44.4
	agent switch 10.44.4.1 \
'ZTE Ethernet Switch  ZXR10 5250-52TM-H, Version: V2.05.11B23' \
		.1.3.6.1.4.1.3902.15.2.1.4
	tap nms eth0 'arp or udp port 161 or ether proto 0x8809'
	sleep 1
	walk nms 10.44.4.1 $system
	seal "$demo/GB-1/g04.pcap"
}

row_U02()
{
	bundled switch MRC-SW-02 00:d0:d0:59:50:00 10.1.2
	agent switch 10.1.2.1 \
'ZTE 5950-36TM Software, 5900 Version: V3.03.10.B30P11, Copyright (c) by ZTE' \
		.1.3.6.1.4.1.3902.3.600.3.1.801
	tap nms eth0 'arp or udp port 161 or ether proto 0x8809'
	sleep 1
	walk nms 10.1.2.1 $system
	seal "$demo/US-1/u02.pcap"
}

# Behind a router, so that no address on the link helps.
row_U03()
{
	box power gw nms
	name power MRC-PWR-03
	wire power eth0 02:4c:41:10:03:01 gw eth0 00:05:85:2e:01:01
	wire gw eth1 00:05:85:2e:01:02 nms eth0 "$(asker 10.1.250)"
	addr power eth0 10.1.3.2/24
	addr gw eth0 10.1.3.1/24
	addr gw eth1 10.1.250.1/24
	addr nms eth0 10.1.250.250/24
	sys gw net.ipv4.ip_forward=1
	route power default via 10.1.3.1
	route nms default via 10.1.250.1
	agent power 10.1.3.2 \
'Linux GSE200M 2.6.27-SPEAr310 #2 PREEMPT Thu Sep 3 10:11:12 CST 2015 armv5tejl' \
		.1.3.6.1.4.1.8072.3.2.10 \
		'override .1.3.6.1.4.1.2011.6.164.1.1.1.4.0 integer 3'
	tap nms eth0 'arp or udp port 161'
	sleep 1
	walk nms 10.1.3.2 .1.3.6.1.2.1.1.1.0 .1.3.6.1.2.1.1.2.0 \
		.1.3.6.1.4.1.2011.6.164.1.1.1.4.0
	seal "$demo/US-1/u03.pcap"
}

ios='Cisco IOS Software, C2960S Software (C2960S-UNIVERSALK9-M), Version 12.2(55)SE7, RELEASE SOFTWARE (fc1)
Technical Support: http://www.cisco.com/techsupport
Copyright (c) 1986-2013 by Cisco Systems, Inc.'

# entity INDEX CLASS MAKER MODEL SERIAL: a row of the entity table.
entity()
{
	local t=.1.3.6.1.2.1.47.1.1.1.1
	echo "override $t.5.$1 integer $2"
	echo "override $t.12.$1 octet_str \"$3\""
	echo "override $t.13.$1 octet_str \"$4\""
	echo "override $t.11.$1 octet_str \"$5\""
}

row_U04()
{
	local t=.1.3.6.1.2.1.47.1.1.1.1 n
	managed switch MRC-SW-04 00:17:5a:29:60:01 10.1.4
	agent switch 10.1.4.1 "$ios" .1.3.6.1.4.1.9.1.1208 \
		"$(entity 1001 3 'Cisco Systems, Inc.' WS-C2960S-24TS-L \
			FOC1199X0AB)" \
		"$(entity 1049 9 HUAWEI OMXD30000 HA99170400123)"
	port switch MRC-SW-04 GigabitEthernet1/0/1
	tap nms eth0 'arp or udp port 161 or ether proto 0x88cc or
		ether dst 01:00:0c:cc:cc:cc'
	sleep 1
	walk nms 10.1.4.1 $system
	for n in 1001 1049; do
		walk nms 10.1.4.1 $t.5.$n $t.12.$n $t.13.$n $t.11.$n
	done
	neighbour switch eth0 "$ios" -m 10.1.4.1 -ccc -l \
		-P 'cisco WS-C2960S-24TS-L'
	sleep 3
	seal "$demo/US-1/u04.pcap"
}

row_U05()
{
	managed camera '' 44:19:b6:0c:05:01 10.1.5
	agent camera 10.1.5.1 '' .0.0 \
		'override .1.3.6.1.2.1.1.1.0 octet_str ""' \
'override .1.3.6.1.4.1.39165.1.1.0 octet_str "DS-2CD2142FWD-I"'
	tap nms eth0 'arp or udp port 161'
	sleep 1
	walk nms 10.1.5.1 .1.3.6.1.2.1.1.1.0 .1.3.6.1.2.1.1.2.0 \
		.1.3.6.1.4.1.39165.1.1.0
	seal "$demo/US-1/u05.pcap"
}

row_U06()
{
	managed host lab-router 02:42:0a:01:06:01 10.1.6
	port host lab-router eth0
	ssh_server host -o VersionAddendum=none
	tap nms eth0 'arp or ether proto 0x88cc or
		tcp port 22'
	neighbour host eth0 'Huawei Versatile Routing Platform Software
VRP (R) software, Version 5.160 (S5700 V200R009C00)' -m 10.1.6.1
	sleep 3
	run nms ssh-keyscan -T 3 -t ed25519 10.1.6.1
	seal "$demo/US-1/u06.pcap"
}

# ssh_server BOX [OPTION...]: OpenSSH with a host key made here.
ssh_server()
{
	local k=$tmp/key.$1
	[ -e "$k" ] || ssh-keygen -q -t "${key_type:-ed25519}" -N '' -C '' \
		-f "$k"
	daemon "$1" /usr/sbin/sshd -D -e -f /dev/null -h "$k" \
		-o PidFile=none "${@:2}"
	sleep 0.5
}

row_U07()
{
	box nms host bng server
	wire nms eth0 02:4c:41:10:07:01 host eth0 02:4c:41:10:07:02
	addr nms eth0 10.1.7.250/24
	addr host eth0 10.1.7.2/24
	tap host eth0 'udp port 161'
	snmp='-v2c -c public' walk nms 10.1.7.2 \
		.1.3.6.1.4.1.2011.5.25.31.1.1.1.1.5.67108867 \
		.1.3.6.1.4.1.2011.6.3.4.1.2.0
	seal "$demo/US-1/u07-manager.pcap"
	name bng MRC-BNG-07
	wire bng eth0 00:17:3b:70:07:01 server eth0 02:4c:41:10:07:03
	addr bng eth0 10.1.8.1/24
	addr server eth0 10.1.8.250/24
	radius_server server 'Huawei-Input-Average-Rate = 10000000,
	Huawei-Output-Average-Rate = 50000000,
	Huawei-Domain-Name = "residential"'
	cat >"$tmp/auth" <<-'E'
	User-Name = "00:11:22:33:44:55"
	User-Password = "cisco"
	NAS-IP-Address = 10.1.8.1
	NAS-Identifier = "MRC-BNG-07"
	NAS-Port-Type = Virtual
	Cisco-AVPair = "client-mac-address=024c.4110.0708"
	Cisco-NAS-Port = "0/0/1/701"
	E
	tap server eth0 'arp or udp port 1812'
	sleep 2
	run bng radclient -r 1 -t 3 -f "$tmp/auth" 10.1.8.250:1812 auth secret
	seal "$demo/US-1/u07-radius.pcap"
}

# radius_server BOX REPLY: FreeRADIUS that accepts everybody with REPLY.
radius_server()
{
	local d=$tmp/radius
	mkdir -p "$d"
	printf 'DEFAULT Auth-Type := Accept\n\t%s\n' "$2" >"$d/users"
	echo '$INCLUDE /usr/share/freeradius/dictionary' >"$d/dictionary"
	cat >"$d/radiusd.conf" <<-E
	raddbdir = $d
	logdir = $d
	run_dir = $d
	libdir = /usr/lib/freeradius
	log {
		destination = stdout
	}
	client any {
		ipaddr = 0.0.0.0/0
		secret = secret
	}
	modules {
		files {
			filename = $d/users
		}
		always ok {
			rcode = ok
		}
	}
	server default {
		listen {
			type = auth
			ipaddr = *
			port = 1812
		}
		listen {
			type = acct
			ipaddr = *
			port = 1813
		}
		authorize {
			files
		}
		accounting {
			ok
		}
	}
	E
	daemon "$1" freeradius -f -d "$d" -n radiusd -l stdout
}

# Ten minutes of ordinary hosts: four protocols are heard, none names a maker.
row_JP2()
{
	local end lap
	box gw host server
	name host ''
	wire host eth0 02:4c:41:20:00:01 gw eth0 02:4c:41:20:00:02
	wire gw eth1 02:4c:41:20:00:03 server eth0 02:4c:41:20:00:04
	addr gw eth0 10.81.20.1/24
	addr gw eth1 10.81.21.1/24
	addr server eth0 10.81.21.10/24
	sys gw net.ipv4.ip_forward=1
	route server default via 10.81.21.1
	certificate plain '/CN=server' ''
	daemon gw dnsmasq -k -C /dev/null -p 0 -i eth0 --bind-interfaces \
		--dhcp-leasefile="$tmp/leases" --dhcp-authoritative --no-ping \
		--dhcp-range=10.81.20.10,10.81.20.99,1h --pid-file=
	daemon server openssl s_server -accept 443 -cert "$tmp/plain.pem" \
		-key "$tmp/plain.key" -tls1_3 -www -quiet
	ssh_server server -o DebianBanner=no
	tap host eth0 'arp or udp port 67 or udp port 68 or tcp'
	sleep 0.5
	limit=8 run host busybox udhcpc -i eth0 -n -q -t 3 -s /bin/true -V ''
	addr host eth0 10.81.20.10/24
	route host default via 10.81.20.1
	for lap in 1 2 3 4 5; do
		end=$(($(date +%s) + 145))
		run host curl -sk -m 3 https://10.81.21.10/
		[ $lap = 3 ] && run host ssh-keyscan -T 3 -t ed25519 10.81.21.10
		[ $lap = 5 ] || sleep $((end - $(date +%s)))
	done
	sleep 20
	run host arping -q -c 1 -I eth0 10.81.20.1
	seal "$demo/JP-2/quiet.pcap"
}

# certificate NAME SUBJECT ISSUER [EXTENSION]: NAME.pem and NAME.key, signed by
# a certificate authority called ISSUER, or by itself where that is empty.
certificate()
{
	local n=$tmp/$1
	openssl req -new -newkey ${key:-rsa:2048} -nodes -keyout "$n.key" \
		-subj "$2" -out "$n.req" ${4:+-addext "$4"} 2>/dev/null
	if [ -n "$3" ]; then
		openssl req -x509 -newkey rsa:2048 -nodes -subj "$3" -days 7300 \
			-keyout "$n.ca.key" -out "$n.ca.pem" 2>/dev/null
		openssl x509 -req -in "$n.req" -CA "$n.ca.pem" \
			-CAkey "$n.ca.key" -days 3650 -copy_extensions copy \
			-set_serial "${serial:-4097}" -out "$n.pem" 2>/dev/null
	else
		openssl x509 -req -in "$n.req" -key "$n.key" -days 3650 \
			-copy_extensions copy -out "$n.pem" 2>/dev/null
	fi
}
