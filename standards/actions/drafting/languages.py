"""Translating clause by clause, and saying that a translation was compared with the original as it stands."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from standards.actions.drafting.tree import reload
from standards.actions.drafting.words import rewrite_clause
from standards.actions.revisions import WORDS, revision_words
from standards.actions.texts import lock_version, mark_languages, mark_reviewed, refuse_frozen
from standards.models import ClauseLanguage, ClauseText
from standards.states.completeness import has_words


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
        if reviewed:
            _refuse_unseen(text, base, {text.version.framework.authentic_language} - {language})
        fresh, _merged = rewrite_clause(actor=actor, text=text, base=base, words=words)
        if reviewed:
            _review(actor, fresh, language)
    return fresh


def review_unchanged(*, actor: User, text: ClauseText, language: str, base: int) -> ClauseText:
    """Say that the words of one language still hold against the original as it stands in the revision `base`.

    Refused where somebody saved the original or these words since, or where there are no words.
    """
    require(actor, "standards.write_text", text)
    with transaction.atomic():
        refuse_frozen(lock_version(text.version))
        _refuse_unseen(text, base, {text.version.framework.authentic_language, language})
        fresh: ClauseText = reload(text)
        _review(actor, fresh, language)
    return fresh


def _refuse_unseen(text: ClauseText, base: int, languages: set[str]) -> None:
    """Refuse where the words in one of `languages` are not those that the reviewer saw in the revision `base`."""
    fresh = reload(text)
    if fresh.revision == base:
        return
    seen = revision_words(fresh.version, fresh.clause, base)
    if seen is None:
        raise StaleState
    if any(seen[f"{word}_{language}"] != (getattr(fresh, f"{word}_{language}") or "") for word in WORDS for language in languages):
        raise DomainError(_("The words have changed while you compared them. Nothing was marked as reviewed: look at the changes first."))


def _review(actor: User, text: ClauseText, language: str) -> None:
    if not has_words(vars(text), language):
        raise DomainError(_("There is nothing to review yet: write the translation first."))
    mark_languages(text)
    row = ClauseLanguage.objects.get(clause_text=text, language=language)
    row.clause_text = text
    mark_reviewed(row, actor, text.version.framework.authentic_language)
    row.save()
    audit.record("standards.language_reviewed", actor=actor, target=text, language=language)
