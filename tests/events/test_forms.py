"""Writing and moving events on their pages: what is asked, what is refused, and that nothing written is lost."""

import uuid
from datetime import timedelta

import pytest

from events import actions
from events.forms import EventForm, LocalField, ReportForm, WhenForm
from events.models import Event
from red_mpe.notifications.models import Announcement
from tests.factories.events import LINK, announced, draft, held, hybrid, make_group, stored
from tests.support.pages import text_of, url

PLAIN = {
    "title_es": "Taller del río",
    "summary_es": "Medir el agua.",
    "kind": "workshop",
    "mode": "on-site",
    "audience": "public",
    "venue": "Escuela",
    "municipality": "Suárez",
    "country": "CO",
    "starts": "2026-05-12T09:00",
    "ends": "2026-05-12T13:00",
    "time_zone": "America/Bogota",
}


def sent(**changes):
    return {**PLAIN, "once": str(uuid.uuid4()), **changes}


def refused(response):
    return " ".join(str(words) for errors in response.context["form"].errors.values() for words in errors)


def test_secretariat_writes_a_draft(as_user, secretary):
    response = as_user(secretary).post(url("events:event_add"), sent())
    event = Event.objects.get()
    assert (response.status_code, response["Location"]) == (303, event.get_absolute_url())
    assert (event.state, event.title_es, event.starts_at.isoformat()) == ("draft", "Taller del río", "2026-05-12T14:00:00+00:00")


def test_form_sent_twice_makes_one(as_user, secretary):
    once = sent()
    for _ in range(2):
        as_user(secretary).post(url("events:event_add"), once)
    assert Event.objects.count() == 1


def test_chair_writes_for_the_own_group(as_user, chair, group):
    as_user(chair).post(url("events:event_add"), sent(groups=[group.pk], audience="group"))
    assert Event.objects.get().groups.get() == group


def test_chair_is_asked_for_a_group(as_user, chair):
    response = as_user(chair).post(url("events:event_add"), sent())
    assert response.status_code == 422
    assert "groups" in response.context["form"].errors


def test_chair_finds_only_the_own_groups(as_user, chair, group):
    make_group("otra")
    assert list(as_user(chair).get(url("events:event_add")).context["form"].fields["groups"].queryset) == [group]


def test_page_of_a_group_begins_with_it(as_user, chair, group):
    form = as_user(chair).get(url("events:event_add"), {"group": "mesa"}).context["form"]
    assert (form["groups"].value(), form["kind"].value()) == ([group.pk], "meeting")


def test_zone_begins_with_that_of_the_writer(as_user, secretary):
    assert as_user(secretary).get(url("events:event_add")).context["form"]["time_zone"].value() == "America/Lima"


@pytest.mark.parametrize(("name", "value"), [("starts", "mañana"), ("ends", "2026-05-12T09:00Z"), ("starts", ""), ("time_zone", "Mars")])
def test_what_is_no_date_is_refused_and_kept(as_user, secretary, name, value):
    response = as_user(secretary).post(url("events:event_add"), sent(**{name: value}))
    assert response.status_code == 422
    assert name in response.context["form"].errors
    assert "Taller del río" in response.content.decode()


def test_end_before_the_beginning_is_refused(as_user, secretary):
    assert "Termina antes de empezar" in refused(as_user(secretary).post(url("events:event_add"), sent(ends="2026-05-12T08:00")))


@pytest.mark.parametrize(
    ("zone", "hour", "place"),
    [
        ("Europe/Madrid", "2027-03-28T02:30", "Madrid"),
        ("Europe/Lisbon", "2027-03-28T01:30", "Lisboa"),
        ("America/Santiago", "2026-09-06T00:30", "Santiago"),
    ],
)
def test_hour_that_does_not_exist_is_explained(as_user, secretary, zone, hour, place):
    response = as_user(secretary).post(url("events:event_add"), sent(starts=hour, ends="2028-01-01T10:00", time_zone=zone))
    assert f"Esa hora no existe ese día en {place}" in refused(response)
    assert hour in response.content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "does not exist"), ("pt-br", "não existe")])
def test_hour_that_does_not_exist_is_explained_in_each_language(as_user, secretary, language, words):
    data = sent(starts="2027-03-28T02:30", ends="2027-03-28T05:00", time_zone="Europe/Madrid")
    assert words in text_of(as_user(secretary).post(url("events:event_add", language=language), data))


def test_hour_that_comes_twice_is_the_first_and_says_so(as_user, secretary):
    data = sent(starts="2026-10-25T02:30", ends="2026-10-25T05:00", time_zone="Europe/Madrid")
    words = text_of(as_user(secretary).post(url("events:event_add"), data, follow=True))
    assert "las 02:30 ocurren dos veces: se tomó la primera" in words
    assert Event.objects.get().starts_at.isoformat() == "2026-10-25T00:30:00+00:00"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x.example", "no es"])
def test_link_is_an_address_of_the_web(as_user, secretary, link):
    assert "link" in as_user(secretary).post(url("events:event_add"), sent(link=link)).context["form"].errors


def test_link_without_a_scheme_is_a_safe_one(as_user, secretary):
    as_user(secretary).post(url("events:event_add"), sent(link="sala.example.org/x"))
    assert Event.objects.get().link == "https://sala.example.org/x"


def test_controls_in_a_title_are_taken_out(as_user, secretary):
    as_user(secretary).post(url("events:event_add"), sent(title_es="Ta\u202eller\n del\x07 río"))
    assert Event.objects.get().title_es == "Taller del río"


def test_long_summary_is_refused_and_kept(as_user, secretary):
    response = as_user(secretary).post(url("events:event_add"), sent(summary_es="a" * 401))
    assert response.status_code == 422
    assert "a" * 401 in response.content.decode()


def test_edit_page_holds_what_is_there(as_user, secretary, group):
    event = hybrid(secretary, groups=[group], countries=["BO", "PE"], languages=["es"])
    form = as_user(secretary).get(url("events:event_edit", event.slug)).context["form"]
    found = [form[name].value() for name in ("title_es", "link", "groups", "countries", "languages", "country")]
    assert found == ["Encuentro del agua", LINK, [group.pk], ["BO", "PE"], ["es"], "PE"]


def filled(response, **changes):
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    local = {name: values[name].strftime("%Y-%m-%dT%H:%M") for name in ("starts", "ends") if hasattr(values[name], "strftime")}
    return {name: value for name, value in {**values, **local}.items() if value not in (None, "")} | changes


def test_form_sent_back_unchanged_changes_nothing(as_user, secretary, group):
    event = hybrid(secretary, groups=[group], countries=["BO"], languages=["qu", "es"])
    client, before = as_user(secretary), event.sequence
    response = client.post(url("events:event_edit", event.slug), filled(client.get(url("events:event_edit", event.slug))))
    event.refresh_from_db()
    assert response.status_code == 303
    assert (event.sequence, event.languages) == (before, ["es", "qu"])
    assert Announcement.objects.filter(entry__verb="events.event_changed").count() == 0


def test_edit_changes_what_was_changed(as_user, secretary):
    event = announced(secretary)
    client = as_user(secretary)
    client.post(url("events:event_edit", event.slug), filled(client.get(url("events:event_edit", event.slug)), title_es="Otro nombre"))
    assert Event.objects.get().title_es == "Otro nombre"


def test_edit_warns_how_many_would_be_told(as_user, secretary, miner):
    assert "se avisa a 1 persona" in text_of(as_user(secretary).get(url("events:event_edit", announced(secretary).slug)))


def test_edit_of_a_draft_warns_of_nothing(as_user, secretary, miner):
    assert "se avisa a" not in text_of(as_user(secretary).get(url("events:event_edit", draft(secretary).slug)))


def test_second_writer_loses_no_word(as_user, secretary, clock):
    event = draft(secretary)
    client = as_user(secretary)
    mine = filled(client.get(url("events:event_edit", event.slug)), title_es="Lo mío")
    clock.shift(60)
    actions.change_event(actor=secretary, event=event, title_es="Lo ajeno")
    response = client.post(url("events:event_edit", event.slug), mine)
    assert response.status_code == 409
    assert "Lo mío" in response.content.decode()
    assert Event.objects.get().title_es == "Lo ajeno"


def test_announced_that_would_say_too_little_is_refused(as_user, secretary):
    event = announced(secretary)
    client = as_user(secretary)
    response = client.post(url("events:event_edit", event.slug), filled(client.get(url("events:event_edit", event.slug)), venue=""))
    assert response.status_code == 409
    assert "falta el lugar o su municipio" in refused(response)


def test_chair_keeps_the_group_that_the_secretariat_added(as_user, secretary, chair, group):
    event = draft(secretary, groups=[group, make_group("otra")])
    form = as_user(chair).get(url("events:event_edit", event.slug)).context["form"]
    assert form.fields["groups"].queryset.count() == 2


@pytest.mark.parametrize("name", ["event_edit", "event_move"])
def test_stranger_finds_no_draft(as_user, miner, secretary, name):
    event = draft(secretary)
    assert as_user(miner).get(url(f"events:{name}", event.slug, *(["announce"] if name == "event_move" else []))).status_code == 404


@pytest.mark.parametrize("name", ["event_edit", "event_move"])
def test_member_may_not_write_what_they_see(as_user, miner, secretary, name):
    event = announced(secretary)
    assert as_user(miner).get(url(f"events:{name}", event.slug, *(["cancel"] if name == "event_move" else []))).status_code == 403


def test_move_that_is_none_is_not_found(as_user, secretary):
    assert as_user(secretary).get(url("events:event_move", announced(secretary).slug, "hold")).status_code == 404


def test_announcing_page_tells_what_holds_and_whom_it_tells(as_user, secretary, miner, scholar):
    words = text_of(as_user(secretary).get(url("events:event_move", draft(secretary, venue="").slug, "announce")))
    assert "falta Se dice dónde" in words
    assert "se cumple Todavía está por venir" in words
    assert "2 personas." in words


def test_announcing_on_the_page(as_user, secretary):
    event = draft(secretary)
    response = as_user(secretary).post(url("events:event_move", event.slug, "announce"))
    assert response.status_code == 303
    assert Event.objects.get().state == "announced"


def test_announcing_too_early_says_what_is_missing(as_user, secretary):
    response = as_user(secretary).post(url("events:event_move", draft(secretary, venue="").slug, "announce"))
    assert response.status_code == 409
    assert "Todavía no: falta el lugar" in text_of(response)


def test_cancelling_without_a_reason_is_refused_and_kept(as_user, secretary):
    event = announced(secretary)
    response = as_user(secretary).post(url("events:event_move", event.slug, "cancel"), {"reason_es": " "})
    assert response.status_code == 409
    assert "Falta decir por qué" in text_of(response)


def test_cancelling_on_the_page(as_user, secretary):
    event = announced(secretary)
    as_user(secretary).post(url("events:event_move", event.slug, "cancel"), {"reason_pt": "Chuva"})
    event.refresh_from_db()
    assert (event.state, event.reason_pt) == ("cancelled", "Chuva")


def test_too_long_a_reason_is_refused_and_kept(as_user, secretary):
    response = as_user(secretary).post(url("events:event_move", announced(secretary).slug, "cancel"), {"reason_es": "b" * 1001})
    assert response.status_code == 422
    assert "b" * 1001 in response.content.decode()


def test_new_dates_on_the_page(as_user, secretary):
    event = stored("uno", state="postponed", reason_es="x")
    client = as_user(secretary)
    dates = {"starts": "2026-10-25T02:30", "ends": "2026-10-25T09:00", "time_zone": "Europe/Madrid"}
    words = text_of(client.post(url("events:event_move", event.slug, "reschedule"), dates, follow=True))
    assert "se tomó la primera" in words
    assert Event.objects.get().time_zone == "Europe/Madrid"


def test_new_dates_begin_with_the_old_ones(as_user, secretary):
    form = as_user(secretary).get(url("events:event_move", stored("uno", state="postponed").slug, "reschedule")).context["form"]
    assert form["starts"].value().hour == 9


def test_reporting_on_the_page(as_user, secretary):
    event = held("uno")
    as_user(secretary).post(url("events:event_move", event.slug, "report"), {"report_es": "Bien.", "attended": "40", "women": "20"})
    event.refresh_from_db()
    assert (event.state, event.attended, event.women, event.men) == ("reported", 40, 20, None)


def test_correcting_a_report_tells_that_nobody_is_told(as_user, secretary):
    event = held("uno", state="reported", report_es="Bien.")
    response = as_user(secretary).get(url("events:event_move", event.slug, "report"))
    assert "De una corrección no se avisa a nadie" in text_of(response)
    assert response.context["form"]["report_es"].value() == "Bien."


@pytest.mark.parametrize("numbers", [{"attended": 10, "women": 8, "men": 8}, {"women": 3}, {"attended": 3, "men": 4}])
def test_more_parts_than_the_whole_are_refused(db, numbers):
    form = ReportForm({"report_es": "Bien.", **numbers}, event=held("uno"))
    assert "attended" in form.errors


def test_figures_that_fit_are_taken(db):
    assert ReportForm({"report_es": "Bien.", "attended": 10, "women": 5, "men": 5}, event=held("uno")).is_valid()


def test_move_from_elsewhere_shows_no_form(as_user, secretary):
    words = text_of(as_user(secretary).get(url("events:event_move", announced(secretary).slug, "announce")))
    assert "este paso no parte de ahí" in words


def test_seconds_are_left_out():
    assert LocalField().clean("2026-05-12T09:00:59").second == 0


def test_empty_hour_that_may_be_empty_is_none():
    assert LocalField(required=False).clean("") is None


@pytest.mark.parametrize("missing", ["starts", "ends", "time_zone"])
def test_dates_miss_one_part_at_a_time(missing):
    data = {"starts": "2026-05-12T09:00", "ends": "2026-05-12T10:00", "time_zone": "America/Lima"}
    assert list(WhenForm({**data, missing: ""}).errors) == [missing]


def test_form_without_a_remark_has_none():
    form = WhenForm({"starts": "2026-05-12T09:00", "ends": "2026-05-12T10:00", "time_zone": "America/Lima"})
    assert form.is_valid()
    assert form.remark() == ""


def test_stale_key_of_a_form_is_explained(as_user, secretary):
    assert "once" in as_user(secretary).post(url("events:event_add"), sent(once="x")).context["form"].errors


def test_hidden_group_is_offered_to_the_secretariat_only(secretary, chair):
    make_group("oculto", audience="nobody")
    offered = [EventForm(actor=user).fields["groups"].queryset.filter(slug="oculto").exists() for user in (secretary, chair)]
    assert offered == [True, False]


def test_starts_of_an_edited_event_keep_its_own_clock(as_user, secretary):
    event = stored("uno", time_zone="Europe/Madrid")
    form = as_user(secretary).get(url("events:event_edit", event.slug)).context["form"]
    assert form["starts"].value() - event.starts_at.replace(tzinfo=None) == timedelta(hours=1)


@pytest.mark.parametrize("year", ["0001", "1999", "2101", "9999"])
def test_year_out_of_reach_is_refused_in_words(year):
    form = WhenForm({"starts": f"{year}-01-01T00:00", "ends": f"{year}-12-31T23:59", "time_zone": "America/Lima"})
    assert form.errors["starts"] == form.errors["ends"] == ["Escribir un año entre 2000 y 2100."]


@pytest.mark.parametrize("year", [2000, 2100])
def test_year_within_reach_is_taken(year):
    assert LocalField().clean(f"{year}-12-31T23:59").year == year


def test_encounter_of_a_year_is_refused_and_kept(as_user, secretary):
    response = as_user(secretary).post(url("events:event_add"), sent(ends="2027-05-12T13:00"))
    assert response.status_code == 409
    assert "2027-05-12T13:00" in response.content.decode()
    assert not Event.objects.exists()
