"""The words of each clause, in three languages."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.postgres.fields import ArrayField
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from red_mpe.core.states import DomainError
from standards.actions.texts import add_clause_text, review_language, save_clause_text
from standards.admin.base import TranslatedRoom, adopt
from standards.admin.fields import LANGUAGE_NAMES, array_field
from standards.enums import TextState
from standards.models import ClauseText, Version

TONES = {TextState.DRAFT: "info", TextState.REVIEWED: "success", TextState.STALE: "warning"}
LONG = ("plain", "intent", "guidance", "verification")
SEARCHED = [f"{word}_{language}" for word in ("title", "text", "plain") for language, _name in LANGUAGE_NAMES]


class LanguageStateFilter(admin.SimpleListFilter):
    """Clauses one language of which is a draft, reviewed or stale."""

    title = _("state of a language")
    parameter_name = "language_state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(f"{code}-{state}", f"{name}: {state.label}") for code, name in LANGUAGE_NAMES for state in TextState]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        language, _dash, state = (self.value() or "").partition("-")
        return queryset.filter(languages__language=language, languages__state=state) if state else queryset


def _state_column(language: str, name: str) -> Callable[[Any, ClauseText], tuple[str, str]]:
    @display(description=name, label=TONES)
    def column(self: Any, text: ClauseText) -> tuple[str, str]:
        state = next((row.state for row in text.languages.all() if row.language == language), TextState.DRAFT)
        return state, str(TextState(state).label)

    return column


def _review_action(language: str, name: str) -> Callable[..., None]:
    @admin.action(description=format_lazy("{}: {}", _("Mark as reviewed"), name), permissions=["change"])
    def review(self: Any, request: HttpRequest, queryset: QuerySet[ClauseText]) -> None:
        _review(request, queryset, language)

    return review


def _review(request: HttpRequest, texts: QuerySet[ClauseText], language: str) -> None:
    """Mark one language of the chosen clauses as reviewed, version by version; those without words in it are left as they are."""
    count, actor = 0, request.user
    for version in Version.objects.filter(texts__in=texts).distinct():
        labels = list(texts.filter(version=version).values_list("label", flat=True))
        try:
            count += review_language(actor=actor, version=version, language=language, labels=labels)  # type: ignore[arg-type]
        except DomainError as refusal:
            messages.error(request, str(refusal))
    messages.success(request, _("Marked as reviewed: %(count)s.") % {"count": count})


@admin.register(ClauseText)
class ClauseTextAdmin(TranslatedRoom):
    """Clauses in the order of reading. In a frozen version they can only be read."""

    list_display = ("label", "level", "heading", "state_es", "state_en", "state_pt", "version")
    list_display_links = ("label", "heading")
    list_filter = ("version", "level", LanguageStateFilter)
    list_select_related = ("version__framework",)
    search_fields = ("^label", *SEARCHED)
    ordering = ("version", "position")
    fieldsets = (
        (None, {"fields": ("version", "parent", ("label", "level"))}),
        (_("Words"), {"fields": ("title", "text", "plain", "intent", "guidance", "verification")}),
        (
            _("Facts"),
            {
                "fields": (
                    ("verbal_form", "requirement_class"),
                    ("deadline_months", "oecd_risk"),
                    "applies_to",
                    "responsible",
                    "themes",
                    "sources",
                    "forbids_adaptation",
                )
            },
        ),
    )
    actions: Any = tuple(f"review_{language}" for language, _name in LANGUAGE_NAMES)
    state_es, state_en, state_pt = (_state_column(*language) for language in LANGUAGE_NAMES)
    review_es, review_en, review_pt = (_review_action(*language) for language in LANGUAGE_NAMES)

    @display(description=_("title"))
    def heading(self, text: ClauseText) -> str:
        """Its title, or how its text begins."""
        words = text.title or text.text
        return words if len(words) <= 90 else words[:89].rstrip() + "…"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClauseText]:
        """With the state of its languages."""
        return super().get_queryset(request).select_related("version__framework").prefetch_related("languages")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A clause keeps its place and its label, which is given once."""
        return () if obj is None else ("version", "parent", "label")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not in a frozen version."""
        return super().has_change_permission(request, obj) and (obj is None or self.may_still(request, not obj.version.frozen))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Several values as boxes or lines."""
        if isinstance(db_field, ArrayField):
            return array_field(db_field)
        if db_field.name == "themes":
            kwargs["widget"] = UnfoldAdminCheckboxSelectMultipleWidget
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name.startswith(LONG):
            field.widget.attrs["rows"] = 4
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A new clause goes into a version that is being written, under a clause of that version."""
        if db_field.name == "version":
            kwargs["queryset"] = Version.objects.filter(frozen_at=None).select_related("framework")
        if db_field.name == "parent":
            rows = ClauseText.objects.filter(version__frozen_at=None).order_by("version", "position")
            asked = request.POST.get("version") or request.GET.get("version") or ""
            kwargs["queryset"] = rows.filter(version=asked) if asked.isdecimal() else rows
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: ClauseText, form: Any, change: bool) -> None:
        """Write through actions."""
        if change:
            save_clause_text(actor=request.user, text=obj, themes=form.cleaned_data["themes"])  # type: ignore[arg-type]
        else:
            adopt(obj, add_clause_text(actor=request.user, **form.cleaned_data))  # type: ignore[arg-type]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Nothing is left to write: the action has set the themes."""
