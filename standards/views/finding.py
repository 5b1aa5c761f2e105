"""Finding what an address names, for this reader; a stranger gets 404 on what is not theirs to see."""

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404

from standards.enums import GENERAL
from standards.models import ClauseText, Comment, Consultation, Framework, Version


@dataclass(frozen=True)
class Place:
    """Where a comment can stand: a clause of a version, or the version in general (`text` is None)."""

    version: Version
    text: ClauseText | None
    consultation: Consultation | None
    label: str

    @property
    def framework(self) -> Framework:
        return self.version.framework

    @property
    def args(self) -> list[str]:
        """What the addresses of this place are made of."""
        return [self.framework.slug, self.version.number, self.label]


def find_version(user: Any, slug: str, number: str) -> Version:
    """Return the version, with its framework and rules."""
    versions = Version.objects.visible_to(user).select_related("framework__rules")
    version: Version = get_object_or_404(versions, framework__slug=slug, number=number)
    return version


def latest_version(user: Any, slug: str) -> Version | None:
    """Return the framework's newest version that the reader may see, if there is one."""
    versions = Version.objects.visible_to(user).select_related("framework__rules")
    found: Version | None = versions.filter(framework__slug=slug).order_by("-pk").first()
    return found


def round_of(user: Any, version: Version) -> Consultation | None:
    """Return the latest round on this version."""
    found: Consultation | None = Consultation.objects.visible_to(user).filter(version=version).order_by("-number").first()
    if found is not None:
        found.version, found.framework = version, version.framework
    return found


def find_place(user: Any, slug: str, number: str, label: str) -> Place:
    """Return the clause and its round; the label `general` names the version as a whole."""
    version = find_version(user, slug, number)
    text = None
    if label != GENERAL:
        text = get_object_or_404(ClauseText.objects.visible_to(user).for_detail(), version=version, label=label)
    return Place(version, text, round_of(user, version), label)


def find_comment(user: Any, code: str) -> Comment:
    """Return the comment of that public code."""
    comment: Comment = get_object_or_404(Comment.objects.visible_to(user).for_detail(), code=code)
    return comment


def place_of(comment: Comment) -> Place:
    """Return where a comment stands."""
    version, text = comment.consultation.version, comment.clause_text
    version.framework = comment.consultation.framework
    return Place(version, text, comment.consultation, text.label if text else GENERAL)


def find_round(user: Any, slug: str, number: int) -> Consultation:
    """Return the round of that number, with its framework, rules and version."""
    rounds = Consultation.objects.visible_to(user).select_related("framework__rules", "framework__committee", "version__previous")
    found: Consultation = get_object_or_404(rounds, framework__slug=slug, number=number)
    found.version.framework = found.framework
    return found
