"""Pages on which minutes are written, tasks are closed, and what is said of them elsewhere; nothing that was written is lost."""

import pytest
from django.utils import translation

from events import actions
from events.enums import MinutesState
from events.models import Minutes, Task
from events.notifications.minutes import (
    MINUTES_PUBLISHED,
    TASK_DUE,
    TASK_GIVEN,
    TYPES,
    describe_minutes,
    minutes_topics,
    readable_by_all,
    readers,
    still_readable,
    still_taken,
    still_to_do,
    takers,
)
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.mailing.press import Press
from red_mpe.notifications.mailing.words import load_targets
from tests.factories.events import held, sit, stored
from tests.factories.minutes import begun, item_of, meeting, published, task_for, there
from tests.factories.standards import fresh
from tests.support.pages import form_data, text_of, url
from tests.support.queries import flat


@pytest.fixture
def event(group):
    return meeting("junta", group)


@pytest.fixture
def minutes(event, chair):
    return begun(event, chair)


@pytest.fixture
def item(minutes):
    return item_of(minutes)


@pytest.fixture
def client(as_user, chair):
    return as_user(chair)


def post(client, name, *args, **data):
    return client.post(url(f"events:{name}", "junta", *args), data)


def test_page_of_the_event_offers_to_begin(client, event):
    assert "Empezar el acta" in text_of(client.get(event.get_absolute_url()))


def test_page_of_the_event_leads_to_the_minutes(as_user, event, chair, seated):
    published(event, chair)
    words = text_of(as_user(seated).get(event.get_absolute_url()))
    assert "Leer el acta" in words
    assert "1 decisión · 1 acuerdo · 1 tarea" in words


def test_page_of_the_event_says_nothing_of_a_draft(as_user, minutes, event, seated):
    assert "Leer el acta" not in text_of(as_user(seated).get(event.get_absolute_url()))


def test_page_to_write_offers_to_begin(client, event):
    assert "Empezar el acta" in text_of(client.get(url("events:minutes_edit", "junta")))


def test_minutes_begin_with_a_button(client, event):
    assert post(client, "minutes_start").status_code == 303
    assert Minutes.objects.get().event == event


def test_beginning_says_why_not(client, group):
    stored("junta", state="cancelled", groups=[group])
    response = client.post(url("events:minutes_start", "junta"), follow=True)
    assert "no se suspendió" in text_of(response)


def test_opening_is_kept(client, minutes):
    assert post(client, "minutes_opening", opening_es="Buenas tardes").status_code == 303
    minutes.refresh_from_db()
    assert minutes.opening_es == "Buenas tardes"


def test_opening_too_long_stays_in_the_form(client, minutes):
    response = post(client, "minutes_opening", opening_es="x" * 2001)
    assert response.status_code == 422
    assert "x" * 2001 in response.content.decode()


def test_item_is_added_and_its_page_opens(client, minutes):
    response = post(client, "minutes_item_add", title_es="Cuentas")
    assert response["Location"] == url("events:minutes_item", "junta", minutes.items.last().pk)


def test_item_without_title_stays_in_the_form(client, minutes):
    assert post(client, "minutes_item_add", title_es="").status_code == 409


def test_item_is_kept_as_the_page_sends_it(client, item):
    sent = form_data(client.get(url("events:minutes_item", "junta", item.pk)))
    assert post(client, "minutes_item", item.pk, seen=sent["seen"], title_es="Agua", summary_es="Nuevo.").status_code == 303
    item.refresh_from_db()
    assert item.summary_es == "Nuevo."


def test_both_texts_are_shown_where_two_wrote(client, item, secretary):
    seen = form_data(client.get(url("events:minutes_item", "junta", item.pk)))["seen"]
    actions.change_item(item=item, actor=secretary, title={"es": "Agua"}, summary={"es": "Lo de la secretaría."})
    response = post(client, "minutes_item", item.pk, seen=seen, title_es="Agua", summary_es="Lo mío.")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Lo de la secretaría." in page
    assert "Lo mío." in page


def test_sent_again_it_takes_the_place(client, item, secretary):
    actions.change_item(item=item, actor=secretary, title={"es": "Agua"}, summary={"es": "Lo de la secretaría."})
    refused = post(client, "minutes_item", item.pk, seen="0" * 16, title_es="Agua", summary_es="Lo mío.")
    again = {"seen": form_data(refused)["seen"], "title_es": "Agua", "summary_es": "Lo mío."}
    assert post(client, "minutes_item", item.pk, **again).status_code == 303
    item.refresh_from_db()
    assert item.summary_es == "Lo mío."


def test_opening_of_two_is_shown_twice(client, minutes, secretary):
    actions.write_opening(minutes=minutes, actor=secretary, opening={"es": "Lo de la secretaría."})
    response = post(client, "minutes_opening", seen="0" * 16, opening_es="Lo mío.")
    assert response.status_code == 409
    assert "Lo de la secretaría." in response.content.decode()


def test_decision_of_two_is_shown_twice(client, item):
    row = item.resolutions.get(kind="decision")
    response = post(client, "resolution_change", row.pk, seen="0" * 16, kind="decision", text_es="Lo mío.")
    assert response.status_code == 409
    assert "Lo mío." in response.content.decode()


def test_task_of_two_is_shown_twice(client, item):
    response = post(client, "task_change", item.tasks.get().code, seen="0" * 16, text_es="Lo mío.", who="Ana")
    assert response.status_code == 409
    assert "Pedir el permiso." in response.content.decode()


def test_item_moves_with_a_button(client, minutes, item, chair):
    actions.add_item(minutes=minutes, actor=chair, title={"es": "B"})
    post(client, "minutes_item_move", item.pk, "down")
    assert [one.title_es for one in minutes.items.all()] == ["B", "Agua"]
    assert post(client, "minutes_item_move", item.pk, "sideways").status_code == 404


def test_item_is_taken_away_with_a_button(client, minutes, item):
    post(client, "minutes_item_remove", item.pk)
    assert not minutes.items.exists()


def test_refusal_without_words_is_a_message(client, event, chair):
    item = item_of(published(event, chair))
    response = client.post(url("events:minutes_item_remove", "junta", item.pk), follow=True)
    assert "no se quita junto con su punto" in text_of(response)


def test_decision_is_written_changed_and_struck_out(client, item):
    post(client, "resolution_add", item.pk, kind="decision", text_es="Nueva.")
    row = item.resolutions.get(text_es="Nueva.")
    post(client, "resolution_change", row.pk, kind="decision", text_es="Otra.")
    row.refresh_from_db()
    assert row.text_es == "Otra."
    post(client, "resolution_remove", row.pk)
    assert not item.resolutions.filter(text_es="Otra.").exists()


def test_task_is_written_changed_and_taken_away(client, item, seated):
    post(client, "task_add", item.pk, text_es="Nueva.", person=seated.person.pk, due_on="2026-04-01")
    task = item.tasks.get(text_es="Nueva.")
    assert task.person == seated.person
    post(client, "task_change", task.code, text_es="Otra.", who="Ana")
    task.refresh_from_db()
    assert (task.text_es, task.person, task.due_on) == ("Otra.", None, None)
    post(client, "task_remove", task.code)
    assert item.tasks.count() == 1


def test_task_of_an_organisation_is_written(client, item, cooperative):
    post(client, "task_add", item.pk, text_es="Nueva.", organisation=cooperative.pk)
    assert item.tasks.get(text_es="Nueva.").organisation == cooperative


@pytest.mark.parametrize("due_on", ["1900-01-01", "mañana"])
def test_task_of_no_day_stays_in_the_form(client, item, due_on):
    response = post(client, "task_add", item.pk, text_es="Nueva.", who="Ana", due_on=due_on)
    assert response.status_code == 422
    assert "Nueva." in response.content.decode()


def test_task_is_offered_to_nobody_who_is_not_shown(client, item, miner):
    assert post(client, "task_add", item.pk, text_es="Nueva.", person=miner.pk).status_code == 422


def test_event_without_groups_offers_every_member(as_user, secretary, miner):
    item = item_of(begun(held("feria"), secretary))
    response = as_user(secretary).post(url("events:task_add", "feria", item.pk), {"text_es": "Nueva.", "person": miner.pk})
    assert response.status_code == 303


def test_pieces_of_other_minutes_are_not_found(client, item, group, chair):
    other = item_of(begun(meeting("otra", group), chair))
    for name, key in (
        ("minutes_item", other.pk),
        ("resolution_change", other.resolutions.first().pk),
        ("task_change", other.tasks.first().code),
    ):
        assert post(client, name, key, title_es="x").status_code == 404


def test_who_was_there_is_ticked_and_taken_back(client, minutes, event, seated):
    post(client, "minutes_present", **{f"p{seated.person.pk}": "on"})
    post(client, "minutes_present", **{f"p{seated.person.pk}": "on"})
    assert list(event.attendances.values_list("person", "seen")) == [(seated.person.pk, "minutes")]
    post(client, "minutes_present")
    assert not event.attendances.exists()


def test_how_they_took_part_is_noted_and_changed(client, group, chair, seated):
    event = meeting("junta", group, mode="hybrid")
    begun(event, chair)
    for mode in ("on-line", "on-site"):
        post(client, "minutes_present", **{f"p{seated.person.pk}": mode})
        assert event.attendances.get().mode == mode


def test_what_somebody_said_of_themselves_is_not_taken_back(client, minutes, event, seated):
    row = there(event, seated.person)
    type(row).objects.update(seen="self")
    post(client, "minutes_present")
    assert event.attendances.count() == 1


def test_presence_that_cannot_be_is_refused(client, group, chair, seated):
    begun(meeting("junta", group, mode="hybrid"), chair)
    assert post(client, "minutes_present", **{f"p{seated.person.pk}": "by-mule"}).status_code == 422


def test_approved_minutes_offer_nothing_to_write(client, group, event, chair):
    minutes = published(event, chair)
    actions.approve_minutes(minutes=minutes, actor=chair, at_event=meeting("luego", group, days_ago=1))
    for page in (url("events:minutes_edit", "junta"), url("events:minutes_item", "junta", item_of(minutes).pk)):
        words = text_of(client.get(page))
        assert "ya no se cambia nada" in words
        assert "Guardar" not in words


def test_writing_is_flat(client, minutes, chair):
    def grow():
        for number in range(3):
            item = actions.add_item(minutes=minutes, actor=chair, title={"es": f"Punto {number}"})
            task_for(minutes, chair, who=f"Ana {number}")
            actions.add_resolution(item=item, actor=chair, kind="decision", text={"es": "x"})

    flat(lambda: client.get(url("events:minutes_edit", "junta")), grow, ceiling=36)


def test_page_of_an_item_is_flat(client, minutes, item, chair):
    page = url("events:minutes_item", "junta", item.pk)
    flat(lambda: client.get(page), lambda: [task_for(minutes, chair, who=f"Ana {number}") for number in range(3)], ceiling=36)


# --- moves


def test_page_before_publishing_says_whom_it_tells(client, minutes, seated):
    words = text_of(client.get(url("events:minutes_move", "junta", "publish")))
    assert "1 persona" in words or "2 personas" in words


def test_publishing_leads_to_the_minutes(client, minutes):
    minutes.refresh_from_db()
    response = post(client, "minutes_move", "publish", revision=minutes.revision)
    assert response["Location"] == url("events:minutes", "junta")
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.PUBLISHED


def test_publishing_what_was_not_read_is_refused(client, minutes):
    assert post(client, "minutes_move", "publish", revision="0").status_code == 409


def test_withdrawing_makes_a_draft(client, event, chair):
    published(event, chair)
    post(client, "minutes_move", "withdraw")
    assert Minutes.objects.get().state == MinutesState.DRAFT


def test_approval_is_noted_at_a_later_meeting(client, group, event, chair):
    published(event, chair)
    meeting("luego", group, days_ago=1)
    assert post(client, "minutes_move", "approve", at_event="nada").status_code == 422
    assert post(client, "minutes_move", "approve", at_event="luego").status_code == 303
    assert Minutes.objects.get(event=event).approved_in.slug == "luego"


def test_approval_without_a_later_meeting_is_explained(client, event, chair):
    published(event, chair)
    assert "ninguna reunión posterior" in text_of(client.get(url("events:minutes_move", "junta", "approve")))


def test_move_from_elsewhere_is_explained(client, minutes):
    assert "no parte de ahí" in text_of(client.get(url("events:minutes_move", "junta", "withdraw")))
    assert client.get(url("events:minutes_move", "junta", "burn")).status_code == 404


# --- tasks


@pytest.fixture
def task(event, chair, seated):
    return task_for(published(event, chair), chair, person=seated.person)


def test_my_tasks_are_mine(as_user, task, seated, miner):
    assert task.code in text_of(as_user(seated).get(url("events:my_tasks")))
    assert task.code not in text_of(as_user(miner).get(url("events:my_tasks")))


def test_task_is_closed_with_one_button_and_opened_again(as_user, task, seated):
    client = as_user(seated)
    client.post(url("events:task_move", task.code, "done"))
    assert task.code in text_of(client.get(url("events:my_tasks"), {"show": "closed"}))
    client.post(url("events:task_move", task.code, "reopen"))
    assert task.code in text_of(client.get(url("events:my_tasks")))


def test_closing_twice_says_so(as_user, task, seated):
    client = as_user(seated)
    client.post(url("events:task_move", task.code, "done"))
    response = client.post(url("events:task_move", task.code, "dropped"), follow=True)
    assert "Alguien llegó antes" in text_of(response)
    assert Task.objects.get(pk=task.pk).state == "done"


def test_task_of_others_is_not_found(as_user, task, miner):
    assert as_user(miner).post(url("events:task_move", task.code, "done")).status_code == 404


def test_task_has_no_other_moves(as_user, task, seated):
    assert as_user(seated).post(url("events:task_move", task.code, "burn")).status_code == 404


def test_my_tasks_hide_a_meeting_that_is_not_mine(as_user, event, chair, miner):
    task_for(published(event, chair), chair, person=miner)
    words = text_of(as_user(miner).get(url("events:my_tasks")))
    assert "Medir el caudal." in words
    assert "junta" not in words


def test_my_tasks_are_flat(as_user, group, chair, seated):
    first = published(meeting("una", group), chair)
    task_for(first, chair, person=seated.person)
    client = as_user(seated)

    def grow():
        for days in (9, 19, 29):
            task_for(published(meeting(f"otra-{days}", group, days_ago=days), chair), chair, person=seated.person)

    flat(lambda: client.get(url("events:my_tasks")), grow, ceiling=20)


# --- the desk


def test_desk_shows_minutes_that_wait_and_tasks_that_are_late(as_user, group, event, chair, secretary, miner):
    minutes = published(event, chair)
    meeting("luego", group, days_ago=1)
    task_for(minutes, chair, days=-2, person=miner)
    words = text_of(as_user(secretary).get(url("portal:desk")))
    assert "Actas por aprobar" in words
    assert "Medir el caudal." in words


def test_minutes_wait_only_where_a_later_meeting_is_over(group, event, chair):
    published(event, chair)
    assert not Minutes.objects.unapproved().exists()
    meeting("luego", group, days_ago=1)
    assert Minutes.objects.unapproved().count() == 1


def test_desk_of_the_protection_officer_has_no_tasks(as_user, event, chair, officer, miner):
    task_for(published(event, chair), chair, days=-2, person=miner)
    assert "Medir el caudal." not in text_of(as_user(officer).get(url("portal:desk")))


# --- what is told


def entry(thing, verb, **data):
    one = AuditEntry.objects.create(verb=verb, target=thing, data=data)
    load_targets([one])
    return one


def test_minutes_are_told_to_the_group_and_to_who_was_there(event, chair, seated, miner, scholar):
    there(event, miner)
    assert readers(entry(published(event, chair), MINUTES_PUBLISHED)) == {chair.pk, seated.pk, miner.user.pk}


def test_minutes_belong_to_the_event_and_its_groups(event, chair):
    assert minutes_topics(entry(published(event, chair), MINUTES_PUBLISHED)) == ["event:junta", "group:mesa"]


def test_who_may_not_read_them_is_not_told(event, chair, seated, miner):
    one = entry(published(event, chair), MINUTES_PUBLISHED)
    assert still_readable([one], fresh(miner.user)) == []
    assert still_readable([one], seated) == [one.pk]
    assert readable_by_all([one]) == []


def test_minutes_that_were_taken_back_are_not_told(event, chair):
    minutes = published(event, chair)
    one = entry(minutes, MINUTES_PUBLISHED)
    actions.withdraw_minutes(minutes=minutes, actor=chair)
    assert still_readable([one], chair) == []


def test_task_is_told_to_its_taker_while_they_have_it(task, seated, miner, chair):
    one = entry(task, TASK_GIVEN)
    assert takers(one) == {seated.pk}
    actions.change_task(task=task, actor=chair, text={"es": "Medir"}, person=miner)
    assert (still_taken([one], seated), still_taken([one], fresh(miner.user))) == ([], [one.pk])


def test_task_of_an_organisation_is_told_to_who_speaks_for_it(event, chair, miner, cooperative):
    task = task_for(published(event, chair), chair, organisation=cooperative)
    assert takers(entry(task, TASK_GIVEN)) == {miner.user.pk}


def test_task_of_somebody_outside_is_told_to_nobody(event, chair):
    assert takers(entry(item_of(published(event, chair)).tasks.get(), TASK_GIVEN)) == set()


def test_nobody_hears_of_what_is_done(task, seated, chair):
    one = entry(task, TASK_DUE, days=1)
    assert still_to_do([one], seated) == [one.pk]
    actions.close_task(task=task, actor=chair, state="done")
    assert still_to_do([one], seated) == []


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
@pytest.mark.parametrize(("verb", "days"), [(MINUTES_PUBLISHED, 0), (TASK_GIVEN, 0), (TASK_DUE, 1), (TASK_DUE, -1)])
def test_every_mail_says_what_it_is_about(task, verb, days, language):

    one = entry(task.item.minutes if verb == MINUTES_PUBLISHED else task, verb, days=days)
    with translation.override(language):
        press = Press()
        press.words.describe([one])
        letter = press.single(one)
    wanted = "junta" if verb == MINUTES_PUBLISHED else task.code
    assert all(wanted in words for words in (letter.subject, letter.text, letter.html))


def test_every_type_describes_what_is_gone_as_nothing(task):
    one = AuditEntry(pk=1, verb=MINUTES_PUBLISHED, target_id=0)
    assert describe_minutes([one]) == {}
    assert [kind.describe([AuditEntry(pk=2, verb=kind.key, target_id=0)]) for kind in TYPES] == [{}, {}, {}]


def test_person_of_the_group_is_offered_once(client, item, group):
    sit(group, "lucia")
    page = client.get(url("events:minutes_item", "junta", item.pk)).content.decode()
    assert page.count(">Lucia</option>") == 2  # of the task that is there, and of a new one
