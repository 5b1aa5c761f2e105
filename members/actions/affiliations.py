"""Who belongs to which organisation, and who may speak for it."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Affiliation, Organisation, Person, User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState


def add_affiliation(
    *, person: Person, organisation: Organisation, actor: User, role: str = "", speaks: bool = False, starts_on: date | None = None
) -> Affiliation:
    """Affiliate a person, confirmed at once. Refused while they are affiliated to that organisation already."""
    require(actor, "members.add_affiliation")
    try:
        with transaction.atomic():
            day = starts_on or timezone.localdate()
            affiliation = Affiliation.objects.create(person=person, organisation=organisation, role=role, speaks=speaks, starts_on=day)
            audit.record("members.affiliation_added", actor=actor, target=affiliation, speaks=speaks)
    except IntegrityError as error:
        raise DomainError(_("This person belongs to the organisation already.")) from error
    return affiliation


def confirm_affiliation(*, affiliation: Affiliation, actor: User) -> Affiliation:
    """Say that the person does belong to the organisation."""
    require(actor, "members.confirm_affiliation", affiliation)
    return _change(affiliation, actor, "members.affiliation_confirmed", {"confirmed": False}, confirmed=True)


def grant_speaking(*, affiliation: Affiliation, actor: User) -> Affiliation:
    """Let the person speak on behalf of the organisation; this also confirms that they belong to it."""
    require(actor, "members.grant_speaking", affiliation)
    return _change(affiliation, actor, "members.speaking_granted", {"speaks": False}, speaks=True, confirmed=True)


def withdraw_speaking(*, affiliation: Affiliation, actor: User) -> Affiliation:
    """Take back the word; the person still belongs to the organisation."""
    require(actor, "members.withdraw_speaking", affiliation)
    return _change(affiliation, actor, "members.speaking_withdrawn", {"speaks": True}, speaks=False)


def end_affiliation(*, affiliation: Affiliation, actor: User) -> Affiliation:
    """End it: yesterday was the last day, so that nobody speaks for an organisation they have left today."""
    require(actor, "members.end_affiliation", affiliation)
    last_day = max(affiliation.starts_on, timezone.localdate() - timedelta(days=1))
    return _change(affiliation, actor, "members.affiliation_ended", {}, ends_on=last_day, speaks=False)


def change_affiliation(*, affiliation: Affiliation, actor: User, **fields: Any) -> Affiliation:
    """Correct what the secretariat finds wrong: role, dates, who speaks; `fields` are columns by name."""
    require(actor, "members.change_affiliation", affiliation)
    with transaction.atomic():
        for name, value in fields.items():
            setattr(affiliation, name, value)
        affiliation.save(update_fields=[*fields, "updated_at"])
        audit.record("members.affiliation_changed", actor=actor, target=affiliation, fields=sorted(fields))
    return affiliation


def _change(affiliation: Affiliation, actor: User, verb: str, before: dict[str, bool], **changes: object) -> Affiliation:
    """Change a present affiliation with one conditional UPDATE; another who was faster makes it StaleState."""
    with transaction.atomic():
        present = Affiliation.objects.on(timezone.localdate()).filter(pk=affiliation.pk, **before)
        if not present.update(**changes):
            raise StaleState
        affiliation.refresh_from_db(fields=list(changes))
        audit.record(verb, actor=actor, target=affiliation)
    return affiliation
