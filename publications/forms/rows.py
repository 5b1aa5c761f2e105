"""Rows of a record: authors, identifiers, related records. An empty row is no row; another row is one submit away, without scripts."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.models import Organisation, Person
from publications.actions.identifiers import LONGEST, normal_identifier
from publications.enums import AuthorRole, RelationKind, Scheme
from publications.models import Author, Record
from red_mpe.core.forms import LineField, PlainSelect
from red_mpe.core.states import DomainError

MOST = 60  # rows of one kind
_DIVIDED = 120  # signs of a family name, and of given names
_WHOLE = 250  # signs of the name of a body


class _Row(forms.Form):
    """One row; what it says is in `cleaned_data["row"]`, None where it is empty."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.empty_permitted = False  # every row is read, also one that says what somebody else has saved meanwhile


class AuthorRow(_Row):
    """Who made the work, as its title page says."""

    name = LineField(label=_("Name"), required=False, max_length=_WHOLE, widget=forms.TextInput({"placeholder": _("Quispe Mamani, Rosa")}))
    role = forms.ChoiceField(label=_("Role"), choices=AuthorRole, required=False, widget=PlainSelect)
    profile = LineField(label=_("Address of the profile here"), required=False, max_length=300)
    place = forms.IntegerField(label=_("Order"), required=False, min_value=1, max_value=999, widget=forms.NumberInput({"class": "short"}))

    def clean(self) -> dict[str, Any]:
        """With a comma it is a family name and given names, without one a body or an undivided name; a profile here gives its name."""
        data = super().clean() or self.cleaned_data
        linked = self._linked(data.get("profile", ""))
        name = data.get("name") or (str(linked) if linked else "")
        data["row"] = self._row(name, data.get("role"), linked) if name else None
        return data

    def _row(self, name: str, role: str | None, linked: Any) -> dict[str, Any]:
        family, comma, given = (part.strip() for part in name.partition(","))
        whole = isinstance(linked, Organisation) or not (comma and family and given)
        if not whole and max(len(family), len(given)) > _DIVIDED:
            self.add_error("name", _("That is too long for a name: at most 120 characters before and after the comma."))
        row = {"literal": name, "family": "", "given": ""} if whole else {"literal": "", "family": family, "given": given}
        who = {
            "person": linked if isinstance(linked, Person) else None,
            "organisation": linked if isinstance(linked, Organisation) else None,
        }
        return {**row, **who, "role": role or AuthorRole.AUTHOR}

    def _linked(self, address: str) -> Any:
        """The member or organisation whose page that is, of those whom the writer may see."""
        if not address:
            return None
        slug = urlsplit(address).path.rstrip("/").rpartition("/")[2]
        for rows in (Person.objects, Organisation.objects):
            if found := rows.visible_to(self.user).filter(slug=slug).first():
                return found
        self.add_error("profile", _("Nobody in the directory has a page at that address."))
        return None

    @staticmethod
    def initial_of(author: Author, place: int) -> dict[str, Any]:
        """What a row shows of an author."""
        linked = author.person or author.organisation
        return {"name": str(author), "role": author.role, "profile": linked.get_absolute_url() if linked else "", "place": place}


class IdentifierRow(_Row):
    """A name of the work elsewhere."""

    scheme = forms.ChoiceField(label=_("Kind"), choices=Scheme, required=False, widget=PlainSelect)
    value = LineField(label=_("Identifier or address"), required=False, max_length=LONGEST)

    def clean(self) -> dict[str, Any]:
        """Put it into its normal form, or say what is wrong with it."""
        data = super().clean() or self.cleaned_data
        data["row"] = None
        if data.get("value"):
            try:
                data["row"] = normal_identifier(data.get("scheme") or Scheme.URL, data["value"])
            except DomainError as refusal:
                self.add_error("value", ValidationError(str(refusal)))
        return data


class RelationRow(_Row):
    """What this record is to another."""

    kind = forms.ChoiceField(label=_("This record is"), choices=RelationKind, required=False, widget=PlainSelect)
    code = LineField(
        label=_("Code of the other record"), required=False, max_length=300, widget=forms.TextInput({"placeholder": "RED-00012"})
    )

    def clean(self) -> dict[str, Any]:
        """Find the other record, by its code or by its address."""
        data = super().clean() or self.cleaned_data
        data["row"] = None
        if data.get("code"):
            code = urlsplit(data["code"]).path.rstrip("/").rpartition("/")[2].upper()
            other = Record.objects.visible_to(self.user).filter(code=code).first()
            if other is None:
                self.add_error("code", _("There is no record with that code."))
            else:
                data["row"] = (data.get("kind") or RelationKind.REFERENCES, other)
        return data


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of one kind."""

    def said(self) -> list[Any]:
        """What the filled rows say, by their numbers where they have any, in their order otherwise."""
        filled = [
            (form.cleaned_data.get("place") or MOST + place, place, form.cleaned_data["row"]) for place, form in enumerate(self.forms)
        ]
        return [row for _number, _place, row in sorted(filled, key=lambda one: one[:2]) if row is not None]


_more: dict[str, Any] = {"formset": Rows, "extra": 1, "max_num": MOST, "validate_max": True, "absolute_max": 2 * MOST}
AuthorRows = forms.formset_factory(AuthorRow, **_more)
IdentifierRows = forms.formset_factory(IdentifierRow, **_more)
RelationRows = forms.formset_factory(RelationRow, **_more)


def with_another(data: Any, prefix: str) -> Any:
    """Return what was sent with one more empty row under `prefix`."""
    more = data.copy()
    count = str(data.get(f"{prefix}-TOTAL_FORMS", ""))
    more[f"{prefix}-TOTAL_FORMS"] = min(int(count) + 1, MOST) if count.isascii() and count.isdigit() and len(count) < 4 else 1
    return more
