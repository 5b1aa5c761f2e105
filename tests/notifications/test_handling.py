"""What the secretariat does with mails, from the actions and from the admin."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.urls import reverse

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from red_mpe.notifications import actions
from red_mpe.notifications.enums import Category, MailState, Reason
from red_mpe.notifications.models import Digest, Notification, OutgoingMail

pytestmark = pytest.mark.django_db
LOG = "admin:notifications_outgoingmail_changelist"
MOVES = {
    actions.retry_mail: {MailState.FAILED, MailState.UNCERTAIN},
    actions.release_mail: {MailState.HELD},
    actions.abort_mail: {MailState.QUEUED, MailState.HELD, MailState.FAILED, MailState.UNCERTAIN},
}


@pytest.fixture
def mail(news, miner):
    news.tell("reply", miner, title="algo dicho")
    return OutgoingMail.objects.get()


@pytest.fixture
def desk(client, secretary):
    client.force_login(secretary)
    return client


@pytest.mark.parametrize("state", MailState)
@pytest.mark.parametrize("move", MOVES)
def test_mail_moves_from_its_states_only(mail, secretary, move, state):
    OutgoingMail.objects.update(state=state)
    if state in MOVES[move]:
        move(mail=mail, actor=secretary)
        assert AuditEntry.objects.filter(target_id=mail.pk, actor=secretary, verb__startswith="notifications.mail_").count() == 1
    else:
        with pytest.raises(StaleState):
            move(mail=mail, actor=secretary)
        assert OutgoingMail.objects.get().state == state


@pytest.mark.parametrize("move", MOVES)
def test_mail_is_moved_by_the_secretariat_only(mail, miner, officer, move):
    for somebody in (miner.user, officer):
        with pytest.raises(PermissionDenied):
            move(mail=mail, actor=somebody)


def test_aborted_mail_never_leaves(mail, sink, secretary):
    actions.abort_mail(mail=mail, actor=secretary)
    assert (actions.pump(), mail.state, mail.note) == (0, MailState.SUPPRESSED, Reason.ABORTED)


def test_message_whose_words_are_gone_cannot_be_sent_again(secretary):
    mail = actions.queue_message(recipient=None, message=EmailMessage("Code", "1", to=["x@example.org"]), kind="code")
    OutgoingMail.objects.update(state=MailState.FAILED, message=None)
    mail.refresh_from_db()
    with pytest.raises(DomainError):
        actions.retry_mail(mail=mail, actor=secretary)


@pytest.mark.parametrize(
    ("action", "before", "after"), [("retry", "failed", "queued"), ("release", "held", "queued"), ("abort", "queued", "suppressed")]
)
def test_mail_log_moves_the_chosen(desk, mail, sink, action, before, after):
    OutgoingMail.objects.update(state=before)
    answer = desk.post(reverse(LOG), {"action": action, "_selected_action": [mail.pk]}, follow=True)
    assert answer.status_code == 200
    assert OutgoingMail.objects.get().state == after


def test_mail_log_says_what_it_left_alone(desk, mail):
    answer = desk.post(reverse(LOG), {"action": "release", "_selected_action": [mail.pk]}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["success", "warning"]


def test_mail_log_searches_filters_and_shows_no_words(desk, news, miner):
    news.tell("appeal", miner, title="algo dicho")
    mail = OutgoingMail.objects.get()
    OutgoingMail.objects.update(message=b"Subject: 123456", note="550 5.1.1")
    page = desk.get(reverse(LOG), {"q": miner.user.email, "state__exact": "queued", "mail_class__exact": 4}).content.decode()
    assert miner.user.email in page
    assert "550 5.1.1" in page
    change = desk.get(reverse("admin:notifications_outgoingmail_change", args=[mail.pk])).content.decode()
    assert not any(word in page + change for word in ("123456", "algo dicho"))


def test_mail_log_does_not_tell_who_was_answered(desk, news, mail, miner, scholar):
    news.tell("appeal", scholar)
    OutgoingMail.objects.filter(kind="tests.appeal").update(note=Reason.BRAKE)
    page = desk.get(reverse(LOG)).content.decode()
    assert ("tests.reply" in page, "tests.appeal" in page, miner.user.email in page) == (False, True, False)
    assert desk.get(reverse(LOG), {"q": miner.user.email}).content.decode().count("/outgoingmail/") < page.count("/outgoingmail/")
    assert f"{OutgoingMail.objects.first().created_at:%H:%M:}" not in page


def test_list_of_notifications_leaves_out_what_tells_who_wrote(desk, news, miner, scholar):
    news.tell("reply", miner)
    news.tell("news", scholar)
    page = desk.get(reverse("admin:notifications_notification_changelist")).content.decode()
    assert (miner.user.email in page, scholar.user.email in page) == (False, True)


@pytest.mark.parametrize("model", ["outgoingmail", "notification", "digest"])
def test_nothing_is_added_changed_or_deleted_by_hand(desk, model):
    assert desk.get(reverse(f"admin:notifications_{model}_changelist")).status_code == 200
    assert desk.get(reverse(f"admin:notifications_{model}_add")).status_code == 403


def test_log_is_closed_to_everybody_else(client, officer):
    client.force_login(officer)
    assert client.get(reverse(LOG)).status_code == 403
    assert client.get(reverse("admin:notifications_digest_preview")).status_code == 403


def test_digests_are_listed_with_what_became_of_them(desk, miner, scholar):
    Digest.objects.create(person=scholar.user, frequency="daily", period="2026-11-22")
    digest = Digest.objects.create(person=miner.user, frequency="daily", period="2026-11-23")
    OutgoingMail.objects.create(recipient=miner.user, digest=digest, kind="notifications.digest_daily", message_id="<1@x>", state="sent")
    page = desk.get(reverse("admin:notifications_digest_changelist")).content.decode()
    assert miner.user.email in page
    assert scholar.user.email in page


def test_next_digest_is_previewed_in_the_readers_language_and_changes_nothing(desk, news, scholar):
    actions.set_preferences(person=scholar.user, frequencies={Category.REPLIES: "weekly"})
    news.tell("news", scholar, title="New words", section="2.1")
    news.tell("reply", scholar, title="About my own words")
    gone = news.tell("news", scholar, title="Gone words")
    news.hidden.add(gone.pk)
    page = desk.get(reverse("admin:notifications_digest_preview"), {"email": scholar.user.email.upper()})
    assert "New words</b> [en " in page.content.decode()
    assert not any(words in page.content.decode() for words in ("About my own words", "Gone words"))
    assert [bool(preview.groups) for preview in page.context["previews"]] == [True, False]
    assert "not shown" not in page.content.decode()
    assert Notification.objects.exclude(digest=None).count() == 0


def test_preview_asks_for_an_address_that_exists(desk):
    address = reverse("admin:notifications_digest_preview")
    assert desk.get(address).context["previews"] == []
    assert desk.get(address, {"email": "nobody@example.org"}).context["previews"] == []
