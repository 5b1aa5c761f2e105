"""Attempts to learn who is behind a voice, from where the secretariat may look."""

import time
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from red_mpe.core.states import DomainError
from red_mpe.core.text import redline
from red_mpe.notifications.actions import follow, spread_waiting
from red_mpe.notifications.models import Notification, OutgoingMail
from standards.actions.moderation import hide_comment
from tests.factories.standards import answer, say
from tests.support.secretariat import at, enter

pytestmark = pytest.mark.django_db
SHOWN = ("pseudonym", "protected")


def told(verb):
    spread_waiting(seconds=0)
    return set(Notification.objects.filter(entry__verb=f"standards.{verb}").values_list("recipient", flat=True))


@pytest.mark.parametrize(
    "query",
    [
        {"consultation__personas__+__user": 1, "consultation__personas__comments__code": "C-1"},
        {"consultation__comments__code": "C-1", "consultation__comments__persona": 1},
        {"persona": 1},
        {"country": "PE", "shown_as": "protected"},
        {"gender": "f"},
        {"sent_at__gte": "2026-03-10 10:00"},
        {"state__exact": "sent\0"},
    ],
)
def test_list_of_comments_answers_no_question_about_the_person(client, secretary, query):
    assert enter(client, secretary).get(f"{at('comment_changelist')}?{urlencode(query)}").status_code == 400


@pytest.mark.parametrize("shown_as", SHOWN)
def test_hidden_follower_is_told_like_every_follower(miner, neighbour, consultation, clause, shown_as):
    for person in (miner, neighbour):
        follow(person=person.user, topic=clause.clause.topic)
    say(miner, consultation, clause, shown_as=shown_as)
    assert told("comment_sent") == {miner.user_id, neighbour.user_id}


@pytest.mark.parametrize("shown_as", SHOWN)
def test_hidden_author_of_a_thread_is_told_like_every_follower(miner, neighbour, scholar, consultation, clause, shown_as):
    for person in (miner, scholar):
        follow(person=person.user, topic=clause.clause.topic)
    answer(neighbour, say(miner, consultation, clause, shown_as=shown_as))
    assert told("comment_sent") >= {miner.user_id, scholar.user_id}
    assert Notification.objects.filter(recipient=miner.user, entry__verb="standards.comment_sent").count() == 2


def test_open_names_are_not_told_of_their_own_words(miner, neighbour, consultation, clause):
    answer(miner, say(miner, consultation, clause))
    assert (told("comment_sent"), told("reply_sent")) == (set(), set())


def test_hidden_voice_that_answers_its_own_open_name_leaves_no_gap(miner, consultation, clause):
    answer(miner, say(miner, consultation, clause), shown_as="protected")
    assert told("reply_sent") == {miner.user_id}


def test_mail_log_and_desk_do_not_lead_from_a_reply_to_its_reader(client, secretary, miner, neighbour, consultation, clause):
    answer(neighbour, say(miner, consultation, clause, shown_as="protected"))
    spread_waiting(seconds=0)
    mail = OutgoingMail.objects.get(kind="standards.reply_sent")
    OutgoingMail.objects.update(state="failed")
    enter(client, secretary)
    pages = [at("comment_changelist").replace("standards/comment", "notifications/outgoingmail")]
    pages += [f"{pages[0]}{mail.pk}/change/", f"{pages[0]}?q={miner.user.email}&o=1", "/en/desk/"]
    words = [client.get(page).content.decode().replace(f'value="{miner.user.email}"', "") for page in pages]
    assert not [page for page, html in zip(pages, words, strict=True) if miner.user.email in html]
    assert f"/outgoingmail/{mail.pk}/" not in words[2]


def test_desk_tells_the_day_of_a_hidden_comment_not_its_hour(client, secretary, miner, consultation, clock):
    comment = say(miner, consultation, shown_as="protected")
    clock.shift(7200)
    hide_comment(actor=secretary, comment=comment, reason="Nombra a alguien.")
    html = enter(client, secretary).get("/en/desk/").content.decode()
    assert comment.code in html
    assert f"{timezone.localtime(comment.sent_at):%H:%M}" not in html.split(comment.code)[2][:400]


@pytest.mark.parametrize("body", ["\u202e" * 50, "\u200b\u200d", "…"])
def test_signs_that_nobody_sees_are_no_words(miner, consultation, body):
    with pytest.raises(DomainError):
        say(miner, consultation, body=body)


def test_longest_redline_keeps_nobody_waiting():
    before, after = (" ".join(str(number * step % 9973) for number in range(2000)) for step in (7, 11))
    began = time.monotonic()
    redline(before, after)
    assert time.monotonic() - began < 1.5


def test_preview_is_refused_when_asked_too_often(as_user, miner, clause, monkeypatch):
    monkeypatch.setattr("standards.views.comments.PREVIEWS_AN_HOUR", 2)
    address = reverse("standards:clause_comment", args=["marco", "0.2", "2.3.1"])
    answers = [as_user(miner).post(address, {"preview": "1", "body": "Agua", "once": uuid4()}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_subject_of_a_reply_tells_no_more_than_that_of_any_comment():
    folder = Path("templates/mail/standards")
    assert (folder / "reply_sent/subject.txt").read_text() == (folder / "comment_sent/subject.txt").read_text()
