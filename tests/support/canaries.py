"""People of whom every private field holds a word that occurs nowhere else, one for each way of being shown."""

import uuid
from datetime import UTC, date, datetime

from members.enums import Audience
from members.models import Affiliation, Person
from standards.actions.comments import Draft, send_comment
from standards.enums import ShownAs
from standards.models import Comment
from tests.conftest import make_organisation, make_person, make_user

PRIVATE = ("bio", "offers", "seeks")
SENT_AT = datetime(2026, 11, 20, 3, 17, 43, tzinfo=UTC)  # 22:17 in Lima
MINUTES = ("03:17", "22:17", ":17:43")


def word(mode: str, what: str) -> str:
    """Return the word that stands for `what` of the person shown as `mode`."""
    return f"zq{mode}{what}"


def make_canary(mode: str, consultation, clause_text) -> Comment:
    """Make a person whose whole profile is private, and let them comment for their organisation, shown as `mode`."""
    private = {f"{name}_{c}": word(mode, name) for name in PRIVATE for c in ("es", "en", "pt")}
    audiences = {f"{field}_audience": Audience.NOBODY for field in Person.AUDIENCE_FIELDS}
    user = make_user(f"{word(mode, 'email')}@example.org")
    person = make_person(word(mode, "slug"), user=user, name=word(mode, "name"), gender="f", **private, **audiences)
    seen = Audience.PUBLIC if mode in (ShownAs.NAME, ShownAs.ORGANISATION) else Audience.NOBODY
    organisation = make_organisation(word(mode, "organisation"), name=word(mode, "organisation"), audience=seen)
    voice = Affiliation.objects.create(
        person=person, organisation=organisation, role=word(mode, "role"), speaks=True, confirmed=True, starts_on=date(2020, 1, 1)
    )
    draft = Draft(once=uuid.uuid4(), body=f"words {mode}", language="es", shown_as=mode, kind="ge", voice=voice)
    comment = send_comment(actor=user, consultation=consultation, clause_text=clause_text, draft=draft)
    Comment.objects.filter(pk=comment.pk).update(sent_at=SENT_AT)
    return comment


def secrets_of(mode: str) -> set[str]:
    """Return the words that no reader outside the secretariat may ever meet."""
    shown = {ShownAs.NAME: {"name", "organisation"}, ShownAs.ORGANISATION: {"organisation"}}.get(mode, set())
    return {word(mode, what) for what in {"name", "slug", "email", "organisation", "role", *PRIVATE} - shown}
