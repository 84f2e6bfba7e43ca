# Golden captures of what networks measure and keep: time, flows, who may log in.

# ntpd names the kernel it runs on when it is asked: uname.c gives it one.

golden_ntp__ntpsec()
{
	local d=$lab/.tools/ntpsec/usr n
	pair NTP-1 02:4c:41:80:00:01 10.80.1
	printf '%s\n' 'server 127.127.1.0 minpoll 3 maxpoll 3 prefer' \
		'tos maxdist 16' 'unrestrict default noquery' "driftfile $tmp/drift" \
		>"$tmp/ntp.conf"
	cc -shared -fPIC -o "$tmp/uname.so" "$lab/uname.c"
	tap obs eth0 'udp port 123'
	daemon dev env LD_PRELOAD="$tmp/uname.so" "$d/sbin/ntpd" -n -g \
		-c "$tmp/ntp.conf" -p "$tmp/ntp.pid"
	sleep 14
	for n in rv peers; do
		limit=6 run obs /usr/bin/python3 "$d/bin/ntpq" -n -c "$n" 10.80.1.1
	done
	limit=6 run obs "$lab/.tools/chrony/usr/sbin/chronyd" -Q -u root \
		-t 4 'server 10.80.1.1 iburst maxsamples 1'
	done_ "ntpsec's ntpd: its variables asked with ntpq (mode 6), then its
	time asked by chronyd."
}

golden_ntp__chrony()
{
	local n
	pair NTP-2 02:4c:41:80:00:02 10.80.2
	printf '%s\n' 'local stratum 3' 'allow' "driftfile $tmp/drift" \
		'cmdport 0' "pidfile $tmp/chrony.pid" >"$tmp/chrony.conf"
	tap obs eth0 'udp port 123'
	daemon dev "$lab/.tools/chrony/usr/sbin/chronyd" -d -x -u root \
		-f "$tmp/chrony.conf"
	sleep 1
	for n in 3 4; do
		limit=6 run obs "$lab/.tools/chrony/usr/sbin/chronyd" -Q -u root \
			-t 4 "server 10.80.2.1 iburst maxsamples 1 version $n"
	done
	done_ 'chronyd at both ends, versions 3 and 4 of NTP.'
}

# flows COMMAND...: traffic past the meter in box dev, told to obs.
flows()
{
	local n
	daemon dev "$@"
	sleep 1
	for n in 1 2 3; do
		run obs ping -q -c 2 -i 0.2 10.81.1.1
		limit=2 visit obs 10.81.1.1 $((8000 + n))
	done
	sleep "${wait:-1}"
}

# probe PLUGIN PORT [LINE...]: pmacctd with that plugin, told to tell.
probe()
{
	printf '%s\n' 'daemonize: false' 'pcap_interface: eth0' \
		"plugins: $1[m]" "$1_receiver[m]: 10.81.1.250:$2" \
		"pidfile: $tmp/pm.pid" "${@:3}" >"$tmp/pmacctd.conf"
	flows pmacctd -f "$tmp/pmacctd.conf"
}

golden_ipfix__pmacct_netflow()
{
	pair METER-1 02:4c:41:81:00:01 10.81.1
	tap obs eth0 'udp port 2055'
	wait=4 probe nfprobe 2055 'nfprobe_version[m]: 5' \
		'nfprobe_timeouts[m]: maxlife=2:expint=1' \
		'nfprobe_engine[m]: 7:3' 'aggregate[m]: src_host, dst_host, proto'
	stop "$last_pid"
	wait=4 probe nfprobe 2055 'nfprobe_version[m]: 9' \
		'nfprobe_timeouts[m]: maxlife=2:expint=1' \
		'aggregate[m]: src_host, dst_host, proto'
	done_ "pmacctd's nfprobe: NetFlow in versions 5 and 9." --keep 20
}

golden_ipfix__pmacct()
{
	pair METER-2 02:4c:41:81:00:02 10.81.1
	tap obs eth0 'udp port 4739'
	wait=4 probe nfprobe 4739 'nfprobe_version[m]: 10' \
		'nfprobe_timeouts[m]: maxlife=2:expint=1' \
		'aggregate[m]: src_host, dst_host, proto'
	done_ "pmacctd's nfprobe: IPFIX." --keep 20
}

golden_ipfix__openvswitch()
{
	box dev obs
	name dev SW-1
	wire dev eth0 02:4c:41:81:00:03 obs eth0 "$(asker 10.81.1)"
	addr obs eth0 10.81.1.250/24
	fail_mode=standalone switch dev
	bridge dev add-port br0 eth0
	addr dev br0 10.81.1.1/24
	ip -n "${prefix}dev" link set br0 up
	tap obs eth0 'udp port 4739 or udp port 6343'
	bridge dev -- set bridge br0 ipfix=@i -- --id=@i create ipfix \
		'targets="10.81.1.250:4739"' obs_domain_id=7 obs_point_id=8 \
		sampling=1 cache_active_timeout=1 -- set bridge br0 sflow=@s \
		-- --id=@s create sflow agent=br0 \
		'target="10.81.1.250:6343"' header=64 sampling=1 polling=2
	run obs ping -q -c 4 -i 0.5 10.81.1.1
	sleep 4
	done_ 'Open vSwitch: IPFIX with its maker'"'"'s own elements, and sFlow.' \
		--keep 29
}

golden_sflow__pmacct()
{
	pair METER-4 02:4c:41:81:00:04 10.81.1
	tap obs eth0 'udp port 6343'
	wait=4 probe sfprobe 6343 'sfprobe_agentip[m]: 10.81.1.1' \
		'sampling_rate[m]: 1' 'aggregate[m]: src_host, dst_host'
	done_ "pmacctd's sfprobe: sFlow version 5." --keep 20
}

golden_tacacs__client()
{
	pair AAA-1 02:4c:41:82:00:01 10.82.1
	greet dev 49 '\xc0\x01\x02' after
	tap obs eth0 'tcp port 49'
	limit=5 run obs perl -MAuthen::TacacsPlus -e '
		my $t = Authen::TacacsPlus->new(Host => "10.82.1.1",
			Key => "secret", Timeout => 2);
		$t->authen("operator", "x") if $t;'
	done_ "A client of TACACS+ (perl's): the head in clear, the body not."
}
