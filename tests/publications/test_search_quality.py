"""Whether the search finds what people look for, with their words, their accents and their slips of the pen."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.support.quality import ask_all, fill_corpus

ENOUGH = 0.9


@pytest.fixture
def answers(db):
    fill_corpus()
    return list(ask_all(AnonymousUser()))


def test_nine_tenths_of_what_should_be_found_is_among_the_first_ten(answers):
    recall = sum(one.recall for one in answers) / len(answers)
    missed = [
        f"{one.language} {one.words}: {sorted(one.wanted - set(one.found))} not in {one.found[:10]}" for one in answers if one.recall < 1
    ]
    assert len(answers) >= 60
    assert recall >= ENOUGH, f"{recall:.2f}\n" + "\n".join(missed)


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_no_language_is_served_worse(answers, language):
    mine = [one.recall for one in answers if one.language == language]
    assert sum(mine) / len(mine) >= ENOUGH - 0.05


def test_nobody_is_shown_newsletters_instead_of_answers(answers):
    assert not any("noise" in one.found for one in answers)
