"""Seats in groups."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.enums import GroupRole
from members.models import Group, GroupMembership, Organisation, Person, User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState


def open_group(*, actor: User, **fields: Any) -> Group:
    """Open a group; `fields` are its columns by name."""
    require(actor, "members.add_group")
    with transaction.atomic():
        group = Group.objects.create(**fields)
        audit.record("members.group_opened", actor=actor, target=group)
    return group


def edit_group(*, group: Group, actor: User, **fields: Any) -> Group:
    """Change what a group is: name, charter, cadence, secretariat, audience; `fields` are its columns by name."""
    require(actor, "members.change_group", group)
    with transaction.atomic():
        for name, value in fields.items():
            setattr(group, name, value)
        group.save(update_fields=[*fields, "updated_at"])
        audit.record("members.group_edited", actor=actor, target=group, fields=sorted(fields))
    return group


def change_seat(*, seat: GroupMembership, actor: User, **fields: Any) -> GroupMembership:
    """Correct a seat: role, organisation, dates; `fields` are columns by name."""
    require(actor, "members.seat_member", seat.group)
    with transaction.atomic():
        for name, value in fields.items():
            setattr(seat, name, value)
        seat.save(update_fields=[*fields, "updated_at"])
        audit.record("members.seat_changed", actor=actor, target=seat.group, person=seat.person_id, fields=sorted(fields))
    return seat


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
