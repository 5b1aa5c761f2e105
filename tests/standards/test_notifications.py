"""Who is told what, and that it can be said to everybody in their language."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.utils import translation

from red_mpe.core.locale import speaking
from red_mpe.core.models import AuditEntry, Theme
from red_mpe.notifications import registry
from red_mpe.notifications.actions import announce, mute, set_preferences
from red_mpe.notifications.mailing.batch import Batch
from red_mpe.notifications.mailing.words import Words, load_targets, read_lines
from red_mpe.notifications.models import Notification, OutgoingMail, Subscription
from standards.actions import answers as acts
from standards.actions.comments import withdraw_comment
from standards.actions.extensions import put_off
from standards.actions.identities import person_behind
from standards.actions.moderation import hide_comment
from standards.actions.stages import resume_framework, suspend_framework
from standards.enums import ShownAs
from standards.models import Answer, Consultation, Framework
from standards.notifications import answers as answer_words
from standards.notifications import consultation as consultation_words
from standards.notifications import process as process_words
from tests.conftest import make_person, make_user
from tests.factories.answers import answered, words
from tests.factories.standards import answer, fresh, say, tell
from tests.support.frameworks import make_clause, make_framework, make_version

TYPES = [kind.key for kind in (*consultation_words.TYPES, *process_words.TYPES, *answer_words.TYPES)]
NASTY = "<b>río</b> & “oro”"


def told(verb):
    """Addresses of those who found a line of that kind in their inbox."""
    rows = Notification.objects.filter(entry__verb=f"standards.{verb}").values_list("recipient__email", flat=True)
    return sorted(address.split("@")[0] for address in rows)


@pytest.fixture
def network(miner, neighbour, scholar, visitor, secretary, consultation):
    """Three members, an account, a secretary, somebody suspended and somebody who has left."""
    make_person("sus-pendida", state="suspended")
    make_person("clo-sed", user=make_user("closed@example.org", is_active=False))
    return consultation


def follow(person, topic, **fields):
    Subscription.objects.update_or_create(person=person.user, topic=topic, defaults=fields)


@pytest.mark.parametrize("verb", ["round_announced", "round_opened", "round_closing", "round_closed"])
def test_rounds_are_told_to_every_member(network, secretary, verb):
    announce(f"standards.{verb}", actor=secretary, target=network, days=7)
    tell()
    assert told(verb) == ["ann-lee", "joao-ribeiro", "rosa-quispe"]
    assert set(OutgoingMail.objects.values_list("mail_class", flat=True)) == {registry.get(f"standards.{verb}").mail_class}


def test_a_round_is_not_told_to_who_mutes_the_framework(network, neighbour):
    mute(person=neighbour.user, topic="framework:marco")
    announce("standards.round_opened", actor=None, target=network)
    tell()
    assert "joao-ribeiro" not in told("round_opened")


def test_a_round_taken_out_of_view_is_not_told(network):
    announce("standards.round_opened", actor=None, target=network)
    Framework.objects.update(public=False)
    tell()
    assert told("round_opened") == []


@pytest.mark.parametrize("topic", ["framework", "clause", "theme"])
def test_a_comment_is_told_to_who_follows_any_of_its_topics(network, miner, neighbour, scholar, clause, topic):
    theme = Theme.objects.first()
    clause.themes.add(theme)
    follow(neighbour, {"framework": "framework:marco", "clause": clause.clause.topic, "theme": f"theme:{theme.code}"}[topic])
    follow(scholar, "framework:otro")
    say(miner, network, clause)
    tell()
    assert told("comment_sent") == ["joao-ribeiro"]


def test_muting_one_topic_wins_over_following_another(network, miner, neighbour, clause):
    follow(neighbour, "framework:marco")
    follow(neighbour, clause.clause.topic, muted=True)
    say(miner, network, clause)
    tell()
    assert told("comment_sent") == []


def test_a_general_comment_belongs_to_its_framework(network, miner, neighbour):
    follow(neighbour, "framework:marco")
    say(miner, network)
    tell()
    assert told("comment_sent") == ["joao-ribeiro"]


@pytest.mark.parametrize(("shown_as", "lines"), [("name", 0), ("organisation", 0), ("pseudonym", 3), ("protected", 3)])
def test_authors_are_told_of_their_own_words_only_where_silence_would_name_them(network, miner, clause, shown_as, lines):
    follow(miner, "framework:marco")
    answer(miner, say(miner, network, clause, shown_as=shown_as), shown_as=shown_as)
    tell()
    assert Notification.objects.count() == lines


def test_a_reply_is_told_once_to_those_it_answers(network, miner, neighbour, scholar, clause):
    for person in (miner, neighbour, scholar):
        follow(person, "framework:marco")
    first = answer(neighbour, say(miner, network, clause))
    tell()
    Notification.objects.all().delete()
    answer(scholar, first)
    tell()
    assert told("reply_sent") == ["joao-ribeiro", "rosa-quispe"]
    assert told("comment_sent") == []


def test_followers_hear_of_replies_too(network, miner, neighbour, scholar):
    follow(scholar, "framework:marco")
    answer(neighbour, say(miner, network))
    tell()
    assert told("comment_sent") == ["ann-lee", "ann-lee"]
    assert told("reply_sent") == ["rosa-quispe"]


def test_only_the_author_is_told_of_hiding_muted_or_not(network, miner, neighbour, secretary, clause):
    comment = say(miner, network, clause, shown_as=ShownAs.PROTECTED)
    mute(person=miner.user, topic=clause.clause.topic)
    set_preferences(person=miner.user, frequencies={"moderation": "none"})
    hide_comment(actor=secretary, comment=comment, reason="Nombra a alguien.")
    tell()
    assert told("comment_hidden") == ["rosa-quispe"]
    assert OutgoingMail.objects.get(kind="standards.comment_hidden").recipient == miner.user


@pytest.mark.parametrize("change", ["withdrawn", "hidden"])
def test_what_was_taken_back_is_neither_told_nor_shown(network, miner, neighbour, secretary, change):
    follow(neighbour, "framework:marco")
    before, after = say(miner, network), say(miner, network)
    AuditEntry.objects.get(verb="standards.comment_sent", target_id=before.pk)
    tell_first(before)
    for comment in (before, after):
        if change == "hidden":
            hide_comment(actor=secretary, comment=comment, reason="x")
        else:
            withdraw_comment(actor=miner.user, comment=comment)
    tell()
    lines = Notification.objects.filter(recipient=neighbour.user).select_related("entry")
    assert [line for _row, line in read_lines(list(lines), neighbour.user)] == [None]


def tell_first(comment):
    from red_mpe.notifications.actions import spread

    spread(entry_id=AuditEntry.objects.get(verb="standards.comment_sent", target_id=comment.pk).pk)


@pytest.fixture
def said(network, miner, neighbour, secretary, officer, clause, committee):
    """One announcement of each type, all of them told to Rosa at once."""
    Framework.objects.update(title_es=f"Marco {NASTY}", title_pt="Marco português")
    Consultation.objects.update(question_es=f"¿Qué {NASTY}?", question_en="What?")
    consultation = Consultation.objects.get()
    follow(miner, "framework:marco")
    set_preferences(person=miner.user, frequencies={"clauses": "instant"})
    comment = say(miner, consultation, clause, body=f"Digo \u202e{NASTY}")
    answer(neighbour, say(neighbour, consultation, clause, body=f"Digo \u202e{NASTY}", shown_as=ShownAs.PROTECTED))
    answer(neighbour, comment, body=f"Digo \u202e{NASTY}")
    hide_comment(actor=secretary, comment=say(miner, consultation), reason=f"Nombra {NASTY}")
    person_behind(actor=officer, comment=say(miner, consultation, shown_as=ShownAs.PROTECTED), reason=f"Lo pidió así: {NASTY}")
    for verb in ("announced", "opened", "closing", "closed"):
        announce(f"standards.round_{verb}", actor=secretary, target=consultation, days=7)
    _answers(committee, miner, [comment, *(say(miner, consultation, clause) for _ in range(2))])
    put_off(consultation, consultation.closes_on + timedelta(days=30), {"PRO": 9})
    suspend_framework(actor=secretary, framework=consultation.framework, reason=f"Digo \u202e{NASTY}")
    resume_framework(actor=secretary, framework=consultation.framework, reason="Ya está.")
    tell()
    return miner.user


def _answers(committee, author, comments):
    """One comment is answered twice, of another the objection waits, and the third is given to somebody."""
    set_preferences(person=committee.chair.user, frequencies={"secretariat": "instant"})
    reason, (twice, once, third) = words(reason=f"Sí \u202e{NASTY}"), comments
    for one in (twice, once):
        first = answered(committee, one, reason)
        acts.object_to_answer(actor=fresh(author.user), answer=first, body=f"No \u202e{NASTY}", language="es")
    acts.answer_again(actor=fresh(committee.chair.user), answer=Answer.objects.get(comment=twice), words=reason)
    acts.assign_answer(actor=fresh(committee.writer.user), comment=third, assignee=fresh(committee.chair.user))


def mail_of(key, language):
    mail = OutgoingMail.objects.for_delivery().filter(kind=key).first()
    type(mail.recipient).objects.update(language=language, time_zone="America/Tijuana")
    mail.recipient.refresh_from_db()
    return message_from_bytes(Batch([mail]).write(mail), policy=default)


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_each_type_becomes_a_mail_in_each_language(said, language):
    for key in TYPES:
        message = mail_of(key, language)
        text = message.get_body(("plain",)).get_content()
        html = message.get_body(("html",)).get_content()
        assert message["Subject"], key
        assert f"http://localhost:8000/{language}/" in text, key
        assert f'href="http://localhost:8000/{language}/' in html, key
        assert f'lang="{language}"' in html, key
        assert "<b>" not in html, key
        assert not [(key, sign) for part in (text, html) for sign in ("\u202e", "None", "%(") if sign in part]


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_each_type_becomes_a_line_in_each_language(said, language):
    for key in TYPES:
        a_line_is_made(key, language)


def a_line_is_made(key, language):
    entries = list(AuditEntry.objects.filter(verb=key))
    load_targets(entries)
    words = Words()
    with speaking(language, "America/Tijuana"):
        words.describe(entries)
        lines = [words.line(entry) for entry in entries]
    assert all(line.html and line.item["url"].startswith(f"/{language}/") for line in lines)
    assert not any(sign in line.html for line in lines for sign in ("\u202e", "<b>", "None", "%("))


def test_no_notification_says_more_than_the_page(said, neighbour):
    """Protected words are quoted under the protected voice, in the inbox as in the mail."""
    entry = AuditEntry.objects.filter(verb="standards.comment_sent").order_by("pk")[1]
    with translation.override("en"):
        item = consultation_words.describe_comments([entry])[entry.pk]
    assert item["byline"] == "Protected voice"
    for secret in ("Ribeiro", "joao", "Braz", neighbour.user.email):
        assert secret not in repr(item)


def test_what_is_gone_is_not_described(said):
    entry = AuditEntry(pk=1, target_id=0)
    assert consultation_words.describe_rounds([entry]) == consultation_words.describe_comments([entry]) == {}


def test_topics_are_named_in_the_readers_language(network, version, clause, scholar):
    newer = make_version(version.framework, "0.3")
    make_clause(newer, "2.4", title_es="Azogue", title_en="Quicksilver")
    type(clause).objects.filter(version=newer).update(clause=clause.clause)
    secret = make_framework("secreto", public=False)
    theme = Theme.objects.first()
    keys = [clause.clause.topic, "framework:marco", f"framework:{secret.slug}", f"theme:{theme.code}", "clause:x'--", "theme:nada"]
    with translation.override("en"):
        found = registry.resolve(keys, scholar.user)
        assert found[clause.clause.topic].label == "Framework marco · 2.4 Quicksilver"
        assert found[f"theme:{theme.code}"].label == theme.name
    assert set(found) == {clause.clause.topic, "framework:marco", f"theme:{theme.code}"}


def test_topics_are_found_with_one_query_a_kind(network, version, scholar, django_assert_num_queries):
    topics = [make_clause(version, f"8.{number}").clause.topic for number in range(5)]
    with django_assert_num_queries(1):
        assert len(registry.resolve(topics, scholar.user)) == 5


def test_an_opened_identity_is_told_to_its_author_and_the_other_officers(network, miner, officer):
    watcher = make_user("vigila@example.org", is_staff=True)
    watcher.groups.add(*officer.groups.all())
    comment = say(miner, network, shown_as=ShownAs.PROTECTED)
    person_behind(actor=officer, comment=comment, reason="The author has asked us for protection.")
    tell()
    assert told("identity_opened") == ["rosa-quispe", "vigila"]
    assert "The author has asked us for protection." in mail_of("standards.identity_opened", "en").get_body(("plain",)).get_content()


def test_an_opened_identity_is_told_whatever_the_preference(network, miner, officer):
    set_preferences(person=miner.user, frequencies={"moderation": "none"})
    person_behind(actor=officer, comment=say(miner, network, shown_as=ShownAs.PROTECTED), reason="The author has asked us for help.")
    tell()
    assert OutgoingMail.objects.filter(recipient=miner.user).exists()
