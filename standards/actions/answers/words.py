"""What an answer says, and what process.md asks of each disposition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from red_mpe.core.locale import COLUMN
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean
from standards.enums import Disposition
from standards.models import Answer, Clause, Comment, Version

SHORTEST_REFUSAL = 80  # characters of a reason why a comment is not accepted
_WITHOUT_REASON = (Disposition.DUPLICATE, Disposition.OUT_OF_SCOPE)


@dataclass(frozen=True)
class Links:
    """The clauses that an accepted comment has changed in one version."""

    version: Version
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class AnswerWords:
    """What becomes of a comment, and why: a reason for each language (`es`, `en`, `pt`) in which there is one."""

    disposition: str
    reasons: Mapping[str, str] = field(default_factory=dict)
    duplicate_of: Comment | None = None
    terms_section: str = ""
    links: Links | None = None

    def fields(self) -> dict[str, Any]:
        """Return the columns of the answer; what does not belong to its disposition is left empty."""
        duplicate = self.duplicate_of if self.disposition == Disposition.DUPLICATE else None
        section = self.terms_section if self.disposition == Disposition.OUT_OF_SCOPE else ""
        return {"disposition": self.disposition, "duplicate_of": duplicate, "terms_section": section, **reason_fields(self.reasons)}


class OverwrittenError(DomainError):
    """Another person has saved this answer in the meantime: nothing was overwritten, and both texts are there to be compared."""

    def __init__(self, present: Answer) -> None:
        self.present = present
        super().__init__(
            _("Somebody else has saved this answer in the meantime. Nothing was overwritten: compare both texts, and save yours again.")
        )


def reason_fields(reasons: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of a reason, cleaned; a language without one is empty."""
    return {f"reason_{column}": clean(reasons.get(column, "") or "").strip() for column in COLUMN.values()}


def refuse_incomplete(words: AnswerWords, comment: Comment) -> None:
    """Raise DomainError where the disposition lacks what process.md asks of it."""
    if words.disposition not in Disposition or words.disposition == Disposition.WITHDRAWN:
        raise DomainError(_("Say what becomes of the comment. “Withdrawn” comes by itself when its author withdraws it."))
    if words.disposition == Disposition.DUPLICATE and words.duplicate_of is None:
        raise DomainError(_("Name the comment in which this one is resolved."))
    if words.disposition == Disposition.OUT_OF_SCOPE and not words.terms_section:
        raise DomainError(_("Cite the section of the terms of reference that leaves this out."))
    if words.disposition not in _WITHOUT_REASON:
        refuse_short(words, comment)


def refuse_short(words: AnswerWords, comment: Comment) -> None:
    """Raise DomainError without a reason in the comment's own language or in the authentic one, or with one that is too short."""
    reasons = reason_fields(words.reasons)
    wanted = (COLUMN[comment.language], comment.consultation.framework.authentic_language)
    longest = max(len(reasons[f"reason_{column}"]) for column in wanted)
    if not longest:
        raise DomainError(_("Give the reason in the language of the comment or in the authentic language of the text."))
    if words.disposition == Disposition.NOT_ACCEPTED and longest < SHORTEST_REFUSAL:
        message = ngettext_lazy(
            "Who is not accepted deserves a full reason: it has %(length)s character and needs %(least)s.",
            "Who is not accepted deserves a full reason: it has %(length)s characters and needs %(least)s.",
            "length",
        )
        raise DomainError(message % {"length": longest, "least": SHORTEST_REFUSAL})


def refuse_chains(words: AnswerWords, comment: Comment) -> None:
    """Raise DomainError where a comment would be resolved in itself, in a foreign one, or in one that is itself resolved elsewhere."""
    other = words.duplicate_of
    if words.disposition != Disposition.DUPLICATE or other is None:
        return
    if other.pk == comment.pk or other.consultation.framework_id != comment.consultation.framework_id:
        raise DomainError(_("Name another comment on this framework."))
    further = Answer.objects.filter(comment=other, disposition=Disposition.DUPLICATE).values_list("duplicate_of__code", flat=True).first()
    if further:
        raise DomainError(_("%(code)s is itself resolved in %(other)s. Name that one.") % {"code": other.code, "other": further})
    refuse_if_led(comment)


def refuse_if_led(comment: Comment) -> None:
    """Raise DomainError where others are resolved in this comment: it cannot be resolved in another one too."""
    if code := Answer.objects.filter(duplicate_of=comment).values_list("comment__code", flat=True).first():
        raise DomainError(
            _("%(other)s is resolved in %(code)s: first give that one an answer of its own.") % {"other": code, "code": comment.code}
        )


def refuse_foreign(links: Links, framework: Any, since: int) -> None:
    """Raise DomainError where a link leads to another framework, or to a version that is not later than the one commented on."""
    clauses: Iterable[Clause] = links.clauses
    if links.version.framework_id != framework.pk or any(clause.framework_id != framework.pk for clause in clauses):
        raise DomainError(_("That clause belongs to another framework."))
    if links.version.pk <= since:
        raise DomainError(_("A comment changes the text in a later version than the one it was made on."))
