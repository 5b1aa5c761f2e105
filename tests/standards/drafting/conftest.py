"""A tree of five clauses that a committee writes."""

import pytest

from tests.factories.drafting import seat, small_tree
from tests.standards.conftest import as_user, clock, framework, version  # noqa: F401 - the same hour and helpers


@pytest.fixture
def rio(clock, secretary):  # noqa: F811
    """A version in drafting: 1 with 1.1 (with 1.1.1) and 1.2; then 2."""
    return small_tree(secretary)


@pytest.fixture
def writer(rio):
    """A member of the committee of `rio`."""
    return seat(rio.framework, "marta-rojas")


@pytest.fixture
def other_writer(rio):
    """Another member of the same committee."""
    return seat(rio.framework, "luis-mamani")
