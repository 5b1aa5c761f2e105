"""Refusals are read in the language in which they are written."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english(_calm):
    translation.activate("en")
    yield
    translation.deactivate()
