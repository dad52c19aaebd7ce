"""Has the server run the AWS CLI as if it ran here: client.py SOCKET [ARGUMENT ...]"""

# As little as can be: these need no file of Python's library.
import _socket
import marshal
import posix
import sys

server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
server.connect(sys.argv[1])
request = marshal.dumps((sys.argv[2:], posix.getcwd(), posix.environ))
files = b"".join(fd.to_bytes(4, sys.byteorder) for fd in (0, 1, 2))
server.sendmsg([request], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
status = server.recv(16)
if not status:
    posix.write(2, b"The server of the AWS CLI ended before the command did.\n")
posix._exit(int(status or b"70"))
