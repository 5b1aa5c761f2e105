"""How rounds move, and what must hold before (process.md)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from red_mpe.core.states import Move, Words
from standards.enums import Level, RoundState, TextState


def has_texts(consultation: Any) -> Iterable[Words]:
    """A round needs something to read."""
    if not consultation.version.texts.exists():
        yield _("The version has no clauses yet.")


def requirements_are_complete(consultation: Any) -> Iterable[Words]:
    """Every requirement has its text and its plain words in the authentic language."""
    language = consultation.framework.authentic_language
    requirements = consultation.version.texts.filter(level=Level.REQUIREMENT)
    for field, words in (
        (f"text_{language}", _("Without text: %(labels)s.")),
        (f"plain_{language}", _("Without plain words: %(labels)s.")),
    ):
        empty = Q(**{field: ""}) | Q(**{field: None})
        if labels := list(requirements.filter(empty).values_list("label", flat=True)[:12]):
            yield words % {"labels": ", ".join(labels)}


def languages_are_reviewed(consultation: Any) -> Iterable[Words]:
    """Every required language of every clause has been reviewed."""
    needed = consultation.framework.rules.required_languages
    texts = consultation.version.texts
    for language in needed:
        reviewed = texts.filter(languages__language=language, languages__state=TextState.REVIEWED).count()
        if missing := texts.count() - reviewed:
            words = ngettext(
                "%(missing)s clause is not reviewed in “%(language)s”.", "%(missing)s clauses are not reviewed in “%(language)s”.", missing
            )
            yield words % {"missing": missing, "language": language}


def round_is_long_enough(consultation: Any) -> Iterable[Words]:
    """Inclusive calendar days: the first round lasts longer than the later ones."""
    rules = consultation.framework.rules
    least = rules.first_round_days if consultation.number == 1 else rules.later_round_days
    if consultation.days < least:
        yield _("The round lasts %(days)s days and the rules ask for %(least)s.") % {"days": consultation.days, "least": least}


def announced_early_enough(consultation: Any) -> Iterable[Words]:
    """People hear of a round some days before it opens."""
    days = consultation.framework.rules.announced_days
    if consultation.opens_at - timezone.now() < timedelta(days=days):
        yield _("It opens in less than %(days)s days, which the rules ask between announcing and opening.") % {"days": days}


def targets_are_set(consultation: Any) -> Iterable[Words]:
    """The round says beforehand whom it wants to hear."""
    if not consultation.targets.exists():
        yield _("No participation target is set for any chamber.")


def no_other_round_is_live(consultation: Any) -> Iterable[Words]:
    """A framework listens to one round at a time."""
    live = consultation.framework.rounds.filter(state__in=[RoundState.ANNOUNCED, RoundState.OPEN]).exclude(pk=consultation.pk)
    if number := live.values_list("number", flat=True).first():
        yield _("Round %(number)s of this framework is announced or open.") % {"number": number}


def is_public(consultation: Any) -> Iterable[Words]:
    """Framework and version can be read by everybody."""
    if not (consultation.framework.public and consultation.version.public):
        yield _("The framework and its version are not public yet.")


ANNOUNCE_ROUND = Move(
    frozenset({RoundState.PLANNED}),
    RoundState.ANNOUNCED,
    "standards.steer",
    guards=(
        is_public,
        no_other_round_is_live,
        has_texts,
        requirements_are_complete,
        languages_are_reviewed,
        round_is_long_enough,
        announced_early_enough,
        targets_are_set,
    ),
)
OPEN_ROUND = Move(frozenset({RoundState.ANNOUNCED}), RoundState.OPEN, "standards.steer", guards=(has_texts,))
CLOSE_ROUND = Move(frozenset({RoundState.OPEN}), RoundState.CLOSED, "standards.steer")
