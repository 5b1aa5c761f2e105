"""Sending, replying, supporting, withdrawing: each refusal with clear words, each act once."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from members.models import Affiliation, Group, GroupMembership
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from red_mpe.notifications.models import Subscription
from standards.actions.comments import (
    AlreadySentError,
    current_words,
    language_of_words,
    reply_to_comment,
    send_comment,
    toggle_support,
    withdraw_comment,
)
from standards.enums import CommentKind, RoundState, ShownAs, Stage
from standards.models import Comment, CommentOrigin, Consultation, Framework, Persona, PersonaLink, Support
from tests.conftest import make_organisation, make_person, make_user
from tests.factories.standards import WHY, answer, draft, fresh, say
from tests.support.frameworks import make_clause, make_version


@pytest.fixture
def comment(miner, consultation, clause):
    return say(miner, consultation, clause)


def test_a_comment_carries_what_was_said_and_by_which_side(miner, consultation, clause):
    comment = say(miner, consultation, clause, kind="te", stance="changes", proposed="La planta elimina el mercurio.", body="**Sí**")
    assert (comment.serial, comment.late, comment.channel) == (1, False, "web")
    assert (comment.chamber.code, comment.category.code, comment.country.code, comment.gender) == ("PRO", "miners-organisations", "BO", "f")
    assert comment.body_html == "<p><strong>Sí</strong></p>"
    assert "<del>operación</del><ins>planta</ins>" in comment.redline_html
    assert comment.clause_id == clause.clause_id


def test_a_general_comment_stands_on_no_clause(miner, consultation):
    comment = say(miner, consultation)
    assert (comment.clause, comment.clause_text, comment.redline_html) == (None, None, "")
    assert not Subscription.objects.exists()


def test_numbers_count_on(miner, neighbour, consultation):
    assert [say(who, consultation).serial for who in (miner, neighbour, miner)] == [1, 2, 3]


@pytest.mark.parametrize("moment", ["last second", "instant", "second after"])
def test_a_comment_is_late_from_the_closing_instant(miner, consultation, clause, clock, moment):
    ago = {"last second": -1, "instant": 0, "second after": 1}[moment]
    clock.move_to(consultation.closes_at + timedelta(seconds=ago))
    comment = say(miner, consultation, clause)
    assert comment.late is (moment != "last second")
    assert comment.sent_at == timezone.now()


def test_a_comment_after_the_round_was_closed_is_kept_and_late(miner, consultation, clause, clock):
    clock.move_to(consultation.closes_at + timedelta(days=3))
    Consultation.objects.update(state=RoundState.CLOSED)
    Framework.objects.update(stage=Stage.RESPONSE)
    assert say(miner, Consultation.objects.get(), clause).late


@pytest.mark.parametrize("who", ["visitor", "suspended", "secretary", "superuser"])
def test_only_members_send(who, visitor, secretary, consultation, clause):
    users = {
        "visitor": visitor,
        "secretary": secretary,
        "suspended": make_person("sus-pendida", state="suspended").user,
        "superuser": make_user("root@example.org", is_staff=True, is_superuser=True),
    }
    with pytest.raises(PermissionDenied):
        send_comment(actor=users[who], consultation=consultation, clause_text=clause, draft=draft())
    assert not Persona.objects.exists()


@pytest.mark.parametrize("state", [RoundState.PLANNED, RoundState.ANNOUNCED])
def test_a_round_that_is_not_open_takes_nothing_and_says_so(miner, consultation, clause, state, settings):
    settings.LANGUAGE_CODE = "en"
    consultation.state = state
    with pytest.raises(DomainError, match="not open yet"):
        say(miner, consultation, clause)


def test_a_round_whose_answers_are_finished_says_so(miner, consultation, clause, settings):
    settings.LANGUAGE_CODE = "en"
    consultation.framework.stage = Stage.FINAL_DRAFT
    with pytest.raises(DomainError, match="takes no more"):
        say(miner, consultation, clause)


def test_a_clause_of_another_version_is_refused(miner, consultation, settings):
    settings.LANGUAGE_CODE = "en"
    foreign = make_clause(make_version(consultation.framework, "0.9"), "2.3.1", text_es="Otra.")
    with pytest.raises(DomainError, match="another version"):
        say(miner, consultation, foreign)


def test_a_round_nobody_may_see_takes_nothing(miner, consultation, clause):
    Framework.objects.update(public=False)
    with pytest.raises(PermissionDenied):
        say(miner, Consultation.objects.get(), clause)


@pytest.mark.parametrize("kind", [CommentKind.TECHNICAL, CommentKind.EDITORIAL])
@pytest.mark.parametrize("proposed", ["", "  \n ", "\x00\x07"])
def test_technical_and_editorial_need_a_wording(miner, consultation, clause, kind, proposed):
    with pytest.raises(DomainError):
        say(miner, consultation, clause, kind=kind, proposed=proposed)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("missing", [{"kind": ""}, {"kind": "xx"}, {"body": " \x00 "}])
def test_a_comment_needs_kind_and_words(miner, consultation, missing):
    with pytest.raises(DomainError):
        say(miner, consultation, **missing)


def test_the_same_form_twice_is_one_comment(miner, consultation, clause):
    key = uuid.uuid4()
    first, second = (say(miner, consultation, clause, once=key) for _ in range(2))
    assert first == second
    assert Consultation.objects.get().comment_counter == 1
    assert AuditEntry.objects.filter(verb="standards.comment_sent").count() == 1


def test_other_words_in_a_form_already_sent_are_not_lost_in_silence(miner, consultation, clause):
    key = uuid.uuid4()
    sent = say(miner, consultation, clause, once=key)
    with pytest.raises(AlreadySentError, match=sent.code):
        say(miner, consultation, clause, once=key, body="Algo más.")


def test_a_key_of_somebody_else_opens_nothing(miner, neighbour, consultation, clause):
    key = say(miner, consultation, clause, shown_as=ShownAs.PROTECTED).once
    with pytest.raises(PermissionDenied):
        say(neighbour, consultation, clause, once=key)


def seat(person, **fields):
    group = Group.objects.create(slug="mesa", name="Mesa del agua", kind="committee")
    return GroupMembership.objects.create(group=group, person=person, **{"starts_on": date(2020, 1, 1), **fields})


def held(person, **fields):
    organisation = make_organisation("sindicato-del-valle")
    return Affiliation.objects.create(person=person, organisation=organisation, **{"speaks": True, "starts_on": date(2020, 1, 1), **fields})


@pytest.mark.parametrize(
    ("make", "fields"),
    [
        (held, {"speaks": False}),
        (held, {"ends_on": date(2026, 3, 8)}),
        (held, {"starts_on": date(2026, 3, 11)}),
        (seat, {"ends_on": date(2026, 3, 8)}),
        (seat, {"starts_on": date(2026, 3, 11)}),
    ],
)
def test_nobody_speaks_with_a_voice_they_do_not_hold_today(neighbour, consultation, make, fields):
    with pytest.raises(DomainError):
        say(neighbour, consultation, voice=make(neighbour, **fields))


@pytest.mark.parametrize("make", [held, seat])
def test_nobody_speaks_with_the_voice_of_another(miner, neighbour, consultation, make):
    with pytest.raises(DomainError):
        say(neighbour, consultation, voice=make(miner))
    assert not Comment.objects.exists()


def test_a_voice_is_kept_apart_whatever_is_shown(miner, neighbour, consultation, cooperative):
    own = say(miner, consultation, shown_as=ShownAs.PROTECTED, voice=miner.affiliations.get())
    circle = say(neighbour, consultation, voice=seat(neighbour, organisation=cooperative))
    assert CommentOrigin.objects.get(comment=own).organisation == cooperative
    assert (CommentOrigin.objects.get(comment=circle).organisation, circle.shown_group.slug) == (None, "mesa")


def test_a_reply_stands_in_its_thread_at_any_depth(miner, neighbour, comment):
    reply = comment
    for depth in range(1, 33):
        reply = answer((neighbour, miner)[depth % 2], reply)
        assert (reply.root_id, reply.depth, reply.clause_text_id) == (comment.pk, min(depth, 30), comment.clause_text_id)
    assert (reply.kind, reply.redline_html) == ("", "")


def test_replies_to_withdrawn_words_and_by_strangers_are_refused(miner, neighbour, visitor, comment):
    with pytest.raises(PermissionDenied):
        reply_to_comment(actor=visitor, parent=comment, draft=draft())
    withdraw_comment(actor=miner.user, comment=comment)
    with pytest.raises(PermissionDenied):
        answer(neighbour, comment)


def test_a_reply_comes_too_late_only_after_the_answers(neighbour, comment):
    comment.consultation.framework.stage = Stage.FINAL_DRAFT
    with pytest.raises(DomainError):
        answer(neighbour, comment)


def test_support_toggles_and_carries_the_chamber(neighbour, scholar, comment):
    assert toggle_support(actor=fresh(neighbour.user), comment=comment)
    assert toggle_support(actor=fresh(scholar.user), comment=comment)
    assert set(Support.objects.values_list("chamber__code", flat=True)) == {"COM", "SOC"}
    assert not toggle_support(actor=fresh(neighbour.user), comment=comment)
    assert Support.objects.get().chamber.code == "SOC"


def test_support_is_one_a_persona_in_the_database_too(neighbour, comment):
    toggle_support(actor=neighbour.user, comment=comment)
    row = Support.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Support.objects.create(comment=comment, persona=row.persona, chamber=row.chamber)


@pytest.mark.parametrize("who", ["author", "visitor", "superuser"])
def test_support_is_for_other_members(miner, visitor, comment, who):
    root = make_user("root@example.org", is_staff=True, is_superuser=True)
    with pytest.raises(PermissionDenied):
        toggle_support(actor={"author": miner.user, "visitor": visitor, "superuser": root}[who], comment=comment)


def test_support_ends_with_the_answers(neighbour, comment):
    comment.consultation.framework.stage = Stage.ADOPTED
    with pytest.raises(DomainError):
        toggle_support(actor=neighbour.user, comment=comment)


def test_withdrawing_leaves_a_marker_and_names_nobody(miner, comment):
    withdraw_comment(actor=miner.user, comment=comment)
    assert (comment.state, comment.body) == ("withdrawn", WHY)
    assert AuditEntry.objects.get(verb="standards.comment_withdrawn").actor is None


@pytest.mark.parametrize("who", ["neighbour", "secretary", "superuser"])
def test_only_the_author_withdraws(neighbour, secretary, comment, who):
    root = make_user("root@example.org", is_staff=True, is_superuser=True)
    with pytest.raises(PermissionDenied):
        withdraw_comment(actor={"neighbour": neighbour.user, "secretary": secretary, "superuser": root}[who], comment=comment)
    assert Comment.objects.get().state == "sent"


def test_withdrawing_in_two_windows_is_once(miner, comment):
    other = Comment.objects.get()
    withdraw_comment(actor=miner.user, comment=comment)
    with pytest.raises(StaleState):
        withdraw_comment(actor=miner.user, comment=other)


def test_no_comment_is_ever_deleted(comment):
    CommentOrigin.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM standards_comment")


def test_words_are_cleaned_and_harmless(miner, consultation, clause):
    tower = "a" + "\u0301" * 10_000
    comment = say(miner, consultation, clause, body=f"<script>x</script>[a](javascript:b) {tower}\x00", proposed="\u202eoro <b>")
    assert len(comment.body) < 60
    assert "<script" not in comment.body_html
    assert "href" not in comment.body_html
    assert "&lt;b&gt;" in comment.redline_html
    assert "\u202e" not in comment.redline_html


def test_current_words_fall_back_to_the_authentic_text(clause):
    assert current_words(clause, "en") == clause.text_en
    assert current_words(clause, "pt-br") == clause.text_es
    assert [language_of_words(clause, code) for code in ("es", "en", "pt-br")] == ["es", "en", "es"]
    assert language_of_words(None, "pt-br") == "pt-br"


def test_open_names_follow_the_clause_and_the_others_do_not(miner, neighbour, scholar, consultation, clause):
    say(miner, consultation, clause, shown_as=ShownAs.NAME)
    say(neighbour, consultation, clause, shown_as=ShownAs.PSEUDONYM)
    say(scholar, consultation, clause, shown_as=ShownAs.PROTECTED)
    assert list(Subscription.objects.values_list("person", "topic")) == [(miner.user_id, clause.clause.topic)]


def test_a_muted_clause_stays_muted(miner, consultation, clause):
    Subscription.objects.create(person=miner.user, topic=clause.clause.topic, muted=True)
    say(miner, consultation, clause)
    assert Subscription.objects.get().muted


def test_nobody_is_named_in_the_audit_of_what_they_say(miner, neighbour, comment):
    reply = answer(neighbour, comment, shown_as=ShownAs.PROTECTED)
    toggle_support(actor=neighbour.user, comment=comment)
    withdraw_comment(actor=neighbour.user, comment=reply)
    entries = AuditEntry.objects.filter(verb__startswith="standards.")
    assert entries.count() == 4
    assert not entries.exclude(actor=None).exists()
    assert {str(entry.data) for entry in entries} == {"{}"}


def test_a_persona_is_one_a_person_and_round(miner, neighbour, comment):
    answer(miner, answer(neighbour, comment))
    assert Persona.objects.count() == PersonaLink.objects.count() == 2
    assert len({persona.code for persona in Persona.objects.all()}) == 2
    assert len(str(Persona.objects.first())) == 10
