"""The day itself: whom to check in, who keeps the door, how many heads there were."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions.attending import MOST
from events.enums import EventMode, HeadRole, HeadSex, Seen
from events.models import Event, Session
from events.models.registering import SEATS
from events.querysets.day import fingerprint, head_counts, ticket_of
from members.models import Person
from members.models.texts import told
from red_mpe.core.forms import OnceForm, PlainSelect


def modes_of(event: Event) -> list[tuple[str, Any]]:
    """Return the ways in which one takes part in an event."""
    return [(mode, label) for mode, label in SEATS if event.mode in (mode, EventMode.HYBRID)]


class SessionField(forms.ModelChoiceField):
    """A session of an event, by its name in addresses; nothing is the event as a whole."""

    def __init__(self, **kwargs: Any) -> None:
        known = {"to_field_name": "slug", "required": False, "empty_label": _("The encounter as a whole"), "widget": PlainSelect}
        super().__init__(Session.objects.none(), label=_("At"), **(known | kwargs))

    def of(self, event: Event) -> None:
        """Offer the sessions of one event, breaks left out."""
        self.queryset = event.sessions.exclude(kind="break").select_related("event").order_by("starts_at", "pk")

    def label_from_instance(self, obj: Any) -> str:
        """The hour by the event's clock, and the title."""
        return f"{obj.starts_at.astimezone(obj.event.zone):%H:%M} {told(obj, 'title').text or obj.slug}"


class PlaceForm(forms.Form):
    """Where people are checked in: at the event or a session, on site or on line."""

    session = SessionField()
    mode = forms.ChoiceField(label=_("How"), required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["session"].of(event)  # type: ignore[attr-defined]
        self.fields["mode"].choices = modes_of(event)  # type: ignore[attr-defined]

    @property
    def has_sessions(self) -> bool:
        """Whether there is something to choose from."""
        return bool(self.fields["session"].queryset.exists())  # type: ignore[attr-defined]

    def clean_mode(self) -> str:
        """Without a word it is the first of the event's."""
        return str(self.cleaned_data["mode"] or modes_of(self.event)[0][0])


class SaidForm(PlaceForm, OnceForm):
    """That one was there oneself: at what, and how."""


class CheckInForm(PlaceForm, OnceForm):
    """One check-in: whose, by ticket or list."""

    code = forms.CharField(max_length=300, error_messages={"required": _("Write a code, or choose somebody from the list.")})
    seen = forms.ChoiceField(choices=[(Seen.SCAN, ""), (Seen.SEARCH, "")], required=False)
    anyway = forms.BooleanField(required=False)

    def clean_code(self) -> str:
        """A code, a ticket, or the address in a QR code."""
        return ticket_of(self.cleaned_data["code"])

    def clean_seen(self) -> str:
        """Without a word, it was found in the list."""
        return str(self.cleaned_data["seen"] or Seen.SEARCH)


class SentForm(CheckInForm):
    """One check-in as a phone sends it later: with the moment by its clock, and perhaps only the hash of a ticket."""

    code = forms.CharField(max_length=300, required=False)
    hash = forms.RegexField(r"^[0-9a-f]{64}$", required=False)
    at = forms.DateTimeField()

    def clean(self) -> dict[str, Any]:
        """Somebody is named, in one of the two ways."""
        data = super().clean() or self.cleaned_data
        if not (data.get("code") or data.get("hash")):
            raise forms.ValidationError(_("It does not say whom."))
        return data


class UndoForm(forms.Form):
    """Which check-in is taken back."""

    once = forms.UUIDField(widget=forms.HiddenInput)

    @property
    def key(self) -> UUID:
        """Its key."""
        key: UUID = self.cleaned_data["once"]
        return key


class DoorkeeperForm(forms.Form):
    """A member, chosen from those that a search has found."""

    person = forms.ModelChoiceField(
        None,
        label=_("Member"),
        to_field_name="slug",
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("This person is not among the members you see.")},
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.visible_to(actor).select_related("user")  # type: ignore[attr-defined]


class HeadsForm(forms.Form):
    """How many people were there whom the system does not know: a number for each role, sex and mode."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, event: Event, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.modes = event, modes_of(event)
        known = head_counts(event, session)
        self.initial = {"seen": fingerprint(event, session), **self.initial}
        for role, sex, mode in self._keys():
            field = forms.IntegerField(min_value=0, max_value=MOST, required=False, initial=known.get((role, sex, mode)))
            field.widget.attrs |= {"inputmode": "numeric", "aria-label": self._called(role, sex, mode)}
            field.label = self._called(role, sex, mode)
            self.fields[f"{role}_{sex}_{mode}"] = field

    def _keys(self) -> list[tuple[str, str, str]]:
        return [(str(role), str(sex), mode) for mode, _label in self.modes for role in HeadRole for sex in HeadSex]

    def _called(self, role: str, sex: str, mode: str) -> str:
        names = [HeadRole(role).label, HeadSex(sex).label, EventMode(mode).label]
        return ", ".join(str(name) for name in (names if len(self.modes) > 1 else names[:2]))

    @property
    def rows(self) -> dict[tuple[str, str, str], int]:
        """The numbers, by role, sex and mode."""
        return {key: self.cleaned_data["_".join(key)] or 0 for key in self._keys()}

    def grids(self) -> list[dict[str, Any]]:
        """A grid for each mode: a line for each role, a field for each sex."""
        return [{"label": label, "lines": [self._line(role, mode) for role in HeadRole]} for mode, label in self.modes]

    def _line(self, role: Any, mode: str) -> dict[str, Any]:
        return {"label": role.label, "fields": [{"label": sex.label, "field": self[f"{role}_{sex}_{mode}"]} for sex in HeadSex]}

    def sexes(self) -> list[Any]:
        """The heads of the columns."""
        return [sex.label for sex in HeadSex]
