import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from red_mpe.notifications.models import Notification, Subscription
from standards.actions.form_rows import Fate, said
from standards.actions.identities import own_persona, person_behind
from standards.actions.submissions import SPACE, enter_form, plan_own_form, send_form
from standards.enums import Channel
from standards.forms import voices
from standards.models import Comment, CommentOrigin, FormSubmission, PersonaLink
from standards.readers.commenting import Form, FormRow
from tests.conftest import make_organisation
from tests.factories.standards import fresh, say, tell


def row(number=2, **words):
    return FormRow(number, **{"clause": "2.3.1", "kind": "ge", "comment": f"Porque el río {number}.", **words})


def form(*rows):
    return Form(list(rows))


def send(person, consultation, *rows, voice=None, shown_as="organisation"):
    return send_form(actor=fresh(person.user), consultation=consultation, form=form(*rows), voice=voice, shown_as=shown_as, language="es")


def plan(person, consultation, *rows):
    return plan_own_form(actor=fresh(person.user), form=form(*rows), consultation=consultation)


def enter(secretary, consultation, organisation, *rows):
    return enter_form(
        actor=secretary, consultation=consultation, form=form(*rows), organisation=organisation, language="es", sha256="a" * 64
    )


def fates(found):
    return [planned.fate for planned in found.rows]


def test_rows_become_comments(miner, consultation, clause):
    written = send(miner, consultation, row(), row(3, clause="", kind="te", proposed="Otra redacción."))
    first, second = Comment.objects.order_by("serial")
    assert written.codes == [first.code, second.code]
    assert (first.clause_text, first.body, first.channel) == (clause, "Porque el río 2.", Channel.FORM)
    assert (second.clause, second.kind, second.proposed) == (None, "te", "Otra redacción.")


def test_proposed_wording_is_a_redline_against_the_clause(miner, consultation):
    send(miner, consultation, row(kind="te", proposed="La operación elimina el mercurio."))
    assert "<del>" in Comment.objects.get().redline_html


def test_planning_writes_nothing(miner, consultation):
    assert plan(miner, consultation, row()).counts["new"] == 1
    assert not Comment.objects.exists()
    assert own_persona(miner.user, consultation) is None


def test_same_file_twice_adds_nothing(miner, consultation):
    send(miner, consultation, row(), row(3))
    assert send(miner, consultation, row(), row(3)).codes == []
    assert Comment.objects.count() == 2


def test_what_was_said_on_the_page_is_not_said_again(miner, consultation, clause):
    say(miner, consultation, clause, body="Porque  el río 2.")
    assert fates(plan(miner, consultation, row())) == [Fate.AGAIN]


def test_what_somebody_else_said_may_be_said(miner, neighbour, consultation, clause):
    say(neighbour, consultation, clause, body="Porque el río 2.")
    assert fates(plan(miner, consultation, row())) == [Fate.NEW]


def test_row_that_stands_twice_is_sent_once(miner, consultation):
    assert fates(plan(miner, consultation, row(), row(3, comment="Porque el río  2."))) == [Fate.NEW, Fate.TWICE]


def test_code_is_known_as_that_comment(miner, neighbour, consultation, clause):
    comment = say(neighbour, consultation, clause)
    again = row(mb=f"BR-COM {comment.code}", comment=comment.body)
    assert fates(plan(miner, consultation, again, row(mb=comment.code))) == [Fate.THERE, Fate.CHANGED]


def test_code_of_another_round_is_no_code(miner, consultation):
    assert fates(plan(miner, consultation, row(mb="C-OTRO-R1-00001"))) == [Fate.NEW]


def test_nothing_is_told_of_a_withdrawn_comment(miner, neighbour, consultation, clause):
    comment = say(neighbour, consultation, clause)
    Comment.objects.update(state="withdrawn")
    assert fates(plan(miner, consultation, row(mb=comment.code, comment="otra cosa"))) == [Fate.THERE]


@pytest.mark.parametrize(
    ("words", "fate"),
    [
        ({"clause": "9.9"}, Fate.UNKNOWN),
        ({"kind": "xx"}, Fate.REFUSED),
        ({"kind": ""}, Fate.REFUSED),
        ({"kind": "te"}, Fate.REFUSED),
        ({"kind": "ed"}, Fate.REFUSED),
        ({"comment": " – "}, Fate.REFUSED),
        ({"comment": "", "proposed": "Solo la redacción."}, Fate.REFUSED),
        ({"comment": "x" * 10_001}, Fate.REFUSED),
        ({"kind": "te", "proposed": "x" * 10_001}, Fate.REFUSED),
        ({"comment": "", "proposed": ""}, Fate.EMPTY),
        ({"clause": " 2.3.1. "}, Fate.NEW),
        ({"clause": "General"}, Fate.NEW),
        ({"clause": "geral"}, Fate.NEW),
        ({"kind": "Pregunta"}, Fate.NEW),
    ],
)
def test_each_row_has_its_fate(miner, consultation, words, fate):
    [planned] = plan(miner, consultation, row(**words)).rows
    assert planned.fate == fate
    assert bool(planned.reason) == (fate in (Fate.UNKNOWN, Fate.REFUSED))


def test_place_in_the_clause_is_kept_with_the_comment(miner, consultation):
    send(miner, consultation, row(paragraph="Tabla 2", line="14"))
    assert Comment.objects.get().body == "[Tabla 2 · L 14]\n\nPorque el río 2."


def test_late_rows_are_kept_and_marked(miner, consultation, clock):
    clock.shift(timedelta(days=30))
    type(consultation).objects.update(state="closed")
    consultation.refresh_from_db()
    assert send(miner, consultation, row()).late
    assert Comment.objects.get().late


def test_round_that_does_not_listen_takes_no_form(miner, consultation):
    consultation.state = "announced"
    with pytest.raises(DomainError):
        send(miner, consultation, row())


def test_visitor_sends_no_form(visitor, consultation):
    with pytest.raises(PermissionDenied):
        send_form(actor=visitor, consultation=consultation, form=form(row()), voice=None, shown_as="name", language="es")


def test_member_speaks_for_their_organisation(miner, consultation, cooperative):
    voice = voices(miner.user)[f"organisation:{cooperative.slug}"]
    send(miner, consultation, row(), voice=voice)
    comment = Comment.objects.get()
    assert (comment.on_behalf, comment.shown_organisation) == (True, cooperative)
    assert CommentOrigin.objects.get().organisation == cooperative


def test_nobody_speaks_for_whom_they_do_not_speak(neighbour, miner, consultation, cooperative):
    voice = voices(miner.user)[f"organisation:{cooperative.slug}"]
    with pytest.raises(DomainError):
        send(neighbour, consultation, row(), voice=voice)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("shown_as", ["pseudonym", "protected"])
def test_hidden_author_leaves_no_trace(miner, consultation, shown_as):
    send(miner, consultation, row(), shown_as=shown_as)
    comment = Comment.objects.get()
    assert (comment.shown_name, comment.shown_organisation) == ("", None)
    assert not Subscription.objects.exists()
    assert not AuditEntry.objects.filter(actor=miner.user).exists()


def test_pseudonym_is_given_once_for_the_whole_form(miner, consultation):
    send(miner, consultation, row(), row(3), shown_as="pseudonym")
    assert Comment.objects.first().persona.pseudonym.startswith("PRO-")


def test_open_author_follows_the_clauses(miner, consultation, clause):
    send(miner, consultation, row(), row(3), shown_as="name")
    assert list(Subscription.objects.values_list("topic", flat=True)) == [clause.clause.topic]


def test_form_is_told_once_to_who_follows(miner, neighbour, consultation, clause):
    Subscription.objects.create(person=neighbour.user, topic=clause.clause.topic)
    send(miner, consultation, row(), row(3))
    tell()
    assert Notification.objects.filter(recipient=neighbour.user).count() == 1


def test_key_of_a_comment_hangs_on_its_random_voice_and_not_on_the_author(miner, consultation):
    send(miner, consultation, row(), shown_as="protected")
    comment = Comment.objects.get()
    text = "\n".join([comment.persona.code, *map(str, said(comment))])
    assert comment.once == uuid.uuid5(SPACE, text)


def test_one_bad_row_does_not_stop_the_others(miner, consultation):
    assert len(send(miner, consultation, row(kind="xx"), row(3)).codes) == 1


def test_everything_is_written_or_nothing(miner, consultation, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(CommentOrigin.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        send(miner, consultation, row())
    consultation.refresh_from_db()
    assert not Comment.objects.exists()
    assert consultation.comment_counter == 0


def test_secretariat_enters_the_form_of_an_organisation(secretary, consultation, cooperative):
    enter(secretary, consultation, cooperative, row(), row(3))
    submission = FormSubmission.objects.get()
    comment = Comment.objects.first()
    assert (submission.organisation, submission.entered_by, submission.sha256) == (cooperative, secretary, "a" * 64)
    assert comment.persona == submission.persona
    assert (comment.shown_as, comment.chamber.code, str(comment.country)) == ("organisation", "PRO", "BO")
    assert not PersonaLink.objects.exists()


@pytest.mark.parametrize(("audience", "shown"), [("public", True), ("members", False), ("nobody", False)])
def test_organisation_is_named_where_it_is_public(secretary, consultation, audience, shown):
    enter(secretary, consultation, make_organisation("casa", audience=audience), row())
    comment = Comment.objects.get()
    assert ((comment.shown_organisation is not None), comment.on_behalf) == (shown, shown)
    assert CommentOrigin.objects.get().organisation.slug == "casa"


def test_second_form_of_an_organisation_speaks_with_the_same_voice(secretary, consultation, cooperative):
    enter(secretary, consultation, cooperative, row())
    assert enter(secretary, consultation, cooperative, row(), row(3)).codes == [Comment.objects.get(serial=2).code]
    assert Comment.objects.values("persona").distinct().count() == 1


@pytest.mark.parametrize("who", ["miner", "officer", "visitor"])
def test_nobody_else_enters_forms(who, request, consultation, cooperative):
    actor = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        enter(getattr(actor, "user", actor), consultation, cooperative, row())


def test_entering_a_form_leaves_who_did_it(secretary, consultation, cooperative):
    enter(secretary, consultation, cooperative, row())
    entry = AuditEntry.objects.get(verb="standards.form_written")
    assert (entry.actor, entry.data) == (secretary, {"rows": 1, "organisation": cooperative.pk})


def test_no_account_is_behind_an_entered_comment(secretary, consultation, cooperative):
    enter(secretary, consultation, cooperative, row())
    with pytest.raises(DomainError, match="ninguna cuenta"):
        person_behind(actor=secretary, comment=Comment.objects.get())
