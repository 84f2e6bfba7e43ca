#!/usr/bin/env python3
"""A TCP server that says one thing and listens, for what no daemon says.

ident.py PORT HEX-OF-GREETING [after]

The greeting goes out as soon as a client connects, or after it has spoken, over
the kernel's TCP.
"""
import socket
import sys

port, greeting = int(sys.argv[1]), bytes.fromhex(sys.argv[2])
server = socket.create_server(('', port))
while True:
    client, _ = server.accept()
    with client:
        client.settimeout(2)
        try:
            if sys.argv[3:]:
                client.recv(4096)
            client.sendall(greeting)
            while client.recv(4096):
                pass
        except OSError:
            pass
