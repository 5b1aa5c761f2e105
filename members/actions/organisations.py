"""Organisations speak for themselves."""

from typing import Any

from django.db import transaction

from members.models import Organisation, User
from red_mpe.core import audit
from red_mpe.core.permissions import require


def edit_organisation(*, organisation: Organisation, actor: User, **fields: Any) -> Organisation:
    """Change what the organisation says of itself; `fields` are its columns by name, and `themes`."""
    require(actor, "members.change_organisation", organisation)
    themes = fields.pop("themes", None)
    changed = [name for name, value in fields.items() if getattr(organisation, name) != value]
    with transaction.atomic():
        for name in changed:
            setattr(organisation, name, fields[name])
        organisation.save(update_fields=[*changed, "updated_at"])
        if themes is not None:
            organisation.themes.set(themes)
        audit.record("members.organisation_edited", actor=actor, target=organisation, fields=changed)
    return organisation
