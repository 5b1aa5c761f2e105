"""Joining the network: somebody asks, the secretariat answers with words."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.actions.slugs import organisation_slug, person_slug
from members.enums import ApplicationKind, ApplicationState
from members.models import Affiliation, Application, Organisation, Person, User
from members.states import ACCEPT, DECLINE, WITHDRAW
from red_mpe.core import audit, states
from red_mpe.core.locale import column_language
from red_mpe.core.models import StakeholderCategory
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.notifications.actions import announce


def send_application(
    *,
    actor: User,
    once: UUID,
    kind: str,
    name: str,
    country: str,
    category: StakeholderCategory,
    motivation: str,
    themes: Any = (),
    **more: Any,
) -> Application:
    """Ask to join, once: the same `once` sent again returns what it made the first time.

    Refused while another application waits, and for a member who asks for themself again. `more` holds the other fields of
    Application by name.
    """
    require(actor, "members.send_application")
    if earlier := Application.objects.filter(once=once, applicant=actor).first():
        return earlier
    if kind == ApplicationKind.PERSON and hasattr(actor, "person"):
        raise DomainError(_("You are already a member of the network."))
    with transaction.atomic():
        fields = {"kind": kind, "name": name, "country": country, "category": category, "motivation": motivation, **more}
        application, is_new = _store(actor, once, fields)
        if is_new:
            application.themes.set(themes)
            announce("members.application_received", actor=actor, target=application)
    return application


def _store(actor: User, once: UUID, fields: dict[str, Any]) -> tuple[Application, bool]:
    """Return the application and whether it is new; the database's constraints decide between two sent at the same time."""
    try:
        with transaction.atomic():
            return Application.objects.create(applicant=actor, once=once, **fields), True
    except IntegrityError as error:
        if same := Application.objects.filter(once=once, applicant=actor).first():
            return same, False
        if Application.objects.filter(applicant=actor, state=ApplicationState.SENT).exists():
            raise DomainError(_("Your earlier application is still waiting for an answer.")) from error
        if Application.objects.filter(once=once).exists():
            raise DomainError(_("This form has gone stale. Reload the page and send it again.")) from error
        raise


def withdraw_application(*, application: Application, actor: User) -> Application:
    """Take one's own application back while nobody has answered it."""
    require(actor, WITHDRAW.permission, application)
    with transaction.atomic():
        states.apply(application, WITHDRAW)
        audit.record("members.application_withdrawn", actor=actor, target=application)
    return application


def accept_application(*, application: Application, actor: User) -> Application:
    """Make the applicant a member, with their organisation where they bring one, and tell them.

    An organisation that is already a member gets an affiliation that its representative still has to confirm.
    """
    require(actor, ACCEPT.permission, application)
    with transaction.atomic():
        states.apply(application, ACCEPT, decided_by=actor, decided_at=Now())
        person = _person_of(application)
        if application.kind == ApplicationKind.ORGANISATION:
            _affiliate(person, _organisation_of(application), application.role, founder=True)
        elif application.member_organisation:
            _affiliate(person, application.member_organisation, application.role, founder=False)
        announce("members.application_accepted", actor=actor, target=application, person=person.pk)
    return application


def decline_application(*, application: Application, actor: User, reason: str) -> Application:
    """Answer no, with the reason that the applicant reads. Refused without a reason."""
    require(actor, DECLINE.permission, application)
    if not reason.strip():
        raise DomainError(_("Write the reason: the applicant reads it."))
    with transaction.atomic():
        states.apply(application, DECLINE, reason=reason.strip(), decided_by=actor, decided_at=Now())
        announce("members.application_declined", actor=actor, target=application)
    return application


def _person_of(application: Application) -> Person:
    """Return the applicant's Person, made from the application where there is none yet."""
    person = Person.objects.filter(user=application.applicant_id).first()
    if person:
        return person
    person = Person.objects.create(
        user=application.applicant,
        slug=person_slug(application.name),
        name=application.name,
        gender=application.gender,
        country=application.country,
        category=application.category,
        spoken=[application.applicant.language],
    )
    person.themes.set(application.themes.all())
    return person


def _organisation_of(application: Application) -> Organisation:
    described = f"description_{column_language(application.applicant.language)}"
    organisation = Organisation.objects.create(
        slug=organisation_slug(Organisation, application.organisation_name),
        name=application.organisation_name,
        acronym=application.organisation_acronym,
        website=application.organisation_website,
        country=application.country,
        category=application.category,
        **{described: application.organisation_description},
    )
    organisation.themes.set(application.themes.all())
    return organisation


def _affiliate(person: Person, organisation: Organisation, role: str, *, founder: bool) -> None:
    """Affiliate from today; the founder speaks at once, anybody else waits for the organisation's word."""
    Affiliation.objects.get_or_create(
        person=person,
        organisation=organisation,
        ends_on=None,
        defaults={"role": role, "speaks": founder, "confirmed": founder, "starts_on": timezone.localdate()},
    )
