"""Lists, facets, the grid of a month, words of dates, figures."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.utils import timezone, translation

from events.filters import EventFilter
from events.models import Event
from events.querysets import figures, month_of, place, rows_of, when
from red_mpe.core.models import Theme
from tests.factories.events import facts, held, make_group, moment, stored


def slugs(rows):
    return [event.slug for event in rows]


def on(slug, days, hours=2, **more):
    start = timezone.now() + timedelta(days=days)
    return stored(slug, starts_at=start, ends_at=start + timedelta(hours=hours), **more)


def test_coming_are_in_order_and_not_over(db):
    on("tarde", 9), on("pronto", 2), on("ayer", -1)
    assert slugs(Event.objects.coming()) == ["pronto", "tarde"]


def test_what_goes_on_is_still_coming(db):
    on("ahora", -0.01)
    assert slugs(Event.objects.coming()) == ["ahora"]


@pytest.mark.parametrize(("state", "there"), [("draft", 0), ("cancelled", 1), ("postponed", 1)])
def test_what_was_called_off_stays_in_its_place(db, state, there):
    on("uno", 3, state=state)
    assert Event.objects.coming().count() == there
    assert not Event.objects.on_ahead().exists()


def test_drafts_are_in_order(db):
    on("tarde", 9, state="draft"), on("pronto", 2, state="draft"), on("otro", 3)
    assert slugs(Event.objects.drafts()) == ["pronto", "tarde"]


def test_past_is_what_took_place_the_last_first(db):
    held("viejo", days_ago=50), held("nuevo", state="reported"), held("cancelado", state="cancelled")
    on("sin-cerrar", -1), on("ahora", 1)
    assert slugs(Event.objects.took_place()) == ["sin-cerrar", "nuevo", "viejo"]


def test_years_are_those_in_which_something_took_place(db):
    held("a"), held("b", days_ago=400), held("c", days_ago=401), held("d", days_ago=800, state="cancelled")
    assert Event.objects.years() == [2026, 2025]


def test_year_is_that_of_the_place(db):
    start = moment(2025, 12, 31, 22)
    stored("fin-de-ano", state="held", starts_at=start, ends_at=start + timedelta(hours=1))
    assert slugs(Event.objects.in_year(2025)) == ["fin-de-ano"]
    assert not Event.objects.in_year(2026).exists()


def test_unreported_are_the_held_ones_the_oldest_first(db):
    held("nuevo"), held("viejo", days_ago=60), held("contado", state="reported")
    assert slugs(Event.objects.unreported()) == ["viejo", "nuevo"]


def test_several_days_are_between_when_one_of_them_is(db):
    on("largo", 1, hours=72)
    day = timezone.localdate() + timedelta(days=3)
    assert slugs(Event.objects.between(day, day)) == ["largo"]


def grid(year=2026, month=3):
    return {day.date: [row.title.text for row in day.events] for week in month_of(Event.objects.all(), year, month) for day in week}


def test_grid_begins_on_monday_and_is_whole_weeks(db):
    weeks = month_of(Event.objects.all(), 2026, 3)
    assert {len(week) for week in weeks} == {7}
    assert weeks[0][0].date == date(2026, 2, 23)
    assert [day.inside for day in weeks[0]] == [False] * 6 + [True]


def test_grid_shows_every_day_of_an_event(db):
    start = moment(2026, 3, 12, 9)
    stored("dos-dias", starts_at=start, ends_at=start + timedelta(hours=30))
    assert [day.day for day, found in grid().items() if found] == [12, 13]


def test_grid_goes_by_the_clock_of_the_place(db):
    start = moment(2026, 3, 12, 23, 30)
    stored("noche", starts_at=start, ends_at=start + timedelta(minutes=30))
    assert [day.day for day, found in grid().items() if found] == [12]


def test_grid_shows_nothing_outside_its_month(db):
    start = moment(2026, 2, 28, 9)
    stored("puente", starts_at=start, ends_at=start + timedelta(days=2))
    assert [day for day, found in grid().items() if found] == [date(2026, 3, 1), date(2026, 3, 2)]


def test_grid_of_an_endless_event_holds_its_month(db):
    start = moment(2026, 2, 27, 9)
    stored("siglos", starts_at=start, ends_at=start + timedelta(days=300_000))
    assert [day.day for day, found in grid().items() if found] == list(range(1, 32))


def test_grid_leaves_drafts_out(db):
    on("borrador", 3, state="draft")
    assert not any(grid().values())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "jueves 12 de marzo de 2026, de 09:00 a 11:00 (hora de Lima)"),
        ("en", "Thursday 12 March 2026, 09:00 to 11:00 (Lima time)"),
        ("pt-br", "quinta-feira, 12 de março de 2026, das 09:00 às 11:00 (horário de Lima)"),
    ],
)
def test_one_day_is_said_in_words(language, words):
    with translation.override(language):
        assert when(moment(2026, 3, 12, 9), moment(2026, 3, 12, 11), "America/Lima") == words


def test_two_days_are_both_said():
    with translation.override("en"):
        words = when(moment(2026, 3, 12, 9), moment(2026, 3, 13, 17), "America/Lima")
    assert words == "Thursday 12 March 2026, 09:00, to Friday 13 March 2026, 17:00 (Lima time)"


@pytest.mark.parametrize(("mode", "words"), [("on-site", "Cusco, Perú"), ("hybrid", "Cusco, Perú, y en línea"), ("on-line", "En línea")])
def test_place_is_said_in_few_words(mode, words):
    assert place(mode, "Cusco", "PE") == words


def test_place_without_a_country():
    assert place("on-site", "Cusco", "") == "Cusco"


def counted(**numbers):
    known = dict.fromkeys(("attended", "women", "men", "speakers", "organisers"))
    return [number for _name, number in figures(SimpleNamespace(**{**known, **numbers}))]


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ({}, []),
        ({"attended": 0}, []),
        ({"attended": 600}, [600]),
        ({"attended": 600, "women": 240, "men": 300}, [600, 240, 300]),
        ({"attended": 600, "women": 240}, [600, 240]),
        ({"attended": 600, "men": 595}, [600, 595]),
        ({"attended": 40, "women": 20, "men": 20, "speakers": 6, "organisers": 5}, [40, 20, 20, 6, 5]),
    ],
)
def test_figures_are_shown(numbers, shown):
    assert counted(**numbers) == shown


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ({"attended": 4}, [None]),
        ({"attended": 40, "women": 3, "men": 37}, [40, None, None]),
        ({"attended": 40, "women": 36, "men": 0}, [40, None, None]),
        ({"attended": 40, "women": 20, "men": 18}, [40, None, None]),
        ({"attended": 40, "women": 4}, [40, None]),
        ({"attended": 40, "women": 36}, [40, None]),
        ({"attended": 40, "men": 39}, [40, None]),
        ({"attended": 40, "speakers": 2, "organisers": 9}, [40, None, 9]),
    ],
)
def test_fewer_than_five_are_never_a_figure(numbers, shown):
    assert counted(**numbers) == shown


def ask(query="", reader=None):
    return EventFilter(QueryDict(query), Event.objects.coming(), reader or AnonymousUser())


@pytest.fixture
def several(db, group):
    on("uno", 1, kind="fair", country="BO", languages=["es"], groups=[group])
    on("dos", 2, kind="fair", mode="hybrid", languages=["es", "pt-br"])
    on("tres", 3, kind="visit", themes=[Theme.objects.get(code="mercury")])


def found(query):
    return [Event.objects.get(pk=pk).slug for pk in ask(query).found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["uno", "dos", "tres"]),
        ("kind=fair", ["uno", "dos"]),
        ("kind=fair&kind=visit", ["uno", "dos", "tres"]),
        ("kind=fair&mode=hybrid", ["dos"]),
        ("country=BO", ["uno"]),
        ("language=pt-br", ["dos"]),
        ("theme=mercury", ["tres"]),
        ("group=mesa", ["uno"]),
        ("kind=fair&theme=mercury", []),
        ("kind=nonsense", ["uno", "dos", "tres"]),
        ("theme=water", ["uno", "dos", "tres"]),
    ],
)
def test_facets_narrow_the_list(several, query, expected):
    assert found(query) == expected


def counts(facet, query=""):
    return {option.value: option.count for option in ask(query).options(facet)}


def test_terms_tell_how_many_they_leave(several):
    assert counts("kind") == {"fair": 2, "visit": 1}
    assert counts("language") == {"es": 2, "pt-br": 1}


def test_terms_are_counted_with_the_other_facets(several):
    assert counts("kind", "mode=hybrid") == {"fair": 1}
    assert counts("mode", "mode=hybrid") == {"on-site": 2, "hybrid": 1}


def test_chosen_term_stays_though_it_leaves_nothing(several):
    assert counts("kind", "kind=visit&mode=hybrid") == {"fair": 1, "visit": 0}


def test_groups_that_one_may_not_see_are_no_facet(db):
    on("uno", 1, groups=[make_group("oculto", audience="members")])
    assert counts("group") == {}
    assert ask().groups() == {}


def test_groups_of_a_row_have_their_names(several):
    rows = rows_of(Event.objects.coming(), ask().groups())
    assert [row.groups for row in rows] == [("Grupo mesa",), (), ()]


def test_row_says_month_weekday_and_state(db):
    start = moment(2026, 3, 12, 9)
    row = rows_of(Event.objects.filter(pk=stored("uno", state="cancelled", starts_at=start, ends_at=start + timedelta(hours=1)).pk))[0]
    assert (row.month, row.weekday, row.tag, row.is_off) == ("marzo de 2026", "jue", "cancelado", True)


def test_row_of_what_is_on_has_no_tag(db):
    on("uno", 2)
    assert (rows_of(Event.objects.all())[0].tag, rows_of(Event.objects.all())[0].is_off) == ("", False)


def test_ten_thousand_events_are_found_by_their_index(db):
    first = timezone.now() - timedelta(days=9000)
    more = [{"starts_at": first + timedelta(days=number), "ends_at": first + timedelta(days=number, hours=2)} for number in range(9_990)]
    Event.objects.bulk_create(_bare(f"n-{number}", **facts(**dates)) for number, dates in enumerate(more))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE events_event")
    plan = Event.objects.filter(ends_at__gte=timezone.now() + timedelta(days=900)).order_by("starts_at").explain()
    assert "event_coming" in plan


def _bare(slug, **more):
    days = {"starts_on": more["starts_at"].date(), "ends_on": more["ends_at"].date()}
    return Event(slug=slug, state="announced", once=f"00000000-0000-4000-8000-{slug[2:]:0>12}", **days, **more)
