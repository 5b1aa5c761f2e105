"""Agendas are compared after each statement, so that a whole one can move by an hour."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields.ranges import RangeBoundary
from django.db import migrations
from django.db.models import Deferrable, Q

from events.models.agenda import _Span

_KEYS = {
    "one_session_a_room": ("session", ["room"], "room"),
    "one_session_a_member": ("sessionvoice", ["person", "event"], "person"),
    "one_session_a_guest": ("sessionvoice", ["guest"], "guest"),
}


def _constraint(name, equal, whose):
    span = (_Span("starts_at", "ends_at", RangeBoundary()), "&&")
    return ExclusionConstraint(
        name=name,
        expressions=[span, *((column, "=") for column in equal)],
        condition=Q(**{f"{whose}__isnull": False}),
        deferrable=Deferrable.IMMEDIATE,
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0004_agenda_to_minutes")]

    operations = [
        *(migrations.RemoveConstraint(model, name) for name, (model, _equal, _whose) in _KEYS.items()),
        *(migrations.AddConstraint(model, _constraint(name, equal, whose)) for name, (model, equal, whose) in _KEYS.items()),
    ]
