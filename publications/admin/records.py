"""Records in the admin: found, filtered, read; changed on the editors' pages."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from publications.enums import RecordState
from publications.models import Author, Identifier, Record
from red_mpe.core.admin import LOOK, SecretariatInline, TranslatedAdmin
from red_mpe.core.http import see_other
from red_mpe.core.permissions import require

TONES = {
    RecordState.PROPOSED: "warning",
    RecordState.RETURNED: "warning",
    RecordState.ACCEPTED: "info",
    RecordState.EMBARGOED: "info",
    RecordState.PUBLISHED: "success",
    RecordState.DECLINED: "danger",
    RecordState.WITHDRAWN: "danger",
}


class AuthorInline(SecretariatInline):
    """Who made the work."""

    may = LOOK
    model = Author
    fields = ("position", "family", "given", "literal", "role", "person", "organisation")


class IdentifierInline(SecretariatInline):
    """Its names elsewhere, and whether they still lead to it."""

    may = LOOK
    model = Identifier
    fields = readonly_fields = ("scheme", "value", "state", "checked_at", "archive")


@admin.register(Record)
class RecordAdmin(TranslatedAdmin):
    """Everything the library describes, in any state."""

    may = LOOK
    list_display = ("code", "title", "kind", "standing", "access", "licence", "year")
    list_filter = ("state", "kind", "access", "licence", "invented")
    search_fields = ("code", "title_es", "title_en", "title_pt")
    ordering = ("-id",)
    fields = (
        ("code", "kind", "state"),
        "title",
        "abstract",
        ("languages", "issued"),
        ("publisher", "place"),
        ("licence", "access", "access_group"),
        "themes",
        ("countries", "sectors"),
        ("proposed_by", "proposed_for", "proposed_at"),
        ("published_at", "embargo_until"),
        ("withdrawn_at", "withdrawn_reason"),
    )
    readonly_fields = (
        *("code", "state", "proposed_by", "proposed_for", "proposed_at"),
        *("published_at", "embargo_until", "withdrawn_at", "withdrawn_reason"),
    )
    inlines: ClassVar[tuple[type[SecretariatInline], ...]] = (AuthorInline, IdentifierInline)
    actions_detail = ("decide_on_it", "change_it")

    @display(description=_("state"), ordering="state", label=TONES)
    def standing(self, record: Record) -> tuple[str, str]:
        """The state, coloured."""
        return record.state, str(record.get_state_display())

    @action(description=_("Editors' page"), url_path="decide")
    def decide_on_it(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Go to where its state is moved."""
        return self._page(request, object_id, "record_desk")

    @action(description=_("Change the record"), url_path="change-it")
    def change_it(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Go to where its words are written."""
        return self._page(request, object_id, "record_edit")

    def _page(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        record: Any = self.thing(request, object_id)
        require(request.user, "publications.edit_record", record)
        return see_other(reverse(f"publications:{name}", args=[record.code]))
