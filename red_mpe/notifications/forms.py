"""The one form of this app: how often mail of each category comes."""

from typing import Any

from django import forms

from red_mpe.notifications import registry
from red_mpe.notifications.enums import Category, Frequency
from red_mpe.notifications.models import Notification, Preference


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
    """Return the categories that can concern a person: the work of secretariat and committees only whom it has reached already."""
    return [category for category in Category if category != Category.SECRETARIAT or person.is_staff or _works(person)]


def _works(person: Any) -> bool:
    """Tell whether somebody who is no staff has been given work: a seat in a committee brings it."""
    kinds = [kind.key for kind in registry.every() if kind.category == Category.SECRETARIAT]
    return Notification.objects.filter(recipient=person, entry__verb__in=kinds).exists()
