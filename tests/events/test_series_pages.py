"""The page of a group's meetings, and what its leaders do there."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from events.models import Event, MeetingSeries
from events.querysets.series import SHOWN
from tests.conftest import make_user
from tests.factories.events import LINK, held, make_group, moment, sit, stored
from tests.factories.series import make_series
from tests.factories.standards import fresh
from tests.support.pages import form_data, text_of, url
from tests.support.queries import flat


@pytest.fixture
def series(group, chair):
    return make_series(group, chair)


@pytest.fixture
def look(as_user, group):
    """Read the page of the group's meetings as somebody."""

    def read(who=None):
        return as_user(who).get(url("events:series_detail", group.slug))

    return read


@pytest.fixture
def send(as_user, group):
    """Send one of its forms as somebody."""

    def post(name, who, **data):
        return as_user(who).post(url(f"events:series_{name}", group.slug), data)

    return post


def test_who_leads_reads_the_rhythm_and_the_days(look, series, chair):
    words = text_of(look(chair))
    assert "Cada mes el primer jueves a las 18:00 (hora de Lima)" in words
    assert "Jueves 2 de abril de 2026" in words
    assert look(chair).content.decode().count('type="checkbox"') == SHOWN


def test_who_sits_reads_the_rhythm_without_forms(look, series, seated):
    words = text_of(look(seated))
    assert "Cada mes el primer jueves" in words
    assert "Convocar" not in words


def test_a_stranger_reads_no_rhythm_of_a_group_among_itself(look, series):
    assert "Cada mes" not in text_of(look())


def test_a_public_rhythm_is_read_by_everybody(look, group, chair):
    make_series(group, chair, audience="public")
    assert "Cada mes el primer jueves" in text_of(look())


def test_the_link_is_nowhere_on_the_page(look, series, chair, group):
    for who in (chair, None):
        assert LINK not in look(who).content.decode()


def test_a_hidden_group_has_no_page_for_strangers(as_user, miner):
    hidden = make_group("oculta", audience="nobody")
    assert as_user(miner).get(url("events:series_detail", "oculta")).status_code == 404
    assert as_user(sit(hidden, "sienta-oculta")).get(url("events:series_detail", "oculta")).status_code == 200


def test_no_group_no_page(as_user, secretary):
    assert as_user(secretary).get(url("events:series_detail", "nadie")).status_code == 404


def test_the_page_lists_what_the_reader_may_see(look, group, seated):
    stored("abierta", kind="meeting", groups=[group])
    stored("cerrada", kind="meeting", audience="group", groups=[group])
    held("pasada", kind="meeting", groups=[group])
    assert "abierta" in text_of(look())
    assert "pasada" in text_of(look())
    assert "cerrada" not in text_of(look())
    assert "cerrada" in text_of(look(seated))


def test_a_group_without_rhythm_is_told_so_to_who_leads(look, chair):
    assert "Fijar el ritmo" in text_of(look(chair))


def test_the_group_page_leads_there(as_user, group):
    address = url("events:series_detail", group.slug)
    assert f'href="{address}"' in as_user().get(url("members:group_detail", group.slug)).content.decode()


def test_the_page_of_a_meeting_leads_there(as_user, group, chair):
    event = stored("reunion", kind="meeting", groups=[group])
    assert url("events:series_detail", group.slug) in as_user().get(event.get_absolute_url()).content.decode()


def test_the_page_of_a_meeting_of_a_hidden_group_leads_nowhere(as_user, db):
    event = stored("reunion", kind="meeting", groups=[make_group("oculta", audience="nobody")])
    assert "Todas las reuniones" not in text_of(as_user().get(event.get_absolute_url()))


def test_days_are_called_on_the_page(send, client, series, chair):
    response = send("call", chair, days=["2026-04-02", "2026-05-07"])
    assert response.status_code == 303
    assert sorted(map(str, Event.objects.values_list("occurs_on", flat=True))) == ["2026-04-02", "2026-05-07"]
    assert "2 reuniones quedaron convocadas" in text_of(client.get(response.url))


def test_days_called_before_are_told_so(send, client, series, chair):
    for _ in range(2):
        response = send("call", chair, days=["2026-04-02"])
    assert "ya estaban convocadas" in text_of(client.get(response.url))


def test_no_day_chosen_is_told(send, series, chair):
    response = send("call", chair)
    assert response.status_code == 422
    assert "Elegir al menos un día" in text_of(response)


@pytest.mark.parametrize("day", ["2026-04-03", "2030-04-04", "mañana", "2026-02-30"])
def test_a_day_that_is_not_in_the_list_is_told_and_the_rest_stays_chosen(send, series, chair, day):
    response = send("call", chair, days=["2026-04-02", day])
    assert response.status_code == 422
    assert 'value="2026-04-02" checked' in response.content.decode()
    assert not Event.objects.exists()


def test_a_refusal_is_told_and_the_days_stay_chosen(send, series, chair):
    MeetingSeries.objects.update(skipped=["2026-05-07"])
    response = send("call", chair, days=["2026-04-02", "2026-05-07"])
    assert response.status_code == 409
    assert "quedan fuera" in text_of(response)
    assert 'value="2026-04-02" checked' in response.content.decode()


def test_a_day_is_left_out_and_taken_in_on_the_page(send, look, series, chair):
    send("skip", chair, day="2026-04-02")
    assert "Reunirse de todos modos" in text_of(look(chair))
    send("unskip", chair, day="2026-04-02")
    assert "Reunirse de todos modos" not in text_of(look(chair))


def test_a_foreign_day_is_refused_on_the_page(send, series, chair):
    assert send("skip", chair, day="2026-04-03").status_code == 409


def test_a_day_that_is_none_is_told(send, series, chair):
    assert send("skip", chair, day="jueves").status_code == 422


def test_the_rhythm_is_stopped_on_the_page(send, look, series, chair):
    assert send("stop", chair).status_code == 303
    assert "dejó de reunirse" in text_of(look(chair))


def test_without_a_rhythm_there_is_nothing_to_stop(send, chair):
    assert send("stop", chair).status_code == 404


@pytest.mark.parametrize("name", ["call", "skip", "unskip", "stop", "edit"])
def test_who_only_sits_changes_nothing(send, series, seated, name):
    assert send(name, seated, day="2026-04-02", days=["2026-04-02"]).status_code == 403


def test_what_is_left_behind_leads_to_its_pages(look, series, group, chair, send):
    send("call", chair, days=["2026-04-02"])
    make_series(group, chair, rule="FREQ=MONTHLY;BYDAY=2TH", seen=series.updated_at.isoformat())
    event, response = Event.objects.get(), look(chair)
    assert "ya fuera del ritmo" in text_of(response)
    for address in (url("events:event_edit", event.slug), url("events:event_move", event.slug, "cancel")):
        assert address in response.content.decode()


def test_the_page_says_what_is_moved_skipped_called_and_in_the_way(look, send, series, group, chair):
    send("call", chair, days=["2026-04-02"])
    Event.objects.update(starts_at=moment(2026, 4, 3, 10), ends_at=moment(2026, 4, 3, 12))
    send("skip", chair, day="2026-05-07")
    stored("taller", starts_at=moment(2026, 6, 4, 18), ends_at=moment(2026, 6, 4, 21), groups=[group])
    words = text_of(look(chair))
    for said in ("convocada", "Movida: por el ritmo sería el 2 abr 2026", "queda fuera", "Al mismo tiempo: taller"):
        assert said in words


def test_a_cancelled_meeting_is_shown_as_such(look, send, series, chair):
    send("call", chair, days=["2026-04-02"])
    Event.objects.update(state="cancelled")
    assert "cancelado" in text_of(look(chair))


def test_a_gap_of_the_clocks_is_told(look, group, secretary):
    make_series(group, secretary, time_zone="America/Santiago", starts_time="00:30", rule="FREQ=MONTHLY;BYDAY=1SU")
    assert "saltan la hora" in text_of(look(secretary))


def test_the_page_asks_as_often_for_many(look, send, series, group, chair, seated):
    def more():
        for number in range(3):
            stored(f"otra-{number}", kind="meeting", groups=[group])
            held(f"antes-{number}", kind="meeting", groups=[group], days_ago=5 + number)
        sit(group, "otra-persona")

    held("antes", kind="meeting", groups=[group])
    stored("luego", kind="meeting", groups=[group])
    send("call", chair, days=["2026-04-02"])
    flat(lambda: look(chair), more, ceiling=34)


def test_rhythm_list_and_permission_agree(group, chair, seated, secretary, miner, visitor, officer):
    hidden = make_group("oculta", audience="nobody")
    for one in (group, hidden):
        for audience in ("public", "members", "group"):
            MeetingSeries.objects.filter(group=one).delete()
            series = make_series(one, secretary, audience=audience)
            for who in (AnonymousUser(), *map(fresh, (chair, seated, secretary, miner.user, visitor, officer))):
                listed = MeetingSeries.objects.visible_to(who).filter(pk=series.pk).exists()
                assert listed == who.has_perm("events.view_meetingseries", series)


@pytest.mark.parametrize("permission", ["view_meetings", "view_meetingseries", "view_quorum", "plan_series"])
def test_nothing_is_permitted_on_nothing(permission, miner, db):
    assert not fresh(miner.user).has_perm(f"events.{permission}", None)
    assert not make_user("nadie@example.org").has_perm(f"events.{permission}", None)


def test_the_form_is_proposed_from_the_cadence_and_the_last_meetings(as_user, chair, group):
    group.cadence = "quarterly"
    group.save()
    for month, day in ((1, 28), (2, 25)):
        when = {"starts_at": moment(2026, month, day, 16), "ends_at": moment(2026, month, day, 17, 30)}
        stored(f"sesion-{month}", kind="meeting", state="held", mode="hybrid", link=LINK, groups=[group], **when)
    data = form_data(as_user(chair).get(url("events:series_edit", group.slug)))
    assert (data["every"], data["which"], data["weekday"]) == ("3m", "4", "2")
    assert (data["starts_time"], data["minutes"], data["mode"], data["venue"]) == ("16:00", "90", "hybrid", "Casa comunal")


def test_the_form_is_proposed_without_meetings(as_user, chair, group):
    data = form_data(as_user(chair).get(url("events:series_edit", group.slug)))
    assert (data["every"], data["which"], data["weekday"], data["starts_on"]) == ("1m", "1", "3", "2026-03-09")


def test_a_proposed_rhythm_is_kept_as_it_is(as_user, chair, group):
    asked, address = as_user(chair), url("events:series_edit", group.slug)
    response = asked.post(address, form_data(asked.get(address)) | {"link": LINK})
    assert response.status_code == 303
    assert MeetingSeries.objects.get().rule == "FREQ=MONTHLY;BYDAY=1TH"
    assert "El grupo se reúne cada mes el primer jueves a las 18:00 (hora de Lima)." in text_of(asked.get(response.url))


def test_sent_unchanged_it_stays_the_same(as_user, chair, group, series):
    asked, address = as_user(chair), url("events:series_edit", group.slug)
    before = MeetingSeries.objects.values().get()
    asked.post(address, form_data(asked.get(address)))
    assert MeetingSeries.objects.values().get() | {"updated_at": 0} == before | {"updated_at": 0}


def test_what_somebody_else_saved_is_not_written_over(as_user, chair, group, series):
    asked, address = as_user(chair), url("events:series_edit", group.slug)
    data = form_data(asked.get(address)) | {"title_es": "Mesa abierta"}
    MeetingSeries.objects.update(updated_at=timezone.now().replace(year=2027))
    response = asked.post(address, data)
    assert response.status_code == 409
    assert "Mesa abierta" in response.content.decode()


def test_a_rule_that_is_none_is_told_and_kept(as_user, chair, group):
    asked, address = as_user(chair), url("events:series_edit", group.slug)
    response = asked.post(address, form_data(asked.get(address)) | {"link": LINK, "rule": "FREQ=HOURLY"})
    assert response.status_code == 422
    assert "FREQ=HOURLY" in response.content.decode()
    assert "por semana, mes o año" in text_of(response)


def test_the_last_year_of_calendars_is_refused_with_words(as_user, chair, group):
    asked, address = as_user(chair), url("events:series_edit", group.slug)
    response = asked.post(address, form_data(asked.get(address)) | {"link": LINK, "starts_on": "9999-12-31"})
    assert response.status_code == 422
    assert "dos años" in text_of(response)
