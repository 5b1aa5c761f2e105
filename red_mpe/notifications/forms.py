"""The one form of this app: how often mail of each category comes."""

from typing import Any

from django import forms

from red_mpe.notifications.enums import Category, Frequency
from red_mpe.notifications.models import Preference


class PreferencesForm(forms.Form):
    """One row of choices for each category that concerns the person."""

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = categories_of(person)
        for (_, category), frequency in Preference.objects.chosen([person.pk], categories).items():
            self.fields[category] = forms.ChoiceField(
                label=Category(category).label, choices=Frequency.choices, initial=frequency, widget=forms.RadioSelect
            )


def categories_of(person: Any) -> list[Category]:
    """Return the categories that can concern a person: the secretariat's work concerns its staff only."""
    return [category for category in Category if category != Category.SECRETARIAT or person.is_staff]
