"""The organisers' desk: figures, the list, one registration, approving, and registering somebody without an account."""

import uuid

import pytest

from events.models import Needs, Registration
from red_mpe.core.models import AuditEntry
from tests.factories.events import make_group, sit, stored
from tests.factories.organising import crowd, hybrid
from tests.factories.registering import accounts, ask, enrol, enrol_for, full_house, open_event
from tests.support.pages import form_data, text_of, url
from tests.support.queries import flat


def page(as_user, who, name, event, *args, language="es", **query):
    return as_user(who).get(url(f"events:desk_{name}", event.slug, *args, language=language), query)


def send(as_user, who, name, event, *args, **data):
    return as_user(who).post(url(f"events:desk_{name}", event.slug, *args), data)


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
    needs = {"diet": "Sin sal", "interpretation": "pt"}
    made = enrol_for(event, secretary, needs=needs, answers={question.pk: "Aprender"})
    words = text_of(page(as_user, secretary, "one", event, made.code))
    assert "Sin sal" in words
    assert "Aprender" in words
    assert "tiene lugar · secretaria" in words


def test_registration_without_more_shows_no_empty_headings(as_user, secretary):
    event = open_event()
    made = crowd(event, 1)[0]
    words = text_of(page(as_user, secretary, "one", event, made.code))
    assert "Necesidades" not in words.replace("Necesidades Boletos", "").split("Cómo")[-1]


def test_history_names_members_by_their_name(as_user, secretary, miner):
    event = open_event()
    made = enrol(event, miner.user)
    assert f"· {miner.name}" in text_of(page(as_user, secretary, "one", event, made.code))


def test_history_of_the_clock_names_nobody(as_user, secretary):
    event, made = full_house(1, 1)
    from events import actions

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


@pytest.mark.parametrize(("move", "state"), [("approve", "confirmed"), ("decline", "declined"), ("cancel", "cancelled")])
def test_pending_registration_is_moved(as_user, secretary, move, state):
    event = open_event(approval=True)
    made = enrol(event, accounts(1)[0])
    answer = send(as_user, secretary, "move", event, made.code, move, reason="Ya no hay transporte")
    made.refresh_from_db()
    assert (answer.status_code, made.state) == (303, state)


def test_reason_is_kept_and_shown(as_user, secretary):
    event = open_event()
    made = enrol_for(event, secretary)
    send(as_user, secretary, "move", event, made.code, "cancel", reason="Ya no hay transporte")
    assert "Ya no hay transporte" in text_of(page(as_user, secretary, "one", event, made.code))


def test_move_that_came_too_late_is_refused_and_keeps_the_reason(as_user, secretary):
    event = open_event()
    made = enrol_for(event, secretary)
    answer = send(as_user, secretary, "move", event, made.code, "decline", reason="Porque sí")
    assert answer.status_code == 409


def test_refused_cancellation_keeps_what_was_written(as_user, secretary, clock):
    event = open_event()
    made = enrol_for(event, secretary)
    clock.move_to(event.ends_at)
    answer = send(as_user, secretary, "move", event, made.code, "cancel", reason="Porque llovió")
    assert answer.status_code == 409
    assert "Porque llovió" in answer.content.decode()


def test_too_long_a_reason_is_refused(as_user, secretary):
    event = open_event()
    made = enrol_for(event, secretary)
    assert send(as_user, secretary, "move", event, made.code, "cancel", reason="x" * 501).status_code == 422


def test_unknown_move_is_not_found(as_user, secretary):
    event = open_event()
    made = crowd(event, 1)[0]
    assert send(as_user, secretary, "move", event, made.code, "fly").status_code == 404


def test_ticked_ones_are_approved_and_told_apart(as_user, secretary):
    event = open_event(on_site=1, approval=True)
    made = [enrol(event, user) for user in accounts(3)]
    answer = as_user(secretary).post(url("events:desk_approve", event.slug), {"pick": [one.code for one in made]}, follow=True)
    assert "1 persona tiene lugar. 2 personas están en lista de espera." in text_of(answer)


def test_nobody_ticked_says_so(as_user, secretary):
    event = open_event()
    answer = as_user(secretary).post(url("events:desk_approve", event.slug), follow=True)
    assert "No se marcó" in text_of(answer)


def test_too_many_ticked_are_refused(as_user, secretary):
    event = open_event()
    answer = as_user(secretary).post(url("events:desk_approve", event.slug), {"pick": [f"c{n}" for n in range(101)]}, follow=True)
    assert "cien" in text_of(answer)


def test_approving_comes_back_to_those_that_wait(as_user, secretary):
    answer = send(as_user, secretary, "approve", open_event(), state="pending")
    assert answer["Location"].endswith("?state=pending")


def test_only_those_that_wait_can_be_ticked(as_user, secretary):
    event = open_event()
    crowd(event, 1)
    assert 'name="pick"' not in page(as_user, secretary, "list", event).content.decode()
    waits = crowd(event, 1, state="pending")[0]
    assert f'name="pick" value="{waits.code}"' in page(as_user, secretary, "list", event).content.decode()


def new(**more):
    known = {"once": uuid.uuid4(), "name": "Dina Flores", "mode": "on-site", "language": "es"}
    return known | more


def test_somebody_without_mail_is_registered(as_user, secretary):
    event = open_event()
    answer = send(as_user, secretary, "add", event, **new(diet="Sin sal"))
    made = Registration.objects.get()
    assert answer["Location"].endswith(f"/{made.code}/")
    assert (made.state, made.email, made.user, made.made_by) == ("confirmed", "", None, secretary)
    assert Needs.objects.get().diet == "Sin sal"


def test_same_form_sent_twice_registers_once(as_user, secretary):
    event, data = open_event(), new()
    for _ in range(2):
        assert send(as_user, secretary, "add", event, **data).status_code == 303
    assert Registration.objects.count() == 1


def test_organisation_of_the_network_brings_its_chamber(as_user, secretary, cooperative):
    send(as_user, secretary, "add", open_event(), **new(organisation=cooperative.pk))
    assert Registration.objects.get().chamber.code == "PRO"


def test_who_finds_no_place_waits(as_user, secretary):
    event, _made = full_house(1, 0)
    send(as_user, secretary, "add", event, **new())
    assert Registration.objects.get(name="Dina Flores").state == "waiting"


def test_unnamed_person_is_refused_and_nothing_is_lost(as_user, secretary):
    answer = send(as_user, secretary, "add", open_event(), **new(name="", diet="Sin sal"))
    assert answer.status_code == 422
    assert form_data(answer)["diet"] == "Sin sal"


def test_refusal_of_the_engine_stands_above_the_form(as_user, secretary):
    event = open_event()
    enrol_for(event, secretary, email="dina@example.org")
    answer = send(as_user, secretary, "add", event, **new(email="Dina@example.org"))
    assert answer.status_code == 409
    assert form_data(answer)["name"] == "Dina Flores"


def test_mode_that_an_event_has_not_is_refused(as_user, secretary):
    assert send(as_user, secretary, "add", open_event(), **new(mode="on-line")).status_code == 422


def test_export_is_noted(as_user, secretary):
    event = open_event()
    crowd(event, 1, needs=True)
    send(as_user, secretary, "export", event, format="csv", needs="on")
    assert AuditEntry.objects.get(verb="events.registrations_taken_away").data == {"format": "csv", "needs": True}


def test_export_of_no_format_is_refused_and_not_noted(as_user, secretary):
    assert send(as_user, secretary, "export", open_event(), format="exe").status_code == 303
    assert not AuditEntry.objects.filter(verb="events.registrations_taken_away").exists()


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_export_is_a_file_to_keep(as_user, secretary, kind, begins):
    event = open_event()
    answer = send(as_user, secretary, "export", event, format=kind)
    assert answer["Content-Disposition"] == f'attachment; filename="{event.slug}.{kind}"'
    assert answer.content.startswith(begins)
