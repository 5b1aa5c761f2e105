"""A second reader of iCalendar, small and strict: content lines of RFC 5545 read by hand, nothing forgiven."""

import re
from datetime import UTC, datetime

#: A name, parameters of which the value is quoted where it holds a colon, semicolon or comma, and the value.
LINE = re.compile(r'(?P<name>[A-Z0-9-]+)(?:;[A-Z0-9-]+=(?:"[^"]*"|[^":;,]*))*:(?P<value>.*)\Z', re.DOTALL)
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS")
_ESCAPES = {"\\n": "\n", "\\N": "\n", "\\;": ";", "\\,": ",", "\\\\": "\\"}


def lines_of(data: bytes) -> list[str]:
    """Unfold: every line ends in CRLF and none has more than 75 octets."""
    assert data.endswith(b"\r\n")
    raw = data[:-2].split(b"\r\n")
    assert all(b"\r" not in line and b"\n" not in line for line in raw), "a bare line end"
    assert all(len(line) <= 75 for line in raw), "a line is too long"
    return b"\r\n".join(raw).replace(b"\r\n ", b"").decode("utf-8").split("\r\n")


def unescape(value: str) -> str:
    """Read a text value; a lone special character is a mistake."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,](?!$)", re.sub(r"\\.", "", value)), value
    return re.sub(r"\\.", lambda found: _ESCAPES[found.group()], value)


def _line(line: str) -> tuple[str, str]:
    found = LINE.match(line)
    assert found, line
    return found["name"], found["value"]


def parse(data: bytes) -> list[dict[str, str]]:
    """Return the events of a calendar by property; components are closed in order, and what occurs once does so."""
    stack, events = [], []
    for name, value in map(_line, lines_of(data)):
        if name == "BEGIN":
            stack.append(value)
            events.append({}) if value == "VEVENT" else None
        elif name == "END":
            assert stack.pop() == value
        elif stack == ["VCALENDAR", "VEVENT"]:
            assert name not in events[-1], f"{name} twice"
            events[-1][name] = value
        else:
            assert stack == ["VCALENDAR"], stack
    assert not stack
    assert all(set(ONCE) <= set(event) for event in events)
    return events


def instant(value: str) -> datetime:
    """Read an instant in UTC, the only way in which ours are written."""
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
