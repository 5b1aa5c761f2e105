"""Forms about links."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ArchiveForm(forms.Form):
    """Where a work can be read when its own address fails."""

    archive = forms.URLField(
        label=_("archived copy"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("An address that stays, for example at web.archive.org. Empty: none is known."),
    )
