"""Planning a round as a whole: its days, its question and whom it wants to hear, all or nothing."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from members.models import User
from red_mpe.core.models import Chamber
from red_mpe.core.permissions import require
from standards.actions.rounds import plan_round, reschedule_round, set_targets
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
) -> Consultation:
    """Change everything of a round that is only planned. Refused once it has been announced."""
    consultation.opens_on, consultation.closes_on = opens_on, closes_on
    for language, words in question.items():
        setattr(consultation, f"question_{language}", words)
    with transaction.atomic():
        reschedule_round(actor=actor, consultation=consultation)
        set_targets(actor=actor, consultation=consultation, targets=targets, minimums=minimums)
    return consultation
