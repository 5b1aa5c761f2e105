"""A commenting form between two pages: it waits on our side for half an hour, under a key that only its sender's token opens.

Nothing beside it says whose it is: the account is in the signed token alone.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any, Final

from django.core import signing
from django.core.cache import cache

from standards.actions.form_rows import FormPlan
from standards.models import Consultation
from standards.readers.commenting import Form

SECONDS: Final = 30 * 60
_SALT: Final = "standards.form"


@dataclass(frozen=True)
class Waiting:
    """What waits: the rows that were read, and what was chosen beside them."""

    name: str
    form: Form
    sha256: str
    language: str
    voice: str = ""
    shown_as: str = ""
    organisation: int | None = None


def keep(waiting: Waiting, user: Any, consultation: Consultation) -> str:
    """Keep it for half an hour and return the token that opens it to this account and round; "" where it cannot be kept."""
    key = secrets.token_urlsafe(16)
    cache.set(f"form:{key}", waiting, SECONDS)
    return signing.dumps([key, user.pk, consultation.pk], salt=_SALT) if cache.has_key(f"form:{key}") else ""


def find(token: str, user: Any, consultation: Consultation) -> Waiting | None:
    """Return what waits under `token`, or None: it is over, was changed, or is somebody else's."""
    key = _key(token, user, consultation)
    found: Waiting | None = cache.get(f"form:{key}") if key else None
    return found


def drop(token: str, user: Any, consultation: Consultation) -> None:
    """Forget what was written."""
    if key := _key(token, user, consultation):
        cache.delete(f"form:{key}")


def _key(token: str, user: Any, consultation: Consultation) -> str:
    try:
        key, owner, where = signing.loads(token, salt=_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return ""
    return key if (owner, where) == (user.pk, consultation.pk) else ""


def fingerprint(plan: FormPlan) -> str:
    """Return a short name of what a plan would do: what is confirmed has to be what was looked at."""
    return hashlib.sha256("\n".join(f"{row.row.number}={row.fate}" for row in plan.rows).encode()).hexdigest()[:16]
