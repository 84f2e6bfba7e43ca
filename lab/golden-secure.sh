# Golden captures of what keeps tunnels, ports and switches: keys, doors and who
# commands.

golden_openflow__ovs()
{
	pair SW-2 02:4c:41:91:01:01 10.91.1
	daemon obs ovs-testcontroller --pidfile="$tmp/ctl.pid" \
		--unixctl="$tmp/ctl.ctl" ptcp:6653:10.91.1.250
	sleep 1
	switch dev
	tap obs eth0 'tcp port 6653'
	bridge dev set bridge br0 other_config:hwaddr=02:4c:41:91:01:10 \
		other_config:dp-desc='edge 2' protocols=OpenFlow10,OpenFlow13 \
		-- set-controller br0 tcp:10.91.1.250:6653 ptcp:6653
	sleep 3
	run obs ovs-ofctl -O OpenFlow13 dump-desc tcp:10.91.1.1:6653
	done_ "Open vSwitch: under ovs-testcontroller, which wants its features,
	and asked for its description with ovs-ofctl."
}

golden_eapol__hostapd()
{
	pair SW-3 02:4c:41:91:03:01 10.91.3
	printf '%s\n' '"ap-7" MD5 "secret"' >"$tmp/users"
	printf '%s\n' interface=eth0 driver=wired ieee8021x=1 eap_server=1 \
		use_pae_group_addr=1 eap_reauth_period=0 \
		"eap_user_file=$tmp/users" >"$tmp/hostapd.conf"
	printf '%s\n' ap_scan=0 'network={' 'key_mgmt=IEEE8021X' 'eap=MD5' \
		'identity="ap-7"' 'password="secret"' 'eapol_flags=0' '}' \
		>"$tmp/supplicant.conf"
	tap obs eth0 'ether proto 0x888e'
	daemon dev hostapd "$tmp/hostapd.conf"
	sleep 1
	daemon obs wpa_supplicant -D wired -i eth0 -c "$tmp/supplicant.conf"
	sleep 5
	done_ "hostapd guards a wired port, wpa_supplicant asks to enter, by a
	password."
}

# Two gateways, with a password that both have and an old and a new version of
# the protocol; what follows the first messages is encrypted.
golden_ike__strongswan()
{
	local b v
	pair GW-4 02:4c:41:91:04:01 10.91.4
	echo ': PSK "secret"' >"$tmp/secrets"
	printf '%s\n' 'charon {' 'load_modular = no' 'send_vendor_id = yes' \
		'install_routes = no' 'plugins {' 'stroke {' \
		"secrets_file = $tmp/secrets" '}' '}' '}' \
		>"$tmp/strongswan.conf"
	printf '%s\n' 'conn %default' ' authby=secret' \
		' ike=aes128-sha256-modp2048!' ' esp=aes128-sha256!' \
		' right=%any' ' auto=add' >"$tmp/ipsec.dev"
	printf '%s\n' 'conn %default' ' authby=secret' \
		' ike=aes128-sha256-modp2048!' ' esp=aes128-sha256!' \
		' right=10.91.4.1' ' auto=start' >"$tmp/ipsec.obs"
	for v in 1 2; do
		for b in dev obs; do
			printf '%s\n' "conn v$v" " keyexchange=ikev$v" \
				" left=$([ $b = dev ] && echo 10.91.4.1 ||
					echo 10.91.4.250)" \
				>>"$tmp/ipsec.$b"
		done
	done
	tap obs eth0 'udp port 500 or udp port 4500'
	for b in dev obs; do
		daemon "$b" env STRONGSWAN_CONF="$tmp/strongswan.conf" \
			/usr/lib/ipsec/starter --nofork --conf "$tmp/ipsec.$b"
		sleep 2
	done
	sleep 2
	done_ "strongSwan's charon at both ends, versions 1 and 2, with its vendor
	ids." --keep 12
}
