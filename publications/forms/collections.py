"""Forms of collections: their words in three languages, and why a record is in one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Group
from publications.actions.collections import NOTES, WORDS
from publications.models import Collection, CollectionItem
from red_mpe.core.forms import LineField, OnceForm, WordsField
from red_mpe.core.locale import SITE_LANGUAGE, language_name
from red_mpe.core.models import Theme

_STALE = {"required": _("This form has gone stale. Reload the page and send it again.")}


def _field(name: str) -> forms.Field:
    """Return the field of one column, named after its language."""
    what, column = name.rsplit("_", 1)
    attrs = {"lang": SITE_LANGUAGE[column]}
    if what == "title":
        return LineField(label=language_name(column), required=False, max_length=200, widget=forms.TextInput(attrs=attrs))
    rows = 2 if what == "note" else 5
    return WordsField(label=language_name(column), required=False, max_length=5000, widget=forms.Textarea(attrs={**attrs, "rows": rows}))


class CollectionForm(forms.Form):
    """What a collection is called, what it leads through, and whom it is for."""

    theme = forms.ModelChoiceField(None, label=_("theme"), required=False, empty_label=_("no theme"))
    group = forms.ModelChoiceField(None, label=_("group"), required=False, empty_label=_("no group"))
    open_to_all = forms.BooleanField(
        label=_("Everybody may read it"), required=False, initial=True, help_text=_("Otherwise only the group, where one is named.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: _field(name) for name in WORDS} | self.fields
        self.fields["theme"].queryset = Theme.objects.all()  # type: ignore[attr-defined]
        self.fields["group"].queryset = Group.objects.order_by("name")  # type: ignore[attr-defined]

    @property
    def titles(self) -> list[Any]:
        """The fields of the title, one a language."""
        return [self[name] for name in WORDS if name.startswith("title")]

    @property
    def introductions(self) -> list[Any]:
        """The fields of the introduction, one a language."""
        return [self[name] for name in WORDS if name.startswith("introduction")]

    def words(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {name: self.cleaned_data[name] for name in (*WORDS, "theme", "group", "open_to_all")}


class NewCollectionForm(CollectionForm, OnceForm):
    """A new collection; sent twice it is one."""


class EditCollectionForm(CollectionForm):
    """A collection as somebody saw it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=_STALE)

    def __init__(self, *args: Any, collection: Collection, **kwargs: Any) -> None:
        names = (*WORDS, "theme", "group", "open_to_all")
        initial = {name: getattr(collection, name) for name in names} | {"seen": collection.revision}
        super().__init__(*args, initial=initial, **kwargs)


class _NoteForm(forms.Form):
    """A line on why a record is there, in each language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {name: _field(name) for name in NOTES}

    def notes(self) -> dict[str, str]:
        """Return what the action takes."""
        return {name: self.cleaned_data[name] for name in NOTES}


class NoteForm(_NoteForm):
    """Why a record is in a collection, as somebody saw it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=_STALE)

    def __init__(self, *args: Any, item: CollectionItem, **kwargs: Any) -> None:
        initial = {name: getattr(item, name) for name in NOTES} | {"seen": item.collection.revision}
        super().__init__(*args, initial=initial, **kwargs)


class CollectForm(_NoteForm):
    """Into which collection a record goes, and why."""

    collection = forms.ModelChoiceField(None, label=_("collection"), empty_label=None, widget=forms.RadioSelect)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collection"].queryset = Collection.objects.visible_to(user)  # type: ignore[attr-defined]
