"""The secretariat's admin: its bases, and the taxonomies."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.auth.models import Group as Role
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TabbedTranslationAdmin
from unfold.admin import ModelAdmin, TabularInline

from red_mpe.core import audit
from red_mpe.core.http import see_other
from red_mpe.core.models import Chamber, StakeholderCategory, SynonymSet, Theme
from red_mpe.core.predicates import is_secretariat
from red_mpe.core.search import forget_synonyms
from red_mpe.core.states import DomainError

#: In which ways a filter of the admin asks; the last two are those of dates.
WAYS = ("", "__exact", "__id__exact", "__in", "__isnull", "__gte", "__lt")
LOOK, EDIT, CURATE = frozenset({"view"}), frozenset({"view", "change"}), frozenset({"view", "change", "add"})


def posted(request: HttpRequest) -> Any:
    """What was sent, even when that is nothing; None while somebody only looks."""
    return request.POST if request.method == "POST" else None


class Guarded:
    """What the secretariat may do is written in `may`; nobody else enters, and nothing is deleted by hand unless `may` says so."""

    may: ClassVar[frozenset[str]] = CURATE

    def _may(self, request: HttpRequest, verb: str) -> bool:
        return verb in self.may and is_secretariat(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "view")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "add")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "delete")


class Closed:
    """Lists that answer only what their filters ask: no query string reaches secrets, other columns or other tables."""

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Refuse with 400 what no filter of the list asks."""
        declared = [getattr(one, "parameter_name", one) for one in self.get_list_filter(request)]  # type: ignore[attr-defined]
        return "\0" not in str(value) and lookup in {f"{name}{way}" for name in declared for way in WAYS}


class SecretariatAdmin(Closed, Guarded, ModelAdmin):
    """One kind of thing in the admin."""

    list_per_page = 50
    show_full_result_count = False
    actions = ()
    formfield_overrides: ClassVar[dict[Any, Any]] = {models.URLField: {"assume_scheme": "https"}}

    def thing(self, request: HttpRequest, object_id: str) -> Any:
        """Return the thing a button is about; 404 where there is none."""
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404
        return found

    def decide(self, request: HttpRequest, title: Any, thing: Any, form: Any, act: Callable[[], Any], after: Any = "") -> HttpResponse:
        """Ask once more with `form`, telling what comes `after`; then do `act` and say how it went. Nothing happens on GET."""
        if request.method == "POST" and form.is_valid():
            try:
                act()
            except DomainError as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("Done."))
            return see_other(self.address(thing))
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "thing": thing,
            "form": form,
            "after": after,
            "back": self.address(thing),
        }
        return TemplateResponse(request, "core/decide.html", context)

    def address(self, thing: Any) -> str:
        """Where the thing is in this admin."""
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change", args=[thing.pk])


class TranslatedAdmin(TabbedTranslationAdmin, SecretariatAdmin):
    """One kind of thing with language tabs."""


class SecretariatInline(Guarded, TabularInline):
    """Rows inside the page of another thing."""

    extra = 0
    can_delete = False
    hide_title = True


@admin.register(Chamber)
class ChamberAdmin(TranslatedAdmin):
    """The sides on which members sit."""

    list_display = ("name", "code", "votes", "position")
    fields = ("code", "name", "votes", "position")


@admin.register(StakeholderCategory)
class StakeholderCategoryAdmin(TranslatedAdmin):
    """Kinds of member."""

    list_display = ("name", "code", "chamber", "position")
    list_filter = ("chamber",)
    list_select_related = ("chamber",)
    fields = ("code", "name", "chamber", "position")


@admin.register(Theme)
class ThemeAdmin(TranslatedAdmin):
    """Themes and their families."""

    list_display = ("name", "code", "parent", "position")
    list_filter = ("parent",)
    search_fields = ("code", "name_es", "name_en", "name_pt")
    list_select_related = ("parent",)
    fields = ("code", "name", "parent", "position")


admin.site.unregister(Role)


@admin.register(Role)
class RoleAdmin(SecretariatAdmin):
    """Groups of permissions: who works in the secretariat, who protects identities. For reading; accounts are put in by their own page."""

    may = LOOK
    list_display = ("name",)
    fields = ("name",)


@admin.register(SynonymSet)
class SynonymSetAdmin(SecretariatAdmin):
    """Words that mean the same: kept by who may edit the library."""

    may = CURATE | {"delete"}
    list_display = ("code", "words_es", "words_en", "words_pt")
    search_fields = ("code", "words_es", "words_en", "words_pt")
    fields = ("code", "words_es", "words_en", "words_pt")

    def _may(self, request: HttpRequest, verb: str) -> bool:
        return verb in self.may and request.user.has_perm("core.change_synonymset")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep it, note who did, and let the next search know."""
        super().save_model(request, obj, form, change)
        audit.record("core.synonyms_kept", actor=request.user, target=obj)
        forget_synonyms()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Take it away, note who did, and let the next search know."""
        audit.record("core.synonyms_removed", actor=request.user, target=obj)
        super().delete_model(request, obj)
        forget_synonyms()
