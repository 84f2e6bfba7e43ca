#!/bin/bash
# Captures of mail, page, terminal and certificate services beyond those of the
# laboratory, made with its kit: what follows a greeting, what a proxy passes
# on, what is split, joined late, or names a person.
#
#   tests/golden/stream.sh            every case
#   tests/golden/stream.sh pop3/stls  those
#
# Needs root, what lab/install.sh installs, dovecot-imapd, dovecot-pop3d and
# tinyproxy-bin.

set -u
export PYTHONDONTWRITEBYTECODE=1
here=$(cd "$(dirname "$0")" && pwd)
lab=$(cd "$here/../../lab" && pwd)
tree=${LAB_OUT:-$(dirname "$lab")}
. "$lab/lib.sh"
. "$lab/operator.sh"
for part in "$lab"/golden-*.sh; do
	. "$part"
done

# talk BOX IP PORT PYTHON: a client; the connection is `s`, hear() waits for an
# answer, say() speaks.
talk()
{
	limit=15 run "$1" /usr/bin/python3 -c '
import socket, sys, time
s = socket.create_connection((sys.argv[1], int(sys.argv[2])), 3)
s.settimeout(1)
def hear():
    try:
        return s.recv(65536)
    except OSError:
        return b""
def say(text):
    s.sendall(text)
    time.sleep(0.3)
    return hear()
exec(sys.argv[3])
' "$2" "$3" "$4"
}

# mail GREETING PROTOCOL PORT [LINE...]: dovecot with one protocol, which opens
# by GREETING and knows nobody.
mail()
{
	local d=$tmp/dovecot u
	mkdir -p "$d/run"
	for u in dovecot dovenull; do id "$u" >/dev/null || return 1; done
	{
		printf '%s\n' "base_dir = $d/run" "state_dir = $d" \
			"log_path = $d/log" "protocols = $2" 'ssl = no' \
			'listen = *' 'disable_plaintext_auth = no' \
			"passdb {" 'driver = passwd-file' "args = $d/nobody" '}' \
			'userdb {' 'driver = passwd-file' "args = $d/nobody" '}' \
			"service $2-login {" "inet_listener ${2}s {" 'port = 0' \
			'}' '}' "${@:4}"
		[ -n "$1" ] && echo "login_greeting = $1"
	} >"$d/conf"
	: >"$d/nobody"
	daemon dev dovecot -F -c "$d/conf"
	sleep 1
	tap obs eth0 "tcp port $3"
}

golden_pop3__dovecot()
{
	pair mail 02:4c:41:60:00:01 10.60.1
	mail '' pop3 110
	talk obs 10.60.1.1 110 'hear(); say(b"CAPA\r\n"); say(b"USER anna\r\n")
say(b"PASS not-hers\r\n"); say(b"QUIT\r\n")'
	done_ 'Dovecot; somebody tries to log in, and nothing of that may show.'
}

golden_pop3__named()
{
	pair mail 02:4c:41:60:00:02 10.60.1
	mail 'POP3 mail.example v5.21 server ready' pop3 110
	talk obs 10.60.1.1 110 'hear(); say(b"QUIT\r\n")'
	done_ 'Dovecot with another greeting.'
}

golden_pop3__apop()
{
	pair dev 00:25:9e:60:00:03 10.50.1
	greet dev 110 '+OK Huawei ASG2100 POP3 <1896.697170952@asg.example>\r\n'
	tap obs eth0 'tcp port 110'
	visit obs 10.50.1.1 110 'QUIT\r\n'
	done_ "A greeting with a time stamp (APOP), over the kernel's TCP."
}

golden_imap__dovecot()
{
	pair mail 02:4c:41:61:00:01 10.61.1
	mail '' imap 143
	talk obs 10.61.1.1 143 'hear(); say(b"a LOGIN anna not-hers\r\n")
say(b"b LOGOUT\r\n")'
	done_ 'Dovecot; somebody tries to log in, and nothing of that may show.'
}

golden_imap__named()
{
	pair mail 02:4c:41:61:00:02 10.61.1
	mail 'The IMAP4 service is ready at mail.example' imap 143
	talk obs 10.61.1.1 143 'hear(); say(b"b LOGOUT\r\n")'
	done_ 'Dovecot with another greeting.'
}

golden_imap__refused()
{
	pair dev 00:17:5a:61:00:03 10.50.1
	greet dev 143 '* BYE Cisco Unity: too many connections\r\n'
	tap obs eth0 'tcp port 143'
	visit obs 10.50.1.1 143
	done_ "A server that closes at once, over the kernel's TCP."
}

golden_smtp__several_lines()
{
	pair dev 02:4c:41:62:00:01 10.50.1
	greet dev 25 '220-mail.example ESMTP Exim 4.96\r\n220-We do not authorize the use of this system\r\n220 to transport unsolicited e-mail.\r\n'
	tap obs eth0 'tcp port 25'
	visit obs 10.50.1.1 25 'QUIT\r\n'
	done_ "A greeting of three lines, over the kernel's TCP."
}

golden_smtp__refused()
{
	pair dev 02:4c:41:62:00:02 10.50.1
	greet dev 587 '554 mta.example ESMTP not accepting messages\r\n'
	tap obs eth0 'tcp port 587'
	visit obs 10.50.1.1 587 'QUIT\r\n'
	done_ "A refusal is a greeting too; the submission port, over the
	kernel's TCP."
}

golden_ssh__group_exchange()
{
	pair dev 02:4c:41:63:00:01 10.63.1
	ssh-keygen -q -t ed25519 -N '' -f "$tmp/host"
	printf '%s\n' "HostKey $tmp/host" UsePAM=no "PidFile $tmp/pid" \
		'KexAlgorithms diffie-hellman-group-exchange-sha256' \
		>"$tmp/sshd.conf"
	daemon dev /usr/sbin/sshd -D -e -p 2222 -f "$tmp/sshd.conf"
	sleep 0.5
	tap obs eth0 'tcp port 2222'
	limit=8 run obs ssh -p 2222 -F /dev/null -o BatchMode=yes \
		-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \
		probe@10.63.1.1 true
	done_ 'OpenSSH on another port; the key comes in the reply of a group
	exchange (RFC 4419), behind a message of the same number without one.'
}

golden_telnet__session()
{
	telnetd 'login: "; read name; printf "Password: "; read word; printf "$name was here last' \
		02:4c:41:64:00:01 idle
	talk obs 10.51.1.1 23 'time.sleep(1.5); hear(); say(b"anna\r\n")
say(b"not-hers\r\n"); time.sleep(1); hear()'
	done_ "Somebody logs in: nothing behind the prompt may show."
}

# nginx: keep-alive, a long body, a page, a HEAD, a page in many chunks.
golden_http__keepalive()
{
	mkdir -p "$tmp/web.dev"
	head -c 70000 /dev/urandom >"$tmp/web.dev/firmware.bin"
	page 00:18:82:65:00:01 \
		'location / { default_type text/html; return 200
		"<html><head><meta charset=utf-8>\n<TITLE>\n  S5735-L24T4X-A1 Web platform </TITLE></head></html>"; }
		location /firmware.bin { root '"$tmp"'/web.dev; }' \
		'curl/7.88.1' /firmware.bin
	limit=9 run obs curl -s -m 5 -o /dev/null -o /dev/null -o /dev/null \
		http://10.54.1.1/firmware.bin http://10.54.1.1/ \
		http://10.54.1.1/firmware.bin
	done_ 'nginx; three answers in one connection, two with a body that is
	stepped over, the page between them with a title of two lines.'
}

golden_http__streamed()
{
	page 00:18:82:65:00:02 '' Wget/1.21.3
	stop "$last_pid"
	sed -i '1i load_module /usr/lib/nginx/modules/ngx_http_echo_module.so;' \
		"$tmp/web.dev/conf"
	sed -i 's,listen 10.54.1.1:80;,& location / { default_type text/html;
		echo "<html><head>"; echo_flush; echo "<title>AirEngine 5760</title>";
		echo_flush; echo_duplicate 9000 "<p>text"; } location /end {
		default_type text/plain; return 200 done; },' "$tmp/web.dev/conf"
	daemon dev nginx -e "$tmp/web.dev/error" -c "$tmp/web.dev/conf" \
		-p "$tmp/web.dev"
	sleep 0.5
	limit=9 run obs curl -s -m 5 -o /dev/null -o /dev/null \
		http://10.54.1.1/ http://10.54.1.1/end
	done_ 'nginx; 63 KB in chunks, then another answer in the same
	connection.'
}

golden_http__proxy()
{
	box proxy
	pair dev 00:25:9e:65:00:03 10.54.1
	web dev 10.54.1.1:80 'more_set_headers "Server: Huawei-BMC"; location /
		{ default_type text/html; return 200 "<title>iBMC</title>"; }'
	wire proxy eth0 02:4c:41:65:03:01 obs eth1 02:4c:41:65:03:fa
	wire proxy eth1 02:4c:41:65:03:02 dev eth1 00:25:9e:65:00:04
	addr proxy eth0 10.54.2.1/24
	addr obs eth1 10.54.2.250/24
	addr proxy eth1 10.54.3.250/24
	addr dev eth1 10.54.3.1/24
	route proxy 10.54.1.0/24 via 10.54.3.1
	printf '%s\n' 'Port 8080' 'Listen 10.54.2.1' 'Timeout 10' \
		'MaxClients 2' "PidFile \"$tmp/proxy.pid\"" >"$tmp/proxy.conf"
	daemon proxy tinyproxy -d -c "$tmp/proxy.conf"
	sleep 0.5
	tap obs eth1 'tcp port 8080'
	run obs curl -s -m 5 -x http://10.54.2.1:8080 -A curl/7.88.1 \
		http://10.54.1.1/
	done_ 'tinyproxy between: the Server header is not that of the box whose
	address the answer has.'
}

golden_http__behind_proxy()
{
	pair dev 00:25:9e:65:00:05 10.54.1
	web dev 10.54.1.1:80 'more_set_headers "Server: Boa/0.94.13";'
	sleep 0.4
	tap obs eth0 'tcp port 80'
	run obs curl -s -m 5 -A HuaweiHomeGateway -H 'Via: 1.1 edge (squid)' \
		-H 'X-Forwarded-For: 100.64.9.9' http://10.54.1.1/
	done_ 'A request that says it came through a proxy: the User-Agent is not
	that of the box whose address it has; the answer is direct.'
}

golden_http__joined()
{
	pair dev 44:f4:36:65:00:06 10.54.1
	web dev 10.54.1.1:80 'more_set_headers "Server: ZTE Web Server/1.0.0";
		location / { default_type text/html; return 200
		"<title>ZXHN H298A</title>"; }'
	sleep 0.4
	talk obs 10.54.1.1 80 '
get = b"GET / HTTP/1.1\r\nHost: box\r\nUser-Agent: asker/%d\r\n\r\n"
for n in range(12):
    say(get % n)' &
	sleep 2
	tap obs eth0 'tcp port 80'
	wait $!
	done_ 'The tap came when the connection was open.'
}

golden_http__continue()
{
	pair dev 00:e0:fc:65:00:07 10.54.1
	daemon dev /usr/bin/python3 -c '
from http.server import BaseHTTPRequestHandler, HTTPServer
class Box(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Eudemon/1.0"
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
HTTPServer(("", 80), Box).serve_forever()
'
	sleep 0.7
	tap obs eth0 'tcp port 80'
	run obs curl -s -m 5 -A 'CPE-SERVER/1.0' -H 'Expect: 100-continue' \
		-d 'user=anna&word=not-hers' http://10.54.1.1/in \
		http://10.54.1.1/out
	done_ "Python's server; a form that waits for 100. No word of it may
	show."
}

golden_tls__fragments()
{
	certificate leaf '/C=CN/O=Huawei/OU=DataCom/CN=AirEngine/serialNumber=21500829352SGA900583' \
		'/C=CN/O=Huawei/CN=Huawei Enterprise Network Product CA' \
		'subjectAltName=DNS:ap.example'
	chain=1 tls_ 00:18:82:66:00:01 -tls1_2 -max_send_frag 512
	done_ 'Records of at most 512 octets: the Certificate message lies in
	several.'
}

golden_tls__company()
{
	certificate leaf '/C=US/ST=Delaware/O=Example Inc/businessCategory=Private Organization/serialNumber=5157550/CN=www.example' \
		'/C=US/O=Example CA/CN=Example EV CA'
	tls_ 02:4c:41:66:00:02 -tls1_2
	done_ 'The serial number of a company: no device may be called by it.'
}

golden_tls__person()
{
	certificate leaf '/O=Example/CN=server' ''
	mv "$tmp/leaf.pem" "$tmp/s.pem"
	mv "$tmp/leaf.key" "$tmp/s.key"
	certificate leaf '/C=DE/GN=Anna/SN=Muster/CN=Anna Muster/serialNumber=PNODE-7001' \
		'/C=DE/O=Example/CN=Staff CA' 'subjectAltName=email:anna@example'
	mv "$tmp/leaf.pem" "$tmp/c.pem"
	mv "$tmp/leaf.key" "$tmp/c.key"
	mv "$tmp/s.pem" "$tmp/leaf.pem"
	mv "$tmp/s.key" "$tmp/leaf.key"
	ask="-tls1_2 -cert $tmp/c.pem -key $tmp/c.key" \
		tls_ 02:4c:41:66:00:03 -tls1_2 -Verify 1
	done_ "The client is a person: read --raw shows it, nothing else may."
}

golden_tls__module()
{
	printf '%s\n' '[req]' distinguished_name=dn '[dn]' '[module]' \
		type=OID:1.3.6.1.4.1.2636.1.1.1.2.63 \
		serial=FORMAT:ASCII,OCT:PE3716200012 >"$tmp/module.cnf"
	export OPENSSL_CONF=$tmp/module.cnf
	certificate leaf '/C=US/O=Example Networks/CN=EX-4300' \
		'/C=US/O=Example Networks/CN=Manufacturing CA' \
		'subjectAltName=otherName:1.3.6.1.5.5.7.8.4;SEQUENCE:module'
	unset OPENSSL_CONF
	tls_ 02:4c:41:66:00:04 -tls1_2
	done_ 'IEEE 802.1AR: the serial number lies in a hardware module name.'
}

golden_tls__stls()
{
	certificate leaf '/C=CN/O=ZTE Corporation/CN=mail.example' ''
	pair mail 02:4c:41:66:00:05 10.60.1
	mail '' pop3 110 'ssl = yes' "ssl_cert = <$tmp/leaf.pem" \
		"ssl_key = <$tmp/leaf.key" 'ssl_min_protocol = TLSv1.2'
	run obs sh -c 'echo QUIT | openssl s_client -connect 10.60.1.1:110 \
		-starttls pop3 -tls1_2 -quiet'
	done_ 'Dovecot; TLS begins where a greeting and two commands went
	before.'
}

main()
{
	local c bad=0
	[ "$(id -u)" = 0 ] || { say 'namespaces need root'; exit 2; }
	[ $# -gt 0 ] || set -- $(sed -n 's,^golden_\(.*\)__\(.*\)(),\1/\2,p' \
		"$here/stream.sh")
	for c; do
		( case_path=$c; begin "${c//\//-}"
		"golden_${c//\//__}" ) || { say "$c FAILED"; bad=1; }
	done
	exit $bad
}

main "$@"
