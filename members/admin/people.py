"""People in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from members.actions import edit_profile, restore_person, set_audiences, suspend_person
from members.enums import PersonState, Spoken
from members.models import Affiliation, GroupMembership, Person
from members.states import PERSON_MOVES
from red_mpe.core import states
from red_mpe.core.admin import EDIT, LOOK, SecretariatInline, TranslatedAdmin, posted
from red_mpe.core.permissions import require

TONES = {PersonState.MEMBER: "success", PersonState.SUSPENDED: "danger"}


class AffiliationLines(SecretariatInline):
    """Where the person belongs; changed on the organisation's page."""

    model = Affiliation
    may = LOOK
    fields = ("organisation", "role", "speaks", "confirmed", "starts_on", "ends_on")


class SeatLines(SecretariatInline):
    """Groups the person sits in; changed on the group's page."""

    model = GroupMembership
    may = LOOK
    fields = ("group", "role", "organisation", "starts_on", "ends_on")


@admin.register(Person)
class PersonAdmin(TranslatedAdmin):
    """Members. They come by application; their standing moves by two buttons."""

    may = EDIT
    list_display = ("name", "country", "category", "standing", "account")
    list_filter = ("state", "category__chamber", "country", "invented")
    list_select_related = ("category", "user")
    search_fields = ("name", "user__email")
    readonly_fields = ("state", "user", "slug")
    fields = (
        ("name", "state"),
        ("user", "slug"),
        ("country", "category"),
        ("gender", "spoken"),
        "bio",
        "offers",
        "seeks",
        "themes",
        ("name_audience", "organisation_audience"),
        ("country_audience", "category_audience"),
        ("bio_audience", "themes_audience"),
        ("languages_audience", "exchange_audience"),
    )
    autocomplete_fields = ("themes",)
    inlines = (AffiliationLines, SeatLines)
    actions_detail = ("suspend", "restore")

    @display(description=_("state"), ordering="state", label=TONES)
    def standing(self, person: Person) -> tuple[str, str]:
        """The state, coloured."""
        return person.state, str(person.get_state_display())

    @display(description=_("account"))
    def account(self, person: Person) -> str:
        """Address of the account."""
        return person.user.email

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Languages are ticked, not typed."""
        if db_field.name == "spoken":
            label = capfirst(db_field.verbose_name)
            return forms.MultipleChoiceField(label=label, choices=Spoken, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """Write through the same actions as the member's own page; what was not touched stays."""
        person = Person.objects.get(pk=obj.pk)
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        audiences = {name.removesuffix("_audience"): value for name, value in changed.items() if name.endswith("_audience")}
        facts = {name: value for name, value in changed.items() if not name.endswith("_audience")}
        if facts:
            edit_profile(person=person, actor=request.user, **facts)  # type: ignore[arg-type]
        if audiences:
            set_audiences(person=person, actor=request.user, **audiences)  # type: ignore[arg-type]

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Only the moves that exist from where the person stands."""
        person = self.get_object(request, object_id)
        buttons = super().get_actions_detail(request, object_id)
        return [button for button in buttons if person and states.can_start(person, PERSON_MOVES[button.path])]

    @action(description=_("Suspend"), url_path="suspend")
    def suspend(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take a member's standing away."""
        person = self.thing(request, object_id)
        require(request.user, "members.suspend_person", person)
        act = lambda: suspend_person(person=person, actor=request.user)  # type: ignore[arg-type]  # noqa: E731
        return self.decide(request, _("Suspend"), person, forms.Form(posted(request)), act)

    @action(description=_("Restore"), url_path="restore")
    def restore(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Give a member's standing back."""
        person = self.thing(request, object_id)
        require(request.user, "members.restore_person", person)
        act = lambda: restore_person(person=person, actor=request.user)  # type: ignore[arg-type]  # noqa: E731
        return self.decide(request, _("Restore"), person, forms.Form(posted(request)), act)
