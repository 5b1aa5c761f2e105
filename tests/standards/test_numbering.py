"""Codes of comments: given once, unique, short, and silent about what came after what."""

import pytest

from standards.actions import numbering
from standards.actions.comments import hide_identity
from standards.actions.submissions import send_form
from standards.models import Comment
from standards.readers.commenting import Form, FormRow
from tests.factories.standards import fresh, say
from tests.support.frameworks import make_comment


def send(person, consultation, count, shown_as="protected"):
    rows = [FormRow(n, kind="ge", comment=f"Porque el río {n}, {shown_as}.") for n in range(count)]
    return send_form(
        actor=fresh(person.user), consultation=consultation, form=Form(rows), voice=None, shown_as=shown_as, language="es"
    ).codes


def numbers(codes):
    return [int(code.rpartition("-")[2]) for code in codes]


@pytest.mark.parametrize("shown_as", ["name", "protected"])
def test_rows_of_one_form_get_no_numbers_in_a_row(miner, consultation, shown_as):
    found = numbers(send(miner, consultation, 20, shown_as))
    assert max(found) - min(found) > 20
    assert found != sorted(found)


def test_words_sent_one_after_the_other_get_no_numbers_in_a_row(miner, consultation):
    found = numbers(say(miner, consultation).code for _ in range(12))
    assert max(found) - min(found) > 12


def test_a_code_is_short_and_of_its_round(miner, consultation):
    assert all(code.startswith("C-MPE-R1-") and len(code) == 14 for code in send(miner, consultation, 3))


def test_a_thousand_uses_each_number_once(miner, consultation, monkeypatch):
    monkeypatch.setattr(numbering, "MIXED", 4)
    send(miner, consultation, 3)
    [say(miner, consultation) for _ in range(2)]
    send(miner, consultation, 3, "name")
    found = numbers(Comment.objects.order_by("serial").values_list("code", flat=True))
    assert (sorted(found[:4]), sorted(found[4:])) == ([1, 2, 3, 4], [5, 6, 7, 8])


def test_a_form_goes_on_in_the_next_thousand(miner, consultation, monkeypatch):
    monkeypatch.setattr(numbering, "MIXED", 5)
    assert sorted(numbers(send(miner, consultation, 15))) == list(range(1, 16))


def test_a_code_that_was_given_before_stays_and_is_not_given_again(miner, consultation, producers, monkeypatch):
    monkeypatch.setattr(numbering, "MIXED", 4)
    for code in ("C-MPE-R1-00001", "C-MPE-R1-00002"):
        make_comment(consultation, producers, code=code)
    new = [say(miner, consultation).code for _ in range(2)]
    assert sorted(numbers(new)) == [3, 4]


def test_hiding_changes_no_code(miner, consultation):
    comment = say(miner, consultation, shown_as="name")
    code = comment.code
    assert hide_identity(actor=miner.user, comment=comment, shown_as="protected").code == code


def test_a_form_without_a_new_row_counts_nothing(miner, consultation):
    send(miner, consultation, 2)
    assert send(miner, consultation, 2) == []
    consultation.refresh_from_db()
    assert consultation.comment_counter == 2
