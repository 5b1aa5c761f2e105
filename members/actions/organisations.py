"""Organisations speak for themselves."""

from typing import Any

from django.db import transaction

from members.actions.slugs import organisation_slug
from members.models import Organisation, User
from red_mpe.core import audit
from red_mpe.core.permissions import require


def add_organisation(*, actor: User, name: str, themes: Any = (), **fields: Any) -> Organisation:
    """Take an organisation into the network without an application; `fields` are its other columns by name."""
    require(actor, "members.add_organisation")
    with transaction.atomic():
        organisation = Organisation.objects.create(name=name, slug=organisation_slug(Organisation, name), **fields)
        organisation.themes.set(themes)
        audit.record("members.organisation_added", actor=actor, target=organisation)
    return organisation


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
