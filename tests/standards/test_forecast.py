"""The forecast: whole numbers, the round's own days, and words that promise no more than the pace tells."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from standards.enums import AnswerState, CommentState, RoundState, Stage
from standards.models import Answer, Comment, Consultation, Framework
from standards.querysets.forecast import WINDOW, forecast
from standards.views.forecasting import drawing, forecast_words, public_forecast
from tests.factories.process import again
from tests.support.frameworks import make_answer, make_comment, make_framework
from tests.support.queries import flat


@pytest.fixture
def closed(consultation):
    """A round that closed, in the stage of the answers."""
    Consultation.objects.update(state=RoundState.CLOSED)
    Framework.objects.update(stage=Stage.RESPONSE)
    return consultation


def comments(consultation, producers, count, **fields):
    return [make_comment(consultation, producers, sent_at=timezone.now(), **fields) for _ in range(count)]


def answer(rows, *, days_ago=0):
    for row in rows:
        make_answer(row, published_at=timezone.now() - timedelta(days=days_ago))


def words(framework, language="en"):
    with translation.override(language):
        return forecast_words(forecast(again(framework)))


def test_nothing_said_is_nothing_to_forecast(closed):
    assert words(closed.framework) == ""


def test_the_pace_of_two_weeks_tells_the_date(closed, producers):
    answer(comments(closed, producers, 14))
    comments(closed, producers, 5)
    found = forecast(closed.framework)
    assert (found.total, found.answered, found.open, found.given) == (19, 14, 5, 14)
    assert found.ready_on == datetime(2026, 3, 14, tzinfo=UTC).date()  # 9 March in Tijuana and five days


def test_parts_of_a_day_are_rounded_up(closed, producers):
    answer(comments(closed, producers, 13))
    comments(closed, producers, 1)
    assert (forecast(closed.framework).ready_on - datetime(2026, 3, 9).date()).days == 2


def test_words_say_how_many_and_until_when(closed, producers):
    answer(comments(closed, producers, 14))
    comments(closed, producers, 5)
    assert words(closed.framework) == "14 of 19 comments answered; at this pace all by 14 March 2026."


@pytest.mark.parametrize(("language", "expected"), [("es", "14 de marzo de 2026"), ("pt-br", "14 de março de 2026")])
def test_words_say_the_date_in_the_readers_language(closed, producers, language, expected):
    answer(comments(closed, producers, 14))
    comments(closed, producers, 5)
    assert expected in words(closed.framework, language)


def test_without_answers_no_date_is_told(closed, producers):
    comments(closed, producers, 2)
    assert forecast(closed.framework).ready_on is None
    assert words(closed.framework) == "0 of 2 comments answered; the pace of the last 14 days tells no date."


def test_answers_of_long_ago_are_no_pace(closed, producers):
    answer(comments(closed, producers, 3), days_ago=WINDOW)
    comments(closed, producers, 1)
    assert forecast(closed.framework).ready_on is None


def test_answers_of_the_first_day_of_the_window_count(closed, producers):
    answer(comments(closed, producers, 3), days_ago=WINDOW - 1)
    assert forecast(closed.framework).given == 3


def test_a_date_beyond_the_horizon_is_not_told(closed, producers):
    answer(comments(closed, producers, 1))
    comments(closed, producers, 53)
    assert forecast(closed.framework).ready_on is None


@pytest.mark.parametrize(("count", "said"), [(1, "The only comment is answered."), (2, "All 2 comments are answered.")])
def test_everything_answered_is_said_so(closed, producers, count, said):
    answer(comments(closed, producers, count))
    assert words(closed.framework) == said


def test_withdrawn_comments_are_answered_and_hidden_ones_do_not_count(closed, producers):
    comments(closed, producers, 1, state=CommentState.WITHDRAWN)
    comments(closed, producers, 1, state=CommentState.HIDDEN, hidden_reason="x")
    found = forecast(closed.framework)
    assert (found.total, found.answered, found.given) == (1, 1, 0)


def test_replies_are_not_answered(closed, producers):
    [parent] = comments(closed, producers, 1)
    make_comment(closed, producers, parent=parent, root=parent, depth=1, kind="")
    assert forecast(closed.framework).total == 1


def test_an_objection_waits_for_its_second_answer(closed, producers):
    make_answer(make_comment(closed, producers), state=AnswerState.OBJECTED)
    assert forecast(closed.framework).open == 1


def test_an_open_round_expects_as_many_as_came(consultation, producers):
    comments(consultation, producers, 14)
    found = forecast(consultation.framework)
    assert found.expected == 21  # one a day, and 21 days of the round's clock are left
    assert found.ready_on is None


def test_an_open_round_is_not_ready_before_it_closes(consultation, producers):
    answer(comments(consultation, producers, 14))
    assert forecast(consultation.framework).ready_on >= consultation.closes_on


def test_an_answered_open_round_still_waits(consultation, producers):
    answer(comments(consultation, producers, 14))
    assert "at this pace all by" in words(consultation.framework)


def test_days_are_those_of_the_rounds_clock(closed, producers):
    [comment] = comments(closed, producers, 1)
    Comment.objects.filter(pk=comment.pk).update(sent_at=datetime(2026, 3, 9, 6, 59, tzinfo=UTC))  # still the 8th in Tijuana
    days = {day.on.day: day.comments for day in forecast(closed.framework).days}
    assert (len(days), days[8], days[9]) == (WINDOW, 1, 0)


def test_a_framework_without_rounds_has_no_forecast(clock, db):
    found = forecast(make_framework("nuevo"))
    assert (found.total, found.came, found.ready_on) == (0, 0, datetime(2026, 3, 9).date())


def test_the_forecast_is_flat(closed, producers):
    answer(comments(closed, producers, 1))
    flat(lambda: forecast(closed.framework), lambda: answer(comments(closed, producers, 3)), ceiling=4)


@pytest.mark.parametrize(("stage", "told"), [(Stage.CONSULTATION, True), (Stage.RESPONSE, True), (Stage.DRAFTING, False)])
def test_the_public_hears_it_while_it_matters(closed, producers, stage, told):
    comments(closed, producers, 1)
    Framework.objects.update(stage=stage)
    assert bool(public_forecast(again(closed.framework))) is told


def test_the_drawing_fits_its_frame(closed, producers):
    answer(comments(closed, producers, 3))
    comments(closed, producers, 1)
    found = drawing(closed.framework)
    today = found["columns"][-1]
    assert (today.comments_height, today.comments_y, today.answers_height) == (40, 0, 30)
    assert today.answers_y == 10
    assert today.answers_x + 4 <= found["width"] == 140


def test_a_drawing_of_nothing_is_empty(closed):
    assert {column.comments_height for column in drawing(closed.framework)["columns"]} == {0}
    assert Answer.objects.count() == 0
