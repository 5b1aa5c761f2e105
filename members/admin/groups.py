"""Groups in the admin, with who sits in them."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from members.actions import change_seat, edit_group, open_group, seat_member
from members.models import Group, GroupMembership
from red_mpe.core.admin import SecretariatInline, TranslatedAdmin
from red_mpe.core.states import DomainError


class SeatInline(SecretariatInline):
    """Who sits in the group, in which role, for how long."""

    model = GroupMembership
    fields = ("person", "role", "organisation", "starts_on", "ends_on")
    autocomplete_fields = ("person", "organisation")


@admin.register(Group)
class GroupAdmin(TranslatedAdmin):
    """Working groups, committees, communities of practice."""

    list_display = ("name", "kind", "territory", "cadence", "secretariat", "audience")
    list_filter = ("kind", "cadence", "audience")
    list_select_related = ("secretariat",)
    search_fields = ("name_es", "name_en", "name_pt")
    autocomplete_fields = ("secretariat",)
    fields = ("name", ("slug", "kind"), ("country", "territory"), ("cadence", "secretariat"), "audience", "charter")
    inlines = (SeatInline,)

    def save_model(self, request: HttpRequest, obj: Group, form: Any, change: bool) -> None:
        """Write through actions."""
        if change:
            changed = {name: form.cleaned_data[name] for name in form.changed_data}
            edit_group(group=Group.objects.get(pk=obj.pk), actor=request.user, **changed)  # type: ignore[arg-type]
            return
        obj.pk = open_group(actor=request.user, **form.cleaned_data).pk  # type: ignore[arg-type]
        obj._state.adding = False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Write seats through actions."""
        formset.save(commit=False)
        try:
            for one in formset.new_objects:
                fields = {name: getattr(one, name) for name in ("group", "person", "role", "organisation", "starts_on", "ends_on")}
                seat_member(actor=request.user, **fields)  # type: ignore[arg-type]
            for one, names in formset.changed_objects:
                change_seat(seat=one, actor=request.user, **{name: getattr(one, name) for name in names})  # type: ignore[arg-type]
        except DomainError as refusal:
            messages.error(request, str(refusal))
