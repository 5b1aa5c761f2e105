import pytest

from standards.readers import Entry, Outline, Problem, ReaderError, align, read_document
from standards.readers.messages import PROBLEMS, REFUSALS
from standards.readers.outline import PROBLEMS_PER_CODE, Problems, shorten

PARAMS = {"limit": 1, "part": "p", "label": "1", "kept": "2", "parent": "3", "format": "f"}


@pytest.fixture
def outline():
    child = Entry("1.1", "criterion", 2, "", "b", 2)
    return Outline("", "", [Entry("1", "principle", 1, "a", "", 1, [child]), Entry("A", "annex", 1, "c", "", 3)], [])


@pytest.mark.parametrize("code", PROBLEMS)
def test_problem_says_what_was_kept_and_what_to_do(code):
    message = Problem(code, 1, params=PARAMS).message
    assert message.endswith(".")
    assert "%" not in message
    assert message.count(".") + message.count(";") >= 2


@pytest.mark.parametrize("code", REFUSALS)
def test_refusal_says_that_nothing_was_read(code):
    message = ReaderError(code, **PARAMS).message
    assert "Nothing was read" in message
    assert "%" not in message


def test_problems_of_a_kind_are_limited():
    problems = Problems()
    for line in range(PROBLEMS_PER_CODE + 10, 0, -1):
        problems.add("image_dropped", line)
    found = problems.sorted()
    assert len(found) == PROBLEMS_PER_CODE
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


def test_problem_reported_once_is_not_repeated():
    problems = Problems()
    problems.once("tracked_changes", 3)
    problems.once("tracked_changes", 5)
    assert [problem.line for problem in problems.sorted()] == [3]


def test_excerpt_is_one_short_line():
    assert (shorten("a\n b"), len(shorten("x" * 200)), shorten("x" * 200)[-1]) == ("a b", 80, "…")


def test_walk_goes_in_the_order_of_the_document(outline):
    assert [entry.label for entry in outline.walk()] == ["1", "1.1", "A"]


def test_align_pairs_by_label_whatever_its_case_or_stop(outline):
    alignment = align(["1.", "a", "2"], outline)
    assert {label: entry.label for label, entry in alignment.matched.items()} == {"1.": "1", "a": "A"}
    assert (alignment.missing_in_second, [entry.label for entry in alignment.unknown_in_second]) == (["2"], ["1.1"])


@pytest.mark.parametrize(("name", "title"), [("Marco_v2.docx", "Marco v2"), ("C:\\docs\\marco.md", "marco"), ("marco", "marco"), ("", "")])
def test_name_of_the_file_is_the_last_title(name, title):
    assert read_document(b"1.1 Texto", name).title == title
