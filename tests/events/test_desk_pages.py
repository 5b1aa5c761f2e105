"""The organisers' desk: figures, the list, one registration, approving, and registering somebody without an account."""

import pytest

from events import actions
from tests.factories.events import make_group, sit, stored
from tests.factories.organising import crowd, hybrid
from tests.factories.registering import accounts, ask, enrol, enrol_for, full_house, open_event
from tests.support.pages import text_of, url
from tests.support.queries import flat


def page(as_user, who, name, event, /, *args, language="es", **query):
    return as_user(who).get(url(f"events:desk_{name}", event.slug, *args, language=language), query)


def names(response):
    return [row.name for row in response.context["rows"]]


def test_figures_are_apart_by_mode(as_user, secretary):
    event = hybrid()
    crowd(event, 3)
    crowd(event, 2, mode="on-line", state="waiting")
    crowd(event, 1, state="offered")
    on_site, on_line = page(as_user, secretary, "list", event).context["tally"].lines
    assert (on_site.places, on_site.taken, on_site.free, on_site.states["waiting"]) == (50, 4, 46, 0)
    assert (on_line.places, on_line.taken, on_line.free, on_line.states["waiting"]) == (100, 0, 100, 2)


def test_mode_that_an_event_has_not_is_left_out(as_user, secretary):
    assert len(page(as_user, secretary, "list", open_event()).context["tally"].lines) == 1


def test_places_without_number_are_said_to_be_unlimited(as_user, secretary):
    event = open_event(on_site=None)
    crowd(event, 1)
    assert "sin límite" in text_of(page(as_user, secretary, "list", event))


def test_chambers_are_counted_also_below_five(as_user, secretary, miner):
    event = open_event()
    enrol(event, miner.user)
    crowd(event, 1)
    lines = page(as_user, secretary, "list", event).context["chambers"]
    assert [(line.code, line.value) for line in lines] == [("PRO", 1), ("", 1)]


def test_fewer_places_than_people_are_a_warning_with_numbers(as_user, secretary):
    event = open_event(on_site=2)
    crowd(event, 5)
    words = text_of(page(as_user, secretary, "list", event))
    assert "5 personas tienen lugar" in words
    assert "solo 2" in words


def test_as_many_people_as_places_are_no_warning(as_user, secretary):
    event = open_event(on_site=5)
    crowd(event, 5)
    assert page(as_user, secretary, "list", event).context["over"] == []


def test_list_is_by_number(as_user, secretary):
    event, made = full_house(1, 2)
    assert names(page(as_user, secretary, "list", event)) == [one.name for one in made]


@pytest.mark.parametrize("state", ["cancelled", "declined", "lapsed"])
def test_what_came_to_nothing_is_listed_only_when_asked_for(as_user, secretary, state):
    event = open_event()
    crowd(event, 1, state=state, name="Ya no viene")
    assert names(page(as_user, secretary, "list", event)) == []
    assert names(page(as_user, secretary, "list", event, state=state)) == ["Ya no viene"]
    assert names(page(as_user, secretary, "list", event, q="viene")) == ["Ya no viene"]


@pytest.mark.parametrize("words", ["flores", "Dina", "dina lagos", "x77", "Lagos"])
def test_list_is_searched_by_name_code_and_organisation(as_user, secretary, words):
    event = open_event()
    crowd(event, 2)
    crowd(event, 1, name="Dina Flores", affiliation="Mineras de Los Lagos", code="x77")
    assert names(page(as_user, secretary, "list", event, q=words)) == ["Dina Flores"]


def test_list_is_searched_by_organisation_of_the_network(as_user, secretary, cooperative):
    event = open_event()
    crowd(event, 1, name="Dina Flores", organisation=cooperative)
    crowd(event, 1)
    assert names(page(as_user, secretary, "list", event, q=cooperative.name)) == ["Dina Flores"]


def test_list_is_narrowed_by_mode_and_state(as_user, secretary):
    event = hybrid()
    crowd(event, 1, name="Aquí")
    crowd(event, 1, name="Allá", mode="on-line")
    crowd(event, 1, name="Espera", mode="on-line", state="waiting")
    assert names(page(as_user, secretary, "list", event, mode="on-line", state="waiting")) == ["Espera"]


def test_unknown_filter_asks_for_nothing(as_user, secretary):
    event = open_event()
    crowd(event, 1)
    assert len(names(page(as_user, secretary, "list", event, state="nada", mode="x"))) == 1


def test_list_has_pages_of_fifty(as_user, secretary):
    event = open_event()
    crowd(event, 51)
    assert len(names(page(as_user, secretary, "list", event))) == 50
    assert len(names(page(as_user, secretary, "list", event, page=2))) == 1


def test_nothing_found_says_so(as_user, secretary):
    event = open_event()
    crowd(event, 1)
    assert "Ninguna inscripción" in text_of(page(as_user, secretary, "list", event, q="zzz"))


@pytest.mark.parametrize("name", ["list", "needs", "tickets"])
def test_pages_ask_the_same_however_many_there_are(as_user, secretary, name):
    event = open_event(on_site=900)
    ask(event)
    crowd(event, 1, needs=True)
    address = url(f"events:desk_{name}", event.slug)
    client = as_user(secretary)
    flat(lambda: client.get(address), lambda: crowd(event, 3, needs=True), ceiling=16)


@pytest.mark.parametrize("name", ["list", "needs"])
def test_pages_hold_at_six_hundred(as_user, secretary, name):
    event = open_event(on_site=900)
    crowd(event, 1, needs=True)
    address = url(f"events:desk_{name}", event.slug)
    client = as_user(secretary)
    flat(lambda: client.get(address), lambda: crowd(event, 600, needs=True), ceiling=16)


@pytest.mark.parametrize("name", ["list", "terms", "questions", "needs", "tickets", "add"])
def test_coordinator_of_another_group_may_not(as_user, name, db):
    event = open_event(groups=[make_group()])
    other = sit(make_group("otro"), "coordina-otro", "coordinator")
    assert page(as_user, other, name, event).status_code == 403


def test_desk_of_what_one_does_not_know_is_not_found(as_user, miner):
    event = stored("secreto", audience="group", groups=[make_group()])
    assert page(as_user, miner, "list", event).status_code == 404


def test_coordinator_of_its_group_may(as_user, chair, group):
    assert page(as_user, chair, "list", open_event(groups=[group])).status_code == 200


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_desk_speaks_three_languages(as_user, secretary, language):
    event = open_event()
    made = crowd(event, 1, state="pending")
    title = {"es": "Inscripciones", "en": "Registration", "pt-br": "Inscrições"}[language]
    assert title in text_of(page(as_user, secretary, "list", event, language=language))
    assert page(as_user, secretary, "one", event, made[0].code, language=language).status_code == 200


@pytest.mark.parametrize(
    ("state", "terms", "words"),
    [
        ("open", {}, "abierta hasta"),
        ("announced", {}, "Nadie puede inscribirse"),
        ("draft", {"ahead": True}, "Una vez anunciado"),
        ("announced", {"ahead": True}, "se abre sola"),
    ],
)
def test_desk_says_where_registration_stands(as_user, secretary, clock, state, terms, words):
    event = open_event(state=state)
    if terms:
        event.terms.opens_at = event.terms.closes_at.replace(hour=0)
        event.terms.save()
    assert words in text_of(page(as_user, secretary, "list", event))


def test_desk_without_terms_leads_to_them(as_user, secretary):
    event = stored("uno")
    assert url("events:desk_terms", event.slug) in page(as_user, secretary, "list", event).content.decode()


def test_words_of_people_are_never_markup(as_user, secretary):
    event = open_event()
    bad = "<script>x</script>"
    question = ask(event, label=bad)
    made = enrol_for(event, secretary, name=bad, affiliation=bad, needs={"diet": bad}, answers={question.pk: bad})
    for name, args in (("list", ()), ("one", (made.code,)), ("needs", ()), ("tickets", ()), ("questions", ())):
        assert bad not in page(as_user, secretary, name, event, *args).content.decode()


def test_registration_shows_needs_answers_and_history(as_user, secretary):
    event = open_event()
    question = ask(event)
    needs = {"diet": "Sin sal", "interpretation": "pt-br"}
    made = enrol_for(event, secretary, needs=needs, answers={question.pk: "Aprender"})
    words = text_of(page(as_user, secretary, "one", event, made.code))
    assert "Sin sal" in words
    assert "Aprender" in words
    assert "tiene lugar · secretaria" in words


def test_registration_without_more_shows_no_empty_headings(as_user, secretary):
    event = open_event()
    made = crowd(event, 1)[0]
    words = text_of(page(as_user, secretary, "one", event, made.code))
    assert "Necesidades" not in words.replace("Necesidades Entradas", "").split("Cómo")[-1]


def test_history_names_members_by_their_name(as_user, secretary, miner):
    event = open_event()
    made = enrol(event, miner.user)
    assert f"· {miner.name}" in text_of(page(as_user, secretary, "one", event, made.code))


def test_history_of_the_clock_names_nobody(as_user, secretary):
    event, made = full_house(1, 1)
    actions.cancel_registration(registration=made[0], actor=secretary)
    history = page(as_user, secretary, "one", event, made[1].code).context["history"]
    assert history[-1][1] == ""


def test_guests_lead_to_who_brings_them_and_back(as_user, secretary):
    event = open_event(on_site=9, guests=2)
    host = enrol(event, accounts(1)[0], guests=[{"name": "Hija"}])
    guest = host.guests.get()
    assert url("events:desk_one", event.slug, guest.code) in page(as_user, secretary, "one", event, host.code).content.decode()
    assert url("events:desk_one", event.slug, host.code) in page(as_user, secretary, "one", event, guest.code).content.decode()


def test_registration_of_another_event_is_not_found(as_user, secretary):
    made = crowd(open_event("otro"), 1)[0]
    assert page(as_user, secretary, "one", open_event(), made.code).status_code == 404
