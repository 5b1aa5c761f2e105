"""Lists and pages agree on who sees what, over all states and roles; and every move is somebody's."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from members.models import Group, GroupMembership, Person, User
from red_mpe.core.states import Move, StaleState, apply
from standards import rules, states
from standards.enums import AnswerState, CommentState, RoundState, Stage
from standards.models import (
    Answer,
    ClauseText,
    Comment,
    Consultation,
    Framework,
    PersonaLink,
    Synopsis,
    TermsOfReference,
    Version,
)
from tests.conftest import make_person, make_user
from tests.support.frameworks import make_answer, make_clause, make_comment, make_framework, make_round, make_version

MEMBERS = {"author", "member", "chair", "writer", "observer", "former"}
ROLES = (
    "anonymous",
    "account",
    "author",
    "member",
    "chair",
    "writer",
    "observer",
    "former",
    "suspended",
    "closed",
    "staff",
    "secretariat",
    "officer",
    "superuser",
    "superuser only",
)
COMMITTEE = {"chair", "writer", "observer"}
MODELS = (Framework, Version, ClauseText, Consultation, Comment, Answer, Synopsis, TermsOfReference)


@pytest.fixture
def committee(clock, db):
    group = Group.objects.create(slug="comite", name="Comité", name_es="Comité", kind="committee")
    today = timezone.localdate()
    for role, ends_on in (("chair", None), ("member", None), ("observer", today), ("secretary", today - timedelta(days=1))):
        seat = {"role": role, "starts_on": today - timedelta(days=30), "ends_on": ends_on}
        GroupMembership.objects.create(group=group, person=make_person(f"comite-{role}"), **seat)
    return group


@pytest.fixture
def readers(visitor, miner, scholar, secretary, officer, committee):
    users = (
        visitor,
        miner.user,
        scholar.user,
        *(Person.objects.get(slug=f"comite-{role}").user for role in ("chair", "member", "observer", "secretary")),
        make_person("sus-pendida", state="suspended").user,
        make_person("clo-sed", user=make_user("closed@example.org", is_active=False)).user,
        make_user("staff@example.org", is_staff=True),
        secretary,
        officer,
        make_user("root@example.org", is_staff=True, is_superuser=True),
        make_user("power@example.org", is_superuser=True),
    )
    return {"anonymous": AnonymousUser()} | {role: User.objects.get(pk=user.pk) for role, user in zip(ROLES[1:], users, strict=True)}


@pytest.fixture
def everything(clock, db, producers, committee):
    """One of each thing in each combination of framework, committee, version, round, comment and answer."""
    mixture = product((True, False), (None, committee), (True, False), RoundState.values)
    for number, (framework_is, group, version_is, state) in enumerate(mixture):
        framework = make_framework(f"marco-{number}", code=f"M{number}", public=framework_is, committee=group)
        version = make_version(framework, public=version_is)
        text = make_clause(version, "1", text_es="Agua.")
        consultation = make_round(version, state=state)
        published = timezone.now() if number % 3 else None
        TermsOfReference.objects.create(framework=framework, published_at=published)
        Synopsis.objects.create(consultation=consultation, published_at=published)
        for comment_state in CommentState.values:
            make_comment(consultation, producers, clause_text=text, state=comment_state, hidden_reason="x")
        for answer_state in AnswerState.values:
            make_answer(make_comment(consultation, producers, clause_text=text), state=answer_state)


@pytest.mark.parametrize("model", MODELS)
def test_visible_is_what_may_be_viewed(everything, readers, model):
    permission, all_of_them = f"standards.view_{model._meta.model_name}", list(model.objects.all())
    for role, user in readers.items():
        seen = set(model.objects.visible_to(user).values_list("pk", flat=True))
        assert seen == {thing.pk for thing in all_of_them if user.has_perm(permission, thing)}, role
        assert 0 < len(seen) <= len(all_of_them), role


@pytest.mark.parametrize("model", MODELS)
def test_a_committee_sees_its_own_before_the_public_does(everything, readers, model):
    seen = {role: model.objects.visible_to(readers[role]).count() for role in ("member", "former", "observer", "secretariat")}
    assert seen["member"] == seen["former"] < seen["observer"] < seen["secretariat"]


@pytest.mark.parametrize("model", MODELS)
def test_the_public_sees_less_than_the_secretariat(everything, readers, model):
    public, staff = (model.objects.visible_to(readers[role]).count() for role in ("anonymous", "secretariat"))
    assert public == model.objects.visible_to(readers["closed"]).count() < staff == model.objects.count()


@pytest.mark.parametrize("model", MODELS)
def test_nobody_may_view_nothing_in_particular(readers, model):
    assert not readers["member"].has_perm(f"standards.view_{model._meta.model_name}")


#: Who may make which move, whatever the state; `apply` looks at that.
SECRETARIAT = {"secretariat", "superuser", "superuser only"}
LEADERS, WRITERS = SECRETARIAT | {"chair"}, SECRETARIAT | {"chair", "writer"}
AUTHOR = {"author", "superuser", "superuser only"}
MOVES = {
    "ANNOUNCE_ROUND": LEADERS,
    "OPEN_ROUND": LEADERS,
    "CLOSE_ROUND": LEADERS,
    "START_CONSULTATION": LEADERS,
    "START_RESPONSE": LEADERS,
    "BEGIN_DRAFTING": LEADERS,
    "DRAFT_AGAIN": LEADERS,
    "FINISH_DRAFT": LEADERS,
    "SUSPEND_FRAMEWORK": LEADERS,
    "RESUME_FRAMEWORK": LEADERS,
    "ABANDON_FRAMEWORK": LEADERS,
    "HIDE_COMMENT": SECRETARIAT,
    "RESTORE_COMMENT": SECRETARIAT,
    "WITHDRAW_COMMENT": AUTHOR,
    "ASSIGN_ANSWER": WRITERS,
    "DRAFT_ANSWER": WRITERS,
    "RETURN_ANSWER": WRITERS,
    "UNFOLD_ANSWER": WRITERS,
    "VALIDATE_ANSWER": WRITERS,
    "PUBLISH_ANSWER": LEADERS,
    "OBJECT_TO_ANSWER": AUTHOR,
    "ANSWER_AGAIN": WRITERS,
    "CLOSE_ANSWER": LEADERS,
}


@pytest.fixture
def comment(consultation, clause, miner, committee):
    Framework.objects.filter(pk=consultation.framework_id).update(committee=committee)
    consultation.framework.refresh_from_db()
    comment = make_comment(consultation, miner.category, clause_text=clause, hidden_reason="x")
    PersonaLink.objects.create(persona=comment.persona, consultation=consultation, user=miner.user)
    return comment


def mover(name, comment):
    """What a move moves, and the column it moves in."""
    if "ANSWER" in name:
        return make_answer(comment, published_at=timezone.now(), disposition="NO"), "state"
    if "COMMENT" in name:
        return comment, "state"
    return (comment.consultation, "state") if "ROUND" in name else (comment.consultation.framework, "stage")


def moves():
    return {name: move for name, move in vars(states).items() if isinstance(move, Move)}


def test_every_move_is_in_the_matrix():
    assert set(moves()) == set(MOVES)


@pytest.mark.parametrize("name", MOVES)
def test_each_move_is_made_by_exactly(readers, comment, name):
    thing, _column = mover(name, comment)
    permission = moves()[name].permission
    assert {role for role, user in readers.items() if user.has_perm(permission, thing)} == MOVES[name]


def family(move):
    return next(kind.values for kind in (CommentState, Stage, RoundState, AnswerState) if move.sources <= set(kind.values))


@pytest.mark.parametrize(("name", "start"), [(name, start) for name in MOVES for start in family(moves()[name])])
def test_each_move_starts_from_its_sources_only(comment, name, start):
    move = replace(moves()[name], guards=())
    thing, column = mover(name, comment)
    type(thing).objects.filter(pk=thing.pk).update(**{column: start})
    if start in move.sources:
        apply(thing, move, state_field=column)
        assert getattr(thing, column) == move.target
    else:
        with pytest.raises(StaleState):
            apply(thing, move, state_field=column)


@pytest.mark.parametrize(
    ("permission", "those"),
    [
        ("send_comment", MEMBERS),
        ("reply_comment", MEMBERS),
        ("support_comment", MEMBERS - {"author"}),
        ("withdraw_comment", {"author"}),
        ("hide_identity", {"author"}),
        ("moderate_comment", {"secretariat", "superuser", "superuser only"}),
        ("open_identity", {"officer"}),
    ],
)
def test_by_the_rules_alone_each_act_is_for_exactly(readers, comment, permission, those):
    found = {role for role, user in readers.items() if rules.rules.has_perm(f"standards.{permission}", user, comment)}
    assert found == those


@pytest.mark.parametrize("permission", ["send_comment", "reply_comment", "support_comment", "withdraw_comment", "hide_identity"])
def test_no_act_is_allowed_on_nothing(readers, permission):
    assert not rules.rules.has_perm(f"standards.{permission}", readers["author"], None)


def test_a_closed_account_does_nothing_with_what_it_wrote(readers, comment):
    readers["author"].is_active = False
    for permission in ("withdraw_comment", "hide_identity"):
        assert not rules.rules.has_perm(f"standards.{permission}", readers["author"], comment)
    assert rules.is_listening(None, None) is False
