"""Organisations in the admin, with the people who belong to them."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from members.actions import add_affiliation, add_organisation, change_affiliation, edit_organisation
from members.models import Affiliation, Organisation
from red_mpe.core.admin import SecretariatInline, TranslatedAdmin
from red_mpe.core.states import DomainError


class AffiliationInline(SecretariatInline):
    """Who belongs here, and who may speak."""

    model = Affiliation
    fields = ("person", "role", "speaks", "confirmed", "starts_on", "ends_on")
    autocomplete_fields = ("person",)


@admin.register(Organisation)
class OrganisationAdmin(TranslatedAdmin):
    """Member bodies."""

    list_display = ("name", "acronym", "country", "category", "audience")
    list_filter = ("category__chamber", "audience", "country", "invented")
    list_select_related = ("category",)
    search_fields = ("name", "acronym")
    readonly_fields = ("slug",)
    fields = (
        ("name", "acronym"),
        ("country", "category"),
        ("website", "founded"),
        ("audience", "slug"),
        "description",
        "themes",
    )
    autocomplete_fields = ("themes",)
    inlines = (AffiliationInline,)

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        """Write through the same actions as the representative's page."""
        if change:
            changed = {name: form.cleaned_data[name] for name in form.changed_data}
            edit_organisation(organisation=Organisation.objects.get(pk=obj.pk), actor=request.user, **changed)  # type: ignore[arg-type]
            return
        made = add_organisation(actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        obj.pk, obj.slug = made.pk, made.slug
        obj._state.adding = False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Write affiliations through actions."""
        formset.save(commit=False)
        try:
            for one in formset.new_objects:
                fields = {name: getattr(one, name) for name in ("person", "organisation", "role", "speaks", "starts_on")}
                add_affiliation(actor=request.user, **fields)  # type: ignore[arg-type]
            for one, names in formset.changed_objects:
                change_affiliation(affiliation=one, actor=request.user, **{name: getattr(one, name) for name in names})  # type: ignore[arg-type]
        except DomainError as refusal:
            messages.error(request, str(refusal))
