"""Naming what a session discusses of a framework."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models.texts import told
from red_mpe.core.forms import LineField
from standards.models import Version


class PinForm(forms.Form):
    """A version, and the number of one of its clauses."""

    version = forms.ModelChoiceField(None, label=gettext_lazy("Version"), empty_label=None)
    label = LineField(
        label=gettext_lazy("Number of the clause"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Such as 2.3.1. Left empty, the session discusses the whole version."),
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Version.objects.visible_to(actor).select_related("framework").order_by("framework__slug", "-pk")
        self.fields["version"].queryset = rows  # type: ignore[attr-defined]
        self.fields["version"].label_from_instance = _words  # type: ignore[attr-defined]


def _words(version: Version) -> str:
    named = {"framework": told(version.framework, "title").text or version.framework.slug, "number": version.number}
    return _("%(framework)s, version %(number)s") % named
