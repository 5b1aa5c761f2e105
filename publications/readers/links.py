"""Trying a link politely and without being sent into our own house: only the open web, a few bytes, a few steps."""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit

PATIENCE: Final = 15  # seconds for each word of the other side
LONGEST: Final = 3  # times that, for a whole answer: who gives a word now and then would hold us for hours
STEPS: Final = 6  # redirects
BYTES: Final = 65536  # read of an answer to GET
AGENT: Final = "RedMPE-links/1 (checks whether works of a library can still be read; once a week)"
_PORTS: Final = {"http": 80, "https": 443}
#: Answers of a house that is there but does not open to robots.
_THERE: Final = frozenset((401, 402, 403, 405, 406, 429, 451))

Allow = Callable[[str, int], bool]


class Refused(Exception):
    """An address that we do not visit: another scheme, another port, a name that leads into a private network."""


def is_open_web(address: str, port: int) -> bool:
    """Tell whether an address of the network belongs to everybody: nothing local, private, reserved or translated into such."""
    place = ipaddress.ip_address(address.split("%")[0])
    if isinstance(place, ipaddress.IPv6Address):
        inner = place.ipv4_mapped or place.sixtofour or (place.teredo[1] if place.teredo else None)
        if inner is not None:
            place = inner
        elif place in ipaddress.ip_network("64:ff9b::/96"):
            place = ipaddress.IPv4Address(int(place) & 0xFFFFFFFF)
    return port in _PORTS.values() and place.is_global and not place.is_multicast


def answers(url: str, *, allow: Allow = is_open_web, patience: float = PATIENCE) -> bool:
    """Tell whether a link still leads to something. HEAD first, GET where HEAD says no; redirects are followed, each looked at anew.

    Raises Refused for what we do not visit. Every other fault of the way is a plain no.
    """
    try:
        return any(_leads(method, url, allow, patience) for method in ("HEAD", "GET"))
    except (OSError, http.client.HTTPException, ValueError, UnicodeError):
        return False


def _leads(method: str, url: str, allow: Allow, patience: float) -> bool:
    for _step in range(STEPS):
        status, onward = _ask(method, url, allow, patience)
        if not onward:
            return status < 400 or status in _THERE
        url = urljoin(url, onward)
    return False


def _ask(method: str, url: str, allow: Allow, patience: float) -> tuple[int, str]:
    """Ask one address once; return its status, and where it sends us."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username:
        raise Refused(parts.scheme)
    port = parts.port or _PORTS[parts.scheme]
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    line = _line(parts.scheme, host, port, _resolve(host, port, allow), patience)
    over = threading.Event()
    alarm = threading.Timer(patience * LONGEST, _hang_up, [line, over])
    alarm.start()
    try:
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{quote(parts.query, safe=_QUERY)}" if parts.query else "")
        line.request(method, target, headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"})
        answer = line.getresponse()
        if method == "GET":
            answer.read(BYTES)
        if over.is_set():
            raise TimeoutError
        sent_on = answer.status in (301, 302, 303, 307, 308)
        return answer.status, (answer.getheader("Location") or "") if sent_on else ""
    finally:
        alarm.cancel()
        line.close()


def _hang_up(line: Any, over: threading.Event) -> None:
    """End a talk that lasts too long: whoever waits for the next word hears that there is none."""
    over.set()
    with suppress(OSError, AttributeError):  # it has ended, or has not begun
        line.sock.shutdown(socket.SHUT_RDWR)


_QUERY: Final = "/%:@!$&'()*+,;=~-._?"


def _resolve(host: str, port: int, allow: Allow) -> str:
    """Return one address of the network for a name; refused when any of them is not open, so that no name plays two parts."""
    found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(allow(str(address), port) for address in found):
        raise Refused(host)
    return str(found[0])


def _line(scheme: str, host: str, port: int, address: str, patience: float) -> Any:
    """Connect to the very address that was looked at, while the other side is still spoken to by its name."""
    if scheme == "https":
        line: Any = http.client.HTTPSConnection(host, port, timeout=patience, context=ssl.create_default_context())
    else:
        line = http.client.HTTPConnection(host, port, timeout=patience)
    line._create_connection = lambda _place, *more, **how: socket.create_connection((address, port), patience)
    return line
