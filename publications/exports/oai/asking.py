"""What a harvester asks, checked against the protocol; whatever is wrong is an error with the protocol's code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import QueryDict

_LIST = (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set", "resumptionToken"}))
#: For each verb the arguments it must have and those it may have. A resumption token stands alone.
VERBS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class OaiError(Exception):
    """A refusal in the protocol's words, which are English: they are read by those who run the harvester."""

    def __init__(self, code: str, message: str = "") -> None:
        self.code = code
        self.message = message
        super().__init__(f"{code}: {message}")


@dataclass(frozen=True)
class Window:
    """From when on (included) until when (not included) a record has changed; None is open."""

    start: datetime | None = None
    stop: datetime | None = None


def read_arguments(sent: QueryDict) -> dict[str, str]:
    """Return the arguments, the verb among them. Refused: no verb or an unknown one; unknown, repeated, empty or missing arguments."""
    verbs = sent.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise OaiError("badVerb", "The verb is missing, repeated or unknown.")
    needed, allowed = VERBS[verbs[0]]
    given = {name: values for name, values in sent.lists() if name != "verb"}
    for name, values in given.items():
        if name not in needed | allowed:
            raise OaiError("badArgument", f"{verbs[0]} takes no argument {name[:60]!r}.")
        if len(values) != 1 or not values[0] or (name == "set" and "\0" in values[0]):
            raise OaiError("badArgument", f"The argument {name} is empty or repeated.")
    _whole(given, needed)
    return {"verb": verbs[0], **{name: values[0] for name, values in given.items()}}


def _whole(given: Mapping[str, list[str]], needed: frozenset[str]) -> None:
    if "resumptionToken" in given:
        if len(given) > 1:
            raise OaiError("badArgument", "A resumptionToken excludes every other argument.")
    elif missing := needed - set(given):
        raise OaiError("badArgument", f"The argument {min(missing)} is missing.")


def read_window(start: str, until: str) -> Window:
    """Return the time between two dates of the protocol. Refused: other forms, two granularities, an end before the beginning."""
    if start and until and len(start) != len(until):
        raise OaiError("badArgument", "from and until have different granularities.")
    try:
        window = Window(_instant(start) if start else None, _after(until) if until else None)
    except (ValueError, OverflowError):
        raise OaiError("badArgument", "A date is written YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.") from None
    if window.start and window.stop and window.start >= window.stop:
        raise OaiError("badArgument", "from is later than until.")
    return window


def _instant(words: str) -> datetime:
    if _DAY.fullmatch(words):
        return datetime.strptime(words, "%Y-%m-%d").replace(tzinfo=UTC)
    if _SECOND.fullmatch(words):
        return datetime.strptime(words, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    raise ValueError(words)


def _after(words: str) -> datetime:
    """The end is included: the whole day, or the whole second."""
    return _instant(words) + (timedelta(days=1) if len(words) == len("YYYY-MM-DD") else timedelta(seconds=1))
