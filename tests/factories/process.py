"""Committees, terms of reference and answered rounds, for the guards of the process."""

from datetime import date, timedelta

from django.utils import timezone

from members.models import Group, GroupMembership
from red_mpe.core.models import Chamber, StakeholderCategory
from standards.enums import ChangeKind, RoundState, TermsSection
from standards.models import AnswerChange, Synopsis, TermsOfReference, VersionChange
from tests.conftest import make_organisation, make_person
from tests.factories.standards import ready_version
from tests.support.frameworks import make_answer, make_comment, make_round, make_version

SMALL = {"chamber_seats": 2, "chamber_organisations": 2, "country_percent": 50}


def small_framework(slug="agua", stage="terms_of_reference", **rules):
    """A public framework whose committee needs only two seats of each voting chamber."""
    framework = ready_version(slug=slug, code=slug.upper(), **{**SMALL, **rules}).framework
    type(framework).objects.filter(pk=framework.pk).update(stage=stage)
    return again(framework)


def again(framework):
    """The framework as another request would read it."""
    return type(framework).objects.select_related("rules", "committee").get(pk=framework.pk)


def seat(framework, code, country="PE", *, gender="f", role="member", organisation=None, ends_on=None):
    """Seat somebody in the committee for a new organisation of a chamber, or for `organisation`."""
    number = GroupMembership.objects.count()
    category = StakeholderCategory.objects.filter(chamber__code=code).first()
    organisation = organisation or make_organisation(f"casa-{number}", category=category.code, country=country)
    person = make_person(f"silla-{number}", gender=gender)
    group = framework.committee or Group.objects.create(slug=f"comite-{framework.slug}", name="Comité", name_es="Comité", kind="committee")
    type(framework).objects.filter(pk=framework.pk).update(committee=group)
    framework.committee = group
    rows = GroupMembership.objects
    return rows.create(group=group, person=person, organisation=organisation, role=role, starts_on=date(2020, 1, 1), ends_on=ends_on)


def fill_committee(framework, **fields):
    """Seat two organisations of two countries for each chamber that votes."""
    for chamber in Chamber.objects.filter(votes=True):
        for country in ("PE", "CO"):
            seat(framework, chamber.code, country, **fields)
    return again(framework)


def write_terms_of(framework, *, days=30):
    """Terms of reference with all sections in Spanish, public since `days` days."""
    words = {f"{section}_es": f"Sobre {section}." for section in TermsSection}
    TermsOfReference.objects.create(framework=framework, published_at=timezone.now() - timedelta(days=days), **words)
    return again(framework)


def hold_round(framework, *, number=1, version=None, days_ago=40, synopsis=True):
    """A round that closed `days_ago` days ago, with its public synopsis."""
    version = version or framework.versions.order_by("-pk").first()
    consultation = make_round(version, state=RoundState.CLOSED, days_left=-days_ago, number=number)
    if synopsis:
        Synopsis.objects.create(consultation=consultation, published_at=consultation.closes_at + timedelta(days=10))
    return consultation


def answered(consultation, producers, *, disposition="NO", **fields):
    """A comment of a round with a published answer."""
    return make_answer(make_comment(consultation, producers), disposition=disposition, **fields)


def log_change(version, clause, kind=ChangeKind.SUBSTANTIVE, **labels):
    """A line of the change log."""
    return VersionChange.objects.create(version=version, clause=clause, found=kind, kind=kind, **labels)


def link(answer, clause, version):
    """An answer changed a clause."""
    return AnswerChange.objects.create(answer=answer, clause=clause, version=version)


def follow_up(version, number="0.3", **fields):
    """The next version with the same clauses, `fields` changed in 1.1."""
    following = make_version(version.framework, number)
    type(following).objects.filter(pk=following.pk).update(previous=version)
    for text in version.texts.order_by("position"):
        text.pk, text._state.adding, text.version, text.parent = None, True, following, None
        text.save()
    following.texts.filter(label="1.1").update(**fields) if fields else None
    return type(following).objects.select_related("framework", "previous").get(pk=following.pk)
