"""What is inside stays inside: notes, drafts, and who is behind a protected voice, on every page and in every mail."""

import pytest

from red_mpe.notifications.actions import set_preferences
from red_mpe.notifications.mailing.batch import Batch
from red_mpe.notifications.models import OutgoingMail
from standards.actions import answers as acts
from standards.models import Answer, Comment
from tests.factories.answers import answered, validate, words, write
from tests.factories.standards import fresh, say, tell
from tests.support.canaries import MINUTES, make_canary, secrets_of
from tests.support.pages import url

INSIDE = ("zqnota", "zqborrador", "zqvalidada", "zqdevuelta")
WORKING = ("comite-writer", "comite-second", "comite-chair", "Comite Writer", "Comite Second", "Comite Chair")


@pytest.fixture
def worked(committee, miner, consultation, clause):
    """A protected voice whose answer is published, objected to and answered again; others whose answers are not ready."""
    protected = make_canary("protected", consultation, clause)
    drafted, ready, returned = (say(miner, consultation, clause) for _ in range(3))
    write(committee.writer, drafted, words(reason="zqborrador"))
    validate(committee.second, write(committee.writer, ready, words(reason="zqvalidada")))
    acts.return_answer(actor=fresh(committee.chair.user), answer=write(committee.writer, returned), note="zqdevuelta")
    acts.add_note(actor=fresh(committee.writer.user), comment=protected, body="zqnota")
    answer = answered(committee, protected, words("AC"))
    author = fresh(type(miner.user).objects.get(email__startswith="zqprotected"))
    set_preferences(person=committee.chair.user, frequencies={"secretariat": "instant"})
    acts.object_to_answer(actor=author, answer=answer, body="No basta.", language="es")
    acts.answer_again(actor=fresh(committee.chair.user), answer=Answer.objects.get(pk=answer.pk), words=words())
    tell()
    return protected


def pages(client):
    names = [("framework_detail", "marco"), ("clause_detail", "marco", "0.2", "2.3.1"), ("clause_thread", "marco", "0.2", "2.3.1")]
    names += [("round_map", "marco", 1), *(("comment_detail", comment.code) for comment in Comment.objects.all())]
    return {name: client.get(url(f"standards:{name[0]}", *name[1:])).content.decode() for name in names}


@pytest.mark.parametrize("role", ["anonymous", "neighbour"])
def test_nothing_of_the_inside_is_on_a_public_page(as_user, worked, neighbour, role):
    found = pages(as_user(neighbour if role == "neighbour" else None))
    assert not [(word, name) for name, page in found.items() for word in (*INSIDE, *WORKING) if word in page]


@pytest.mark.parametrize("role", ["anonymous", "neighbour", "committee"])
def test_nothing_of_a_protected_author_is_on_any_page(as_user, worked, neighbour, committee, role):
    who = {"anonymous": None, "neighbour": neighbour, "committee": committee.writer}[role]
    client = as_user(who)
    found = pages(client)
    if role == "committee":
        for name, args in (("answer_queue", ()), ("answer_write", (worked.code,)), ("answer_again", (worked.code,))):
            found[name] = client.get(url(f"standards:{name}", "marco", *args)).content.decode()
    secrets = {*secrets_of("protected"), *MINUTES}
    assert not [(word, name) for name, page in found.items() for word in secrets if word in page]


def test_no_mail_tells_who_it_is_nor_what_is_inside(worked, committee):
    secrets = {*secrets_of("protected"), *INSIDE}
    mails = list(OutgoingMail.objects.for_delivery())
    assert {mail.kind for mail in mails} >= {"standards.answer_published", "standards.answer_again"}
    for mail in mails:
        raw = Batch([mail]).write(mail).decode()
        own = {mail.recipient.email.partition("@")[0], "zqprotectedemail"} if mail.recipient.email.startswith("zq") else set()
        assert not [word for word in secrets - own if word in raw]


def test_the_protected_author_is_told_like_anybody(worked):
    told = OutgoingMail.objects.filter(kind__in=["standards.answer_published", "standards.answer_again"])
    assert set(told.values_list("recipient__email", flat=True)) == {"zqprotectedemail@example.org"}
    assert told.count() == 2


def test_two_protected_answers_look_the_same(as_user, committee, miner, neighbour, consultation, clause):
    import re

    looks = set()
    for person in (miner, neighbour):
        comment = say(person, consultation, shown_as="protected", body="x")
        Comment.objects.filter(pk=comment.pk).update(chamber=miner.category.chamber, category=miner.category)
        answered(committee, comment)
        page = as_user().get(url("standards:comment_detail", comment.code)).content.decode()
        looks.add(re.search(r'<section class="answer".*?</section>', page, re.S)[0].replace(comment.code, "CODE"))
    assert len(looks) == 1
