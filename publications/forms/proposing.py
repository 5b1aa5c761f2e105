"""Forms with which a member proposes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from publications.enums import PRACTICES, RecordKind
from red_mpe.core.forms import LineField, OnceForm, WordsField
from red_mpe.core.validators import AtMost


class StartForm(OnceForm):
    """What it is, and its title: everything else comes on the next page."""

    kind = forms.ChoiceField(label=_("What it is"), choices=RecordKind, widget=forms.RadioSelect)
    title = LineField(
        label=_("Title"), max_length=300, help_text=_("In the language of this page; the other languages come on the next page.")
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("In the name of"),
        required=False,
        empty_label=_("My own name"),
        help_text=_("Readers see neither: it tells the editors who brings the work."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses = Organisation.objects.spoken_for_by(user)
        self.fields["organisation"].queryset = houses  # type: ignore[attr-defined]
        if not houses.exists():
            del self.fields["organisation"]
        told = [choice for choice in RecordKind.choices if choice[0] in PRACTICES]
        works = [choice for choice in RecordKind.choices if choice[0] not in PRACTICES]
        self.fields["kind"].choices = [*works, *told]  # type: ignore[attr-defined]


class SendForm(forms.Form):
    """A word to the editors."""

    message = WordsField(
        label=_("A word to the editors"),
        required=False,
        validators=[AtMost(2000)],
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Only the editors read it: the answer to what they asked, or whatever they should know."),
    )
