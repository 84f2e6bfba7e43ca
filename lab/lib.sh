# What every case uses: boxes (network namespaces with a host name of their
# own), wires (veth pairs), daemons that are ended by process id, and a tap.

start=${LAB_START:-2026-11-23T09:00:00Z}

say() { printf 'lab: %s\n' "$*" >&2; }

# begin NAME: a scratch directory and a prefix for this case's namespaces.
begin()
{
	case_name=$1
	tmp=$(mktemp -d "${TMPDIR:-/tmp}/lab-$1.XXXXXX")
	chmod 755 "$tmp"
	prefix=lab$$-
	: >"$tmp/pids"
	: >"$tmp/boxes"
	: >"$tmp/resolv"
	trap 'finish' EXIT
	trap 'exit 130' INT TERM
}

# finish: end what this case started, newest first, and remove its traces.
finish()
{
	trap - EXIT
	local pid box
	for pid in $(tac "$tmp/pids"); do
		kill "$pid" 2>/dev/null
	done
	sleep 0.2
	for box in $(cat "$tmp/boxes"); do
		for pid in $(ip netns pids "$prefix$box" 2>/dev/null); do
			kill -9 "$pid" 2>/dev/null
		done
		ip netns del "$prefix$box"
	done
	wait 2>/dev/null
	[ -n "${LAB_KEEP-}" ] && say "kept $tmp" || rm -rf "$tmp"
}

# box NAME...: a namespace each. IPv6 stays off until wire6 asks for it, so
# that a capture holds nothing that the case is not about.
box()
{
	local b
	for b; do
		ip netns add "$prefix$b" || exit 1
		echo "$b" >>"$tmp/boxes"
		ip -n "$prefix$b" link set lo up
		ip netns exec "$prefix$b" sysctl -qw \
			net.ipv6.conf.default.disable_ipv6=1 \
			net.ipv6.conf.all.disable_ipv6=1
	done
}

# wire A IF MAC B IF MAC: a cable. Checksums are made by the sender, since a
# tap on a veth would otherwise see them unfinished.
wire()
{
	ip link add "$2" netns "$prefix$1" address "$3" type veth \
		peer name "$5" netns "$prefix$4" address "$6" || exit 1
	ip netns exec "$prefix$1" ethtool -K "$2" tx off tso off gso off \
		>/dev/null 2>&1
	ip netns exec "$prefix$4" ethtool -K "$5" tx off tso off gso off \
		>/dev/null 2>&1
	ip -n "$prefix$1" link set "$2" up
	ip -n "$prefix$4" link set "$5" up
}

addr() { ip -n "$prefix$1" addr add "$3" dev "$2"; }

route() { local b=$1; shift; ip -n "$prefix$b" route add "$@"; }

sys() { ip netns exec "$prefix$1" sysctl -qw "${@:2}"; }

# exec_box NAME COMMAND...: become that command inside the box, under the box's
# own host name and with an empty /run, so that a daemon meets neither this
# machine's name nor its sockets. All of it is exec: $! is the daemon itself.
exec_box()
{
	printf '127.0.0.1 localhost %s\n' "$(host_of "$1")" >"$tmp/hosts.$1"
	exec ip netns exec "$prefix$1" unshare -u -- /bin/sh -c '
		hostname "$1"; tmp=$2; box=$3; shift 3
		mount -t tmpfs -o mode=755 tmpfs /run
		mkdir -p /run/lldpd /run/sshd /run/avahi-daemon /run/lock
		mount --bind "$tmp/hosts.$box" /etc/hosts
		mount --bind "$tmp/resolv" /etc/resolv.conf
		[ ! -d "$tmp/avahi" ] || mount --bind "$tmp/avahi" /etc/avahi
		if [ -d "$tmp/dibbler.$box" ]; then
			mount --bind "$tmp/dibbler.$box" /etc/dibbler
			mount --bind "$tmp/dibbler.$box" /var/lib/dibbler
		fi
		if [ -d "$tmp/frr.$box" ]; then
			mkdir -p /var/tmp/frr
			mount --bind "$tmp/frr.$box" /var/tmp/frr
		fi
		exec "$@"' sh "$(host_of "$1")" "$tmp" "$1" "${@:2}"
}

# name BOX HOSTNAME: what the box calls itself (the box's own name otherwise).
name() { echo "$2" >"$tmp/name.$1"; }

host_of()
{
	local n=$1
	[ -e "$tmp/name.$1" ] && n=$(cat "$tmp/name.$1")
	echo "${n:-localhost}"
}

# daemon BOX COMMAND...: in the background, ended with the case.
daemon()
{
	exec_box "$@" >>"$tmp/log.$1.$(basename "$2")" 2>&1 </dev/null &
	last_pid=$!
	echo "$last_pid" >>"$tmp/pids"
}

# run BOX COMMAND...: in the foreground, 20 seconds at most; its answer does
# not matter, the capture is looked at afterwards.
run()
{
	( exec_box "$1" timeout "${limit:-20}" "${@:2}" ) \
		>>"$tmp/log.$1.run" 2>&1 </dev/null
}

stop() { kill "$1" 2>/dev/null; wait "$1" 2>/dev/null; }

# tap BOX IF FILTER [OPTION...]: listen. The box's capture runs until seal.
tap()
{
	local i
	: >"$tmp/tcpdump"
	ip netns exec "$prefix$1" tcpdump --immediate-mode -U -n -i "$2" -s 0 \
		--time-stamp-precision=nano "${@:4}" -w "$tmp/raw.pcap" "$3" \
		2>"$tmp/tcpdump" >/dev/null &
	tap_pid=$!
	echo "$tap_pid" >>"$tmp/pids"
	for i in $(seq 50); do
		grep -q listening "$tmp/tcpdump" && return
		sleep 0.1
	done
	say "$case_name: tcpdump did not start: $(cat "$tmp/tcpdump")"
	exit 1
}

# seal OUT [ARGUMENT...]: end the tap and write the capture.
seal()
{
	local drops
	sleep 0.3
	kill -INT "$tap_pid"
	wait "$tap_pid" 2>/dev/null
	drops=$(awk '/dropped by kernel/ { print $1 }' "$tmp/tcpdump")
	mkdir -p "$(dirname "$1")"
	/usr/bin/python3 "$lab/seal.py" "$tmp/raw.pcap" "$1" --start "$start" \
		--drops "${drops:-0}" "${@:2}" >&2
}

# about OUT TEXT: the two or three lines beside a golden capture.
about()
{
	printf '# %s\n\n' "$case_path" >"$1"
	printf '%s' "$2" | tr -s '\n\t ' ' ' | fmt -w 80 >>"$1"
}

hex() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'; }

# agent BOX IP TEXT OID [LINE...]: net-snmp's snmpd saying TEXT for sysDescr and
# OID for sysObjectID; each LINE goes into its configuration. TEXT may hold
# line breaks, which is why it is given as an override in hex.
agent()
{
	local b=$1 conf=$tmp/snmpd.$1.conf
	{
		echo "agentAddress udp:$2:161"
		echo "rocommunity public"
		echo "sysName $(host_of "$b")"
		echo "sysLocation ${location-not set}"
		echo "sysContact not set"
		echo "sysObjectID $4"
		[ -n "$3" ] && echo "override .1.3.6.1.2.1.1.1.0 octet_str" \
			"0x$(hex "$3")"
		printf '%s\n' "${@:5}"
	} >"$conf"
	mkdir -p "$tmp/state.$b"
	daemon "$b" env SNMP_PERSISTENT_DIR="$tmp/state.$b" MIBS= \
		snmpd -f -Le -C -c "$conf" -p "$tmp/state.$b/pid" 
}

# walk BOX IP OID...: read those objects one by one from the agent at IP.
walk()
{
	local b=$1 ip=$2 oid
	shift 2
	for oid; do
		run "$b" env SNMP_PERSISTENT_DIR="$tmp" MIBS= \
			snmpget ${snmp:--v2c -c public} -r 1 -t 2 "$ip" "$oid"
	done
}
system='.1.3.6.1.2.1.1.1.0 .1.3.6.1.2.1.1.2.0 .1.3.6.1.2.1.1.5.0'

# neighbour BOX IF TEXT [OPTION...]: lldpd on one interface, TEXT its system
# description. Nothing is read from the machine (-k, -i: no kernel version, no
# inventory).
neighbour()
{
	local b=$1 n=$2 text=$3
	shift 3
	daemon "$b" lldpd -d -k -i -I "$n" -C "$n" -S "$text" \
		-O "$tmp/lldpd.$b.conf" -u "$tmp/lldpd.$b.socket" "$@"
}

# port BOX SYSTEM PORT [DESCRIPTION [LINE...]]: lldpd's configuration for eth0.
port()
{
	{
		echo "configure system hostname $2"
		echo "configure ports eth0 lldp portidsubtype local $3"
		echo "configure ports eth0 lldp portdescription \"${4:-$3}\""
		printf '%s\n' "${@:5}"
	} >"$tmp/lldpd.$1.conf"
}

# switch BOX: Open vSwitch in user space (no kernel module), one bridge br0 that
# speaks its own protocols and forwards nothing.

switch()
{
	local b=$1 d=$tmp/ovs.$1
	mkdir -p "$d"
	ovsdb-tool create "$d/conf.db" /usr/share/openvswitch/vswitch.ovsschema
	daemon "$b" env OVS_RUNDIR="$d" OVS_LOGDIR="$d" OVS_SYSCONFDIR="$d" \
		ovsdb-server "$d/conf.db" --remote="punix:$d/db.sock"
	for _ in $(seq 30); do
		[ -S "$d/db.sock" ] && break
		sleep 0.1
	done
	daemon "$b" env OVS_RUNDIR="$d" OVS_LOGDIR="$d" OVS_SYSCONFDIR="$d" \
		ovs-vswitchd "unix:$d/db.sock"
	bridge "$b" add-br br0 -- set bridge br0 datapath_type=netdev \
		fail_mode="${fail_mode:-secure}" "${@:2}"
}

# bridge BOX COMMAND...: ovs-vsctl at that box's switch.
bridge()
{
	run "$1" ovs-vsctl --db="unix:$tmp/ovs.$1/db.sock" --no-syslog \
		-t 15 "${@:2}"
}

# trunk BOX SYSTEM-MAC IF...: an LACP aggregate of those interfaces.
trunk()
{
	local b=$1 mac=$2
	shift 2
	bridge "$b" add-bond br0 lag0 "$@" lacp=active bond_mode=balance-tcp \
		-- set port lag0 other_config:lacp-system-id="$mac" \
		other_config:lacp-time=fast
}

# construct OUT HEX...: whole frames written by hand, and beside the operator's
# captures the file that says so.
construct()
{
	mkdir -p "$(dirname "$1")"
	/usr/bin/python3 "$lab/../tools/craft.py" --hex "$1" --start "$start" "${@:2}" >&2
	case $1 in
	*/examples/*) printf 'origin: constructed\n' >"$1.yaml" ;;
	esac
}

# tlv TYPE HEX: one of LLDP's.
tlv() { printf '%04x%s' $(($1 << 9 | ${#2} / 2)) "$2"; }

# manage IPV4-HEX OID-HEX: LLDP's management address, interface number 7.
manage() { tlv 8 "0501${1}0200000007$(printf %02x $((${#2} / 2)))$2"; }

# lldp_frame MAC-HEX PORT NAME TEXT [TLVS]
lldp_frame()
{
	printf '0180c200000e%s88cc%s%s%s%s%s%s%s0000' "$1" \
		"$(tlv 1 "04$1")" "$(tlv 2 "05$(hex "$2")")" "$(tlv 3 0078)" \
		"$(tlv 5 "$(hex "$3")")" "$(tlv 6 "$(hex "$4")")" \
		"$(tlv 7 00140014)" "${5-}"
}

# greet BOX PORT TEXT [after]: ident.py with TEXT (printf escapes) as greeting,
# or as answer.
greet()
{
	daemon "$1" /usr/bin/python3 "$lab/ident.py" "$2" "$(printf '%b' "$3" |
		od -An -v -tx1 | tr -d ' \n')" ${4-}
	sleep 0.3
}

# visit BOX IP PORT [TEXT]: connect, say TEXT (where the server speaks first,
# after it), hear what comes, leave.
visit()
{
	limit=3 run "$1" /usr/bin/python3 -c '
import socket, sys
s = socket.create_connection((sys.argv[1], int(sys.argv[2])), 2)
s.settimeout(1.5)
try:
    if sys.argv[2] in ("21", "22", "23", "25"):
        s.recv(4096)
    s.sendall(sys.argv[3].encode().decode("unicode_escape").encode("latin1"))
    while s.recv(4096):
        pass
except OSError:
    pass
' "$2" "$3" "${4-}"
}

# net6 BOX IF [ADDRESS]: IPv6 on that interface, without waiting for duplicates.
net6()
{
	sys "$1" net.ipv6.conf.all.accept_dad=0 \
		net.ipv6.conf.default.accept_dad=0 \
		"net.ipv6.conf.$2.accept_dad=0" \
		net.ipv6.conf.all.disable_ipv6=0 \
		"net.ipv6.conf.$2.disable_ipv6=0" net.ipv6.conf.all.forwarding=1
	[ -n "${3-}" ] && ip -n "$prefix$1" addr add "$3" dev "$2" nodad
	sleep 0.2
}

# relay6 BOX LOWER UPPER SERVER REMOTE-ID: dibbler's DHCPv6 relay; REMOTE-ID
# begins with the enterprise number of whoever made the relay.
relay6()
{
	local d=$tmp/dibbler.$1
	mkdir -p "$d"
	printf '%s\n' 'log-level 7' 'log-mode short' \
		"${5:+option remote-id $5}" \
		"iface $2 {" 'client multicast yes' 'interface-id 5000' '}' \
		"iface $3 {" "server unicast $4" '}' >"$d/relay.conf"
	daemon "$1" dibbler-relay run
	sleep 2
}

# client6 BOX IF [LINE...]: ISC's DHCPv6 client, its LINEs configured; $lease
# may hold a DUID.
client6()
{
	printf '%s\n' "${@:3}" >"$tmp/client6.conf"
	printf '%s\n' "${lease-}" >"$tmp/client6.$1.leases"
	limit=8 run "$1" dhclient -6 -d -1 ${duid--D LL} -sf /bin/true \
		-cf "$tmp/client6.conf" -lf "$tmp/client6.$1.leases" \
		-pf "$tmp/client6.pid" "$2"
}

# For goldens. pair HOSTNAME MAC NET: the box "dev" and an observer "obs" on one
# link; done_ TEXT: seal the capture of this case and say what it is.
pair()
{
	box dev obs
	name dev "$1"
	name obs ''
	wire dev eth0 "$2" obs eth0 "$(asker "$3")"
	addr dev eth0 "$3.1/24"
	addr obs eth0 "$3.250/24"
}

out() { echo "$tree/tests/golden/$case_path.pcap"; }

done_()
{
	seal "$(out)" "${@:2}"
	about "$(out | sed 's/pcap$/md/')" "Origin: laboratory. $1"
}

# written TEXT HEX...: the same for a constructed case.
written()
{
	construct "$(out)" "${@:2}"
	about "$(out | sed 's/pcap$/md/')" \
		"Origin: constructed from the standard. $1"
}

# sum16 HEX: the Internet's checksum over those octets, odd ones padded.
sum16()
{
	local h=$1 s=0 i
	[ $((${#h} / 2 % 2)) = 1 ] && h=${h}00
	for ((i = 0; i < ${#h}; i += 4)); do
		s=$((s + 0x${h:i:4}))
	done
	while [ $((s >> 16)) != 0 ]; do
		s=$(((s & 0xffff) + (s >> 16)))
	done
	printf '%04x' $((~s & 0xffff))
}

# ether DST SRC TYPE HEX, llc DST SRC HEX: whole frames in hex.
ether() { printf '%s%s%s%s' "$1" "$2" "$3" "$4"; }

llc() { printf '%s%s%04x%s' "$1" "$2" $((${#3} / 2)) "$3"; }

# udp SRC-MAC DST-MAC SRC-IP DST-IP SPORT DPORT HEX: IPv4, all in hex but the
# ports.
udp()
{
	local n=$((${#7} / 2)) head
	head=$(printf '4500%04x000040004011' $((n + 28)))
	printf '%s%s0800%s%s%s%s%04x%04x%04x0000%s' "$2" "$1" "$head" \
		"$(sum16 "$head$3$4")" "$3" "$4" "$5" "$6" $((n + 8)) "$7"
}

# udp6 SRC-MAC DST-MAC SRC-IP DST-IP SPORT DPORT HEX: the same for IPv6.
udp6()
{
	local n=$((${#7} / 2 + 8)) head
	head=$(printf '%04x%04x%04x0000' "$5" "$6" $n)
	head=$(printf '%04x%04x%04x%s' "$5" "$6" $n \
		"$(sum16 "$3$4$(printf '%08x00000011' $n)$head$7")")
	printf '%s%s86dd60000000%04x1140%s%s%s%s' "$2" "$1" $n "$3" "$4" \
		"$head" "$7"
}
