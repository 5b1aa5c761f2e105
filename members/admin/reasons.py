"""Forms of decisions, dressed for the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from red_mpe.core.forms import WordsField
from red_mpe.core.validators import AtMost


class DecisionForm(forms.Form):
    """The reason of a decision that somebody will read."""

    reason = WordsField(
        label=_("Reason, as the applicant will read it"), validators=[AtMost(2000)], widget=UnfoldAdminTextareaWidget({"rows": 6})
    )
