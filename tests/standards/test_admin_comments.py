"""Moderation in the admin, and who sees whom."""

import pytest
from django.core.exceptions import PermissionDenied

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from standards.actions.comments import withdraw_comment
from standards.actions.identities import person_behind
from tests.conftest import make_user
from tests.support.frameworks import make_clause, make_framework, make_round, make_version
from tests.support.secretariat import at, enter, enter_again, say

REASON = "Hay una amenaza concreta y la persona pidió ayuda."


@pytest.fixture
def consultation(db):
    version = make_version(make_framework())
    make_clause(version, "1.1", text_es="Debe.")
    return make_round(version)


@pytest.fixture
def comment(consultation, miner):
    return say(miner, consultation, consultation.version.texts.get(), body="Palabras que alguien denuncia.")


@pytest.fixture
def protected(consultation, neighbour):
    return say(neighbour, consultation, shown_as="protected", body="Aquí hay gente armada.")


@pytest.fixture
def desk(client, secretary):
    return enter(client, secretary)


def test_page_shows_byline_chamber_and_words_as_everybody_sees_them(desk, comment):
    html = desk.get(at("comment_change", comment.pk)).content.decode()
    assert "Cooperativa Oro Claro" in html
    assert "Palabras que alguien denuncia." in html
    assert comment.persona.code not in html


def test_secretariat_sees_the_person_on_the_page_and_not_in_the_list(desk, comment, miner):
    assert miner.name in desk.get(at("comment_change", comment.pk)).content.decode()
    assert miner.name not in desk.get(at("comment_changelist")).content.decode()


def test_protected_person_is_shown_to_nobody(client, secretary, officer, protected, neighbour):
    for reader in (secretary, officer, make_user("todo@example.org", is_staff=True, is_superuser=True)):
        enter(client, reader)
        html = client.get(at("comment_change", protected.pk)).content.decode() + client.get(at("comment_changelist")).content.decode()
        assert "Aquí hay gente armada." in html
        assert not [word for word in (neighbour.name, neighbour.user.email, "Brazil", "Brasil", protected.persona.code) if word in html]


def test_hiding_tells_the_author_and_shows_the_reason(desk, secretary, comment, miner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(at("comment_hide", comment.pk), {"reason": "Ataca a una persona."})
    comment.refresh_from_db()
    entry = AuditEntry.objects.get(verb="standards.comment_hidden")
    assert (comment.state, comment.hidden_reason, entry.actor) == ("hidden", "Ataca a una persona.", secretary)
    assert entry.announcement.spread_at
    assert [line.recipient for line in entry.notifications.all()] == [miner.user]


@pytest.mark.parametrize("reason", ["", "   "])
def test_hiding_without_a_reason_is_refused(desk, comment, reason):
    answer = desk.post(at("comment_hide", comment.pk), {"reason": reason})
    comment.refresh_from_db()
    assert (answer.status_code, comment.state) == (200, "sent")
    assert answer.context["form"].errors["reason"]


def test_hidden_words_are_read_by_moderators_only_and_can_come_back(client, secretary, officer, comment):
    enter(client, secretary).post(at("comment_hide", comment.pk), {"reason": "Ataca a una persona."})
    seen = client.get(at("comment_change", comment.pk)).content.decode()
    unseen = enter(client, officer).get(at("comment_change", comment.pk)).content.decode()
    enter(client, secretary).post(at("comment_restore", comment.pk))
    comment.refresh_from_db()
    assert "Palabras que alguien denuncia." in seen
    assert "Palabras que alguien denuncia." not in unseen
    assert (comment.state, comment.hidden_reason) == ("sent", "")


def test_withdrawn_words_are_read_by_nobody(desk, comment, miner):
    withdraw_comment(actor=miner.user, comment=comment)
    html = desk.get(at("comment_change", comment.pk)).content.decode() + desk.get(at("comment_changelist")).content.decode()
    assert "Palabras que alguien denuncia." not in html


def test_second_moderator_is_told_that_someone_was_faster(desk, comment):
    address = at("comment_hide", comment.pk)
    desk.post(address, {"reason": "La primera razón."})
    answer = desk.post(address, {"reason": "La segunda razón."})
    comment.refresh_from_db()
    assert "Someone was faster" in answer.content.decode()
    assert "La segunda razón." in answer.content.decode()
    assert comment.hidden_reason == "La primera razón."


@pytest.mark.parametrize(("who", "buttons"), [("secretary", ["hide"]), ("officer", [])])
def test_buttons_are_those_that_can_be_pressed(client, comment, who, buttons, request):
    page = enter(client, request.getfixturevalue(who)).get(at("comment_change", comment.pk))
    assert [button["path"].strip("/").rpartition("/")[2] for button in page.context["actions_detail"]] == buttons


def test_officer_opens_a_protected_identity_with_a_reason_and_a_trace(client, officer, protected, neighbour):
    answer = enter_again(client, officer).post(at("comment_open_identity", protected.pk), {"reason": REASON})
    entry = AuditEntry.objects.get(verb="standards.identity_opened")
    assert neighbour.name in answer.content.decode()
    assert (entry.actor, entry.target, entry.data["reason"]) == (officer, protected, REASON)
    assert "no-store" in answer["Cache-Control"]


def test_opening_asks_to_sign_in_again(client, officer, protected):
    answer = enter(client, officer).get(at("comment_open_identity", protected.pk))
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]


@pytest.mark.parametrize("who", ["secretary", "superuser"])
def test_nobody_else_opens_a_protected_identity(client, secretary, protected, who):
    reader = secretary if who == "secretary" else make_user("todo@example.org", is_staff=True, is_superuser=True)
    assert enter_again(client, reader).post(at("comment_open_identity", protected.pk), {"reason": REASON}).status_code == 403
    with pytest.raises(PermissionDenied):
        person_behind(actor=reader, comment=protected, reason=REASON)
    assert not AuditEntry.objects.filter(verb="standards.identity_opened").exists()


def test_opening_without_a_sentence_is_refused(client, officer, protected, neighbour):
    answer = enter_again(client, officer).post(at("comment_open_identity", protected.pk), {"reason": "porque sí"})
    assert neighbour.name not in answer.content.decode()
    assert answer.context["form"].errors["reason"]
    with pytest.raises(DomainError):
        person_behind(actor=officer, comment=protected, reason=" ")


def test_author_who_became_protected_a_moment_ago_is_not_named(secretary, comment):
    type(comment).objects.filter(pk=comment.pk).update(shown_as="protected", shown_organisation=None, on_behalf=False)
    with pytest.raises(PermissionDenied):
        person_behind(actor=secretary, comment=comment)
