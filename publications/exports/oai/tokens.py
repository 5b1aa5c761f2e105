"""Resumption tokens: they carry all that is needed to go on, signed, and end after a day. Nothing of them is kept here."""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.utils import timezone

from publications.exports.oai.asking import OaiError

LIFE = timedelta(days=1)
_SALT = "publications.oai"


@dataclass(frozen=True)
class Place:
    """A list that is being read, and how far: after which instant and key, how many came before, how many there were at the start."""

    verb: str
    prefix: str
    set: str = ""
    start: str = ""
    until: str = ""
    stamp: str = ""
    key: int = 0
    cursor: int = 0
    size: int = 0

    def after(self, stamp: datetime, key: int, count: int) -> "Place":
        """Return the place behind a record, `count` records further."""
        return replace(self, stamp=stamp.astimezone(UTC).isoformat(), key=key, cursor=self.cursor + count)


def seal(place: Place) -> str:
    """Return the token of a place."""
    return signing.dumps(asdict(place), salt=_SALT, compress=True)


def unseal(token: str, verb: str) -> Place:
    """Return the place of a token of that verb. Refused when it is not ours, was changed, is of another verb or older than a day."""
    try:
        place = Place(**signing.loads(token, salt=_SALT, max_age=LIFE))
    except (signing.BadSignature, TypeError, ValueError):
        raise OaiError("badResumptionToken", "The token is not valid or has expired: begin the list again.") from None
    if place.verb != verb:
        raise OaiError("badResumptionToken", f"The token belongs to {place.verb}.")
    return place


def expiry() -> datetime:
    """Return when a token made now ends."""
    return timezone.now() + LIFE
