"""The main demonstration framework: a first version, version 0.2 in three languages, and a round that is open."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from members.models import Group, User
from red_mpe.portal.demo.clock import at, days_ago
from red_mpe.portal.demo.consulting import hold_round, review_all
from red_mpe.portal.demo.reading import read, rows, translated
from red_mpe.portal.demo.texts import definitions, write_texts
from standards.enums import Stage, VersionKind
from standards.models import Consultation, Framework, ProcessRules, Version

OPENED_DAYS_AGO = 34
LASTS_DAYS = 61
_INTRODUCED = ("title", "summary", "scope", "introduction")


def make_framework(folder: str, *, code: str, committee: Group, begun_days_ago: int) -> Framework:
    """Make the framework of `folder`, public and in drafting."""
    data = read(f"{folder}/framework.toml")
    with at(days_ago(begun_days_ago)):
        return Framework.objects.create(
            slug=data["slug"],
            code=code,
            stage=Stage.DRAFTING,
            rules=ProcessRules.objects.create(required_languages=["es", "en", "pt"]),
            committee=committee,
            public=True,
            **translated(**{name: data[name] for name in _INTRODUCED}),
        )


def write_framework(committee: Group) -> Version:
    """Write framework and version 0.2 with all its clauses, still in drafting."""
    framework = make_framework("framework", code="MPE", committee=committee, begun_days_ago=700)
    version = Version.objects.create(framework=framework, number="0.2", kind=VersionKind.CONSULTATION, public=True)
    write_texts(version, present_rows())
    return version


def present_rows() -> list[dict[str, Any]]:
    """Return the clauses of version 0.2."""
    return [*rows("framework/principle-*.toml", "clause"), *definitions(read("framework/framework.toml"))]


def open_demo_round(version: Version, actor: User) -> Consultation:
    """Open round 1 as it opened 34 days ago, by the clock of the rules; it lasts 61 days."""
    review_all(version, actor, days_ago(OPENED_DAYS_AGO + 21))
    opens_on = timezone.localdate() - timedelta(days=OPENED_DAYS_AGO)
    data = read("framework/framework.toml")["round"]
    return hold_round(version, actor, data, opens_on=opens_on, closes_on=opens_on + timedelta(days=LASTS_DAYS - 1))
