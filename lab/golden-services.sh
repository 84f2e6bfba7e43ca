# Golden captures of services over TCP, and of the rest.

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

# enrol COMMAND CERTIFICATE [OPTION...]: openssl as a client of CMP.
enrol()
{
	openssl ecparam -name prime256v1 -genkey -noout -out "$tmp/new.key" \
		2>/dev/null
	limit=6 run obs openssl cmp -cmd "$1" -server 10.78.1.1:8829 \
		-path pkix/ -cert "$tmp/$2.pem" -key "$tmp/$2.key" \
		-extracerts "$tmp/$2.pem" -newkey "$tmp/new.key" \
		-srvcert "$tmp/ra.pem" -certout "$tmp/got.pem" \
		-ignore_keyusage -unprotected_errors "${@:3}"
}

golden_cmp__openssl()
{
	pair RA-1 02:4c:41:78:00:01 10.78.1
	certificate ra '/O=Example/CN=RA 1' ''
	certificate enb '/C=CN/O=Huawei/OU=WN/CN=21500104792SM8504637.huawei.com' \
		'/C=CN/O=Huawei/CN=Huawei Wireless Network Product CA'
	certificate zte '/C=CN/O=ZTE Corporation/CN=210108318193' \
		'/C=CN/O=ZTE Corporation/CN=ZTE Device CA'
	certificate op '/O=Example/CN=enb-3.example' ''
	cat "$tmp"/*.pem >"$tmp/all"
	tap obs eth0 'tcp port 8829'
	daemon dev openssl cmp -port 8829 -srv_cert "$tmp/ra.pem" \
		-srv_key "$tmp/ra.key" -srv_trusted "$tmp/all" \
		-rsp_cert "$tmp/op.pem" -rsp_extracerts "$tmp/ra.pem" \
		-ignore_keyusage
	sleep 1
	enrol ir enb -subject /O=Example/CN=enb-1.example -recipient '/CN=RA 1'
	enrol cr zte -subject /O=Example/CN=enb-2.example -recipient '/CN=RA 1'
	enrol kur op -oldcert "$tmp/op.pem" -recipient '/CN=RA 1'
	done_ "openssl's client of CMP and its mock server: two requests signed
	with a maker's certificate, one with the operator's."
}

golden_sip__kamailio()
{
	local n
	pair SBC-1 02:4c:41:79:00:01 10.79.1
	cat >"$tmp/kamailio.cfg" <<-'C'
	debug=2
	log_stderror=yes
	fork=no
	children=1
	disable_tcp=yes
	listen=udp:10.79.1.1:5060
	loadmodule "sl.so"
	loadmodule "tm.so"
	loadmodule "rr.so"
	loadmodule "textops.so"
	request_route {
		if (is_method("OPTIONS")) {
			sl_send_reply("200", "OK");
			exit;
		}
		if (is_method("MESSAGE"))
			forward("10.79.1.251", 5060);
		else
			sl_send_reply("405", "Method Not Allowed");
	}
	C
	addr obs eth0 10.79.1.251/24
	tap obs eth0 'udp port 5060'
	daemon dev kamailio -f "$tmp/kamailio.cfg" -DD -E -Y "$tmp" \
		-P "$tmp/kamailio.pid"
	sleep 2
	run obs /usr/bin/python3 -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("10.79.1.250", 5060))
far = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
far.bind(("10.79.1.251", 5060))
s.settimeout(1)
far.settimeout(1)
for n, agent in enumerate(("Huawei-HomeGateway/V100R001",
                           "ZXHN H218N/V1.02.01_ERS", "gateway/3")):
    for verb in ("OPTIONS", "MESSAGE", "REGISTER"):
        s.sendto((f"{verb} sip:probe@10.79.1.1 SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP 10.79.1.250:5060;branch=z9hG4bK{n}{verb}\r\n"
            f"From: <sip:probe@10.79.1.250>;tag={n}\r\n"
            f"To: <sip:probe@10.79.1.1>\r\nCall-ID: {n}{verb}@lab\r\n"
            f"CSeq: 1 {verb}\r\nMax-Forwards: 70\r\nUser-Agent: {agent}\r\n"
            "Content-Length: 0\r\n\r\n").encode(), ("10.79.1.1", 5060))
        try:
            (far if verb == "MESSAGE" else s).recv(4000)
        except OSError:
            pass
'
	done_ 'kamailio answers requests itself, and hands others on with a Via
	of its own: their User-Agent is that of a box behind it.'
}

golden_wsd__wsdd()
{
	pair DESK-1 02:4c:41:59:00:01 10.59.1
	route dev 224.0.0.0/4 dev eth0
	route obs 224.0.0.0/4 dev eth0
	tap obs eth0 'udp port 3702 or tcp port 5357'
	daemon dev /usr/bin/python3 /usr/sbin/wsdd -4 -i eth0 -n DESK-1 \
		-w SHELF -U 4c410000-0000-4000-8000-000000000001
	sleep 3
	daemon obs /usr/bin/python3 /usr/sbin/wsdd -4 -i eth0 -n DESK-2 \
		-w SHELF -U 4c410000-0000-4000-8000-000000000002 -D -l 13579
	sleep 6
	done_ 'wsdd: a host says hello, and another asks who is there.' --keep 40
}
