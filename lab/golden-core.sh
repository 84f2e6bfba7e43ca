# Golden captures of the cores: mobile, telephone, and who pays for it.

# ggsn BOX IP: Osmocom's GGSN with one access point.
ggsn()
{
	printf '%s\n' 'log stderr' 'ggsn ggsn0' " gtp state-dir $tmp" \
		" gtp bind-ip $2" ' apn internet' '  gtpu-mode tun' \
		'  tun-device tun4' '  type-support v4' \
		'  ip prefix dynamic 10.99.0.0/24' "  ip dns 0 $2" \
		'  no shutdown' ' default-apn internet' ' no shutdown ggsn' \
		>"$tmp/ggsn.conf"
	daemon "$1" osmo-ggsn -c "$tmp/ggsn.conf"
	sleep 1
}

golden_gtp__osmocom()
{
	local n
	pair GGSN-1 02:4c:41:70:00:01 10.70.1
	ggsn dev 10.70.1.1
	tap obs eth0 'udp port 2123'
	for n in 1 2 3; do
		addr obs eth0 10.70.1.1$n/24
		mkdir -p "$tmp/sgsn.$n"
		echo "$n" >"$tmp/sgsn.$n/gsn_restart"
		daemon obs sgsnemu -l 10.70.1.1$n -r 10.70.1.1 \
			--statedir "$tmp/sgsn.$n" --imsi 00101000000000$n \
			--msisdn 1555010$n --apn internet --contexts 1 \
			--pidfile "$tmp/sgsn.pid"
		sleep 1
	done
	kill -INT $(tail -n 3 "$tmp/pids")
	sleep 1
	done_ "Osmocom's GGSN, and its emulator of an SGSN at three addresses:
	echo, a session each, its end."
}

# peer BOX IDENTITY REALM IP [LINE...]: freeDiameter, in clear over TCP.
peer()
{
	local conf=$tmp/fd.$2
	openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$2" \
		-keyout "$tmp/$2.key" -out "$tmp/$2.pem" 2>/dev/null
	[ -s "$tmp/dh.pem" ] || openssl genpkey -genparam -algorithm DH \
		-pkeyopt group:ffdhe2048 -out "$tmp/dh.pem" 2>/dev/null
	printf '%s\n' "Identity = \"$2\";" "Realm = \"$3\";" \
		"ListenOn = \"$4\";" 'No_SCTP;' 'No_IPv6;' 'SecPort = 0;' \
		"TLS_Cred = \"$tmp/$2.pem\", \"$tmp/$2.key\";" \
		"TLS_CA = \"$tmp/$2.pem\";" "TLS_DH_File = \"$tmp/dh.pem\";" \
		'TwTimer = 6;' \
		'LoadExtension = "dict_nasreq.fdx";' "${@:5}" >"$conf.conf"
	daemon "$1" freeDiameterd -c "$conf.conf"
}

golden_diameter__freediameter()
{
	local n peers=()
	pair DRA-1 02:4c:41:71:00:01 10.71.1
	for n in 1 2; do
		addr obs eth0 10.71.1.1$n/24
		peers+=("ConnectPeer = \"hss-$n.home$n.example\" {
			No_TLS; ConnectTo = \"10.71.1.1$n\"; };")
	done
	echo 'ALLOW_IPSEC *.example' >"$tmp/acl"
	tap obs eth0 'tcp port 3868 and host 10.71.1.1'
	for n in 1 2; do
		peer obs hss-$n.home$n.example home$n.example 10.71.1.1$n \
			"LoadExtension = \"acl_wl.fdx\" : \"$tmp/acl\";"
		sleep 1
	done
	peer dev dra.core.example core.example 10.71.1.1 "${peers[@]}"
	sleep 16
	stop "$last_pid"
	done_ 'Three freeDiameter: an agent opens connections to two servers,
	capabilities both ways, watchdogs, the farewell.'
}

golden_vrrp__keepalived()
{
	local b
	pair GW-A 02:4c:41:72:00:01 10.72.1
	net6 dev eth0 2001:db8:72::1/64
	net6 obs eth0 2001:db8:72::250/64
	for b in dev obs; do
		local prio=100 addr=10.72.1.1
		[ $b = obs ] && prio=200
		cat >"$tmp/keepalived.$b.conf" <<-C
		global_defs {
			vrrp_startup_delay 0
			script_user root
		}
		vrrp_instance two {
			interface eth0
			state BACKUP
			virtual_router_id 51
			priority $prio
			advert_int 1
			version 2
			virtual_ipaddress { 10.72.1.3 10.72.1.4 }
		}
		vrrp_instance three {
			interface eth0
			state BACKUP
			virtual_router_id 52
			priority $((300 - prio))
			advert_int 0.5
			version 3
			virtual_ipaddress { 10.72.1.5 }
		}
		vrrp_instance six {
			interface eth0
			state BACKUP
			virtual_router_id 53
			priority $((prio + 5))
			advert_int 0.5
			version 3
			virtual_ipaddress { fe80::72:1 2001:db8:72::5 }
		}
		C
	done
	tap obs eth0 'proto 112 or ip6 proto 112'
	daemon dev keepalived -n -l -P -f "$tmp/keepalived.dev.conf" \
		-p "$tmp/ka.dev" -r "$tmp/vrrp.dev"
	sleep 5
	daemon obs keepalived -n -l -P -f "$tmp/keepalived.obs.conf" \
		-p "$tmp/ka.obs" -r "$tmp/vrrp.obs"
	sleep 5
	stop "$last_pid"
	sleep 1
	done_ 'Two keepalived with three virtual routers: versions 2 and 3, over
	IPv4 and IPv6; the first is master of all, the second takes two from it
	and leaves (priority 0).' --keep 60
}

# dial BOX NAME PEER-IP: xl2tpd as an access concentrator that dials.
dial()
{
	printf '%s\n' '[global]' 'auth file = /dev/null' \
		'listen-addr = 0.0.0.0' '[lac far]' "lns = $3" \
		"hostname = $2" 'autodial = yes' 'redial = no' \
		'require authentication = no' \
		>"$tmp/lac.$1.conf"
	daemon "$1" xl2tpd -D -c "$tmp/lac.$1.conf" -p "$tmp/lac.$1.pid" \
		-C "$tmp/lac.$1.control"
}

golden_l2tp__xl2tpd()
{
	local b
	box lns lac1 lac2
	name lns LNS-1
	for b in 1 2; do
		name lac$b LAC-$b
		wire lns eth$b 02:4c:41:73:00:0$b lac$b eth0 02:4c:41:73:01:0$b
		addr lns eth$b 10.73.$b.1/24
		addr lac$b eth0 10.73.$b.2/24
	done
	printf '%s\n' '[global]' 'listen-addr = 0.0.0.0' '[lns default]' \
		'ip range = 10.99.1.2-10.99.1.9' 'local ip = 10.99.1.1' \
		'require authentication = no' 'hostname = LNS-1' \
		>"$tmp/lns.conf"
	tap lns any 'udp port 1701' -y LINUX_SLL2
	daemon lns xl2tpd -D -c "$tmp/lns.conf" -p "$tmp/lns.pid" \
		-C "$tmp/lns.control"
	sleep 1
	for b in 1 2; do
		dial lac$b LAC-$b.example 10.73.$b.1
		sleep 2
		stop "$last_pid"
	done
	done_ 'Two xl2tpd dial into a third: tunnels and calls in version 2.'
}

golden_pptp__pptpd()
{
	pair PNS-1 02:4c:41:74:00:01 10.74.1
	printf '%s\n' 'option /dev/null' 'localip 10.99.2.1' \
		'remoteip 10.99.2.2-9' >"$tmp/pptpd.conf"
	tap obs eth0 'tcp port 1723'
	daemon dev pptpd -f -c "$tmp/pptpd.conf" -p "$tmp/pptpd.pid" -e /bin/cat
	sleep 1
	limit=4 run obs pptp 10.74.1.1 --nolaunchpppd --nohostroute --phone 0
	done_ 'pptp calls pptpd.'
}

golden_sctp__usrsctp()
{
	local b
	box mme enb1 enb2
	for b in 1 2; do
		wire mme eth$b 02:4c:41:75:00:0$b enb$b eth0 02:4c:41:75:01:0$b
		addr mme eth$b 10.75.$b.1/24
		addr enb$b eth0 10.75.$b.2/24
		addr enb$b eth0 10.75.$b.3/24
		route enb$b default via 10.75.$b.1
	done
	tap mme any 'ip proto 132' -y LINUX_SLL2
	daemon mme /usr/bin/python3 "$lab/sctp.py" 36412
	sleep 1
	for b in 1 2; do
		run enb$b /usr/bin/python3 "$lab/sctp.py" 36412 10.75.$b.1
	done
	done_ 'libusrsctp on three boxes of two addresses each: two
	associations with one of them, and their end.'
}

golden_mgcp__osmocom()
{
	pair MGW-1 02:4c:41:76:00:01 10.76.1
	printf '%s\n' mgcp ' bind ip 10.76.1.1' ' bind port 2427' \
		' rtp bind-ip 10.76.1.1' ' number endpoints 4' >"$tmp/mgw.conf"
	printf '%s\n' network ' network country code 1' \
		' mobile network code 1' 'msc 0' ' mgw remote-ip 10.76.1.1' \
		' mgw remote-port 2427' ' mgw local-ip 10.76.1.250' \
		' mgw local-port 2727' ' mgw reset-endpoint rtpbridge/*' \
		>"$tmp/bsc.conf"
	tap obs eth0 'udp port 2427'
	daemon dev osmo-mgw -c "$tmp/mgw.conf"
	sleep 1
	limit=4 run obs osmo-bsc -c "$tmp/bsc.conf"
	run obs /usr/bin/python3 -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("10.76.1.250", 2728))
s.settimeout(1)
for text in ("AUEP 11 null@mgw MGCP 1.0\r\n",
             "CRCX 12 rtpbridge/*@mgw MGCP 1.0\r\nC: 7\r\nM: recvonly\r\n"
             "L: p:20, a:AMR\r\n",
             "DLCX 13 rtpbridge/*@mgw MGCP 1.0\r\n"):
    s.sendto(text.encode(), ("10.76.1.1", 2427))
    try:
        s.recv(2000)
    except OSError:
        pass
'
	done_ "Osmocom's media gateway: what its base station controller asks
	of it, and answers to three commands of ours."
}

golden_sba__nghttp2()
{
	local n d=$tmp/www id=4947a69a-f61b-4bc1-b9da-47c9c5d1400
	pair NRF-1 02:4c:41:77:00:01 10.77.1
	mkdir -p "$d/nnrf-disc/v1" "$d/nnrf-nfm/v1/nf-instances"
	echo '{"validityPeriod":100,"nfInstances":[]}' \
		>"$d/nnrf-disc/v1/nf-instances"
	for n in 1 2 3; do
		echo '{}' >"$d/nnrf-nfm/v1/nf-instances/$id$n"
	done
	tap obs eth0 'tcp port 7777'
	daemon dev nghttpd --no-tls -a 10.77.1.1 -d "$d" 7777
	sleep 1
	n=0
	for t in AMF SMF AUSF; do
		n=$((n + 1))
		printf '{"nfInstanceId":"%s","nfType":"%s","nfStatus":"%s",
			"ipv4Addresses":["10.77.1.250"],"fqdn":"%s"}' \
			"$id$n" $t REGISTERED \
			"${t,,}$n.5gc.mnc001.mcc001.3gppnetwork.org" \
			>"$tmp/profile.json"
		limit=3 run obs nghttp -H ':method: PUT' -H "user-agent: $t" \
			-H 'content-type: application/json' \
			-d "$tmp/profile.json" \
			"http://10.77.1.1:7777/nnrf-nfm/v1/nf-instances/$id$n"
		limit=3 run obs nghttp -H "user-agent: $t" \
"http://10.77.1.1:7777/nnrf-disc/v1/nf-instances?target-nf-type=UDM&requester-nf-type=$t"
	done
	limit=3 run obs curl -s --http2-prior-knowledge -A UDM-1 \
"http://10.77.1.1:7777/nnrf-disc/v1/nf-instances?target-nf-type=UDR&requester-nf-type=UDM"
	done_ 'nghttpd asked by nghttp and by curl: HTTP/2 with its header
	compression as they make it; paths, agents and profiles of a 5G core
	are ours.'
}
