"""Who reads minutes and tasks: the lists, the pages, the search and the files can never disagree."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from events import actions
from events.enums import EventAudience, MinutesState
from events.models import Minutes, Task
from events.querysets.minuted import items_of
from events.querysets.presence import presence_of
from tests.conftest import make_organisation, make_person
from tests.factories.events import held, make_group, sit
from tests.factories.minutes import begun, item_of, meeting, published, task_for, there
from tests.factories.standards import fresh
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture
def readers(visitor, miner, secretary, officer, group, chair, seated):
    suspended = make_person("sus-pendida", state="suspended")
    other = sit(make_group("otra"), "preside-otra", "chair")
    users = {"visitor": visitor, "member": miner.user, "officer": officer, "suspended": suspended.user, "secretary": secretary}
    users |= {"chair": chair, "seated": seated, "other": other}
    return {"anonymous": AnonymousUser()} | {name: fresh(user) for name, user in users.items()}


@pytest.fixture
def every(group, secretary, miner):
    """Minutes in each state of events of each audience; in each a task of the miner."""
    made = []
    for state, audience, groups in product(MinutesState, EventAudience, ([], [group])):
        minutes = begun(held(f"{state}-{audience}-{len(groups)}", audience=audience, groups=groups), secretary)
        task_for(minutes, secretary, person=miner)
        Minutes.objects.filter(pk=minutes.pk).update(state=state)
        made.append(Minutes.objects.get(pk=minutes.pk))
    return made


def test_list_and_page_of_minutes_agree_for_everybody(readers, every):
    for reader in readers.values():
        listed = set(Minutes.objects.visible_to(reader).values_list("pk", flat=True))
        assert listed == {minutes.pk for minutes in every if reader.has_perm("events.view_minutes", minutes)}


def test_list_and_page_of_tasks_agree_for_everybody(readers, every):
    for reader in readers.values():
        listed = set(Task.objects.visible_to(reader).values_list("pk", flat=True))
        assert listed == {task.pk for task in Task.objects.all() if reader.has_perm("events.view_task", task)}


def test_list_and_page_of_minutes_taken_back_agree_for_everybody(readers, every):
    Minutes.objects.filter(pk__in=[minutes.pk for minutes in every[1:]]).update(withdrawn_at=timezone.now(), withdrawn_reason="x")
    rows = Minutes.objects.all()
    for reader in readers.values():
        listed = set(Minutes.objects.taken_back(reader).values_list("pk", flat=True))
        assert listed == {minutes.pk for minutes in rows if reader.has_perm("events.view_withdrawal", minutes)}


def test_who_took_a_task_sees_it_without_the_minutes(miner, chair, group):
    minutes = published(meeting("junta", group), chair)
    task = task_for(minutes, chair, person=miner)
    taker = fresh(miner.user)
    assert list(Task.objects.visible_to(taker)) == [task]
    assert not Minutes.objects.visible_to(taker).exists()


@pytest.mark.parametrize(
    ("state", "audience", "sees"),
    [
        ("draft", "public", "secretary chair"),
        ("published", "group", "secretary chair seated"),
        ("published", "members", "member secretary chair seated other"),
        ("approved", "public", "anonymous visitor member officer suspended secretary chair seated other"),
    ],
)
def test_minutes_are_read_by_whom_they_are_for(readers, every, state, audience, sees):
    minutes = Minutes.objects.get(event__slug=f"{state}-{audience}-1")
    assert {name for name, reader in readers.items() if reader.has_perm("events.view_minutes", minutes)} == set(sees.split())


def test_nothing_is_permitted_on_no_minutes(readers):
    for permission in ("view_minutes", "view_withdrawal", "view_task", "close_task", "write_minutes"):
        names = {name for name, reader in readers.items() if reader.has_perm(f"events.{permission}", None)}
        assert names <= {"secretary"}


# --- what a page says


@pytest.fixture
def minutes(group, chair):
    return published(meeting("junta", group), chair)


def rows(minutes, user):
    return items_of([minutes.pk], user)[minutes.pk]


def test_resolutions_of_a_draft_are_counted_in_reading_order(group, chair):
    draft = begun(meeting("junta", group), chair)
    assert [row.code for row in rows(draft, chair)[0].resolutions] == ["D1", "A1"]


def test_struck_out_resolution_leaves_its_number(minutes, chair):
    actions.remove_resolution(resolution=item_of(minutes).resolutions.get(kind="decision"), actor=chair)
    row = rows(minutes, chair)[0].resolutions[0]
    assert (row.code, row.is_struck) == ("D1", True)


def test_taker_who_is_not_shown_is_not_named(minutes, chair, seated):
    hidden = make_person("oculta", name_audience="nobody")
    task_for(minutes, chair, person=hidden)
    task_for(minutes, chair, organisation=make_organisation("guardada", audience="nobody"))
    names = {task.who for task in rows(minutes, seated)[0].tasks}
    assert names == {"Doña Luz", "una persona miembro", "una organización miembro"}


def test_taker_who_is_gone_leaves_the_task(minutes, chair, miner):
    task = task_for(minutes, chair, person=miner)
    Task.objects.filter(pk=task.pk).update(person=None)
    assert rows(minutes, chair)[0].tasks[-1].who == "ya nadie"


@pytest.mark.parametrize(
    ("state", "days", "word", "tone"),
    [("open", 3, "abierta", "wait"), ("open", -1, "vencida", "late"), ("done", -1, "hecha", "ok"), ("dropped", -1, "descartada", "")],
)
def test_task_says_where_it_stands(minutes, chair, miner, state, days, word, tone):
    task = task_for(minutes, chair, days=days, person=miner)
    Task.objects.filter(pk=task.pk).update(state=state)
    row = rows(minutes, chair)[0].tasks[-1]
    assert row.tone == tone
    assert row.standing


def test_page_shows_words_in_the_language_there_is(as_user, group, chair):
    minutes = begun(meeting("junta", group), chair)
    actions.add_item(minutes=minutes, actor=chair, title={"pt": "Contas"}, summary={"pt": "Sem observações."})
    response = as_user(chair).get(url("events:minutes", "junta"))
    assert '<h3 lang="pt-br">Contas</h3>' in response.content.decode()
    assert "En português" in text_of(response).replace("Português", "português")


def test_words_of_people_are_never_markup(as_user, group, chair):
    minutes = begun(meeting("junta", group), chair)
    evil = "<script>alert(1)</script> [x](javascript:alert(2)) ![i](http://x/y.png)"
    item = actions.add_item(minutes=minutes, actor=chair, title={"es": "<b>Uno</b>"}, summary={"es": evil})
    actions.add_resolution(item=item, actor=chair, kind="decision", text={"es": evil})
    actions.add_task(item=item, actor=chair, text={"es": evil}, who="<i>Ana</i>")
    for name, *more in (("events:minutes",), ("events:minutes_edit",), ("events:minutes_item", item.pk)):
        page = as_user(chair).get(url(name, "junta", *more)).content.decode()
        assert "<script>alert" not in page
        assert 'href="javascript:' not in page
        assert "<b>Uno</b>" not in page
        assert "<i>Ana</i>" not in page


def test_page_says_when_it_was_corrected(as_user, minutes, chair, clock):
    assert "Corregida el" not in text_of(as_user(chair).get(url("events:minutes", "junta")))
    actions.write_opening(minutes=minutes, actor=chair, opening={"es": "Hola"})
    assert "Corregida el" in text_of(as_user(chair).get(url("events:minutes", "junta")))


def test_page_names_the_meeting_that_approved(as_user, group, minutes, chair):
    later = meeting("despues", group, days_ago=1)
    actions.approve_minutes(minutes=minutes, actor=chair, at_event=later)
    words = text_of(as_user(chair).get(url("events:minutes", "junta")))
    assert "Aprobada el" in words
    assert "despues" in words


def test_strangers_do_not_find_the_minutes_of_a_group(as_user, minutes, miner, visitor):
    for who in (None, miner, visitor):
        assert as_user(who).get(url("events:minutes", "junta")).status_code == 404


@pytest.mark.parametrize(("audience", "reads"), [("public", True), ("members", False)])
def test_page_names_who_kept_them_as_far_as_they_are_shown(as_user, group, chair, audience, reads):
    type(chair.person).objects.filter(pk=chair.person.pk).update(name_audience=audience)
    published(meeting("junta", group, audience="public"), chair)
    page, name = url("events:minutes", "junta"), chair.person.name
    assert (f"A cargo de {name}" in text_of(as_user().get(page))) == reads
    assert f"A cargo de {name}" in text_of(as_user(chair).get(page))


def test_page_names_nobody_where_an_account_without_a_member_kept_them(as_user, group, secretary):
    published(meeting("junta", group, audience="public"), secretary)
    assert "A cargo de" not in text_of(as_user().get(url("events:minutes", "junta")))


def test_reading_is_flat(as_user, group, chair):
    minutes = begun(meeting("junta", group), chair)
    client = as_user(chair)

    def grow():
        for number in range(3):
            item = actions.add_item(minutes=minutes, actor=chair, title={"es": f"Punto {number}"})
            actions.add_resolution(item=item, actor=chair, kind="decision", text={"es": "x"})
            task_for(minutes, chair, person=sit(group, f"persona-{number}").person)

    flat(lambda: client.get(url("events:minutes", "junta")), grow, ceiling=34)


# --- who was there


def test_group_reads_who_was_there_and_who_was_not(minutes, chair, seated):
    there(minutes.event, chair.person)
    presence = presence_of(minutes.event, seated)
    assert [seat.name for seat in presence.present] == ["Preside Mesa"]
    assert [seat.name for seat in presence.absent] == ["Sienta Mesa"]
    assert presence.leads == presence.present


def test_on_site_and_on_line_are_told_apart(group, chair, seated):
    event = meeting("junta", group, mode="hybrid")
    there(event, chair.person)
    there(event, seated.person, "on-line")
    presence = presence_of(event, seated)
    assert (len(presence.present), len(presence.on_screen), presence.whole) == (1, 1, 2)


def test_others_who_came_are_counted(minutes, chair, miner, seated):
    there(minutes.event, chair.person)
    there(minutes.event, miner)
    assert presence_of(minutes.event, seated).others == 1


@pytest.mark.parametrize(("people", "told"), [(4, None), (5, 5)])
def test_strangers_read_a_number_from_five_on(group, people, told):
    event = meeting("junta", group, audience="public")
    for number in range(people):
        there(event, sit(group, f"persona-{number}").person)
    presence = presence_of(event, AnonymousUser())
    assert (presence.whole, presence.is_named, presence.present) == (told, False, [])


def test_part_of_a_number_does_not_tell_a_small_one(group):
    event = meeting("junta", group, audience="public", mode="hybrid")
    for number in range(7):
        there(event, sit(group, f"persona-{number}").person, "on-site" if number else "on-line")
    presence = presence_of(event, AnonymousUser())
    assert (presence.whole, presence.on_site, presence.on_line) == (7, None, None)
