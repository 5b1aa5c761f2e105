"""The demonstration in the database: filled once by the command, read by every test here."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from members.models import GroupMembership
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.models import Notification, OutgoingMail
from red_mpe.portal.demo import clock
from standards.enums import PUBLIC_ANSWERS, CarryVerdict, Disposition, LineageKind, RoundState, Stage, TextState, VersionKind
from standards.models import (
    Answer,
    AnswerGroup,
    AnswerNote,
    AnswerObjection,
    AnswerTemplate,
    ClauseLanguage,
    ClauseLineage,
    ClauseRevision,
    Comment,
    Consultation,
    Framework,
    Letter,
    StageEvent,
    Synopsis,
    Version,
    VersionChange,
)
from standards.querysets.carrying import undecided
from standards.states.guards.answers import acceptances_are_traced, comments_are_answered, synopses_are_public
from standards.states.guards.committee import benches, few_women, seats_of
from standards.states.guards.rounds import announced_early_enough, round_is_long_enough, synopsis_was_readable, targets_are_set

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker):
    """Fill the database once for the module and return what the command printed; everything is rolled back at the end."""
    out = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("fill_demo", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def gold(printed):
    return Framework.objects.get(code="ORO")


@pytest.fixture
def main(printed):
    return Framework.objects.get(code="MPE")


def version(framework, number):
    return framework.versions.get(number=number)


def test_a_database_with_accounts_is_refused(printed):
    with pytest.raises(CommandError, match="has accounts already"):
        call_command("fill_demo")


@pytest.mark.parametrize(
    ("role", "email"),
    [
        ("chairs the committee", "leonor-quintela-macario@demo.example"),
        ("keeps the minutes", "fiona-macallister-reyes@demo.example"),
        ("writes in", "ines-barahona-toledano@demo.example"),
        ("secretariat", "secretaria@demo.example"),
    ],
)
def test_accounts_are_printed_with_their_role(printed, role, email):
    [line] = [line for line in printed.splitlines() if line.endswith(email)]
    assert line.strip().startswith(role)


def test_main_framework_listens_and_the_other_is_drafting(main, gold):
    assert (main.stage, gold.stage) == (Stage.CONSULTATION, Stage.DRAFTING)


def test_rounds_are_one_open_one_closed_one_planned(printed):
    rounds = Consultation.objects.order_by("framework__code", "number").values_list("framework__code", "number", "state")
    assert list(rounds) == [("MPE", 1, RoundState.OPEN), ("ORO", 1, RoundState.CLOSED), ("ORO", 2, RoundState.PLANNED)]


def test_rounds_needed_no_extension(printed):
    assert Consultation.objects.filter(extensions__gt=0).count() == 0


@pytest.mark.parametrize("code", ["MPE", "ORO"])
def test_committee_satisfies_the_rules(printed, code):
    framework = Framework.objects.get(code=code)
    voting = [bench for bench in benches(framework, seats_of(framework)) if bench.votes]
    assert [(bench.seats, bench.organisations) for bench in voting] == [(6, 6)] * 4
    assert max(count for bench in voting for _country, count in bench.countries) <= 2
    assert not few_women(framework, seats_of(framework))


def test_seats_are_of_invented_organisations(printed):
    seats = GroupMembership.objects.filter(group__kind="committee")
    assert not seats.filter(organisation__invented=False).exists()


def test_every_stage_was_entered_in_its_order(gold):
    moves = list(gold.events.order_by("at").values_list("source", "target"))
    assert moves == [
        ("terms_of_reference", "drafting"),
        ("drafting", "consultation"),
        ("consultation", "response"),
        ("response", "drafting"),
    ]


def test_terms_of_reference_were_public_long_before_drafting(printed):
    for event in StageEvent.objects.filter(target=Stage.DRAFTING, source=Stage.TERMS_OF_REFERENCE):
        assert (event.at - event.framework.terms.published_at).days >= event.framework.rules.terms_days


def test_past_has_honest_dates(printed):
    first = AuditEntry.objects.order_by("at").first()
    assert (timezone.now() - first.at).days > 600
    assert not AuditEntry.objects.filter(at__gt=timezone.now()).exists()


def test_first_versions_are_frozen_and_public(printed):
    first = Version.objects.filter(previous=None)
    assert [each.number for each in first] == ["0.1", "0.1"]
    assert all(each.frozen and each.public and each.frozen_at < timezone.now() - timezone.timedelta(days=60) for each in first)


def test_main_framework_has_its_first_version_behind_it(main):
    present = version(main, "0.2")
    assert present.previous.number == "0.1"
    assert present.frozen
    assert present.change_summary_pt
    assert present.previous.kind == VersionKind.WORKING


def test_change_log_of_the_main_framework_has_every_kind(main):
    kinds = Counter(version(main, "0.2").changes.values_list("kind", flat=True))
    assert kinds["new"] == 4
    assert kinds["retired"] == 1
    assert kinds["editorial"] >= 3
    assert kinds["substantive"] >= 10


def test_clause_that_moved_keeps_its_identity(main):
    row = ClauseLineage.objects.get(version__framework=main, kind=LineageKind.MOVED)
    assert (row.old_label, row.new_label) == ("3.3.6", "2.3.7")
    assert set(row.clause.texts.values_list("label", flat=True)) == {"3.3.6", "2.3.7"}


def test_first_version_is_worded_differently(main):
    then, now = (version(main, number).texts.get(label="2.3.1") for number in ("0.1", "0.2"))
    assert "36 meses" in then.text_es
    assert "12 meses" in now.text_es
    assert "12 months" in now.text_en


def test_most_telling_changes_are_said_in_three_languages(printed):
    told = VersionChange.objects.exclude(summary_es="").exclude(summary_es=None)
    assert told.count() >= 25
    assert not told.filter(Q(summary_en="") | Q(summary_pt="")).exists()


def test_erratum_stands_beside_the_first_version(main):
    erratum = version(main, "0.1").errata.get()
    assert erratum.wrong in erratum.clause_text.text_en


def test_draft_of_the_protocol_has_moved_split_retired_and_new_clauses(gold):
    draft = version(gold, "0.2")
    assert Counter(draft.lineage.values_list("kind", flat=True)) == {"moved": 1, "split": 1, "retired": 1}
    assert Counter(draft.changes.values_list("kind", flat=True)) == {"substantive": 11, "editorial": 1, "new": 2, "retired": 1}
    assert not draft.frozen


def test_queue_of_translations_is_not_empty(gold):
    states = Counter(ClauseLanguage.objects.filter(clause_text__version=version(gold, "0.2")).values_list("language", "state"))
    assert states["en", TextState.STALE]
    assert states["pt", TextState.DRAFT]
    assert states["es", TextState.REVIEWED] == version(gold, "0.2").texts.count()


def test_stale_translation_remembers_what_it_was_reviewed_against(gold):
    stale = ClauseLanguage.objects.filter(clause_text__version=version(gold, "0.2"), state=TextState.STALE)
    assert [row.clause_text.label for row in stale if row.basis.get("text") == row.clause_text.text_es] == []


def test_every_change_of_the_draft_is_a_saving_with_an_author(gold):
    saved = ClauseRevision.objects.filter(version=version(gold, "0.2"), number__gt=1)
    assert saved.count() >= 14
    assert not saved.filter(author=None).exists()


def test_closed_round_has_its_three_odd_comments(gold):
    comments = Comment.objects.filter(consultation__framework=gold, parent=None)
    assert comments.filter(state="withdrawn").count() == 1
    assert comments.filter(state="hidden").exclude(hidden_reason="").count() == 1
    assert comments.filter(late=True).count() == 1


def test_comments_were_sent_while_the_round_listened(printed):
    early = Q(sent_at__lt=F("consultation__opens_at"))
    after = Q(sent_at__gte=F("consultation__closes_at"), late=False)
    assert not Comment.objects.filter(early | after).exists()


def test_next_round_lacks_only_what_the_draft_lacks(gold):
    planned = gold.rounds.get(number=2)
    for guard in (round_is_long_enough, announced_early_enough, synopsis_was_readable, targets_are_set):
        assert list(guard(planned)) == []


def test_synopsis_is_public_and_keeps_its_figures(gold):
    synopsis = Synopsis.objects.get(consultation__framework=gold)
    assert synopsis.published_at < timezone.now()
    assert {row["code"] for row in synopsis.figures["chambers"]} == {"PRO", "COM", "SOC", "CAD", "GOB"}
    assert synopsis.clauses.count() == 17


def test_open_round_has_minimums_for_the_chambers_that_vote(main):
    assert dict(main.rounds.get().targets.filter(minimum__gt=0).values_list("chamber__code", "minimum")).keys() == {
        "PRO",
        "COM",
        "SOC",
        "CAD",
    }


def test_nothing_waits_in_the_queue_of_mail_but_the_last_days(printed):
    assert not OutgoingMail.objects.filter(state="queued", notification__entry__verb__startswith="standards.").exists()


def test_clock_is_put_right_again(printed):
    before = timezone.now()
    with clock.at(clock.days_ago(400)):
        assert (before - timezone.now()).days >= 399
    assert timezone.now() >= before


def test_clock_reaches_the_defaults_of_the_database(printed):
    moment = clock.days_ago(123)
    with clock.at(moment):
        entry = AuditEntry.objects.create(verb="portal.tried")
    entry.refresh_from_db()
    assert entry.at == moment


def test_clock_is_put_right_after_an_error(printed):
    before = timezone.now()
    with pytest.raises(ZeroDivisionError), clock.at(clock.days_ago(9)):
        raise ZeroDivisionError
    assert timezone.now() >= before


def answers(framework):
    return Answer.objects.filter(comment__consultation__framework=framework)


def test_every_disposition_was_given_in_the_closed_round(gold):
    assert set(answers(gold).values_list("disposition", flat=True)) == set(Disposition.values)


def test_every_comment_of_the_closed_round_has_a_public_answer(gold):
    assert list(comments_are_answered(gold)) == []
    assert list(synopses_are_public(gold)) == []
    assert list(acceptances_are_traced(gold)) == []


def test_reasons_are_in_three_languages(gold):
    told = answers(gold).exclude(reason_es="").exclude(reason_es=None)
    assert told.count() >= 45
    assert not told.filter(Q(reason_en="") | Q(reason_en=None) | Q(reason_pt="") | Q(reason_pt=None)).exists()


def test_answers_were_written_validated_and_published_in_this_order(printed):
    public = Answer.objects.filter(state__in=PUBLIC_ANSWERS).exclude(disposition=Disposition.WITHDRAWN)
    assert not public.exclude(written_at__lt=F("validated_at"), validated_at__lt=F("published_at")).exists()
    assert not public.filter(validated_by=F("written_by")).exists()


def test_campaign_is_folded_and_counted_as_five(gold):
    folded = answers(gold).filter(folded=True)
    assert folded.count() == 4
    assert {answer.duplicate_of.answer.disposition for answer in folded} == {Disposition.MODIFIED}


def test_two_groups_were_answered_together(gold):
    groups = AnswerGroup.objects.filter(consultation__framework=gold)
    assert sorted(group.answers.count() for group in groups) == [3, 3]


def test_one_answer_was_objected_to_and_given_again_by_another(gold):
    objection = AnswerObjection.objects.get(answer__comment__consultation__framework=gold)
    assert objection.disposition == Disposition.DEFERRED
    assert objection.answered_by_id not in (objection.answer.written_by_id, objection.answer.validated_by_id)


def test_carrying_forward_is_partly_done(gold):
    draft = version(gold, "0.2")
    assert undecided(draft).count() == 2
    assert set(draft.carried.values_list("verdict", flat=True)) == set(CarryVerdict.values)


def test_letters_went_to_everybody_who_spoke(gold):
    voices = Comment.objects.filter(consultation__framework=gold, parent=None, state="sent").values("persona").distinct().count()
    assert Letter.objects.count() == voices


def test_answers_of_the_open_round_stand_at_every_step(main):
    steps = Counter(answers(main).values_list("state", flat=True))
    assert steps == {"assigned": 10, "drafted": 4, "validated": 3, "published": 5}


def test_committee_has_notes_and_templates(main):
    assert AnswerNote.objects.filter(answer__comment__consultation__framework=main).count() >= 5
    templates = AnswerTemplate.objects.filter(framework=main)
    assert templates.count() == 5
    assert not templates.filter(Q(reason_en="") | Q(reason_pt="") | Q(title_en="") | Q(title_pt="")).exists()


def test_who_gets_an_answer_finds_it_in_the_inbox(printed):
    verbs = set(Notification.objects.values_list("entry__verb", flat=True))
    assert {"standards.answer_published", "standards.letter_sent", "standards.comment_sent"} <= verbs
