"""SCTP where the kernel has none: libusrsctp over raw IP. sctp.py PORT listens
for a while; sctp.py PORT ADDRESS begins an association with ADDRESS."""
import ctypes, socket, struct, sys, time

lib = ctypes.CDLL('libusrsctp.so.2')
lib.usrsctp_socket.restype = ctypes.c_void_p
lib.usrsctp_init(0, None, None)


def at(address, port):
    return struct.pack('=H', socket.AF_INET) + struct.pack('!H', port) + \
        socket.inet_aton(address) + bytes(8)


port = int(sys.argv[1])
so = ctypes.c_void_p(lib.usrsctp_socket(socket.AF_INET, socket.SOCK_STREAM, 132,
                                        None, None, 0, None))
lib.usrsctp_bind(so, at('0.0.0.0', port), 16)
if len(sys.argv) > 2:
    lib.usrsctp_connect(so, at(sys.argv[2], port), 16)
    time.sleep(0.5)
    lib.usrsctp_close(so)
    time.sleep(0.5)
else:
    lib.usrsctp_listen(so, 5)
    time.sleep(30)
