"""A thread is kept as one piece for everybody: any change asks for another, and nothing of one reader is in it for the next."""

import re

import pytest
from django.core.cache import cache

from members.models import Organisation
from red_mpe.core.models import Chamber, StakeholderCategory
from standards.actions import answers as acts
from standards.actions.answers import Links
from standards.actions.comments import withdraw_comment
from standards.actions.identities import own_persona
from standards.actions.moderation import hide_comment
from standards.models import (
    Answer,
    AnswerChange,
    AnswerObjection,
    ClauseText,
    Comment,
    Consultation,
    Framework,
    Persona,
    Support,
    Version,
)
from standards.querysets.talk import thread_of
from tests.factories.answers import answered, words
from tests.factories.standards import answer as reply
from tests.factories.standards import fresh, say
from tests.support.frameworks import make_clause, make_version
from tests.support.pages import text_of, url
from tests.support.queries import count_queries, flat

PLACE = ("marco", "0.2", "2.3.1")


@pytest.fixture
def comment(miner, consultation, clause):
    return say(miner, consultation, clause, body="El mercurio sobra.")


@pytest.fixture
def linked(committee, comment, version, clause):
    """An answer with a link to a later version and an objection."""
    later = make_version(version.framework, "0.3")
    text = make_clause(later, "4.1", text_es="La operación elimina todo el mercurio.")
    ClauseText.objects.filter(pk=text.pk).update(clause=clause.clause)
    found = answered(committee, comment, words("AC"))
    acts.link_change(actor=fresh(committee.second.user), answer=found, links=Links(later, (clause.clause,)))
    AnswerObjection.objects.create(answer=found, body="Falta.", language="es")
    return found


def read(client, name="clause_detail"):
    return client.get(url(f"standards:{name}", *PLACE))


def mark(consultation, clause, persona=None):
    return thread_of(consultation, clause, persona).mark


def test_where_nobody_has_spoken_there_is_no_mark(consultation, clause, producers):
    assert mark(consultation, clause) == ""


def test_the_mark_stays_while_nothing_changes(comment, consultation, clause):
    assert mark(consultation, clause) == mark(consultation, clause) != ""


def test_the_mark_does_not_tell_who_asks(comment, consultation, clause, miner):
    persona = own_persona(miner.user, consultation)
    assert mark(consultation, clause, persona) == mark(consultation, clause)


def test_the_text_as_a_whole_has_a_thread_of_its_own(comment, consultation, clause, neighbour):
    assert mark(consultation, None) == ""
    say(neighbour, consultation)
    assert mark(consultation, None) not in ("", mark(consultation, clause))


TOUCHED = {
    "comment": lambda one: Comment.objects.filter(pk=one.comment_id).update(late=True),
    "answer": lambda one: Answer.objects.filter(pk=one.pk).update(reason_es="Otra."),
    "objection": lambda one: AnswerObjection.objects.update(body="Otra."),
    "link": lambda one: AnswerChange.objects.all().delete(),
    "label of the changed clause": lambda one: ClauseText.objects.filter(version__number="0.3").update(label="9.9"),
    "later version": lambda one: Version.objects.filter(number="0.3").update(public=False),
    "persona": lambda one: Persona.objects.update(pseudonym="PE-PRO-99"),
    "organisation": lambda one: Organisation.objects.update(audience="members"),
    "chamber": lambda one: Chamber.objects.update(name_es="Otra"),
    "category": lambda one: StakeholderCategory.objects.update(name_es="Otra"),
    "round": lambda one: Consultation.objects.update(time_zone="America/Lima"),
    "framework": lambda one: Framework.objects.update(authentic_language="en"),
}


@pytest.mark.parametrize("what", TOUCHED)
def test_whatever_changes_the_mark_is_another(linked, consultation, clause, what):
    before = mark(consultation, clause)
    assert TOUCHED[what](linked)
    assert mark(consultation, clause) != before


def test_a_reply_and_a_support_make_another_mark(comment, consultation, clause, neighbour):
    first = mark(consultation, clause)
    reply(neighbour, comment)
    second = mark(consultation, clause)
    Support.objects.create(comment=comment, persona=own_persona(neighbour.user, consultation), chamber=comment.chamber)
    assert len({first, second, mark(consultation, clause)}) == 3


def test_what_a_voice_wrote_and_supports_is_told_to_itself(comment, consultation, clause, miner, neighbour):
    other = say(neighbour, consultation, clause)
    Support.objects.create(comment=other, persona=own_persona(miner.user, consultation), chamber=comment.chamber)
    found = thread_of(consultation, clause, own_persona(miner.user, consultation))
    assert (found.mine, found.supported) == ({comment.code}, {other.code})
    nobody = thread_of(consultation, clause, None)
    assert (nobody.mine, nobody.supported) == (frozenset(), frozenset())


@pytest.mark.parametrize("name", ["clause_detail", "clause_thread"])
def test_only_its_author_finds_a_comment_marked(as_user, comment, miner, neighbour, name):
    assert "tag mine" in read(as_user(miner), name).content.decode()
    for reader in (neighbour, None):
        assert "tag mine" not in read(as_user(reader), name).content.decode()
    assert "tag mine" in read(as_user(miner), name).content.decode()


def test_no_hole_reaches_a_reader(as_user, comment, miner, neighbour):
    for reader in (None, miner, neighbour, miner):
        assert "\0" not in read(as_user(reader)).content.decode()


def test_acts_lead_to_each_comment(as_user, comment, consultation, clause, miner, neighbour):
    other = say(miner, consultation, clause)
    html = read(as_user(neighbour)).content.decode()
    for code in (comment.code, other.code):
        assert f'action="{url("standards:comment_support", code)}"' in html
        assert f'hx-target="#s-{code}"' in html
        assert f'href="{url("standards:comment_reply", code)}"' in html


def test_nobody_supports_their_own_comment(as_user, comment, miner):
    html = read(as_user(miner)).content.decode()
    assert url("standards:comment_reply", comment.code) in html
    assert url("standards:comment_support", comment.code) not in html


def test_a_support_is_taken_back_by_who_gave_it(as_user, comment, neighbour):
    client = as_user(neighbour)
    client.post(url("standards:comment_support", comment.code))
    assert 'aria-pressed="true"' in read(client).content.decode()
    assert 'aria-pressed="true"' not in read(as_user()).content.decode()


def test_each_reader_has_a_token_of_their_own(as_user, comment, miner, neighbour, consultation, clause):
    say(neighbour, consultation, clause)
    secrets = [re.search(r'csrfmiddlewaretoken" value="(\w+)"', read(as_user(who)).content.decode())[1] for who in (miner, neighbour)]
    assert secrets[0] != secrets[1]


def test_a_visitor_may_do_nothing_in_a_thread(as_user, comment):
    html = read(as_user()).content.decode()
    assert comment.code in html
    assert url("standards:comment_support", comment.code) not in html


def test_withdrawn_words_are_gone_at_once(as_user, comment, miner):
    assert "El mercurio sobra." in text_of(read(as_user()))
    withdraw_comment(actor=fresh(miner.user), comment=comment)
    assert "El mercurio sobra." not in text_of(read(as_user()))


def test_hidden_words_are_gone_at_once(as_user, comment, secretary):
    assert "El mercurio sobra." in text_of(read(as_user()))
    hide_comment(actor=secretary, comment=comment, reason="Nombra a alguien.")
    words_now = text_of(read(as_user()))
    assert "El mercurio sobra." not in words_now
    assert "Nombra a alguien." in words_now


def test_an_organisation_that_hides_is_named_no_more(as_user, comment):
    organisation = Organisation.objects.get()
    assert organisation.name in text_of(read(as_user()))
    Organisation.objects.update(audience="members")
    assert organisation.name not in text_of(read(as_user()))


def test_each_language_has_a_piece_of_its_own(client, comment):
    for language in ("es", "en", "pt-br"):
        html = client.get(url("standards:clause_detail", *PLACE, language=language)).content.decode()
        assert url("standards:comment_detail", comment.code, language=language) in html


def test_a_kept_thread_is_not_read_again(client, comment):
    read(client)
    queries = count_queries(lambda: read(client))
    assert not [query for query in queries if '"body_html"' in query]


def test_without_a_cache_the_thread_is_read(client, comment):
    for _ in range(2):
        cache.clear()
        assert "El mercurio sobra." in text_of(read(client))


def test_the_page_of_a_clause_is_flat(client, comment, consultation, clause, miner):
    flat(lambda: read(client), lambda: [say(miner, consultation, clause) for _ in range(3)], ceiling=8)


def test_the_page_of_a_clause_is_flat_for_a_member(as_user, comment, consultation, clause, miner):
    client = as_user(miner)
    flat(lambda: read(client), lambda: [say(miner, consultation, clause) for _ in range(3)], ceiling=12)


def test_other_wordings_are_looked_for_where_there_are_any(client, consultation, clause, comment, neighbour):
    few = len(count_queries(lambda: read(client)))
    later = make_version(clause.version.framework, "0.3", public=True)
    text = make_clause(later, "2.3.1", text_es="Otra cosa.")
    ClauseText.objects.filter(pk=text.pk).update(clause=clause.clause)
    Comment.objects.filter(pk=say(neighbour, consultation, clause).pk).update(clause_text=text)
    assert len(count_queries(lambda: read(client))) == few + 1
