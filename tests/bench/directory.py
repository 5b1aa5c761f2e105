"""Fills the directory: organisations and people with every facet, each field shown to some."""

from datetime import date

from django.contrib.auth.hashers import make_password

from members.enums import Audience
from members.models import Affiliation, Organisation, Person, User
from red_mpe.core.models import StakeholderCategory, Theme
from tests.bench.words import Writer

BATCH = 2_000
ZONES = ("America/Lima", "America/La_Paz", "America/Bogota", "America/Sao_Paulo", "America/Mexico_City")
LANGUAGES = ("es", "es", "es", "en", "pt-br")
_SHOWN = (Audience.PUBLIC, Audience.MEMBERS, Audience.MEMBERS, Audience.NOBODY)


def fill_directory(rows: int) -> None:
    """Bring the directory to `rows` rows at least, half of them people; what is there stays."""
    writer, half = Writer(rows), rows // 2
    _organisations(writer, Organisation.objects.count(), half)
    if (people := Person.objects.count()) < half:
        _people(writer, people, half)


def _organisations(writer: Writer, first: int, last: int) -> None:
    categories = list(StakeholderCategory.objects.all())
    made = [
        Organisation(
            slug=f"organisation-{number}",
            name=writer.organisation(),
            acronym=f"ORG{number}",
            country=writer.country(),
            category=writer.random.choice(categories),
            audience=Audience.PUBLIC if number % 10 else Audience.MEMBERS,
            description_es=writer.some("es", 40),
            description_en=writer.some("en", 40) if number % 3 == 0 else "",
        )
        for number in range(first, last)
    ]
    _with_themes(Organisation, Organisation.objects.bulk_create(made, BATCH), writer)


def _people(writer: Writer, first: int, last: int) -> None:
    password, count = make_password(None), last - first
    users = User.objects.bulk_create(
        [
            User(email=f"p{n}@people.example", password=password, language=LANGUAGES[n % 5], time_zone=ZONES[n // 5 % 5])
            for n in range(first, last)
        ],
        BATCH,
    )
    categories = list(StakeholderCategory.objects.all())
    people = [_person(writer, user, number, categories) for number, user in zip(range(first, last), users, strict=True)]
    people = Person.objects.bulk_create(people, BATCH)
    _with_themes(Person, people, writer)
    houses = list(Organisation.objects.order_by("-pk").values_list("pk", flat=True)[:count])
    Affiliation.objects.bulk_create(
        [
            Affiliation(person=person, organisation_id=house, role="Delegada", speaks=True, starts_on=date(2024, 3, 1))
            for person, house in zip(people, houses, strict=True)
        ],
        BATCH,
    )


def _person(writer: Writer, user: User, number: int, categories: list[StakeholderCategory]) -> Person:
    shown = {f"{field}_audience": writer.random.choice(_SHOWN) for field in ("country", "category", "bio", "themes", "exchange")}
    return Person(
        user=user,
        slug=f"person-{number}",
        name=writer.person(),
        gender="fmx"[number % 3],
        country=writer.country(),
        category=writer.random.choice(categories),
        spoken=["es", "qu"],
        bio_es=writer.some("es", 60),
        offers_es=writer.some("es", 15),
        seeks_es=writer.some("es", 15),
        name_audience=Audience.PUBLIC if number % 4 == 0 else Audience.MEMBERS,
        organisation_audience=Audience.PUBLIC if number % 4 == 0 else Audience.MEMBERS,
        **(shown if number else dict.fromkeys(shown, Audience.PUBLIC)),
    )


def _with_themes(model: type, rows: list, writer: Writer) -> None:
    """Give each of `rows` two themes."""
    through, field = model.themes.through, model._meta.model_name
    themes = list(Theme.objects.filter(parent__isnull=False).values_list("pk", flat=True))
    links = [through(**{f"{field}_id": row.pk, "theme_id": theme}) for row in rows for theme in writer.random.sample(themes, 2)]
    through.objects.bulk_create(links, BATCH)
