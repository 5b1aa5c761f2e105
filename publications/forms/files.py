"""Forms about files."""

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from members.enums import Spoken
from publications.readers.kinds import KINDS
from red_mpe.core.forms import LineField, OnceForm, WordsField

_LANGUAGES = [("", _("none, or several")), *Spoken.choices]


class DescribeForm(forms.Form):
    """What a file is, for whoever decides whether to take it."""

    description = LineField(
        label=_("what it is"), max_length=200, required=False, help_text=_("For example “whole report”, “annex 2: costs”, “summary”.")
    )
    language = forms.ChoiceField(label=_("language of the file"), choices=_LANGUAGES, required=False)
    position = forms.IntegerField(
        label=_("place in the list"),
        min_value=0,
        max_value=999,
        help_text=_("The smallest number comes first, and its first page stands for the record."),
    )


class AddForm(OnceForm):
    """A file with what it is. `limit` in bytes is told before anybody sends more."""

    upload = forms.FileField(label=_("file"), allow_empty_file=True)
    description, language = DescribeForm.base_fields["description"], DescribeForm.base_fields["language"]

    def __init__(self, *args: Any, limit: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ", ".join(kind.label for kind in KINDS.values())
        words = _("At most %(limit)s. %(kinds)s. Pictures lose place and camera; documents stay as they are.")
        self.fields["upload"].help_text = words % {"limit": filesizeformat(limit), "kinds": kinds}
        endings = [ending for kind in KINDS.values() for ending in (kind.code, *kind.also)]
        self.fields["upload"].widget.attrs["accept"] = ",".join(f".{ending}" for ending in endings)


class RemoveForm(forms.Form):
    """Why a file goes."""

    reason = WordsField(
        label=_("why"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever follows its address later reads this."),
    )
