"""Sessions, rooms, tracks, guests, who speaks, and stands."""

from datetime import timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from events.enums import SessionKind, VoiceRole
from events.forms.events import WhenForm
from events.models import Event, Guest, Room, Session, Stand, Track
from events.states import LANGUAGES
from members.enums import Spoken
from members.models import Organisation
from members.models.texts import told
from red_mpe.core.forms import LineField, OnceForm, WordsField
from red_mpe.core.locale import SITE_LANGUAGE, language_name
from red_mpe.core.validators import AtMost

_HOUR: Final = timedelta(hours=1)


def _in_three(form: forms.Form, model: Any, name: str, *, rows: int = 0) -> None:
    """Add the fields of a text in three languages; `rows` for one that is longer than a line."""
    column = model._meta.get_field(name)
    most = column.max_length or next(one.limit_value for one in column.validators if isinstance(one, AtMost))
    for language in LANGUAGES:
        attrs: dict[str, Any] = {"lang": SITE_LANGUAGE[language], "dir": "auto"}
        label = f"{capfirst(str(column.verbose_name))} ({language_name(language)})"
        if rows:
            field: forms.Field = WordsField(
                label=label, required=False, validators=[AtMost(most)], widget=forms.Textarea({**attrs, "rows": rows})
            )
        else:
            field = LineField(label=label, required=False, max_length=most, widget=forms.TextInput(attrs))
        form.fields[f"{name}_{language}"] = field


class InThree(forms.Form):
    """A form whose texts are in three languages, for the page."""

    def trio(self, name: str) -> list[forms.BoundField]:
        """Return the three fields of one text."""
        return [self[f"{name}_{language}"] for language in LANGUAGES]

    @property
    def name_fields(self) -> list[forms.BoundField]:
        """The three fields of the name."""
        return self.trio("name")

    @property
    def title_fields(self) -> list[forms.BoundField]:
        """The three fields of the title."""
        return self.trio("title")

    @property
    def summary_fields(self) -> list[forms.BoundField]:
        """The three fields of the summary."""
        return self.trio("summary")

    @property
    def description_fields(self) -> list[forms.BoundField]:
        """The three fields of the description."""
        return self.trio("description")


class SessionForm(WhenForm, InThree, OnceForm):
    """A session: what, when by the clock of the event, where, in which languages."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=SessionKind)
    room = forms.ModelChoiceField(None, label=gettext_lazy("Room"), required=False, empty_label="—")
    track = forms.ModelChoiceField(None, label=gettext_lazy("Track"), required=False, empty_label="—")
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=Spoken, required=False, widget=forms.CheckboxSelectMultiple
    )
    interpretation = forms.MultipleChoiceField(
        label=gettext_lazy("Interpretation into"), choices=Spoken, required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: Event, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        del self.fields["time_zone"]
        _in_three(self, Session, "title")
        _in_three(self, Session, "summary", rows=4)
        for name, rows in (("room", event.rooms), ("track", event.tracks)):
            self.fields[name].queryset = rows.all()  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = lambda thing: told(thing, "name").text  # type: ignore[attr-defined]
        self.initial = {**(self._next() if session is None else self._recall(session)), **self.initial}

    def _next(self) -> dict[str, Any]:
        """Begin where the last session of the agenda ends, in its room."""
        last = self.event.sessions.order_by("-ends_at", "pk").first()
        starts = (last.ends_at if last else self.event.starts_at).astimezone(self.event.zone).replace(tzinfo=None)
        return {"starts": starts, "ends": starts + _HOUR, "room": last and last.room_id, "track": last and last.track_id}

    def _recall(self, session: Session) -> dict[str, Any]:
        del self.fields["once"]
        plain = set(self.fields) - {"starts", "ends", "seen", "room", "track"}
        times = {f"{end}s": getattr(session, f"{end}s_at").astimezone(self.event.zone).replace(tzinfo=None) for end in ("start", "end")}
        known = {name: getattr(session, name) for name in plain} | times
        return known | {"room": session.room_id, "track": session.track_id, "seen": session.updated_at.isoformat()}

    def clean(self) -> dict[str, Any]:
        """Read both hours by the clock of the event."""
        self.cleaned_data["time_zone"] = self.event.time_zone
        return super().clean()

    def clean_languages(self) -> list[str]:
        """Languages in a fixed order, so that a form sent unchanged changes nothing."""
        return sorted(self.cleaned_data["languages"])

    def clean_interpretation(self) -> list[str]:
        """Languages in a fixed order."""
        return sorted(self.cleaned_data["interpretation"])

    @property
    def facts(self) -> dict[str, Any]:
        """What the actions take."""
        out = {"once", "seen", "starts", "ends", "time_zone"}
        return {name: value for name, value in self.cleaned_data.items() if name not in out}


class _NamedForm(InThree):
    """What has a name in three languages and a place in an order."""

    model: ClassVar[Any]
    position = forms.IntegerField(label=gettext_lazy("Order"), required=False, min_value=0, max_value=999)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_three(self, self.model, "name")

    @property
    def facts(self) -> dict[str, Any]:
        """What the actions take; without a number it stays where it is."""
        return {name: value for name, value in self.cleaned_data.items() if name != "position" or value is not None}


class RoomForm(_NamedForm):
    """A room; on line it is a room too."""

    model = Room
    places = forms.IntegerField(label=gettext_lazy("Places"), required=False, min_value=1, max_value=100_000)


class TrackForm(_NamedForm):
    """A thread of sessions that belong together."""

    model = Track


class GuestForm(forms.Form):
    """Somebody who speaks and is no member of the network."""

    name = LineField(label=gettext_lazy("Name"), max_length=120)
    affiliation = LineField(label=gettext_lazy("Organisation"), required=False, max_length=160)

    @property
    def facts(self) -> dict[str, Any]:
        """What the actions take."""
        return self.cleaned_data


PLACE_FORMS: Final[dict[str, Any]] = {"room": RoomForm, "track": TrackForm, "guest": GuestForm}


def place_form(what: str, data: Any, place: Any = None) -> Any:
    """Return the form of a room, a track or a guest, filled with the present one where there is one."""
    form = PLACE_FORMS[what](data)
    if place is not None:
        form.initial = {name: getattr(place, name) for name in form.fields}
    return form


class VoiceForm(forms.Form):
    """Who does something in a session."""

    role = forms.ChoiceField(label=gettext_lazy("What they do"), choices=VoiceRole, initial=VoiceRole.SPEAKER)
    member = LineField(
        label=gettext_lazy("A member"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The name, or the last part of the address of their page."),
    )
    guest = forms.ModelChoiceField(None, label=gettext_lazy("A guest in the list"), required=False, empty_label="—")
    name = LineField(label=gettext_lazy("A new guest"), required=False, max_length=120)
    affiliation = LineField(label=gettext_lazy("Organisation of the new guest"), required=False, max_length=160)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guest"].queryset = Guest.objects.filter(event=event)  # type: ignore[attr-defined]
        self.fields["guest"].label_from_instance = lambda one: ", ".join(filter(None, [one.name, one.affiliation]))  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """A record of the library."""

    code = LineField(
        label=gettext_lazy("Code of the record"), max_length=20, help_text=gettext_lazy("It stands on the record's page: RED-00012.")
    )


class StandForm(InThree, OnceForm):
    """A stand: whose, where, what it shows."""

    organisation = forms.ModelChoiceField(None, label=gettext_lazy("Organisation"), required=False, empty_label="—")
    place = LineField(label=gettext_lazy("Number or place"), required=False, max_length=20)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Any, stand: Stand | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_three(self, Stand, "name")
        _in_three(self, Stand, "description", rows=4)
        seen = Organisation.objects.visible_to(actor)
        own = Organisation.objects.filter(stands=stand) if stand else Organisation.objects.none()
        self.fields["organisation"].queryset = (seen | own).distinct().order_by("name")  # type: ignore[attr-defined]
        if stand is not None:
            del self.fields["once"]
            plain = set(self.fields) - {"seen", "organisation"}
            known = {name: getattr(stand, name) for name in plain}
            self.initial = {**known, "organisation": stand.organisation_id, "seen": stand.updated_at.isoformat(), **self.initial}

    @property
    def facts(self) -> dict[str, Any]:
        """What the actions take."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("once", "seen")}
