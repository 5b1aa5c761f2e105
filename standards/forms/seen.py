"""The mark of what a form showed, by which we see that somebody else has saved first."""

from typing import Any

from django import forms

from standards.actions.overwriting import Shown, mark_of


class SeenForm(forms.Form):
    """A form that knows what stood when it was opened: `shown` are the values by field, as text."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, shown: Shown | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = "" if shown is None else mark_of(shown)

    def take_over(self, mark: str | int) -> None:
        """Stand on what is saved now: sent once more, this form replaces it knowingly."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["seen"] = str(mark)
        self.data = data

    def names(self) -> dict[str, Any]:
        """Return what each field is called where two texts are compared."""
        return {field.name: field.label for field in self.visible_fields()}

    def told(self, name: str, value: str) -> str:
        """Return a value as people read it: of a choice its words."""
        choices: Any = getattr(self.fields[name], "choices", ())
        return str({str(key): label for key, label in choices}.get(value, value)) if value else ""
