"""Pages on which minutes are written, tasks are closed, and what is said of them elsewhere; nothing that was written is lost."""

import pytest

from events import actions
from events.enums import MinutesState
from events.models import Minutes
from tests.factories.events import held, sit, stored
from tests.factories.minutes import begun, item_of, meeting, published, task_for, there
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
def pen(as_user, chair):
    """Who keeps the minutes, signed in."""
    return as_user(chair)


def post(client, name, *args, **data):
    return client.post(url(f"events:{name}", "junta", *args), data)


def test_page_of_the_event_offers_to_begin(pen, event):
    assert "Empezar el acta" in text_of(pen.get(event.get_absolute_url()))


def test_page_of_the_event_leads_to_the_minutes(as_user, event, chair, seated):
    published(event, chair)
    words = text_of(as_user(seated).get(event.get_absolute_url()))
    assert "Leer el acta" in words
    assert "1 decisión · 1 acuerdo · 1 tarea" in words


def test_page_of_the_event_says_nothing_of_a_draft(as_user, minutes, event, seated):
    assert "Leer el acta" not in text_of(as_user(seated).get(event.get_absolute_url()))


def test_page_to_write_offers_to_begin(pen, event):
    assert "Empezar el acta" in text_of(pen.get(url("events:minutes_edit", "junta")))


def test_minutes_begin_with_a_button(pen, event):
    assert post(pen, "minutes_start").status_code == 303
    assert Minutes.objects.get().event == event


def test_beginning_says_why_not(pen, group):
    stored("junta", state="cancelled", groups=[group])
    response = pen.post(url("events:minutes_start", "junta"), follow=True)
    assert "no se suspendió" in text_of(response)


def test_opening_is_kept(pen, minutes):
    assert post(pen, "minutes_opening", opening_es="Buenas tardes").status_code == 303
    minutes.refresh_from_db()
    assert minutes.opening_es == "Buenas tardes"


def test_opening_too_long_stays_in_the_form(pen, minutes):
    response = post(pen, "minutes_opening", opening_es="x" * 2001)
    assert response.status_code == 422
    assert "x" * 2001 in response.content.decode()


def test_item_is_added_and_its_page_opens(pen, minutes):
    response = post(pen, "minutes_item_add", title_es="Cuentas")
    assert response["Location"] == url("events:minutes_item", "junta", minutes.items.last().pk)


def test_item_without_title_stays_in_the_form(pen, minutes):
    assert post(pen, "minutes_item_add", title_es="").status_code == 409


def test_item_is_kept_as_the_page_sends_it(pen, item):
    sent = form_data(pen.get(url("events:minutes_item", "junta", item.pk)))["seen"][0]
    assert post(pen, "minutes_item", item.pk, seen=sent, title_es="Agua", summary_es="Nuevo.").status_code == 303
    item.refresh_from_db()
    assert item.summary_es == "Nuevo."


def test_both_texts_are_shown_where_two_wrote(pen, item, secretary):
    seen = form_data(pen.get(url("events:minutes_item", "junta", item.pk)))["seen"][0]
    actions.change_item(item=item, actor=secretary, title={"es": "Agua"}, summary={"es": "Lo de la secretaría."})
    response = post(pen, "minutes_item", item.pk, seen=seen, title_es="Agua", summary_es="Lo mío.")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Lo de la secretaría." in page
    assert "Lo mío." in page


def test_sent_again_it_takes_the_place(pen, item, secretary):
    actions.change_item(item=item, actor=secretary, title={"es": "Agua"}, summary={"es": "Lo de la secretaría."})
    refused = post(pen, "minutes_item", item.pk, seen="0" * 16, title_es="Agua", summary_es="Lo mío.")
    again = {"seen": form_data(refused)["seen"][0], "title_es": "Agua", "summary_es": "Lo mío."}
    assert post(pen, "minutes_item", item.pk, **again).status_code == 303
    item.refresh_from_db()
    assert item.summary_es == "Lo mío."


def test_opening_of_two_is_shown_twice(pen, minutes, secretary):
    actions.write_opening(minutes=minutes, actor=secretary, opening={"es": "Lo de la secretaría."})
    response = post(pen, "minutes_opening", seen="0" * 16, opening_es="Lo mío.")
    assert response.status_code == 409
    assert "Lo de la secretaría." in response.content.decode()


def test_decision_of_two_is_shown_twice(pen, item):
    row = item.resolutions.get(kind="decision")
    response = post(pen, "resolution_change", row.pk, seen="0" * 16, kind="decision", text_es="Lo mío.")
    assert response.status_code == 409
    assert "Lo mío." in response.content.decode()


def test_task_of_two_is_shown_twice(pen, item):
    response = post(pen, "task_change", item.tasks.get().code, seen="0" * 16, text_es="Lo mío.", who="Ana")
    assert response.status_code == 409
    assert "Pedir el permiso." in response.content.decode()


def test_item_moves_with_a_button(pen, minutes, item, chair):
    actions.add_item(minutes=minutes, actor=chair, title={"es": "B"})
    post(pen, "minutes_item_move", item.pk, "down")
    assert [one.title_es for one in minutes.items.all()] == ["B", "Agua"]
    assert post(pen, "minutes_item_move", item.pk, "sideways").status_code == 404


def test_item_is_taken_away_with_a_button(pen, minutes, item):
    post(pen, "minutes_item_remove", item.pk)
    assert not minutes.items.exists()


def test_refusal_without_words_is_a_message(pen, event, chair):
    item = item_of(published(event, chair))
    response = pen.post(url("events:minutes_item_remove", "junta", item.pk), follow=True)
    assert "no se quita junto con su punto" in text_of(response)


def test_decision_is_written_changed_and_struck_out(pen, item):
    post(pen, "resolution_add", item.pk, kind="decision", text_es="Nueva.")
    row = item.resolutions.get(text_es="Nueva.")
    post(pen, "resolution_change", row.pk, kind="decision", text_es="Otra.")
    row.refresh_from_db()
    assert row.text_es == "Otra."
    post(pen, "resolution_remove", row.pk)
    assert not item.resolutions.filter(text_es="Otra.").exists()


def test_task_is_written_changed_and_taken_away(pen, item, seated):
    post(pen, "task_add", item.pk, text_es="Nueva.", person=seated.person.pk, due_on="2026-04-01")
    task = item.tasks.get(text_es="Nueva.")
    assert task.person == seated.person
    post(pen, "task_change", task.code, text_es="Otra.", who="Ana")
    task.refresh_from_db()
    assert (task.text_es, task.person, task.due_on) == ("Otra.", None, None)
    post(pen, "task_remove", task.code)
    assert item.tasks.count() == 1


def test_task_of_an_organisation_is_written(pen, item, cooperative):
    post(pen, "task_add", item.pk, text_es="Nueva.", organisation=cooperative.pk)
    assert item.tasks.get(text_es="Nueva.").organisation == cooperative


@pytest.mark.parametrize("due_on", ["1900-01-01", "mañana"])
def test_task_of_no_day_stays_in_the_form(pen, item, due_on):
    response = post(pen, "task_add", item.pk, text_es="Nueva.", who="Ana", due_on=due_on)
    assert response.status_code == 422
    assert "Nueva." in response.content.decode()


def test_task_is_offered_to_nobody_who_is_not_shown(pen, item, miner):
    assert post(pen, "task_add", item.pk, text_es="Nueva.", person=miner.pk).status_code == 422


def test_event_without_groups_offers_every_member(as_user, secretary, miner):
    item = item_of(begun(held("feria"), secretary))
    response = as_user(secretary).post(url("events:task_add", "feria", item.pk), {"text_es": "Nueva.", "person": miner.pk})
    assert response.status_code == 303


def test_pieces_of_other_minutes_are_not_found(pen, item, group, chair):
    other = item_of(begun(meeting("otra", group), chair))
    for name, key in (
        ("minutes_item", other.pk),
        ("resolution_change", other.resolutions.first().pk),
        ("task_change", other.tasks.first().code),
    ):
        assert post(pen, name, key, title_es="x").status_code == 404


def test_who_was_there_is_ticked_and_taken_back(pen, minutes, event, seated):
    post(pen, "minutes_present", **{f"p{seated.person.pk}": "on"})
    post(pen, "minutes_present", **{f"p{seated.person.pk}": "on"})
    assert list(event.attendances.values_list("person", "seen")) == [(seated.person.pk, "minutes")]
    post(pen, "minutes_present")
    assert not event.attendances.exists()


def test_how_they_took_part_is_noted_and_changed(pen, group, chair, seated):
    event = meeting("junta", group, mode="hybrid")
    begun(event, chair)
    for mode in ("on-line", "on-site"):
        post(pen, "minutes_present", **{f"p{seated.person.pk}": mode})
        assert event.attendances.get().mode == mode


def test_what_somebody_said_of_themselves_is_not_taken_back(pen, minutes, event, seated):
    row = there(event, seated.person)
    type(row).objects.update(seen="self")
    post(pen, "minutes_present")
    assert event.attendances.count() == 1


def test_presence_that_cannot_be_is_refused(pen, group, chair, seated):
    begun(meeting("junta", group, mode="hybrid"), chair)
    assert post(pen, "minutes_present", **{f"p{seated.person.pk}": "by-mule"}).status_code == 422


def test_approved_minutes_offer_nothing_to_write(pen, group, event, chair):
    minutes = published(event, chair)
    actions.approve_minutes(minutes=minutes, actor=chair, at_event=meeting("luego", group, days_ago=1))
    for page in (url("events:minutes_edit", "junta"), url("events:minutes_item", "junta", item_of(minutes).pk)):
        words = text_of(pen.get(page))
        assert "ya no se cambia nada" in words
        assert "Guardar" not in words


def test_writing_is_flat(pen, minutes, chair):
    def grow():
        for number in range(3):
            item = actions.add_item(minutes=minutes, actor=chair, title={"es": f"Punto {number}"})
            task_for(minutes, chair, who=f"Ana {number}")
            actions.add_resolution(item=item, actor=chair, kind="decision", text={"es": "x"})

    flat(lambda: pen.get(url("events:minutes_edit", "junta")), grow, ceiling=36)


def test_page_of_an_item_is_flat(pen, minutes, item, chair):
    page = url("events:minutes_item", "junta", item.pk)
    flat(lambda: pen.get(page), lambda: [task_for(minutes, chair, who=f"Ana {number}") for number in range(3)], ceiling=36)


# --- moves


def test_page_before_publishing_says_whom_it_tells(pen, minutes, seated):
    words = text_of(pen.get(url("events:minutes_move", "junta", "publish")))
    assert "1 persona" in words or "2 personas" in words


def test_publishing_leads_to_the_minutes(pen, minutes):
    minutes.refresh_from_db()
    response = post(pen, "minutes_move", "publish", revision=minutes.revision)
    assert response["Location"] == url("events:minutes", "junta")
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.PUBLISHED


def test_publishing_what_was_not_read_is_refused(pen, minutes):
    assert post(pen, "minutes_move", "publish", revision="0").status_code == 409


def test_withdrawing_makes_a_draft(pen, event, chair):
    published(event, chair)
    post(pen, "minutes_move", "withdraw", reason="Falta un punto.")
    assert Minutes.objects.get().state == MinutesState.DRAFT


def test_approval_is_noted_at_a_later_meeting(pen, group, event, chair):
    published(event, chair)
    meeting("luego", group, days_ago=1)
    assert post(pen, "minutes_move", "approve", at_event="nada").status_code == 422
    assert post(pen, "minutes_move", "approve", at_event="luego").status_code == 303
    assert Minutes.objects.get(event=event).approved_in.slug == "luego"


def test_approval_without_a_later_meeting_is_explained(pen, event, chair):
    published(event, chair)
    assert "ninguna reunión posterior" in text_of(pen.get(url("events:minutes_move", "junta", "approve")))


def test_move_from_elsewhere_is_explained(pen, minutes):
    assert "no parte de ahí" in text_of(pen.get(url("events:minutes_move", "junta", "withdraw")))
    assert pen.get(url("events:minutes_move", "junta", "burn")).status_code == 404


def test_person_of_the_group_is_offered_once(pen, item, group):
    sit(group, "lucia")
    page = pen.get(url("events:minutes_item", "junta", item.pk)).content.decode()
    assert page.count(">Lucia</option>") == 2  # of the task that is there, and of a new one


# --- taken back


@pytest.fixture
def back(event, chair):
    """Minutes that were published and taken back."""
    return actions.withdraw_minutes(minutes=published(event, chair), actor=chair, reason="Falta <b>un</b> punto.")


def test_page_asks_why_they_are_taken_back_and_says_whom_it_tells(pen, event, chair):
    published(event, chair)
    words = text_of(pen.get(url("events:minutes_move", "junta", "withdraw")))
    assert "Por qué se retira" in words
    assert "Quiénes reciben el aviso" in words


def test_without_a_reason_nothing_is_taken_back(pen, event, chair):
    published(event, chair)
    assert post(pen, "minutes_move", "withdraw", reason=" ").status_code == 422
    assert post(pen, "minutes_move", "withdraw", reason="—").status_code == 409
    assert Minutes.objects.get().state == MinutesState.PUBLISHED


def test_reason_too_long_stays_in_the_form(pen, event, chair):
    published(event, chair)
    response = post(pen, "minutes_move", "withdraw", reason="x" * 1001)
    assert response.status_code == 422
    assert "x" * 1001 in response.content.decode()


def test_reason_is_not_lost_where_somebody_was_faster(pen, back):
    response = post(pen, "minutes_move", "withdraw", reason="Mi propia razón.")
    assert response.status_code == 409
    assert "Mi propia razón." in text_of(response)


def test_reason_stands_where_the_minutes_were(as_user, back, seated):
    response = as_user(seated).get(url("events:minutes", "junta"))
    assert response.status_code == 410
    assert "Falta &lt;b&gt;un&lt;/b&gt; punto." in response.content.decode()
    assert "Se mide el río" not in text_of(response)


def test_strangers_find_no_reason_either(as_user, back, miner):
    assert as_user(miner).get(url("events:minutes", "junta")).status_code == 404


def test_draft_that_never_was_out_leaves_nothing_in_its_place(as_user, minutes, seated):
    assert as_user(seated).get(url("events:minutes", "junta")).status_code == 404


def test_who_keeps_them_reads_the_draft_with_the_reason(pen, back):
    response = pen.get(url("events:minutes", "junta"))
    assert response.status_code == 200
    assert "Falta <b>un</b> punto." in text_of(response)
    assert "Se mide el río" in text_of(response)


def test_page_of_the_event_leads_to_the_reason(as_user, back, event, seated):
    assert "Esta acta se retiró" in text_of(as_user(seated).get(event.get_absolute_url()))


def test_minutes_that_are_out_again_say_that_they_were_taken_back(as_user, back, chair, seated):
    actions.publish_minutes(minutes=back, actor=chair)
    words = text_of(as_user(seated).get(url("events:minutes", "junta")))
    assert "se publicó de nuevo" in words
    assert "Se mide el río" in words
