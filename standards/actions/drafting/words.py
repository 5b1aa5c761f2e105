"""Saving words so that nobody overwrites anybody: what two wrote in different fields goes together, in the same one they choose."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core.models import Theme
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from standards.actions.drafting.tree import reload
from standards.actions.revisions import FACTS, WORD_COLUMNS, Words, revision_words, snapshot
from standards.actions.texts import lock_version, refuse_frozen, save_clause_text, tidy_word
from standards.models import ClauseText

EDITED = (*WORD_COLUMNS, *FACTS, "themes")


class ConflictError(DomainError):
    """Two people wrote in the same fields; nothing was saved.

    `fields` names them, `changed` all that the refused one changed, `theirs` is how the clause stands now, in the revision `base`.
    """

    def __init__(self, fields: list[str], changed: list[str], theirs: Words, base: int) -> None:
        self.fields, self.changed, self.theirs, self.base = fields, changed, theirs, base
        super().__init__(
            _("Somebody else has saved this clause since you opened it. Nothing was overwritten: compare both wordings and choose.")
        )


def rewrite_clause(*, actor: User, text: ClauseText, base: int, words: Mapping[str, Any], note: str = "") -> tuple[ClauseText, bool]:
    """Save what somebody wrote on the revision `base`; return the clause text and whether another one's changes went in with it.

    `words` holds columns (and `themes` as codes); what is left out stays. Columns changed on one side only are merged; one that
    both have changed differently raises ConflictError. Refused once the version is frozen; StaleState once the clause is gone.
    """
    require(actor, "standards.write_text", text)
    unknown = set(words) - set(EDITED)
    if unknown:
        raise ValueError(f"no columns of a clause: {sorted(unknown)}")
    with transaction.atomic():
        refuse_frozen(lock_version(text.version))
        fresh = reload(text)
        others = fresh.revision != base
        merged = merge(_base(fresh, base), snapshot([fresh.pk])[fresh.pk], tidied(words), fresh.revision)
        themes = Theme.objects.filter(code__in=merged.pop("themes")) if "themes" in merged else None
        for name, value in merged.items():
            setattr(fresh, name, value)
        return save_clause_text(actor=actor, text=fresh, themes=themes, note=note), others


def _base(text: ClauseText, base: int) -> Words:
    """How the clause stood when somebody opened it; StaleState where nobody ever saw such a revision."""
    if base == text.revision:
        return snapshot([text.pk])[text.pk]
    words = revision_words(text.version, text.clause, base)
    if words is None:
        raise StaleState
    return words


def tidied(words: Mapping[str, Any]) -> Words:
    """Return the words as they are stored, so that a blank at the end is no difference."""
    return {name: _tidy(name, value) for name, value in words.items()}


def _tidy(name: str, value: Any) -> Any:
    if name == "themes":
        return sorted(value or ())
    if name not in WORD_COLUMNS:
        return value
    return tidy_word(name.rpartition("_")[0], value)


def merge(base: Mapping[str, Any], theirs: Words, mine: Mapping[str, Any], revision: int) -> Words:
    """Return the columns to write; raise ConflictError where both sides changed the same one in different ways."""
    was = tidied({name: base.get(name) for name in mine})
    now = tidied({name: theirs[name] for name in mine})
    changed = {name: value for name, value in mine.items() if value != was[name]}
    both = [name for name, value in changed.items() if now[name] not in (was[name], value)]
    if both:
        raise ConflictError(both, list(changed), theirs, revision)
    return changed


def take_again(*, actor: User, text: ClauseText, number: int) -> ClauseText:
    """Take the words of an earlier saving again, in all languages; facts and place stay. It is a saving of its own."""
    require(actor, "standards.write_text", text)
    words = revision_words(text.version, text.clause, number)
    if words is None:
        raise DomainError(_("There is no saving %(number)s of this clause.") % {"number": number})
    return put_words(actor, text, {name: words[name] for name in WORD_COLUMNS}, _("Wording of saving %(number)s") % {"number": number})


def put_words(actor: User, text: ClauseText, words: Mapping[str, Any], note: Any, columns: Iterable[str] = WORD_COLUMNS) -> ClauseText:
    """Write words over whatever stands there now, in the caller's transaction or one of its own."""
    with transaction.atomic():
        refuse_frozen(lock_version(text.version))
        fresh = reload(text)
        for name in columns:
            if name in words:
                setattr(fresh, name, words[name])
        return save_clause_text(actor=actor, text=fresh, note=str(note))


def refuse_other(text: ClauseText, base: int) -> ClauseText:
    """Return the clause text as it is now; StaleState where somebody saved it after the revision `base`."""
    fresh: ClauseText = reload(text)
    if fresh.revision != base:
        raise StaleState
    return fresh
