"""Keeping a search."""

from django import forms
from django.utils.translation import gettext_lazy as _

from red_mpe.core.forms import LineField


class SearchForm(forms.Form):
    """A search by the name that its keeper gives it."""

    name = LineField(label=_("name"), max_length=120)
    alert = forms.BooleanField(label=_("tell me of what is new, at most once a day"), required=False)
