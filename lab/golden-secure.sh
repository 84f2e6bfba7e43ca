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
