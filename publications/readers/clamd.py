"""Asking a ClamAV daemon about a stream of bytes, by its own protocol (clamd(8), INSTREAM)."""

import re
import socket
import struct
from typing import IO, Any

CHUNK = 1 << 16
PATIENCE = 60  # seconds for the daemon's next word


class ScannerAway(Exception):
    """The daemon does not answer, or refuses to look at the file."""


def scan(file: IO[bytes], address: str, patience: float = PATIENCE) -> str:
    """Return the name of what the daemon found, empty when the file is clean. Raises ScannerAway.

    `address` is ``tcp://host:port`` or ``unix:///path``.
    """
    try:
        with _connect(address, patience) as line:
            line.sendall(b"zINSTREAM\0")
            file.seek(0)
            while chunk := file.read(CHUNK):
                line.sendall(struct.pack("!L", len(chunk)) + chunk)
            line.sendall(struct.pack("!L", 0))
            said = _answer(line)
    except (OSError, ValueError) as error:
        raise ScannerAway(type(error).__name__) from error
    if said.endswith("FOUND"):
        return said.removeprefix("stream:").removesuffix("FOUND").strip()
    if said.endswith("OK"):
        return ""
    raise ScannerAway(said)


def _connect(address: str, patience: float) -> Any:
    if match := re.fullmatch(r"unix://(/.+)", address):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(patience)
        try:
            line.connect(match[1])
        except OSError:
            line.close()
            raise
        return line
    match = re.fullmatch(r"tcp://\[?([^\]/]+?)\]?:(\d+)", address)
    if match is None:
        raise ValueError("CLAMD must be tcp://host:port or unix:///path")
    return socket.create_connection((match[1], int(match[2])), timeout=patience)


def _answer(line: Any) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < 4096:
        more = line.recv(4096)
        if not more:
            break
        said += more
    return said.decode(errors="replace").strip("\0\n ")
