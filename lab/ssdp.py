#!/usr/bin/env python3
"""Announce a UPnP device as its firmware would, and answer nothing.

ssdp.py ADDRESS SERVER LOCATION UUID
"""
import socket
import sys

address, server, location, uuid = sys.argv[1:5]
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF,
             socket.inet_aton(address))
s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 4)
s.bind((address, 1900))
kind = 'urn:schemas-upnp-org:device:InternetGatewayDevice:1'
for nt in ('upnp:rootdevice', kind):
    s.sendto('\r\n'.join((
        'NOTIFY * HTTP/1.1', 'HOST: 239.255.255.250:1900',
        'CACHE-CONTROL: max-age=1800', f'LOCATION: {location}', f'NT: {nt}',
        'NTS: ssdp:alive', f'SERVER: {server}', f'USN: uuid:{uuid}::{nt}',
        '', '')).encode(), ('239.255.255.250', 1900))
