"""Translating clause by clause, and saying that a translation was compared with the original as it stands."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from standards.actions.drafting.tree import reload
from standards.actions.drafting.words import ConflictError, rewrite_clause, tidied
from standards.actions.revisions import WORDS, Words, revision_words, snapshot
from standards.actions.texts import lock_version, mark_languages, mark_reviewed, refuse_frozen
from standards.models import ClauseLanguage, ClauseText
from standards.states.completeness import has_words


class UnseenError(ConflictError):
    """What somebody compared is not what stands there now; nothing was saved and nothing was marked as reviewed."""

    message: Any = _("The words have changed while you compared them. Nothing was marked as reviewed: look at the changes first.")

    def __str__(self) -> str:
        return str(UnseenError.message)


def translate_clause(
    *, actor: User, text: ClauseText, language: str, base: int, words: Mapping[str, str], reviewed: bool = False
) -> ClauseText:
    """Save one language of a clause, written on the revision `base`; with `reviewed` also say that it was compared.

    Refused as `rewrite_clause`; and reviewing where the original has changed since `base`, or where there are no words to review.
    """
    require(actor, "standards.write_text", text)
    if set(words) - {f"{word}_{language}" for word in WORDS}:
        raise ValueError("words of another language")
    with transaction.atomic():
        refuse_frozen(lock_version(text.version))
        now: ClauseText = reload(text)
        theirs = snapshot([now.pk])[now.pk]
        fresh, _merged = rewrite_clause(actor=actor, text=text, base=base, words=words)
        if reviewed:
            _refuse_unseen(now, theirs, base, {text.version.framework.authentic_language} - {language}, words)
            _review(actor, fresh, language)
    return fresh


def review_unchanged(*, actor: User, text: ClauseText, language: str, base: int) -> ClauseText:
    """Say that the words of one language still hold against the original as it stands in the revision `base`.

    Refused where somebody saved the original or these words since, or where there are no words.
    """
    require(actor, "standards.write_text", text)
    with transaction.atomic():
        refuse_frozen(lock_version(text.version))
        fresh: ClauseText = reload(text)
        theirs = snapshot([fresh.pk])[fresh.pk]
        _refuse_unseen(fresh, theirs, base, {text.version.framework.authentic_language, language}, {})
        _review(actor, fresh, language)
    return fresh


def _refuse_unseen(now: ClauseText, theirs: Words, base: int, languages: set[str], words: Mapping[str, str]) -> None:
    """Refuse where the words in one of `languages` are not those that the reviewer saw in the revision `base`."""
    seen = theirs if now.revision == base else revision_words(now.version, now.clause, base)
    if seen is None:
        raise StaleState
    if any(seen[f"{word}_{language}"] != theirs[f"{word}_{language}"] for word in WORDS for language in languages):
        changed = [name for name, value in tidied(words).items() if value != seen[name]]
        raise UnseenError([], changed, theirs, now.revision)


def _review(actor: User, text: ClauseText, language: str) -> None:
    if not has_words(vars(text), language):
        raise DomainError(_("There is nothing to review yet: write the translation first."))
    mark_languages(text)
    row = ClauseLanguage.objects.get(clause_text=text, language=language)
    row.clause_text = text
    mark_reviewed(row, actor, text.version.framework.authentic_language)
    row.save()
    audit.record("standards.language_reviewed", actor=actor, target=text, language=language)
