#!/bin/sh
# SPDX-License-Identifier: ISC
# serve.sh NAMEPLATE DOSSIER [SECONDS [CONNECTIONS]]: a dossier served to wrk, with
# clients beside it that are mute, slow or gone. Says how many requests were
# answered, how many were not, and how the server's memory was before and
# after; exit 1 for any error, or growth above 4 MiB. On loopback alone.
set -eu

nameplate=$1
dossier=$2
seconds=${3:-60}
connections=${4:-64}
warm=15
tmp=$(mktemp -d)
command -v wrk >/dev/null || {
	echo "serve.sh: wants wrk" >&2
	exit 2
}

"$nameplate" serve "$dossier" --port 0 --rate 0 >"$tmp/url" 2>"$tmp/err" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$tmp"' EXIT
tries=0
until [ -s "$tmp/url" ]; do
	tries=$((tries + 1))
	if [ $tries -ge 600 ] || ! kill -0 $server; then
		cat "$tmp/err" >&2
		exit 2
	fi
	sleep 0.1
done
url=$(head -n 1 "$tmp/url")
base=${url%%\?*}
curl -s -c "$tmp/jar" "$url"
cookie=$(awk '$6 ~ /^np/ { print $6 "=" $7 }' "$tmp/jar")

rss() {
	awk '/^VmRSS/ { print $2 }' "/proc/$server/status"
}

# What a page asks for when it opens, and what it asks for later.
cat >"$tmp/mix.lua" <<'LUA'
local paths = {"/", "/api/v1/session", "/api/v1/views/verdict",
	"/api/v1/views/devices", "/api/v1/devices?limit=50",
	"/api/v1/findings?limit=50", "/api/v1/sources", "/api/v1/coverage"}
local n = 0
request = function()
	n = n + 1
	return wrk.format("GET", paths[n % #paths + 1])
end
local all = {}
setup = function(thread)
	table.insert(all, thread)
end
other = 0
response = function(status)
	if status ~= 200 then
		other = other + 1
	end
end
done = function(summary, latency)
	local e, bad = summary.errors, 0
	for _, t in ipairs(all) do
		bad = bad + t:get("other")
	end
	io.write(string.format(
		"answers %d\nother %d\nfailed %d\np50 %.1f\np99 %.1f\nmost %.1f\n",
		summary.requests, bad, e.connect + e.read + e.write + e.timeout,
		latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
		latency.max / 1e3))
end
LUA

load() {
	wrk -t 2 -c "$connections" -d "$1" --timeout 10s -s "$tmp/mix.lua" \
		-H "Cookie: $cookie" -H "Accept-Encoding: gzip" "$base"
}

python3 - "$base" $((seconds + warm)) <<'PY' &
import random
import socket
import sys
import time

port, end = int(sys.argv[1].split(':')[2].strip('/')), time.time() + float(
    sys.argv[2])
mute = []
while time.time() < end:  # 40 at a time: half say nothing, half are cut off
    k = socket.socket()
    k.bind(('127.0.0.2', 0))
    k.settimeout(2)
    try:
        k.connect(('127.0.0.1', port))
        k.sendall(b'GET /api/v1/devices HTTP/1.1\r\n'[:random.randint(1, 30)])
    except OSError:
        pass
    mute.append(k)
    if len(mute) > 40:
        mute.pop(random.randrange(40)).close()
    time.sleep(0.05)
PY
mutes=$!
# Caches are filled and threads have their arenas before memory is looked at.
load "$warm" >"$tmp/warm"
before=$(rss)
load "$seconds" >"$tmp/result"
wait $mutes
after=$(rss)

value() {
	awk -v k="$1" '$1 == k { print $2 }' "$tmp/result"
}
printf 'answers         %s in %s s by %s connections (%s a second)\n' \
	"$(value answers)" "$seconds" "$connections" \
	"$(($(value answers) / seconds))"
printf 'other than 200  %s\nfailed          %s\n' "$(value other)" \
	"$(value failed)"
printf 'milliseconds    %s median, %s of 99 %%, %s at most\n' "$(value p50)" \
	"$(value p99)" "$(value most)"
printf 'memory          %s kB before, %s kB after (%+d kB)\n' "$before" \
	"$after" "$((after - before))"
kill -TERM $server
rc=0
wait $server || rc=$?
trap 'rm -rf "$tmp"' EXIT
[ $rc -eq 0 ] && [ "$(value other)" -eq 0 ] && [ "$(value failed)" -eq 0 ] &&
	[ $((after - before)) -lt 4096 ]
