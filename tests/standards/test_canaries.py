"""Two people speak, one of them protected: of her nothing is ever met, by anybody, on any page."""

import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from members.models import Affiliation
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.mailing.batch import Batch
from red_mpe.notifications.models import Notification, OutgoingMail, Subscription
from standards.actions.comments import hide_identity, toggle_support, withdraw_comment
from standards.actions.moderation import hide_comment
from standards.enums import ShownAs
from standards.models import Comment, Persona
from tests.conftest import make_organisation, make_person, make_user
from tests.factories.standards import answer, fresh, say, tell
from tests.support.pages import url

PLACE = ("marco", "0.2", "2.3.1")
READERS = ("anonymous", "follower", "neighbour", "secretariat", "officer")
TABLES = ("standards_personalink", "standards_commentorigin")


@pytest.fixture
def zoraida(consultation):
    """She has a name, an address, an organisation and a country that nobody else has."""
    user = make_user("zq-correo@example.org")
    person = make_person("zq-slug", user=user, name="Zqnombre Canaria", country="VU", gender="x")
    organisation = make_organisation("zq-casa", name="Zqcasa", country="VU")
    Affiliation.objects.create(person=person, organisation=organisation, role="Zqcargo", speaks=True, starts_on=date(2020, 1, 1))
    return person


@pytest.fixture
def readers(miner, neighbour, secretary, officer):
    Subscription.objects.create(person=neighbour.user, topic="framework:marco")
    return dict(zip(READERS, (None, neighbour, miner, secretary, officer), strict=True))


@pytest.fixture
def spoken(zoraida, miner, readers, consultation, clause, secretary):
    """Zoraida comments, replies, supports, hides and takes back, in each of the ways in which she is not seen."""
    voice = zoraida.affiliations.get()
    open_words = say(miner, consultation, clause)
    for mode in (ShownAs.PSEUDONYM, ShownAs.PROTECTED):
        first = say(zoraida, consultation, clause, shown_as=mode, voice=voice, body=f"palabra {mode}")
        answer(miner, first)
        answer(zoraida, open_words, shown_as=mode)
        say(zoraida, consultation, shown_as=mode)
        hide_identity(actor=zoraida.user, comment=say(zoraida, consultation, clause, shown_as=ShownAs.NAME, voice=voice), shown_as=mode)
        withdraw_comment(actor=zoraida.user, comment=say(zoraida, consultation, clause, shown_as=mode))
        hide_comment(actor=secretary, comment=say(zoraida, consultation, clause, shown_as=mode), reason="Nombra a alguien.")
    toggle_support(actor=fresh(zoraida.user), comment=open_words)
    tell()
    return list(Comment.objects.order_by("serial"))


def secrets_of(person):
    """Her name, organisation, role, address, country and voice, and the keys of what she sent."""
    codes = Persona.objects.filter(comments__shown_as="protected").values_list("code", flat=True)
    keys = map(str, Comment.objects.values_list("once", flat=True))
    return {"Zqnombre", "Zqcasa", "Zqcargo", "zq-slug", "zq-casa", "Vanuatu", ">VU<", '"VU"', person.user.email, *codes, *keys}


def addresses(spoken, language):
    names = [("framework_list",), ("framework_detail", "marco"), ("version_detail", *PLACE[:2]), ("my_comments",)]
    names += [(name, *PLACE[:2], label) for name in ("clause_detail", "clause_thread", "clause_comment") for label in (PLACE[2], "general")]
    names += [(name, comment.code) for name in ("comment_detail", "comment_reply") for comment in spoken]
    found = [url(f"standards:{name}", *args, language=language) for name, *args in names]
    words = ("palabra", "mercurio", spoken[1].code)  # people and organisations are found as such, if they show themselves
    found += [url("portal:search", language=language) + f"?q={word}" for word in words]
    return [*found, url("notifications:inbox", language=language)]


def said(client, address):
    """Everything a page tells: status, headers, words. What the reader searched for themself is theirs."""
    response = client.get(address)
    typed = address.partition("?q=")[2]
    body = response.content.decode()
    assert response.status_code in (200, 302, 403, 404), address
    return f"{response.headers} {body.replace(typed, '') if typed else body}"


@pytest.mark.parametrize("role", READERS)
def test_nothing_of_a_protected_person_is_on_any_page(as_user, spoken, zoraida, readers, role):
    client, secrets = as_user(readers[role]), secrets_of(zoraida)
    for address in addresses(spoken, "pt-br" if role == "neighbour" else "es"):
        page = said(client, address)
        assert not [word for word in secrets if word in page], address


def test_nothing_of_her_is_in_inboxes_and_mails(spoken, zoraida, readers, secretary):
    assert Notification.objects.filter(recipient=readers["follower"].user).exists()
    secrets = secrets_of(zoraida)
    for mail in OutgoingMail.objects.for_delivery().exclude(recipient=zoraida.user):
        raw = Batch([mail]).write(mail).decode()
        assert not [word for word in secrets if word in raw]


def test_she_leaves_no_trace_beside_what_she_said(spoken, zoraida):
    assert not AuditEntry.objects.filter(actor=zoraida.user).exists()
    assert not Subscription.objects.filter(person=zoraida.user).exists()
    hers = Comment.objects.filter(shown_as__in=("pseudonym", "protected"))
    assert hers.count() == 12
    assert not hers.exclude(shown_name="", shown_organisation=None, shown_group=None, on_behalf=False).exists()


def article(client, comment, language="es"):
    html = client.get(url("standards:comment_detail", comment.code, language=language)).content.decode()
    found = re.search(rf'<article class="comment" id="{comment.code}">.*?</article>', html, re.S)[0]
    return re.sub(r'value="[^"]{64}"', "", found.replace(comment.code, "CODE"))


@pytest.mark.parametrize("role", ["anonymous", "neighbour", "secretariat"])
def test_two_protected_voices_of_a_chamber_look_the_same(as_user, zoraida, readers, consultation, clause, clock, role):
    other = make_person("otra-minera", country="PE", gender="m")
    mine = say(zoraida, consultation, clause, shown_as=ShownAs.PROTECTED, voice=zoraida.affiliations.get())
    clock.shift(3600)
    theirs = say(other, consultation, clause, shown_as=ShownAs.PROTECTED)
    client = as_user(readers[role])
    assert article(client, mine) == article(client, theirs)
    heads = [dict(client.get(url("standards:comment_detail", comment.code)).headers) for comment in (mine, theirs)]
    assert heads[0].keys() == heads[1].keys()
    assert heads[0].get("Cache-Control") == heads[1].get("Cache-Control")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_no_clock_of_a_reader_tells_the_hour(as_user, zoraida, neighbour, consultation, clause, zone):
    comment = say(zoraida, consultation, clause, shown_as=ShownAs.PROTECTED)
    before = article(as_user(neighbour), comment)
    type(neighbour.user).objects.update(time_zone=zone)
    assert article(as_user(fresh(neighbour.user)), comment) == before
    assert not re.search(r"\d\d:\d\d", before)


def test_her_page_shows_her_own_words_only_to_her(as_user, zoraida, spoken):
    own = said(as_user(zoraida), url("standards:my_comments"))
    assert "palabra protected" in own


def queries_of(client, paths):
    with CaptureQueriesContext(connection) as captured:
        for path in paths:
            client.get(path)
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("role", READERS)
def test_no_public_query_walks_from_a_voice_to_a_person(as_user, spoken, readers, role):
    asked = queries_of(as_user(readers[role]), addresses(spoken, "es"))
    assert len(asked) > 100
    walks = [sql for sql in asked if any(table in sql for table in TABLES)]
    if role == "anonymous":
        assert walks == []
    own = getattr(readers[role], "user", readers[role])
    for sql in walks:
        assert f'"standards_personalink"."user_id" = {own.pk}' in sql
        assert not re.search(r"standards_comment|standards_commentorigin|members_", sql)


def test_search_finds_no_comment_and_no_protected_author(as_user, spoken, readers):
    with translation.override("es"):
        for word in ("palabra", spoken[1].code, str(uuid.uuid4())):
            response = as_user(readers["neighbour"]).get(url("portal:search"), {"q": word})
            assert "C-MPE" not in response.content.decode().replace(word, "")
