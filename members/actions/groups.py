"""Seats in groups."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.enums import GroupRole
from members.models import Group, GroupMembership, Organisation, Person, User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState


def seat_member(
    *,
    group: Group,
    person: Person,
    actor: User,
    role: str = GroupRole.MEMBER,
    organisation: Organisation | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> GroupMembership:
    """Seat a person in a group for one term. Refused while they have a seat without end in it."""
    require(actor, "members.seat_member", group)
    term = {"starts_on": starts_on or timezone.localdate(), "ends_on": ends_on}
    try:
        with transaction.atomic():
            seat = GroupMembership.objects.create(group=group, person=person, organisation=organisation, role=role, **term)
            audit.record("members.member_seated", actor=actor, target=group, person=person.pk, role=role)
    except IntegrityError as error:
        raise DomainError(_("This person has a seat in the group already.")) from error
    return seat


def unseat_member(*, seat: GroupMembership, actor: User, ends_on: date | None = None) -> GroupMembership:
    """End a term, today by default. Refused when it has ended already."""
    require(actor, "members.unseat_member", seat.group)
    today = timezone.localdate()
    day = max(ends_on or today, seat.starts_on)
    with transaction.atomic():
        if not GroupMembership.objects.on(today).filter(pk=seat.pk).update(ends_on=day):
            raise StaleState
        seat.refresh_from_db(fields=["ends_on"])
        audit.record("members.member_unseated", actor=actor, target=seat.group, person=seat.person_id, role=seat.role)
    return seat
