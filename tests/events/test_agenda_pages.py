"""The pages of an agenda: list, table, one's own, a session."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser

from events.actions import agenda, agenda_voices
from events.models import Event, Guest, Room, Session, Track
from events.querysets.grids import grid_of
from events.querysets.sessions import agenda_of, overlapping
from tests.conftest import make_person
from tests.factories.agenda import at, long_event, place, room, speak, track, voice, write_session
from tests.factories.publications import make_record
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture
def event(db):
    return long_event()


def page(client, event, query="", name="events:agenda"):
    return client.get(url(name, event.slug) + query)


def words(client, event, query=""):
    return text_of(page(client, event, query))


def grow(event, many=3, day=0):
    """Sessions with everything that can lie beside them."""
    for number in range(many):
        sala, eje = Room.objects.create(event=event, name_es=uuid.uuid4().hex), Track.objects.create(event=event, name_es="E")
        session = write_session(event, 9 + number % 8, day=day, room=sala, track=eje, languages=["es"])
        speak(session, person=make_person(uuid.uuid4().hex, name_audience="public"))
        speak(session, guest=Guest.objects.create(event=event, name=f"G {number}"))
        session.documents.create(record=make_record(f"D {number}"))


# --- list
def test_the_list_tells_what_when_where_and_who(client, event, secretary, miner):
    session = place(
        event, secretary, title_es="Apertura", room=room(event, secretary), track=track(event, secretary), languages=["es", "pt-br"]
    )
    voice(session, secretary, name="Ana Lima", affiliation="Universidad", role="chair")
    agenda_voices.add_session_document(session=session, actor=secretary, code=make_record("Programa del agua").code)
    told = words(client, event)
    assert all(
        one in told for one in ("Apertura", "09:00–10:00", "Sala A", "Agua", "Ana Lima", "Universidad", "Modera", "Programa del agua")
    )


def test_days_come_in_order(event, secretary, client):
    place(event, secretary, 9, day=1, title_es="Mañana")
    place(event, secretary, 9, title_es="Hoy")
    told = words(client, event)
    assert told.index("Hoy") < told.index("Mañana")


def test_an_event_without_an_agenda_says_so(client, event):
    assert "Todavía no hay agenda" in words(client, event)


def test_a_break_is_called_by_its_kind(client, event, secretary):
    place(event, secretary, kind="break", title_es="")
    assert "Pausa" in words(client, event)


def test_hours_stand_beside_those_of_who_reads(as_user, event, secretary, miner):
    place(event, secretary, 9)
    type(miner.user).objects.filter(pk=miner.user.pk).update(time_zone="Europe/Madrid")
    told = words(as_user(miner), event)
    assert "15:00–16:00" in told
    assert "según el de quien lee" in told


def test_hours_on_another_day_of_who_reads_say_on_which(event, secretary, miner, as_user):
    place(event, secretary, 20)
    type(miner.user).objects.filter(pk=miner.user.pk).update(time_zone="Asia/Tokyo")
    assert ", 10:00–11:00" in words(as_user(miner), event)


def test_a_session_past_midnight_says_its_last_day(client, event, secretary):
    place(event, secretary, 22, hours=4)
    assert "22:00–02:00 (" in words(client, event)


def test_long_titles_and_wild_signs_are_only_words(client, event, secretary):
    place(event, secretary, title_es="<script>alert(1)</script>" + "á" * 120, summary_es="<img src=x>")
    content = page(client, event).content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)" in content


@pytest.mark.parametrize(
    ("query", "shown"),
    [("?track={track}", {"Una"}), ("?day={day}", {"Otra"}), ("?language=pt-br", {"Otra"}), ("?language=zz&day=x", {"Una", "Otra"})],
)
def test_the_list_is_narrowed(client, event, secretary, query, shown):
    one = place(event, secretary, title_es="Una", track=track(event, secretary), languages=["es"])
    place(event, secretary, 9, day=1, title_es="Otra", track=track(event, secretary, "Oro"), languages=["pt-br"])
    told = words(client, event, query.format(track=one.track_id, day=event.ends_on.isoformat()))
    assert {title for title in ("Una", "Otra") if f" {title} " in told} == shown


def test_a_break_belongs_to_every_track(client, event, secretary):
    place(event, secretary, 9, kind="break", title_es="Café")
    eje = track(event, secretary)
    place(event, secretary, 10, track=eje)
    assert "Café" in words(client, event, f"?track={eje.pk}")


def test_what_fits_no_filter_leads_back(client, event, secretary):
    place(event, secretary)
    response = page(client, event, "?day=2020-01-01")
    assert "Nada aquí con estos filtros" in text_of(response) or "filtros" in text_of(response)


@pytest.mark.parametrize("query", ["", "?view=grid"])
def test_the_agenda_is_flat(client, event, query):
    grow(event)
    flat(lambda: page(client, event, query), lambda: grow(event), ceiling=10)


def test_the_agenda_of_a_member_is_flat_and_long(as_user, event, miner):
    client = as_user(miner)
    grow(event)
    flat(lambda: page(client, event), lambda: grow(event, 60), ceiling=16)


# --- who may see what
def test_the_agenda_of_a_group_is_only_for_it(as_user, secretary, group, seated, visitor):
    event = long_event("cerrada", audience="group", groups=[group])
    session = place(event, secretary)
    for name, args in (("events:agenda", [event.slug]), ("events:session_detail", [event.slug, session.slug])):
        assert as_user(visitor).get(url(name, *args)).status_code == 404
        assert as_user(seated).get(url(name, *args)).status_code == 200
    assert not Session.objects.visible_to(AnonymousUser()).exists()
    assert list(Session.objects.visible_to(seated)) == [session]


def test_a_hidden_speaker_is_not_named(as_user, event, secretary, miner):
    hidden = make_person("zq-oculta", name="Zqoculta", name_audience="members")
    session = place(event, secretary)
    voice(session, secretary, member=hidden.slug)
    for address in (url("events:agenda", event.slug), url("events:session_detail", event.slug, session.slug), event.get_absolute_url()):
        content = as_user().get(address).content.decode().lower()
        assert "zqoculta" not in content
        assert "zq-oculta" not in content
    assert "integrante de la red" in words(as_user(), event)
    assert "Zqoculta" in words(as_user(miner), event)


def test_a_record_for_members_is_not_shown_to_others(as_user, event, secretary, miner):
    session = place(event, secretary)
    session.documents.create(record=make_record("Acta interna", access="members"))
    assert "Acta interna" not in words(as_user(), event)
    assert "Acta interna" in words(as_user(miner), event)


def test_an_unknown_session_is_not_found(client, event):
    assert client.get(url("events:session_detail", event.slug, "nada")).status_code == 404


# --- one's own agenda
def test_a_session_is_marked_on_the_page(as_user, event, secretary, visitor):
    session, client = place(event, secretary), as_user(visitor)
    assert "Añadir a mi agenda" in words(client, event)
    back = url("events:agenda", event.slug) + "#s-x"
    response = client.post(url("events:session_mark", event.slug, session.slug), {"next": back})
    assert (response.status_code, response["Location"]) == (303, back)
    assert "en mi agenda" in words(client, event, "?mine=1")
    assert client.post(url("events:session_unmark", event.slug, session.slug))["Location"] == url(
        "events:session_detail", event.slug, session.slug
    )
    assert "La agenda propia está vacía" in words(client, event, "?mine=1")


def test_my_agenda_warns_of_two_at_once(as_user, event, secretary, visitor):
    for title, hour in (("Una", 9), ("Otra", 9), ("Tarde", 15)):
        agenda.mark_session(session=place(event, secretary, hour, title_es=title), actor=visitor)
    told = words(as_user(visitor), event, "?mine=1")
    assert "Dos sesiones de la agenda propia coinciden" in told


def test_only_what_overlaps_is_told(event, secretary):
    for hour, hours, kind in ((9, 2, "panel"), (10, 1, "panel"), (11, 1, "panel"), (9, 3, "break")):
        place(event, secretary, hour, hours=hours, kind=kind)
    assert [(one.hours, other.hours) for one, other in overlapping(agenda_of(event, secretary))] == [("09:00–11:00", "10:00–11:00")]


def test_nobody_marks_what_is_called_off(as_user, visitor, secretary, event):
    place(event, secretary)
    Event.objects.filter(pk=event.pk).update(state="cancelled")
    told = words(as_user(visitor), event)
    assert "Añadir a mi agenda" not in told
    assert "No tiene lugar" in told or "No se realiza" in told


def test_a_stranger_is_asked_to_sign_in_for_an_agenda_of_their_own(client, event, secretary):
    place(event, secretary)
    told = words(client, event, "?mine=1")
    assert "armar una agenda propia" in told
    assert "Mi agenda" not in told


# --- the table of hours and rooms
def cells(grid):
    return [(line.hour, [(cell.row.title.text if cell.row else "", cell.down, cell.across) for cell in line.cells]) for line in grid.lines]


def test_the_table_has_a_column_a_room_and_a_row_an_hour(event, secretary):
    one, two = room(event, secretary, "A"), room(event, secretary, "B")
    place(event, secretary, 9, hours=2, room=one, title_es="Larga")
    place(event, secretary, 9, room=two, title_es="Corta")
    grid = grid_of(agenda_of(event, secretary), event.zone)
    assert [head.name.text for head in grid.rooms] == ["A", "B"]
    assert cells(grid) == [("09:00", [("Larga", 2, 1), ("Corta", 1, 1)]), ("10:00", [("", 1, 1)])]


def test_what_overlaps_nothing_and_has_no_room_goes_across(event, secretary):
    for name in "AB":
        place(event, secretary, 9, room=room(event, secretary, name), title_es=name)
    place(event, secretary, 10, kind="break", title_es="Café")
    assert cells(grid_of(agenda_of(event, secretary), event.zone))[1] == ("10:00", [("Café", 1, 2)])


def test_sessions_without_a_room_at_one_hour_stand_side_by_side(event, secretary):
    for hour, hours, title in ((9, 2, "Una"), (9, 1, "Otra"), (10, 1, "Tercera")):
        place(event, secretary, hour, hours=hours, title_es=title)
    assert cells(grid_of(agenda_of(event, secretary), event.zone)) == [
        ("09:00", [("Una", 2, 1), ("Otra", 1, 1)]),
        ("10:00", [("Tercera", 1, 1)]),
    ]


def test_a_pause_between_two_sessions_is_an_empty_row(event, secretary):
    sala = room(event, secretary)
    place(event, secretary, 9, room=sala, title_es="Una")
    place(event, secretary, 15, room=sala, title_es="Otra")
    assert cells(grid_of(agenda_of(event, secretary), event.zone))[1] == ("10:00", [("", 1, 1)])


def test_the_table_has_headings(client, event, secretary):
    place(event, secretary, room=room(event, secretary))
    content = page(client, event, "?view=grid").content.decode()
    assert '<th scope="row">09:00</th>' in content
    assert '<th scope="col"><span lang="es">Sala A</span></th>' in content


# --- a session's own page, and the event's
def test_a_session_leads_to_its_neighbours(client, event, secretary):
    for hour, title in ((9, "Primera"), (10, "Segunda"), (11, "Tercera")):
        place(event, secretary, hour, title_es=title)
    told = text_of(client.get(url("events:session_detail", event.slug, "segunda")))
    assert "Primera" in told
    assert "Tercera" in told
    assert "Primera" not in text_of(client.get(url("events:session_detail", event.slug, "tercera")))


def test_a_session_is_flat(client, event, secretary):
    session = place(event, secretary)
    address = url("events:session_detail", event.slug, session.slug)

    def more():
        for number in range(3):
            speak(session, guest=Guest.objects.create(event=event, name=f"G {number}"))
            session.documents.create(record=make_record(f"D {uuid.uuid4()}"))

    more()
    flat(lambda: client.get(address), more, ceiling=12)


def test_the_page_of_an_event_shows_the_next_day(client, event, secretary, clock):
    place(event, secretary, 9, title_es="Ayer")
    place(event, secretary, 9, day=1, title_es="Hoy")
    assert "Toda la agenda: 2 sesiones" in text_of(client.get(event.get_absolute_url()))
    clock.move_to(at(event, 20))
    told = text_of(client.get(event.get_absolute_url()))
    assert "Hoy" in told
    assert "Ayer" not in told


def test_the_page_of_a_past_event_shows_its_first_day(client, event, secretary, clock):
    place(event, secretary, 9, title_es="Apertura")
    clock.move_to(at(event, 9, day=90))
    assert "Apertura" in text_of(client.get(event.get_absolute_url()))


def test_a_room_says_how_many_it_holds(client, event, secretary):
    session = place(event, secretary, room=room(event, secretary, places=60))
    assert "60 plazas" in text_of(client.get(url("events:session_detail", event.slug, session.slug)))
    assert "60 plazas" in words(client, event, "?view=grid")


def test_a_room_without_a_number_says_none(client, event, secretary):
    session = place(event, secretary, room=room(event, secretary))
    assert "plazas" not in text_of(client.get(url("events:session_detail", event.slug, session.slug)))
    assert "plazas" not in words(client, event, "?view=grid")
