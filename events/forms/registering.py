"""Registering: who comes and how, what is asked, what somebody needs."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.answering import LONGEST, options_of
from events.enums import AskedAt, EventMode, QuestionKind
from events.models import Event, Question, Registration, RegistrationTerms
from events.querysets.registering import modes_of
from members.enums import Spoken
from members.models import Organisation, User
from members.models.texts import told
from red_mpe.core.forms import LineField, OnceForm, WordsField
from red_mpe.core.validators import AtMost

NEEDS = ("interpretation", "access", "childcare", "diet")


def _asked_field(question: Question) -> forms.Field:
    """Return the field of a question."""
    common: dict[str, Any] = {"label": told(question, "label").text, "required": question.required}
    if question.kind == QuestionKind.LINE:
        return LineField(max_length=LONGEST[QuestionKind.LINE], **common)
    if question.kind == QuestionKind.TEXT:
        return WordsField(validators=[AtMost(LONGEST[QuestionKind.TEXT])], widget=forms.Textarea({"rows": 4}), **common)
    if question.kind == QuestionKind.SEVERAL:
        return forms.MultipleChoiceField(choices=_choices(question), widget=forms.CheckboxSelectMultiple, **common)
    return forms.ChoiceField(choices=_choices(question), widget=forms.RadioSelect, **common)


def _choices(question: Question) -> list[tuple[int, Any]]:
    if question.kind == QuestionKind.YES:
        return [(1, _("Yes")), (0, _("No"))]
    if question.kind == QuestionKind.SCALE:
        return [(number, number) for number in range(1, 6)]
    return list(enumerate(options_of(question)))


class SaidForm(forms.Form):
    """What is asked with the registration, what somebody needs, and whether they may be seen on photos."""

    interpretation = forms.ChoiceField(
        label=gettext_lazy("Interpretation into"), choices=lambda: [("", _("None")), *Spoken.choices], required=False
    )
    access = LineField(
        label=gettext_lazy("Access"), required=False, max_length=300, help_text=gettext_lazy("A ramp, a seat in front, signs, large print…")
    )
    childcare = LineField(
        label=gettext_lazy("Childcare"), required=False, max_length=200, help_text=gettext_lazy("How many children, and of what age.")
    )
    diet = LineField(label=gettext_lazy("Diet"), required=False, max_length=200)
    photos = forms.BooleanField(
        label=gettext_lazy("I may be seen on photos of this encounter that are published."),
        required=False,
        help_text=gettext_lazy("Only if it is ticked. It can be changed at any time."),
    )

    def __init__(self, *args: Any, event: Event, registration: Registration | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(Question.objects.filter(event=event, asked_at=AskedAt.REGISTRATION))
        for question in self.questions:
            self.fields[f"q{question.pk}"] = _asked_field(question)
        if registration is not None:
            self.initial = {**_remembered(registration), **self.initial}

    def asked(self) -> list[forms.BoundField]:
        """The questions, for the page."""
        return [self[f"q{question.pk}"] for question in self.questions]

    def needed(self) -> list[forms.BoundField]:
        """The needs, for the page."""
        return [self[name] for name in NEEDS]

    @property
    def said(self) -> dict[str, Any]:
        """What the actions take."""
        answers = {question.pk: self.cleaned_data[f"q{question.pk}"] for question in self.questions}
        return {
            "needs": {name: self.cleaned_data[name] for name in NEEDS},
            "answers": answers if self.questions else None,
            "photos": self.cleaned_data["photos"],
        }


def _remembered(registration: Registration) -> dict[str, Any]:
    """Return what was said before, as the fields show it."""
    needs = getattr(registration, "needs", None)
    known: dict[str, Any] = {name: getattr(needs, name) for name in NEEDS} if needs else {}
    for answer in registration.answers.select_related("question"):
        several = answer.question.kind == QuestionKind.SEVERAL
        known[f"q{answer.question_id}"] = answer.text or (answer.chosen if several else next(iter(answer.chosen), ""))
    return {**known, "photos": registration.photos}


class RegisterForm(SaidForm, OnceForm):
    """Somebody with an account registers, and whom they bring along."""

    mode = forms.ChoiceField(label=gettext_lazy("How one takes part"), widget=forms.RadioSelect)
    name = LineField(
        label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("As it shall stand on the list and the certificate.")
    )
    organisation = forms.ModelChoiceField(
        None, label=gettext_lazy("Organisation"), required=False, empty_label=gettext_lazy("None: in one's own name")
    )
    affiliation = LineField(
        label=gettext_lazy("Organisation or community"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("If one comes for one that is not in the network."),
    )

    def __init__(self, *args: Any, event: Event, terms: RegistrationTerms, user: User, free: dict[str, int | None], **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        modes = modes_of(event)
        self.fields["mode"].choices = [(mode, _with_places(mode, free.get(mode))) for mode in modes]  # type: ignore[attr-defined]
        if len(modes) == 1:
            self.fields["mode"].widget = forms.HiddenInput()
        self.fields["organisation"].queryset = own = organisations(user)  # type: ignore[attr-defined]
        if not own:
            del self.fields["organisation"]
        self.initial = {"mode": modes[0], "name": user.member.name if user.member else "", **self.initial}
        self.rows = range(1, terms.guests + 1)
        for number in self.rows:
            self.fields[f"guest{number}_name"] = LineField(label=_("Name"), required=False, max_length=120)
            self.fields[f"guest{number}_affiliation"] = LineField(label=_("Organisation or community"), required=False, max_length=160)

    def clean(self) -> dict[str, Any]:
        """A guest has a name."""
        data = super().clean() or self.cleaned_data
        for number in self.rows:
            if data.get(f"guest{number}_affiliation") and not data.get(f"guest{number}_name"):
                self.add_error(f"guest{number}_name", _("Write the name of the guest."))
        return data

    def brought(self) -> list[list[forms.BoundField]]:
        """The rows of the guests, for the page."""
        return [[self[f"guest{number}_{name}"] for name in ("name", "affiliation")] for number in self.rows]

    def has_guests(self) -> bool:
        """Whether a row of a guest was filled in."""
        return any(field.value() for row in self.brought() for field in row)

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("once", "mode", "name", "organisation", "affiliation")
        data, rows = self.cleaned_data, (f"guest{number}_" for number in self.rows)
        guests = [{"name": data[f"{row}name"], "affiliation": data[f"{row}affiliation"]} for row in rows if data[f"{row}name"]]
        return {**{name: data.get(name) for name in names}, **self.said, "guests": guests}


def organisations(user: User) -> Any:
    """Return the organisations that somebody belongs to today."""
    if user.member is None:
        return Organisation.objects.none()
    rows = user.member.affiliations.on(timezone.localdate()).order_by().values("organisation")
    return Organisation.objects.select_related("category").filter(pk__in=rows).order_by("name")


def _with_places(mode: str, free: int | None) -> str:
    """Return the mode and how many places are left in it."""
    name = str(EventMode(mode).label)
    if free is None:
        return name
    return _("%(mode)s: places left: %(free)s") % {"mode": name, "free": free} if free else _("%(mode)s: waiting list") % {"mode": name}


class CancelForm(forms.Form):
    """Giving a place back; who brought guests says what becomes of theirs."""

    with_guests = forms.BooleanField(label=gettext_lazy("Cancel the places of my guests too"), required=False, initial=True)

    def __init__(self, *args: Any, guests: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not guests:
            del self.fields["with_guests"]

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {"with_guests": self.cleaned_data.get("with_guests", True)}
