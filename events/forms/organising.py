"""What who runs an event says of its registration: terms, questions, people without an account, reasons."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.questions import CHOOSING
from events.actions.terms import MOST_DAYS, MOST_GUESTS, MOST_HOURS
from events.enums import AskedAt, EventMode, QuestionKind, RegistrationState
from events.forms.events import LocalField
from events.forms.registering import SaidForm
from events.models import Event, Question, RegistrationTerms
from events.querysets.organising import MODES
from events.querysets.registering import modes_of
from events.readers import NoSuchHour, read_moment
from events.states import LANGUAGES
from members.models import Organisation
from red_mpe.core.forms import LineField, OnceForm, PlainSelect, WordsField
from red_mpe.core.locale import SITE_LANGUAGE, language_name
from red_mpe.core.templatetags.components import zone_name
from red_mpe.core.validators import AtMost

_NAMES = ("approval", "guests", "accept_hours", "keep_days")


class TermsForm(forms.Form):
    """When and how one registers; both hours by the clock of the event."""

    opens = LocalField(label=gettext_lazy("Registration opens"))
    closes = LocalField(label=gettext_lazy("Registration closes"))
    approval = forms.BooleanField(
        label=gettext_lazy("Each registration is approved by who organises the event"),
        required=False,
        help_text=gettext_lazy("Until then it holds no place. Switched on or off later, it changes nothing for who is registered already."),
    )
    guests = forms.IntegerField(label=gettext_lazy("People one may bring along"), min_value=0, max_value=MOST_GUESTS, initial=0)
    accept_hours = forms.IntegerField(
        label=gettext_lazy("Hours to accept a place that became free"), min_value=1, max_value=MOST_HOURS, initial=48
    )
    keep_days = forms.IntegerField(
        label=gettext_lazy("Days after the end for which needs are kept"),
        min_value=0,
        max_value=MOST_DAYS,
        initial=14,
        help_text=gettext_lazy("Interpretation, access, childcare and diet are deleted then."),
    )

    def __init__(self, *args: Any, event: Event, terms: RegistrationTerms | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.twice = event, list[str]()
        place = _("By the clock of %(place)s.") % {"place": zone_name(event.time_zone)}
        self.fields["opens"].help_text = self.fields["closes"].help_text = place
        if terms is not None:
            hours = {name: getattr(terms, f"{name}_at").astimezone(event.zone).replace(tzinfo=None) for name in ("opens", "closes")}
            self.initial = {**hours, **{name: getattr(terms, name) for name in _NAMES}, **self.initial}

    def clean(self) -> dict[str, Any]:
        """Read both hours, and say where they are out of order."""
        data = super().clean() or self.cleaned_data
        for name in ("opens", "closes"):
            if data.get(name):
                self._read(name, data[name])
        if "opens_at" in data and "closes_at" in data and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes", _("Registration closes before it opens."))
        return data

    def _read(self, name: str, local: datetime) -> None:
        try:
            moment = read_moment(local, self.event.time_zone)
        except NoSuchHour:
            words = _("This hour does not exist that day in %(place)s: the clocks go forward. Choose one before or after.")
            self.add_error(name, words % {"place": zone_name(self.event.time_zone)})
            return
        self.cleaned_data[f"{name}_at"] = moment.at
        if name == "closes" and moment.at > self.event.ends_at:
            self.add_error(name, _("Registration closes after the end of the event."))

    @property
    def terms(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("opens_at", "closes_at", *_NAMES)}


class QuestionForm(forms.Form):
    """A question with its options, in three languages. The reader's language comes first on no page: the order is the site's."""

    asked_at = forms.ChoiceField(label=gettext_lazy("When it is asked"), choices=AskedAt)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of answer"), choices=QuestionKind)
    required = forms.BooleanField(label=gettext_lazy("It must be answered"), required=False)

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            name = language_name(language)
            tongue = {"lang": SITE_LANGUAGE[language], "dir": "auto"}
            label, options = _("Question (%(language)s)"), _("Answers to choose from (%(language)s)")
            self.fields[f"label_{language}"] = LineField(
                label=label % {"language": name}, required=False, max_length=240, widget=forms.TextInput(tongue)
            )
            self.fields[f"options_{language}"] = WordsField(
                label=options % {"language": name}, required=False, validators=[AtMost(4000)], widget=forms.Textarea({"rows": 4, **tongue})
            )
        if question is not None:
            del self.fields["asked_at"]
            self.initial = {name: getattr(question, name) for name in self.fields}

    def trios(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Both texts with their fields."""
        names = {"label": _("Question"), "options": _("Answers to choose from")}
        return [(words, [self[f"{name}_{language}"] for language in LANGUAGES]) for name, words in names.items()]

    def clean(self) -> dict[str, Any]:
        """A question has words; one of several has several."""
        data = super().clean() or self.cleaned_data
        if not any(data.get(f"label_{language}") for language in LANGUAGES):
            self.add_error(f"label_{LANGUAGES[0]}", _("Write the question, in at least one language."))
        if data.get("kind") in CHOOSING and not any(data.get(f"options_{language}") for language in LANGUAGES):
            self.add_error(f"options_{LANGUAGES[0]}", _("Write at least two answers to choose from, one a line."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """What the actions take."""
        texts = {name: {language: self.cleaned_data[f"{name}_{language}"] for language in LANGUAGES} for name in ("label", "options")}
        return {**{name: self.cleaned_data[name] for name in ("asked_at", "kind", "required") if name in self.fields}, **texts}


class SeekForm(forms.Form):
    """Looking for registrations: by words, state and mode."""

    q = LineField(label=gettext_lazy("Name, code or organisation"), required=False, max_length=120)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=lambda: [("", _("Those that stand")), *((value, capfirst(label)) for value, label in RegistrationState.choices)],
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How one takes part"),
        required=False,
        choices=lambda: [("", _("Both ways")), *((str(mode), EventMode(mode).label) for mode in MODES)],
    )

    @property
    def chosen(self) -> dict[str, str]:
        """What was asked for; what is not understood asks for nothing."""
        self.is_valid()
        names = {"q": "words", "state": "state", "mode": "mode"}
        return {argument: self.cleaned_data.get(name, "") for name, argument in names.items()}


class ReasonForm(forms.Form):
    """Why a registration is not approved, or is cancelled; whoever it concerns reads it."""

    reason = WordsField(
        label=gettext_lazy("Why"),
        required=False,
        validators=[AtMost(500)],
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("It stands in the mail to whom it concerns."),
    )


class SomebodyForm(SaidForm, OnceForm):
    """Somebody without an account, registered by who organises the event; nothing but a name has to be said."""

    name = LineField(label=gettext_lazy("Name"), max_length=120)
    mode = forms.ChoiceField(label=gettext_lazy("How one takes part"))
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), required=False, help_text=gettext_lazy("Without one, the ticket is printed and handed over.")
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    organisation = forms.ModelChoiceField(None, label=gettext_lazy("Organisation"), required=False, widget=PlainSelect, empty_label="—")
    affiliation = LineField(label=gettext_lazy("Organisation, if it is not in the network"), required=False, max_length=160)

    def __init__(self, *args: Any, event: Event, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        modes, organisations = self.fields["mode"], self.fields["organisation"]
        modes.choices = [(mode, EventMode(mode).label) for mode in modes_of(event)]  # type: ignore[attr-defined]
        organisations.queryset = Organisation.objects.visible_to(actor).order_by("name")  # type: ignore[attr-defined]
        self.fields["photos"].label, self.fields["photos"].help_text = _("May be seen on photos"), _("Only where they have said so.")
        for question in self.questions:
            self.fields[f"q{question.pk}"].required = False

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("once", "name", "mode", "email", "language", "organisation", "affiliation")
        return {**{name: self.cleaned_data[name] for name in names}, **self.said}
