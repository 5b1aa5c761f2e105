"""Rounds: planned here, announced after a check-list; they open and close by themselves."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.widgets import INPUT_CLASSES

from red_mpe.core import states
from red_mpe.core.admin import SecretariatInline
from red_mpe.core.http import see_other
from red_mpe.core.models import Chamber
from standards.actions.rounds import announce_round, plan_round, reschedule_round, set_targets
from standards.actions.texts import LANGUAGES
from standards.admin.base import Bare, Step, TranslatedRoom, adopt, allow, listing
from standards.admin.checklist import checks, reach
from standards.enums import RoundState
from standards.models import Comment, Consultation, ParticipationTarget, Version
from standards.states import ANNOUNCE_ROUND

DAY = forms.DateInput({"type": "date", "class": " ".join(INPUT_CLASSES)}, format="%Y-%m-%d")  # of the rules' clock, not the reader's
TONES = {RoundState.PLANNED: "info", RoundState.ANNOUNCED: "warning", RoundState.OPEN: "success", RoundState.CLOSED: "default"}
ANNOUNCE = Step(
    _("Announce the round"),
    _("Every member is told that the round comes. From then on its dates and targets are fixed; it opens and closes by itself."),
    _("Announce"),
    _("The round is announced."),
)


class TargetInline(Bare, SecretariatInline):
    """How many people of each chamber the round wants to hear; fixed once it is announced."""

    model = ParticipationTarget
    fields = ("chamber", "people", "minimum")
    may = frozenset({"view", "add", "change", "delete"})
    can_delete = hide_title = True

    def _may(self, request: HttpRequest, verb: str) -> bool:
        return super()._may(request, verb) and (verb == "view" or not getattr(request, "round_is_fixed", False))

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A new round starts with a line for each chamber."""
        return 0 if obj else Chamber.objects.count()


@admin.register(Consultation)
class ConsultationAdmin(TranslatedRoom):
    """Rounds with their dates and targets. Nobody moves their state by hand."""

    list_display = ("__str__", "version", "standing", "opens_on", "closes_on", "days")
    list_filter = ("framework", "state")
    list_select_related = ("framework", "version__framework")
    ordering = ("-opens_on",)
    fields = (("version", "state"), ("opens_on", "closes_on"), "by_itself", "question")
    inlines = (TargetInline,)
    formfield_overrides: ClassVar[dict[Any, Any]] = {models.DateField: {"widget": DAY}}
    actions_detail = ("announce", "comments")

    @display(description=_("state"), ordering="state", label=TONES)
    def standing(self, consultation: Consultation) -> tuple[str, str]:
        """The state, coloured."""
        return consultation.state, str(consultation.get_state_display())

    @display(description=_("days"))
    def days(self, consultation: Consultation) -> int:
        """How long it lasts, first and last day included."""
        return consultation.days

    @display(description=_("opens and closes by itself"))
    def by_itself(self, consultation: Consultation) -> str:
        """By which clock it opens and closes."""
        if not consultation.pk:
            return str(_("At 00:00 of the first day and 23:59 of the last one, by the clock of the framework's rules."))
        words = _("Opens at 00:00 of the first day and closes at 23:59 of the last one, in the time zone %(zone)s: %(days)s days.")
        return str(words % {"zone": consultation.time_zone, "days": consultation.days})

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A round stays on its version."""
        return ("state", "by_itself", *(("version",) if obj else ()))

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Remember for the targets whether they are fixed."""
        found = super().get_object(request, *args, **kwargs)
        fixed = found is not None and found.state != RoundState.PLANNED
        request.round_is_fixed = fixed and request.method != "POST"  # type: ignore[attr-defined]
        return found

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """While it is only planned."""
        return super().has_change_permission(request, obj) and (obj is None or self.may_still(request, obj.state == RoundState.PLANNED))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The newest version first."""
        if db_field.name == "version":
            kwargs["queryset"] = Version.objects.select_related("framework").order_by("-pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """The lines of a new round name the chambers."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if not obj.pk:
            kwargs["initial"] = [{"chamber": chamber.pk} for chamber in Chamber.objects.all()]
        return kwargs

    def save_model(self, request: HttpRequest, obj: Consultation, form: Any, change: bool) -> None:
        """Write through actions."""
        if change:
            reschedule_round(actor=request.user, consultation=obj)  # type: ignore[arg-type]
            return
        data = form.cleaned_data
        question = {language: data[f"question_{language}"] for language in LANGUAGES}
        dates = {name: data[name] for name in ("version", "opens_on", "closes_on")}
        adopt(obj, plan_round(actor=request.user, question=question, **dates))  # type: ignore[arg-type]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Write the targets through an action, all at once."""
        rows = [row for row in formset.cleaned_data if row.get("chamber") and row.get("people") is not None and not row.get("DELETE")]
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        if formset.has_changed():
            targets = {row["chamber"]: row["people"] for row in rows}
            minimums = {row["chamber"]: row["minimum"] or 0 for row in rows}
            consultation = Consultation.objects.get(pk=form.instance.pk)
            set_targets(actor=request.user, consultation=consultation, targets=targets, minimums=minimums)  # type: ignore[arg-type]

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Announcing is offered while it is only planned."""
        consultation = self.get_object(request, object_id)
        free = consultation and states.can_start(consultation, ANNOUNCE_ROUND)
        return [button for button in super().get_actions_detail(request, object_id) if free or button.path != "announce"]

    @action(description=_("Announce…"), url_path="announce", icon="campaign")
    def announce(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what is still missing and how many people will be told; announce on POST."""
        consultation = self.thing(request, object_id)
        allow(request, ANNOUNCE_ROUND.permission, consultation)
        form = forms.Form(request.POST if request.method == "POST" else None)
        act = lambda: announce_round(actor=request.user, consultation=consultation)  # type: ignore[arg-type]  # noqa: E731
        return self.ask(request, ANNOUNCE, consultation, form, act, template="announce", more=lambda: _check_list(consultation))

    @action(description=_("Comments"), url_path="comments")
    def comments(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to its comments."""
        return see_other(listing(Comment, consultation__id__exact=self.thing(request, object_id).pk))


def _check_list(consultation: Consultation) -> dict[str, Any]:
    found = checks(consultation)
    return {
        "checks": found,
        "unmet": any(check.missing for check in found),
        "reach": reach(consultation),
        "free": states.can_start(consultation, ANNOUNCE_ROUND),
    }
