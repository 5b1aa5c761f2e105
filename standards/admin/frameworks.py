"""Frameworks and the rules of their process."""

from typing import Any

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget

from red_mpe.core.http import see_other
from red_mpe.core.locale import ZONES
from standards.actions.frameworks import edit_framework, follow_rules, open_framework, write_rules
from standards.admin.base import Room, TranslatedRoom, adopt, changed, listing
from standards.admin.fields import array_field
from standards.admin.importing import Importing
from standards.models import ClauseText, Framework, ProcessRules, Version


@admin.register(Framework)
class FrameworkAdmin(Importing, TranslatedRoom):
    """What a framework says of itself. Its stage moves with its rounds, never by hand."""

    list_display = ("title", "code", "stage", "committee", "public")
    list_filter = ("stage", "public")
    list_select_related = ("committee",)
    search_fields = ("slug", "code", "title_es", "title_en", "title_pt")
    fieldsets = (
        (None, {"fields": ("title", ("slug", "code"), ("stage", "public"), ("rules", "committee"), "authentic_language")}),
        (_("What it says of itself"), {"fields": ("summary", "scope", "introduction")}),
        (_("Process"), {"fields": ("revision_of", "balance_reason")}),
    )
    actions_detail = ("import_document", "versions", "clauses")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The stage always; what addresses, codes of comments and the state of languages stand on once they do."""
        if obj is None:
            return ("stage",)
        fixed = {
            "slug": Framework.objects.filter(pk=obj.pk, public=True).exists(),  # not what a form has just put into `obj`
            "code": obj.rounds.exists(),
            "authentic_language": ClauseText.objects.filter(version__framework=obj).exists(),
            "rules": True,
        }
        return ("stage", *(name for name, is_fixed in fixed.items() if is_fixed))

    def save_model(self, request: HttpRequest, obj: Framework, form: Any, change: bool) -> None:
        """Write through actions."""
        if change:
            edit_framework(actor=request.user, framework=Framework.objects.get(pk=obj.pk), **changed(form))  # type: ignore[arg-type]
        else:
            adopt(obj, open_framework(actor=request.user, **form.cleaned_data))  # type: ignore[arg-type]

    def get_urls(self) -> list[Any]:
        """With the second page of the import: the look before anything is written, then the result."""
        look = self.admin_site.admin_view(self.look_at_import)
        return [path("<int:object_id>/import/<str:token>/", look, name="standards_framework_import_look"), *super().get_urls()]

    @action(description=_("Import a document"), url_path="import", icon="upload_file")
    def import_document(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take a document for this framework; see `Importing`."""
        return self.take_document(request, self.thing(request, object_id))

    @action(description=_("Versions"), url_path="versions")
    def versions(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to its versions."""
        return see_other(listing(Version, framework__id__exact=self.thing(request, object_id).pk))

    @action(description=_("Clauses"), url_path="clauses")
    def clauses(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the clauses of its newest version."""
        version = self.thing(request, object_id).versions.order_by("-pk").first()
        return see_other(listing(ClauseText, version__id__exact=version.pk) if version else listing(Version))


@admin.register(ProcessRules)
class ProcessRulesAdmin(Room):
    """The numbers of a process. Saving writes the next edition; the one before stays for ever."""

    list_display = ("__str__", "edition", "stands_on", "time_zone", "first_round_days", "later_round_days", "announced_days")
    readonly_fields = ("edition", "stands_on")
    fields = (
        ("edition", "stands_on"),
        "time_zone",
        ("terms_days", "announced_days"),
        ("chamber_seats", "chamber_organisations"),
        ("country_percent", "women_percent"),
        ("first_round_days", "later_round_days", "changed_percent"),
        ("gap_days", "small_cell"),
        ("extension_days", "extensions"),
        ("synopsis_days", "many_comments", "synopsis_days_many"),
        ("rounds_new", "rounds_revision", "objection_days"),
        "required_languages",
    )
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the frameworks that stand on each."""
        return super().get_queryset(request).prefetch_related("frameworks")

    @display(description=_("frameworks"))
    def stands_on(self, rules: ProcessRules) -> str:
        """Which frameworks follow these rules now."""
        return ", ".join(str(framework) for framework in rules.frameworks.all()) if rules.pk else ""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only the edition that a framework stands on can be followed by another."""
        return super().has_change_permission(request, obj) and (obj is None or self.may_still(request, obj.frameworks.exists()))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Time zones by name, languages as boxes."""
        if isinstance(db_field, ArrayField):
            return array_field(db_field)
        if db_field.name == "time_zone":
            kwargs["widget"] = UnfoldAdminSelectWidget(choices=[(zone, zone) for zone in ZONES])
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: ProcessRules, form: Any, change: bool) -> None:
        """Write a first edition, or the one that follows."""
        if not change:
            adopt(obj, write_rules(actor=request.user, **form.cleaned_data))  # type: ignore[arg-type]
        elif form.changed_data:
            rules = ProcessRules.objects.get(pk=obj.pk)
            adopt(obj, follow_rules(actor=request.user, rules=rules, **changed(form)))  # type: ignore[arg-type]
