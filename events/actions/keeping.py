"""What every change of minutes has in common: one writer at a time, nothing after approval, and a trace."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.actions.minutes_words import keep_words
from events.enums import MinutesState
from events.models import Minutes
from events.states import LANGUAGES
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean, clean_line

#: A text by language: `{"es": "…", "pt": "…"}`.
InLanguages = Mapping[str, str]
_MARK: Final = 16  # letters of a mark: enough to tell two versions of a text apart


class WrittenMeanwhile(DomainError):
    """Somebody else has changed the same words; `present` holds them as they are now."""

    def __init__(self, present: Any) -> None:
        self.present = present
        super().__init__(_("Somebody else has changed this in the meantime. Nothing is lost: both texts stand here."))


@contextmanager
def changing(minutes: Minutes, actor: User) -> Iterator[Minutes]:
    """Hold the minutes while something in them changes. Refused for who does not keep them, and once they are approved."""
    require(actor, "events.write_minutes", minutes)
    with transaction.atomic():
        locked = held(minutes)
        if locked.state == MinutesState.APPROVED:
            raise DomainError(_("These minutes have been approved: nothing in them changes any more."))
        yield locked
        if locked.state == MinutesState.PUBLISHED:
            keep_words(locked)
        Minutes.objects.filter(pk=minutes.pk).update(revision=F("revision") + 1, updated_at=timezone.now())


def held(minutes: Minutes) -> Minutes:
    """Return the minutes as they are now, locked until the transaction ends."""
    locked: Minutes = Minutes.objects.select_for_update(of=("self",)).select_related("event").get(pk=minutes.pk)
    return locked


def is_numbered(minutes: Minutes) -> bool:
    """Tell whether its resolutions have their numbers: from the first publishing on they keep them."""
    return minutes.published_at is not None


def leave_trace(verb: str, minutes: Minutes, actor: User, **data: Any) -> None:
    """Write who changed what; after publishing it is a correction, which readers see with its day."""
    audit.record(f"events.{verb}", actor=actor, target=minutes, corrected=minutes.state == MinutesState.PUBLISHED, **data)


def columns(name: str, words: InLanguages, *, line: bool = False) -> dict[str, str]:
    """Return the columns of a text, cleaned."""
    tidy = clean_line if line else clean
    return {f"{name}_{language}": tidy(words.get(language, "")).strip() for language in LANGUAGES}


def require_words(words: dict[str, str], refusal: Any) -> None:
    """Refuse what says nothing in any language."""
    if not any(any(map(str.isalnum, text)) for text in words.values()):
        raise DomainError(refusal)


def mark_of(thing: Any, *names: str) -> str:
    """Return a short mark of the words of some columns in all languages: other words, another mark."""
    words = [getattr(thing, f"{name}_{language}") or "" for name in names for language in LANGUAGES]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:_MARK]


def refuse_overwriting(thing: Any, seen: str, *names: str, written: Mapping[str, str]) -> None:
    """Refuse to write over words that the writer has not seen; the same words written twice are no conflict."""
    same = all((getattr(thing, column) or "") == words for column, words in written.items())
    if seen and not same and seen != mark_of(thing, *names):
        raise WrittenMeanwhile(thing)


def lengths(thing: Any, names: Any) -> list[int]:
    """Return how long the columns are, for the trace: it never holds words."""
    return [len(getattr(thing, name) or "") for name in names]
