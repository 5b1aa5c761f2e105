"""Forms of membership. They validate; actions write."""

from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.validators import URLValidator
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from members.enums import ApplicationKind, Audience, Gender, Spoken
from members.models import Organisation, Person
from members.rules import audiences_of
from red_mpe.core.forms import LineField, OnceForm, WordsField
from red_mpe.core.locale import COLUMN, ZONES
from red_mpe.core.models import StakeholderCategory, Theme
from red_mpe.core.validators import AtMost

FILL_SECONDS = 2
_CLOCK = "members.signup"


class Trap(forms.TextInput):
    """A field that no person sees and only a machine fills in: written without a label, and moved off the page by its class."""

    is_hidden = True

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off", "tabindex": "-1", "aria-hidden": "true", "class": "trap"})


class SignupForm(forms.Form):
    """What signing up asks beside address and password: nothing of a person, two riddles for a machine."""

    homepage = forms.CharField(required=False, widget=Trap)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened"].initial = lambda: signing.dumps(1, salt=_CLOCK)

    def clean(self) -> dict[str, Any]:
        """Refuse what was filled in by a machine; who was merely quick sends it again."""
        data = super().clean() or self.cleaned_data
        if data.get("homepage") or not _took_its_time(data.get("opened", "")):
            raise forms.ValidationError(_("That was faster than people write. Wait a moment and send it again."), code="machine")
        return data

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Nothing more to keep."""


def _took_its_time(opened: str) -> bool:
    """Tell whether the form was opened some seconds ago, and by us."""
    try:
        signing.loads(opened, salt=_CLOCK)
    except signing.BadSignature:
        return False
    try:
        signing.loads(opened, salt=_CLOCK, max_age=FILL_SECONDS)
    except signing.SignatureExpired:
        return True
    return False


class Categories(forms.ModelChoiceField):
    """The stakeholder categories, under their chambers."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Sector"))
        super().__init__(StakeholderCategory.objects.select_related("chamber"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.chamber.name} · {obj.name}"


class Themes(forms.ModelMultipleChoiceField):
    """The themes, without their families."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"label": _("Themes"), "required": False, **kwargs}
        super().__init__(Theme.objects.filter(parent__isnull=False), **kwargs)


class Website(forms.URLField):
    """An address that a browser opens, never a script."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"label": _("Web site"), "required": False, "max_length": 200, "assume_scheme": "https", **kwargs}
        super().__init__(**kwargs)
        self.validators.append(URLValidator(schemes=["http", "https"]))


def _country(**kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Country"), choices=lambda: [("", "—"), *countries], **kwargs)


def _rows(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class ApplicationForm(OnceForm):
    """Ask to join, as a person or as an organisation with its first person."""

    kind = forms.ChoiceField(label=_("Who joins"), choices=ApplicationKind, widget=forms.RadioSelect, initial=ApplicationKind.PERSON)
    name = LineField(label=_("Your name"), max_length=120, help_text=_("As members will read it. You may use the name you are known by."))
    country = _country()
    category = Categories(help_text=_("The side on which you sit when the network decides."))
    motivation = WordsField(
        label=_("Why you want to join"), validators=[AtMost(3000)], widget=_rows(6), help_text=_("Only the secretariat reads it.")
    )
    themes = Themes(label=_("Themes that move you"))
    gender = forms.ChoiceField(
        label=_("Gender"),
        required=False,
        choices=[("", "—"), *Gender.choices],
        help_text=_("Never shown with your name; counted only in groups of five or more."),
    )
    member_organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation you belong to"),
        required=False,
        help_text=_("If it is a member already. Its representative will confirm it."),
    )
    organisation_name = LineField(label=_("Name of the organisation"), max_length=160, required=False)
    organisation_acronym = LineField(label=_("Acronym"), max_length=24, required=False)
    organisation_website = Website()
    organisation_description = WordsField(label=_("What the organisation does"), required=False, validators=[AtMost(1500)], widget=_rows(4))
    role = LineField(label=_("Your role in the organisation"), max_length=120, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_organisation"].queryset = Organisation.objects.filter(audience__in=audiences_of(user))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An organisation needs its name; what belongs to the other kind of application is not kept."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") == ApplicationKind.ORGANISATION:
            data["member_organisation"] = None
            if not data.get("organisation_name") and "organisation_name" not in self.errors:
                self.add_error("organisation_name", _("Write the name of the organisation that joins."))
        else:
            data |= {name: "" for name in data if name.startswith("organisation_")}
        return data


def _columns(field: str) -> list[str]:
    return [f"{field}_{suffix}" for suffix in COLUMN.values()]


class ProfileForm(forms.Form):
    """What a member says of themself, and who sees each part of it."""

    name = LineField(label=_("Name"), max_length=120)
    country = _country()
    category = Categories()
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", "—"), *Gender.choices], help_text=ApplicationForm.base_fields["gender"].help_text
    )
    spoken = forms.MultipleChoiceField(label=_("Languages I speak"), required=False, choices=Spoken, widget=forms.CheckboxSelectMultiple)
    themes = Themes()

    TRANSLATED = {"bio": _("About me"), "offers": _("What I offer"), "seeks": _("What I seek")}

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, initial=self._present(person), **kwargs)
        for field, label in self.TRANSLATED.items():
            for column in _columns(field):
                self.fields[column] = self._translated(field, label)
        for field in Person.AUDIENCE_FIELDS:
            column = f"{field}_audience"
            words = capfirst(Person._meta.get_field(column).verbose_name)  # type: ignore[union-attr]
            self.fields[column] = forms.ChoiceField(label=words, choices=Audience.choices, initial=getattr(person, column))

    @staticmethod
    def _translated(field: str, label: Any) -> forms.CharField:
        if field == "bio":
            return WordsField(label=label, required=False, validators=[AtMost(1500)], widget=_rows(5))
        return LineField(label=label, required=False, max_length=300)

    def _present(self, person: Person) -> dict[str, Any]:
        columns = ["name", "country", "category", "gender", "spoken", *(column for field in self.TRANSLATED for column in _columns(field))]
        return {name: getattr(person, name) for name in columns} | {"themes": list(person.themes.all())}

    @property
    def languages(self) -> list[dict[str, Any]]:
        """The three tongues of the profile, each with its bound fields; what is written in, or empty in all, stands open."""
        filled = any(getattr(self.person, column) for field in self.TRANSLATED for column in _columns(field))
        return [
            {"code": code, "name": name, "fields": fields, "open": not filled or any(field.value() for field in fields)}
            for code, name in settings.LANGUAGES
            if (fields := [self[f"{field}_{COLUMN[code]}"] for field in self.TRANSLATED])
        ]

    @property
    def audiences(self) -> dict[str, str]:
        """The chosen audience of each field."""
        return {field: self.cleaned_data[f"{field}_audience"] for field in Person.AUDIENCE_FIELDS}

    @property
    def facts(self) -> dict[str, Any]:
        """What changes in the profile itself."""
        return {name: value for name, value in self.cleaned_data.items() if not name.endswith("_audience")}


class OrganisationForm(forms.Form):
    """What an organisation says of itself."""

    name = LineField(label=_("Name"), max_length=160)
    acronym = LineField(label=_("Acronym"), max_length=24, required=False)
    country = _country()
    category = Categories()
    website = Website()
    founded = forms.IntegerField(label=_("Founded"), required=False, min_value=1500, max_value=2200)
    themes = Themes()
    audience = forms.ChoiceField(label=_("Who sees it"), choices=Audience)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        plain = ("name", "acronym", "country", "category", "website", "founded", "audience")
        columns = _columns("description")
        initial = {name: getattr(organisation, name) for name in (*plain, *columns)} | {"themes": list(organisation.themes.all())}
        super().__init__(*args, initial=initial, **kwargs)
        for (_code, language), column in zip(settings.LANGUAGES, columns, strict=True):
            label = _("Description (%(language)s)") % {"language": language}
            self.fields[column] = WordsField(label=label, required=False, validators=[AtMost(1500)], widget=_rows(5))


class LanguageForm(forms.Form):
    """In which language and by which clock one is spoken to."""

    language = forms.ChoiceField(label=_("Language of pages and mails"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=lambda: [(name, name.replace("_", " ")) for name in ZONES])


class MessageForm(OnceForm):
    """A message to a member, carried by the platform: neither side sees the other's address."""

    text = WordsField(
        label=_("Your message"), validators=[AtMost(3000)], help_text=_("Your name and profile go with it, your address does not.")
    )
