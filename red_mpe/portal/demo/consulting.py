"""Rounds of the demonstration: planned, announced and opened on their days, with the guards of every round."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from members.models import User
from red_mpe.core.models import Chamber
from red_mpe.portal.demo.clock import at
from red_mpe.portal.demo.reading import LANGUAGES
from standards.actions.planning import plan_whole_round
from standards.actions.rounds import announce_round, open_round
from standards.actions.texts import review_language
from standards.models import Consultation, Version

ANNOUNCED_BEFORE = timedelta(days=20)


def review_all(version: Version, actor: User, moment: datetime) -> None:
    """Say of every language of a version that it was reviewed."""
    with at(moment):
        for language in LANGUAGES:
            review_language(actor=actor, version=version, language=language)


def hold_round(version: Version, actor: User, data: dict[str, Any], *, opens_on: date, closes_on: date) -> Consultation:
    """Plan, announce and open a round whose first day has come, as its steward and the clock would have done."""
    start = datetime.combine(opens_on, datetime.min.time(), timezone.now().tzinfo)
    with at(start - ANNOUNCED_BEFORE):
        consultation = plan_demo_round(version, actor, data, opens_on=opens_on, closes_on=closes_on)
        announce_round(actor=actor, consultation=consultation)
    with at(consultation.opens_at):
        return open_round(consultation=consultation)


def plan_demo_round(version: Version, actor: User, data: dict[str, Any], *, opens_on: date, closes_on: date) -> Consultation:
    """Plan a round with its question, and whom it wants to hear."""
    chambers = {row.code: row for row in Chamber.objects.all()}
    targets, minimums = ({chambers[code]: people for code, people in data[name].items()} for name in ("targets", "minimums"))
    days = {"opens_on": opens_on, "closes_on": closes_on}
    return plan_whole_round(actor=actor, version=version, question=data["question"], targets=targets, minimums=minimums, **days)
