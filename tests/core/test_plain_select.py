"""The drop-down list that is written without templates says the same as Django's."""

import pytest
from django import forms
from django.test.html import parse_html

from red_mpe.core.forms import PlainSelect

CHOICES = [("", "every <one>"), (1, "one & all"), ('Group "A"', [("a", "á"), ("b", "b")])]


@pytest.mark.parametrize("value", ["", "1", 1, "b", None, "<nothing>"])
def test_it_says_what_django_says(value):
    kinds = [kind(choices=CHOICES, attrs={"id": "x"}) for kind in (PlainSelect, forms.Select)]
    mine, theirs = (kind.render("name", value, {"required": True}) for kind in kinds)
    assert parse_html(mine) == parse_html(theirs)


def test_labels_and_values_are_escaped():
    html = PlainSelect(choices=[('"><script>', "<script>")]).render("n", "")
    assert "<script>" not in html
