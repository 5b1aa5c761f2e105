"""The decision about one comment that is carried into a new version."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from red_mpe.core.forms import LineField, PlainSelect
from standards.enums import CarryVerdict
from standards.querysets.carrying import STILL_OPEN


class CarryForm(forms.Form):
    """What the new version means for one comment, and the number of the clause where it stands now."""

    verdict = forms.ChoiceField(label=gettext_lazy("what it means"), choices=CarryVerdict.choices, widget=PlainSelect)
    place = LineField(
        label=gettext_lazy("stands now on"), required=False, max_length=24, widget=forms.TextInput(attrs={"list": "labels", "size": 8})
    )

    def __init__(self, *args: Any, labels: Mapping[str, int], general: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels, self.general = labels, general

    def clean(self) -> dict[str, Any]:
        """The number is one of the version's, and a comment on a clause that is still open has one."""
        data = super().clean() or {}
        place = data.get("place", "")
        if place and place not in self.labels:
            self.add_error("place", _("The version has no clause of this number."))
        elif not place and not self.general and data.get("verdict") in STILL_OPEN:
            self.add_error("place", _("On which clause does it stand now?"))
        return data

    @property
    def decision(self) -> tuple[str, int | None]:
        """The verdict and the clause, as the action takes them."""
        return self.cleaned_data["verdict"], self.labels.get(self.cleaned_data["place"])
