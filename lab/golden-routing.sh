# Golden captures of routers: FRRouting's daemons, three boxes or four on one
# segment that repeats every frame to every port, and to the tap.

# segment NET NAME...: boxes r1, r2 ... of those names, at NET.1, NET.2 ... and
# $mac:01 ...; each has a loopback, 192.0.2.N, and knows the way to the others'.
segment()
{
	local net=$1 n=0 m host
	shift
	box hub
	ip -n "${prefix}hub" link add br0 type bridge ageing_time 0 \
		mcast_snooping 0
	ip -n "${prefix}hub" link set br0 up
	for host; do
		n=$((n + 1))
		box r$n
		name r$n "$host"
		wire r$n eth0 "$mac:0$n" hub p$n "02:4c:41:ff:00:0$n"
		ip -n "${prefix}hub" link set p$n master br0
		addr r$n eth0 "$net.$n/24"
		addr r$n lo "192.0.2.$n/32"
	done
	for n in $(seq $#); do
		for m in $(seq $#); do
			[ $n = $m ] || route r$n "192.0.2.$m/32" via "$net.$m"
		done
	done
}

# frr BOX DAEMON [LINE...]: one of FRRouting's, configured so; it becomes the
# user frr.
frr()
{
	local d=$tmp/frr.$1 c=$tmp/frr.$1/$2
	mkdir -p "$d"
	printf '%s\n' "hostname $(host_of "$1")" "${@:3}" >"$c.conf"
	chown -R frr:frr "$d"
	daemon "$1" "/usr/lib/frr/$2" -f "$c.conf" -i "$c.pid" --log stdout \
		-z "$d/zserv.api" --vty_socket "$d" ${option-}
}

# zebra BOX...: what the others of a box speak to, first.
zebra()
{
	local b
	for b; do
		frr "$b" zebra
	done
	for b; do
		for _ in $(seq 50); do
			[ -S "$tmp/frr.$b/zserv.api" ] && break
			sleep 0.1
		done
	done
	sleep 1
}

# speaker BOX AS [LINE...]: bgpd, those neighbours.
speaker()
{
	frr "$1" bgpd ${domain:+"domainname $domain"} "router bgp $2" \
		" bgp router-id 192.0.2.${1#r}" ' no bgp ebgp-requires-policy' \
		' no bgp network import-check' " timers bgp 3 ${hold:-9}" \
		" network 198.51.100.$((${1#r} * 16))/28" "${@:3}"
}

golden_bgp__frr()
{
	local n to
	mac=02:4c:41:90:00
	segment 10.90.1 edge-1 core-2 edge-3 peer-4
	tap hub br0 'tcp port 179'
	zebra r1 r2 r3 r4
	for n in 1 3 4; do
		to="${to-} neighbor 10.90.1.$n remote-as"
		[ $n = 4 ] && to="$to 4200000004" || to="$to 65001
 neighbor 10.90.1.$n route-reflector-client
 neighbor 10.90.1.$n advertisement-interval 0"
		to="$to
 neighbor 10.90.1.$n passive
"
	done
	domain=lab.example speaker r2 65001 "$to"
	sleep 1
	for n in 1 3; do
		hold=$((n * 15)) speaker r$n 65001 \
			' neighbor 10.90.1.2 remote-as 65001' \
			' neighbor 10.90.1.2 timers connect 1' \
			' neighbor 10.90.1.2 addpath-tx-all-paths'
	done
	domain=peer.example speaker r4 4200000004 \
		' neighbor 10.90.1.2 remote-as 65001' \
		' neighbor 10.90.1.2 timers connect 1'
	sleep 12
	done_ "Four of FRRouting's bgpd: core-2 reflects the routes of edge-1
	and edge-3; peer-4 is of another autonomous system, of four octets." \
		--keep 90
}

# area BOX HEAD [LINE...]: ospfd, hellos each second.
area()
{
	frr "$1" ospfd 'interface eth0' ' ip ospf hello-interval 1' \
		' ip ospf dead-interval 4' " ip ospf priority ${priority:-1}" \
		'router ospf' " ospf router-id 192.0.2.${1#r}" \
		' network 10.91.1.0/24 area 0' "${@:2}"
}

# area6 BOX [LINE...]: ospf6d, the same.
area6()
{
	net6 "$1" eth0
	frr "$1" ospf6d 'interface eth0' ' ipv6 ospf6 area 0' \
		' ipv6 ospf6 hello-interval 1' ' ipv6 ospf6 dead-interval 4' \
		'router ospf6' " ospf6 router-id 192.0.2.${1#r}" "${@:2}"
}

golden_ospf__frr()
{
	mac=02:4c:41:91:00
	segment 10.91.1 dr-1 border-2 exit-3
	tap hub br0 'ip proto 89'
	zebra r1 r2 r3
	priority=9 area r1 ' capability opaque' ' router-info area'
	priority=5 area r2 ' network 192.0.2.2/32 area 0.0.0.7'
	area r3 ' default-information originate always'
	sleep 16
	done_ "Three of FRRouting's ospfd, version 2: designated, backup and
	border of two areas, border of the autonomous system." --keep 110
}

golden_ospf__frr6()
{
	mac=02:4c:41:91:01
	segment 10.91.1 dr-1 border-2 exit-3
	tap hub br0 'ip6 proto 89'
	zebra r1 r2 r3
	area6 r1
	area6 r2
	area6 r3 ' default-information originate always'
	sleep 16
	done_ "Three of FRRouting's ospf6d: OSPF version 3." --keep 110
}

# system BOX TYPE [LINE...]: isisd of that level.
system()
{
	frr "$1" isisd 'interface eth0' ' ip router isis lab' \
		' isis hello-interval 2' "${@:3}" 'router isis lab' \
		" net 49.0001.1920.0000.200${1#r}.00" " is-type $2" \
		' metric-style wide' ' lsp-gen-interval 1'
}

golden_isis__frr()
{
	mac=02:4c:41:92:00
	segment 10.92.1 access-1 aggregation-2 core-3
	tap hub br0 'ether[14:2] = 0xfefe'
	zebra r1 r2 r3
	system r1 level-1
	system r2 level-1-2 ' no isis hello padding'
	system r3 level-2-only ' no isis hello padding'
	# What is told of itself first has no address yet; the next does.
	sleep 36
	done_ "Three of FRRouting's isisd on a broadcast link: of level 1, of
	both (their hellos not filled up), of level 2." --keep 110
}

golden_ldp__frr()
{
	local n
	mac=02:4c:41:93:00
	segment 10.93.1 lsr-1 lsr-2 lsr-3
	tap hub br0 'port 646'
	zebra r1 r2 r3
	for n in 1 2 3; do
		option="--ctl_socket $tmp/frr.r$n" frr r$n ldpd 'mpls ldp' \
			" router-id 192.0.2.$n" ' address-family ipv4' \
			"  discovery transport-address 192.0.2.$n" \
			'  discovery hello interval 2' '  interface eth0'
	done
	sleep 14
	done_ "Three of FRRouting's ldpd, sessions between their loopbacks." \
		--keep 80
}

# FRRouting's bgpd has BMP in a module; its station is a server that is silent.
golden_bmp__frr()
{
	mac=02:4c:41:94:00
	segment 10.94.1 edge-1 peer-2 station-3
	greet r3 1790 '' after
	tap hub br0 'tcp port 1790'
	zebra r1 r2
	speaker r2 65002 ' neighbor 10.94.1.1 remote-as 65001'
	option='-M bmp' speaker r1 65001 \
		' neighbor 10.94.1.2 remote-as 65002' \
		' neighbor 10.94.1.2 timers connect 1' ' bmp targets lab' \
		'  bmp monitor ipv4 unicast pre-policy' '  bmp stats interval 2000' \
		'  bmp connect 10.94.1.3 port 1790 min-retry 500 max-retry 1000'
	sleep 12
	done_ "FRRouting's bgpd tells a station of its peer." --keep 60
}

# virtual BOX PRIORITY: vrrpd on a macvlan of the virtual router's address.
virtual()
{
	ip -n "$prefix$1" link add vr51 link eth0 address 00:00:5e:00:01:33 \
		type macvlan mode bridge
	addr "$1" vr51 10.95.1.254/32
	ip -n "$prefix$1" link set vr51 up
	frr "$1" vrrpd 'interface eth0' " vrrp 51 version ${3-3}" \
		" vrrp 51 priority $2" ' vrrp 51 ip 10.95.1.254'
}

golden_vrrp__frr()
{
	mac=02:4c:41:95:00
	segment 10.95.1 gw-1 gw-2
	tap hub br0 'ip proto 112'
	zebra r1 r2
	virtual r2 90
	sleep 5
	virtual r1 200
	sleep 5
	done_ "Two of FRRouting's vrrpd, version 3: the second takes over." \
		--keep 12
}
