"""A virus scanner that speaks clamd's protocol and knows one virus, the test file of EICAR."""

import socketserver
import struct
import threading
from contextlib import contextmanager

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class _Scanner(socketserver.StreamRequestHandler):
    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
        self.server.seen.append(data)
        said = self.server.says or ("stream: Eicar-Test-Signature FOUND" if EICAR in data else "stream: OK")
        self.wfile.write(said.encode() + b"\0")


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def clamd(path="", says=""):
    """Run one and give its address and what it saw; `says` answers everything with the same words."""
    server = _Unix(str(path), _Scanner) if path else _Tcp(("127.0.0.1", 0), _Scanner)
    server.seen, server.says = [], says
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield (f"unix://{path}" if path else f"tcp://127.0.0.1:{server.server_address[1]}"), server.seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
