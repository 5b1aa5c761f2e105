"""Planning a round as a whole: its days, its question and whom it wants to hear, all or nothing."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from members.models import User
from red_mpe.core.models import Chamber
from red_mpe.core.permissions import require
from standards.actions.overwriting import refuse_overwriting
from standards.actions.rounds import plan_round, reschedule_round, set_targets
from standards.actions.texts import LANGUAGES
from standards.enums import RoundState
from standards.models import Consultation, Framework, Version


def plan_whole_round(
    *,
    actor: User,
    version: Version,
    opens_on: date,
    closes_on: date,
    question: dict[str, str],
    targets: Mapping[Chamber, int],
    minimums: Mapping[Chamber, int],
) -> Consultation:
    """Plan the next round on a version with everything that belongs to it. Sent twice it is planned once."""
    require(actor, "standards.steer", version)
    with transaction.atomic():
        Framework.objects.select_for_update().get(pk=version.framework_id)
        twin = Consultation.objects.filter(version=version, opens_on=opens_on, closes_on=closes_on, state=RoundState.PLANNED).first()
        if twin is not None:
            return twin
        consultation = plan_round(actor=actor, version=version, opens_on=opens_on, closes_on=closes_on, question=question)
        set_targets(actor=actor, consultation=consultation, targets=targets, minimums=minimums)
    return consultation


def change_round(
    *,
    actor: User,
    consultation: Consultation,
    opens_on: date,
    closes_on: date,
    question: dict[str, str],
    targets: Mapping[Chamber, int],
    minimums: Mapping[Chamber, int],
    seen: str | None = None,
) -> Consultation:
    """Change everything of a round that is only planned. Refused once it has been announced.

    `seen` marks what its writer had before them; refused with OverwrittenError where that is no longer what stands.
    """
    with transaction.atomic():
        locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if locked.state == RoundState.PLANNED:
            refuse_overwriting(round_words(locked), _words(opens_on, closes_on, question, targets, minimums), seen)
        return _change(actor, consultation, opens_on, closes_on, question, targets, minimums)


def _change(
    actor: User,
    consultation: Consultation,
    opens_on: date,
    closes_on: date,
    question: dict[str, str],
    targets: Mapping[Chamber, int],
    minimums: Mapping[Chamber, int],
) -> Consultation:
    consultation.opens_on, consultation.closes_on = opens_on, closes_on
    for language, words in question.items():
        setattr(consultation, f"question_{language}", words)
    reschedule_round(actor=actor, consultation=consultation)
    set_targets(actor=actor, consultation=consultation, targets=targets, minimums=minimums)
    return consultation


def round_words(consultation: Consultation) -> dict[str, str]:
    """Return everything that is planned of a round, by the field in which it is written."""
    question = {language: getattr(consultation, f"question_{language}") or "" for language in LANGUAGES}
    rows = list(consultation.targets.select_related("chamber"))
    targets, minimums = {row.chamber: row.people for row in rows}, {row.chamber: row.minimum for row in rows}
    return _words(consultation.opens_on, consultation.closes_on, question, targets, minimums)


def _words(
    opens_on: date, closes_on: date, question: Mapping[str, str], targets: Mapping[Chamber, int], minimums: Mapping[Chamber, int]
) -> dict[str, str]:
    numbers = {f"target_{chamber.code}": str(people) for chamber, people in targets.items()}
    numbers |= {f"minimum_{chamber.code}": str(minimums.get(chamber, 0)) for chamber in targets}
    asked = {f"question_{language}": question.get(language, "") for language in LANGUAGES}
    return {"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat(), **asked, **numbers}
