"""Versions of a framework: what stands in them, in which languages, and what can be done next."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminRadioSelectWidget

from red_mpe.core.http import see_other
from standards.actions.frameworks import begin_version, edit_version
from standards.actions.texts import review_language
from standards.admin.base import Room, Step, adopt, allow, changed, listing
from standards.admin.fields import LANGUAGE_NAMES
from standards.models import ClauseText, Version

REVIEW = Step(
    _("Mark a language as reviewed"),
    _(
        "Every clause that has words in this language counts as reviewed, with your name and the hour. A clause that changes later is a "
        "draft again."
    ),
    _("Mark as reviewed"),
    _("Marked as reviewed."),
)


class LanguageForm(forms.Form):
    """One language of the text."""

    language = forms.ChoiceField(label=_("language"), choices=LANGUAGE_NAMES, widget=UnfoldAdminRadioSelectWidget)


@admin.register(Version)
class VersionAdmin(Room):
    """One state of the text. Once frozen it can only be read, or shown and hidden."""

    list_display = ("__str__", "kind", "public", "frozen_at", "clauses_in_it")
    list_filter = ("framework", "kind", "public")
    list_select_related = ("framework",)
    readonly_fields = ("frozen_at", "sha256", "coverage")
    fields = ("framework", ("number", "kind"), "previous", "public", "coverage", ("frozen_at", "sha256"))
    actions_detail = ("clauses", "import_document", "review", "add_clause", "plan")

    @display(description=_("clauses"))
    def clauses_in_it(self, version: Any) -> int:
        """How many clauses it has."""
        return version.clause_count

    @display(description=_("languages"))
    def coverage(self, version: Any) -> Any:
        """How far each language is: clauses with words, reviewed, stale."""
        if not version.pk:
            return "-"
        words = _("%(language)s: %(written)s of %(total)s clauses have words, %(reviewed)s reviewed, %(stale)s stale")
        names = dict(LANGUAGE_NAMES)
        lines = ((words % {**row, "language": names[row["language"]]},) for row in version.texts.coverage())
        return format_html_join("", "<p>{}</p>", lines)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of clauses."""
        return super().get_queryset(request).with_clause_count()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A version stays in its framework; a frozen one stays as it is."""
        if obj is None:
            return self.readonly_fields
        frozen = ("number", "kind", "previous") if obj.frozen else ()
        return (*self.readonly_fields, "framework", *frozen)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The previous version is one of the same framework."""
        match = request.resolver_match
        if db_field.name == "previous" and match and (pk := match.kwargs.get("object_id")):
            kwargs["queryset"] = Version.objects.filter(framework__versions=pk).exclude(pk=pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Version, form: Any, change: bool) -> None:
        """Write through actions."""
        if change:
            edit_version(actor=request.user, version=Version.objects.get(pk=obj.pk), **changed(form))  # type: ignore[arg-type]
        else:
            adopt(obj, begin_version(actor=request.user, **form.cleaned_data))  # type: ignore[arg-type]

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Writing in it is offered while it is not frozen."""
        version = self.get_object(request, object_id)
        writing = {"import", "review", "add-clause"}
        buttons = super().get_actions_detail(request, object_id)
        return [button for button in buttons if version and not (version.frozen and button.path in writing)]

    @action(description=_("Clauses"), url_path="clauses")
    def clauses(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to its clauses."""
        return see_other(listing(ClauseText, version__id__exact=self.thing(request, object_id).pk))

    @action(description=_("Import a document"), url_path="import", icon="upload_file")
    def import_document(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the import of its framework, with its number."""
        version = self.thing(request, object_id)
        return see_other(reverse("admin:standards_framework_import_document", args=[version.framework_id]) + f"?number={version.number}")

    @action(description=_("Add a clause"), url_path="add-clause")
    def add_clause(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to a new clause in it."""
        return see_other(reverse("admin:standards_clausetext_add") + f"?version={self.thing(request, object_id).pk}")

    @action(description=_("Plan a round"), url_path="plan", icon="event")
    def plan(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to a new round on it."""
        return see_other(reverse("admin:standards_consultation_add") + f"?version={self.thing(request, object_id).pk}")

    @action(description=_("Mark a language as reviewed"), url_path="review", icon="done_all")
    def review(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Mark every clause that has words in a language as reviewed."""
        version = self.thing(request, object_id)
        allow(request, "standards.change_clausetext")
        form = LanguageForm(request.POST or None)
        act = lambda: review_language(actor=request.user, version=version, **form.cleaned_data)  # type: ignore[arg-type]  # noqa: E731
        return self.ask(request, REVIEW, version, form, act)
