"""Profiles and standing of people."""

from typing import Any

from django.db import transaction

from members.actions.slugs import person_slug
from members.models import Person, User
from members.states import RESTORE, SUSPEND
from red_mpe.core import audit, states
from red_mpe.core.permissions import require


def edit_profile(*, person: Person, actor: User, **fields: Any) -> Person:
    """Change what a person says of themself; `fields` are columns of Person by name, and `themes`.

    A changed name makes a new address: the old name must not live on in the links of somebody who left it behind.
    """
    require(actor, "members.change_person", person)
    themes = fields.pop("themes", None)
    changed = [name for name, value in fields.items() if getattr(person, name) != value]
    with transaction.atomic():
        if "name" in changed:
            fields["slug"] = person_slug(fields["name"])
            changed.append("slug")
        for name in changed:
            setattr(person, name, fields[name])
        person.save(update_fields=[*changed, "updated_at"])
        if themes is not None:
            person.themes.set(themes)
        audit.record("members.profile_edited", actor=actor, target=person, fields=changed)
    return person


def set_audiences(*, person: Person, actor: User, **audiences: str) -> Person:
    """Choose who sees which field: `name="members", country="nobody"`; fields left out stay as they are."""
    require(actor, "members.change_person", person)
    unknown = set(audiences) - set(Person.AUDIENCE_FIELDS)
    if unknown:
        raise ValueError(f"no such field: {', '.join(sorted(unknown))}")
    columns = {f"{field}_audience": audience for field, audience in audiences.items()}
    with transaction.atomic():
        for column, audience in columns.items():
            setattr(person, column, audience)
        person.save(update_fields=[*columns, "updated_at"])
        audit.record("members.audiences_set", actor=actor, target=person, audiences=audiences)
    return person


def set_language(*, user: User, language: str, time_zone: str | None = None) -> User:
    """Choose the language, and the time zone where given, in which one is spoken to. One's own choice, so it leaves no audit."""
    user.language = language
    user.time_zone = time_zone or user.time_zone
    user.save(update_fields=["language", "time_zone"])
    return user


def suspend_person(*, person: Person, actor: User) -> Person:
    """Take a member's standing away for a time: they no longer appear nor act as a member."""
    require(actor, SUSPEND.permission, person)
    with transaction.atomic():
        states.apply(person, SUSPEND)
        audit.record("members.person_suspended", actor=actor, target=person)
    return person


def restore_person(*, person: Person, actor: User) -> Person:
    """Give a suspended member their standing back."""
    require(actor, RESTORE.permission, person)
    with transaction.atomic():
        states.apply(person, RESTORE)
        audit.record("members.person_restored", actor=actor, target=person)
    return person
