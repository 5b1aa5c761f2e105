"""What no browser sends: figures that are none, numbers that nothing has, signs that no form holds."""

import pytest

from standards.actions.comments import withdraw_comment
from tests.factories.standards import fresh, say
from tests.support.frameworks import make_comment
from tests.support.pages import text_of, url

ODD = ["²", "٣", "9" * 5000, str(2**70), "-1", "\x00", "1.5"]


@pytest.fixture
def desk(as_user, committee, consultation):
    return as_user(committee.chair)


@pytest.fixture
def comment(consultation, producers):
    return make_comment(consultation, producers)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("act", ["assign", "group", "fold", "unfold", "validate", "publish", "ungroup"])
def test_odd_numbers_in_acts_are_nobody_and_nothing(desk, framework, comment, act, odd):
    address = url("standards:answers_act", framework.slug)
    response = desk.post(address, {"act": f"{act}:{odd}", "pick": [f"{comment.code}@{odd}"]})
    assert response.status_code in (303, 400)


@pytest.mark.parametrize("odd", ODD)
def test_odd_numbers_in_a_saving_are_refused(desk, framework, comment, odd):
    address = url("standards:answer_write", framework.slug, comment.code)
    words = {"disposition": "NO", "reason_es": "Se anota.", "revision": odd[:60]}
    assert desk.post(address, words).status_code in (409, 422, 400)
    assert desk.post(address, words | {"insert": odd}).status_code in (409, 422, 400)


@pytest.mark.parametrize("name", ["round", "clause", "kind", "chamber", "theme", "assigned", "group", "sort", "page", "state"])
@pytest.mark.parametrize("odd", ODD[:5])
def test_odd_filters_are_not_asked(desk, framework, name, odd):
    assert desk.get(url("standards:answer_queue", framework.slug), {name: odd}).status_code == 200


def test_the_history_of_a_withdrawn_comment_is_told_in_words(as_user, committee, miner, consultation):
    spoken = say(miner, consultation)
    withdraw_comment(actor=fresh(miner.user), comment=spoken)
    said = text_of(as_user(committee.writer).get(url("standards:answer_write", "marco", spoken.code, language="en")))
    assert "its author has withdrawn the comment" in said
    assert "answer_withdrawn" not in said
