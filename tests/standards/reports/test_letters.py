"""Each voice gets one letter, once, and nobody learns whose it is."""

from email import message_from_bytes
from email.policy import default

import pytest

from red_mpe.core.locale import speaking
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.actions import announce
from red_mpe.notifications.mailing.batch import Batch
from red_mpe.notifications.mailing.words import Words, load_targets
from red_mpe.notifications.models import Digest, Notification, OutgoingMail, Subscription
from standards.actions.letters import send_due_letters, send_letters, voices_answered, voices_to_write_to
from standards.models import Answer, Comment, Framework, Letter, Persona, PersonaLink, Synopsis
from standards.notifications.letters import describe_letters, describe_synopses, letter_rows
from standards.tasks import after_synopsis
from standards.tasks import send_letters as send_letters_task
from tests.conftest import make_person
from tests.factories.standards import tell
from tests.standards.reports.conftest import ROUND, reread
from tests.support.frameworks import make_comment
from tests.support.pages import text_of, url
from tests.support.queries import count_queries

KEYS = ("standards.letter_sent", "standards.synopsis_published")


def sent():
    return AuditEntry.objects.filter(verb="standards.letter_sent")


def readers(verb):
    rows = Notification.objects.filter(entry__verb=verb).values_list("recipient__email", flat=True)
    return sorted(address.split("@")[0] for address in rows)


def test_each_voice_gets_one_letter(published):
    assert send_letters(synopsis=published) == 2
    tell()
    assert readers(KEYS[0]) == ["joao-ribeiro", "rosa-quispe"]


def test_run_again_it_sends_nothing(published):
    send_letters(synopsis=published)
    assert send_letters(synopsis=published) == send_due_letters() == 0
    assert sent().count() == Letter.objects.count() == 2


def test_killed_in_the_middle_and_run_again_each_leaves_once(published, monkeypatch):
    monkeypatch.setattr("standards.actions.letters.BATCH", 1)
    monkeypatch.setattr("standards.actions.letters.announce", dying_at_the_second())
    with pytest.raises(KeyboardInterrupt):
        send_letters(synopsis=published)
    monkeypatch.undo()
    assert sent().count() == 1
    assert send_due_letters() == 1
    assert sorted(sent().values_list("target_id", flat=True)) == sorted(Persona.objects.values_list("pk", flat=True))


def dying_at_the_second():
    """The real announcement, in a process that is stopped while it writes the second one."""
    done = []

    def announce_until_stopped(*args, **kwargs):
        done.append(announce(*args, **kwargs))
        if len(done) == 2:
            raise KeyboardInterrupt

    return announce_until_stopped


def test_before_the_synopsis_is_public_no_letter_leaves(written):
    assert send_letters(synopsis=Synopsis.objects.get()) == send_due_letters() == 0


def test_a_letter_waits_until_every_comment_is_answered(published, spoken):
    Answer.objects.filter(comment=spoken[0]).update(state="validated")
    assert send_letters(synopsis=published) == 1
    Answer.objects.update(state="published")
    assert send_due_letters() == 1


def test_voices_without_an_account_get_none(published, producers):
    make_comment(reread(), producers)
    assert voices_to_write_to(reread()).count() == 2


def test_voices_that_took_everything_back_get_none(published, spoken):
    Comment.objects.filter(pk=spoken[1].pk).update(state="withdrawn")
    assert voices_answered(reread()).count() == 1


def test_letters_leave_in_the_order_of_random_codes(published):
    send_letters(synopsis=published)
    codes = dict(Persona.objects.values_list("pk", "code"))
    order = [codes[pk] for pk in sent().order_by("pk").values_list("target_id", flat=True)]
    assert order == sorted(order)


def test_neither_audit_nor_letter_tells_who_it_was(published, miner):
    send_letters(synopsis=published)
    assert set(sent().values_list("actor", flat=True)) == {None}
    assert list(sent().values_list("data", flat=True)) == [{}, {}]
    assert {field.name for field in Letter._meta.fields} == {"id", "persona", "synopsis", "at"}


def test_the_synopsis_is_told_to_who_follows_and_who_took_part(published, scholar):
    Subscription.objects.create(person=scholar.user, topic="framework:marco")
    tell()
    assert readers(KEYS[1]) == ["ann-lee", "joao-ribeiro", "rosa-quispe"]


def test_staff_do_not_read_in_the_logs_who_took_part(published, neighbour):
    tell()
    lines = Notification.objects.filter(recipient=neighbour.user)
    assert set(lines.values_list("entry__verb", flat=True)) >= {"standards.synopsis_published"}
    assert not lines.for_staff().filter(entry__verb="standards.synopsis_published").exists()
    mails = OutgoingMail.objects.for_staff().filter(kind="standards.synopsis_published")
    assert set(mails.values_list("is_private", flat=True)) == {True}


def test_a_digest_of_nothing_else_is_not_shown_to_staff(published, neighbour):
    tell()
    digest = Digest.objects.create(person=neighbour.user, frequency="daily", period="2026-03-10")
    Notification.objects.filter(recipient=neighbour.user).exclude(entry__verb="standards.synopsis_published").delete()
    Notification.objects.filter(recipient=neighbour.user).update(digest=digest)
    assert not Digest.objects.for_staff().exists()


def test_moves_of_the_framework_do_not_tell_who_took_part():
    assert set(registry.telling()) == {"standards.stage_moved", "standards.synopsis_published"}


def test_a_synopsis_out_of_view_is_told_to_nobody(published):
    Framework.objects.update(public=False, committee=None)
    send_letters(synopsis=published)
    tell()
    assert readers(KEYS[0]) == readers(KEYS[1]) == []


def test_a_letter_is_seen_by_nobody_else(published, miner, neighbour):
    send_letters(synopsis=published)
    entries = list(sent())
    load_targets(entries)
    seen = registry.get(KEYS[0]).visible(entries, miner.user)
    own = PersonaLink.objects.get(user=miner.user).persona_id
    assert [entry.target_id for entry in entries if entry.pk in seen] == [own]


def test_the_task_sends_and_can_run_twice(published):
    after_synopsis(published.pk)
    after_synopsis(published.pk)
    send_letters_task()
    assert sent().count() == 2


def test_what_is_gone_is_not_described(published):
    entry = AuditEntry(pk=1, target_id=0)
    assert describe_letters([entry]) == describe_synopses([entry]) == {}


@pytest.fixture
def told(published):
    send_letters(synopsis=published)
    tell()
    return published


def mail_of(key, person, language):
    type(person.user).objects.filter(pk=person.user.pk).update(language=language)
    mail = OutgoingMail.objects.for_delivery().get(kind=key, recipient=person.user)
    message = message_from_bytes(Batch([mail]).write(mail), policy=default)
    return message["Subject"], *(message.get_body((kind,)).get_content() for kind in ("plain", "html"))


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
@pytest.mark.parametrize("key", KEYS)
def test_each_becomes_a_mail_in_each_language(told, miner, key, language):
    subject, text, html = mail_of(key, miner, language)
    assert subject
    assert f"http://localhost:8000/{language}/" in text
    assert f'href="http://localhost:8000/{language}/' in html
    assert not [sign for sign in ("None", "%(", "{{") if sign in text + html]


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
@pytest.mark.parametrize("key", KEYS)
def test_each_becomes_a_line_in_each_language(told, key, language):
    entries = list(AuditEntry.objects.filter(verb=key))
    load_targets(entries)
    words = Words()
    with speaking(language, "America/Tijuana"):
        words.describe(entries)
        lines = [words.line(entry) for entry in entries]
    assert all(line.html and line.item["url"].startswith(f"/{language}/") for line in lines)


def test_the_mail_says_what_was_said_and_what_became_of_it(told, miner):
    _subject, text, html = mail_of(KEYS[0], miner, "es")
    for part in (text, html):
        assert "Porque el río es de todas." in part
        assert "Es más claro así." in part
    assert "La operación elimina el mercurio del río." in text
    assert "La operación cuida el río." in text
    assert "<ins" in html


def test_the_subject_says_nothing_of_the_matter(told, miner):
    assert "Marco" not in mail_of(KEYS[0], miner, "es")[0]


def test_the_mail_to_one_says_nothing_of_another(told, neighbour):
    assert "Porque el río" not in "".join(mail_of(KEYS[0], neighbour, "pt-br"))


def test_a_long_letter_is_cut_and_leads_to_its_page(closed, answered, miner, clause, monkeypatch):
    monkeypatch.setattr("standards.notifications.letters.IN_A_MAIL", 1)
    monkeypatch.setattr("standards.notifications.letters.WORDS", 20)
    persona = PersonaLink.objects.get(user=miner.user).persona
    make_comment(reread(), miner.category, persona=persona)
    with speaking("en", "UTC"):
        item = describe_letters([AuditEntry(pk=1, target_id=persona.pk)])[1]
    assert (item["count"], item["more"]) == (2, "1 more comment is in the letter's page.")
    assert item["comments"][0]["outcome"] == ""


def test_long_changes_are_told_without_marks(answered, miner, monkeypatch):
    monkeypatch.setattr("standards.notifications.letters.WORDS", 20)
    persona = PersonaLink.objects.get(user=miner.user).persona
    change = describe_letters([AuditEntry(pk=1, target_id=persona.pk)])[1]["comments"][0]["changes"][0]
    assert change["redline"] == ""
    assert len(change["after"]) <= 11


def test_letters_of_many_are_read_with_as_many_queries(answered, clause):
    few = len(count_queries(lambda: letter_rows(Persona.objects.values_list("pk", flat=True))))
    for number in range(3):
        make_comment(reread(), make_person(f"p{number}").category, clause_text=clause)
    assert len(count_queries(lambda: letter_rows(Persona.objects.values_list("pk", flat=True)))) == few <= 7


def test_the_page_shows_the_letter_to_its_author(as_user, told, miner):
    page = text_of(as_user(miner).get(url("standards:letter", *ROUND)))
    for words in ("Porque el río es de todas.", "Es más claro así.", "4.1"):
        assert words in page
    assert "Sou ribeirinho" not in page


@pytest.mark.parametrize("who", ["scholar", "secretary", "officer"])
def test_the_page_is_unknown_to_everybody_else(as_user, told, request, who):
    assert as_user(request.getfixturevalue(who)).get(url("standards:letter", *ROUND)).status_code == 404


def test_the_page_is_unknown_before_the_letter_left(as_user, published, miner):
    assert as_user(miner).get(url("standards:letter", *ROUND)).status_code == 404


def test_my_participation_leads_to_my_letter_and_to_nobody_elses(as_user, published, miner):
    send_letters(synopsis=published)
    address = url("standards:letter", *ROUND, language="en")
    page = as_user(miner).get(url("standards:my_comments", language="en"))
    assert f'href="{address}"' in page.content.decode()
    assert "Letter about round 1" in text_of(page)
    stranger = as_user(make_person("nadie")).get(url("standards:my_comments", language="en"))
    assert address not in stranger.content.decode()


def test_without_a_letter_my_participation_speaks_of_none(as_user, published, miner):
    assert "Letters about the rounds" not in text_of(as_user(miner).get(url("standards:my_comments", language="en")))
