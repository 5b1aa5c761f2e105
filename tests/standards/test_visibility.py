"""Lists and pages agree on who sees what, over all states and roles; and every move is somebody's."""

from dataclasses import replace
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from members.models import User
from red_mpe.core.states import Move, StaleState, apply
from standards import rules, states
from standards.enums import CommentState, RoundState, Stage
from standards.models import ClauseText, Comment, Consultation, Framework, PersonaLink, Version
from tests.conftest import make_person, make_user
from tests.support.frameworks import make_clause, make_comment, make_framework, make_round, make_version

MEMBERS = {"author", "member"}
ROLES = (
    "anonymous",
    "account",
    "author",
    "member",
    "suspended",
    "closed",
    "staff",
    "secretariat",
    "officer",
    "superuser",
    "superuser only",
)
MODELS = (Framework, Version, ClauseText, Consultation, Comment)


@pytest.fixture
def readers(visitor, miner, scholar, secretary, officer):
    users = (
        visitor,
        miner.user,
        scholar.user,
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
def everything(clock, db, producers):
    """One of each thing in each combination of framework, version, round and comment."""
    for number, (framework_is, version_is, state) in enumerate(product((True, False), (True, False), RoundState.values)):
        version = make_version(make_framework(f"marco-{number}", code=f"M{number}", public=framework_is), public=version_is)
        text = make_clause(version, "1", text_es="Agua.")
        consultation = make_round(version, state=state)
        for comment_state in CommentState.values:
            make_comment(consultation, producers, clause_text=text, state=comment_state, hidden_reason="x")


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", ROLES)
def test_visible_is_what_may_be_viewed(everything, readers, model, role):
    user, permission = readers[role], f"standards.view_{model._meta.model_name}"
    seen = set(model.objects.visible_to(user).values_list("pk", flat=True))
    assert seen == {thing.pk for thing in model.objects.all() if user.has_perm(permission, thing)}
    assert 0 < len(seen) <= model.objects.count()


@pytest.mark.parametrize("model", MODELS)
def test_the_public_sees_less_than_the_secretariat(everything, readers, model):
    public, staff = (model.objects.visible_to(readers[role]).count() for role in ("anonymous", "secretariat"))
    assert public == model.objects.visible_to(readers["closed"]).count() < staff == model.objects.count()


@pytest.mark.parametrize("model", MODELS)
def test_nobody_may_view_nothing_in_particular(readers, model):
    assert not readers["member"].has_perm(f"standards.view_{model._meta.model_name}")


#: Who may make which move, whatever the state; `apply` looks at that.
SECRETARIAT = {"secretariat", "superuser", "superuser only"}
MOVES = {
    "ANNOUNCE_ROUND": SECRETARIAT,
    "OPEN_ROUND": SECRETARIAT,
    "CLOSE_ROUND": SECRETARIAT,
    "START_CONSULTATION": SECRETARIAT,
    "START_RESPONSE": SECRETARIAT,
    "HIDE_COMMENT": SECRETARIAT,
    "RESTORE_COMMENT": SECRETARIAT,
    "WITHDRAW_COMMENT": {"author", "superuser", "superuser only"},
}


@pytest.fixture
def comment(consultation, clause, miner):
    comment = make_comment(consultation, miner.category, clause_text=clause, hidden_reason="x")
    PersonaLink.objects.create(persona=comment.persona, consultation=consultation, user=miner.user)
    return comment


def moves():
    return {name: move for name, move in vars(states).items() if isinstance(move, Move)}


def test_every_move_is_in_the_matrix():
    assert set(moves()) == set(MOVES)


@pytest.mark.parametrize("name", MOVES)
def test_each_move_is_made_by_exactly(readers, comment, name):
    thing = comment if "COMMENT" in name else comment.consultation
    permission = moves()[name].permission
    assert {role for role, user in readers.items() if user.has_perm(permission, thing)} == MOVES[name]


def family(move):
    return next(kind.values for kind in (CommentState, Stage, RoundState) if move.sources <= set(kind.values))


@pytest.mark.parametrize(("name", "start"), [(name, start) for name in MOVES for start in family(moves()[name])])
def test_each_move_starts_from_its_sources_only(comment, name, start):
    move = replace(moves()[name], guards=())
    thing, column = (comment, "state") if "COMMENT" in name else (comment.consultation, "state")
    if name.startswith("START"):
        thing, column = comment.consultation.framework, "stage"
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
