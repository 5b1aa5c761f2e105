"""Requests for access in the admin: read here, answered on the editors' page."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from publications.enums import RequestState
from publications.models import AccessRequest
from red_mpe.core.admin import LOOK, SecretariatAdmin
from red_mpe.core.http import see_other
from red_mpe.core.permissions import require

TONES = {RequestState.ASKED: "warning", RequestState.GRANTED: "success", RequestState.REFUSED: "danger"}


@admin.register(AccessRequest)
class AccessRequestAdmin(SecretariatAdmin):
    """Who asked for which files, and what was answered."""

    may = LOOK
    list_display = ("record", "user", "standing", "until", "created_at")
    list_filter = ("state",)
    list_select_related = ("record", "user")
    search_fields = ("record__code", "user__email")
    ordering = ("-id",)
    fields = ("record", "user", "reason", ("state", "until"), "answer", ("decided_by", "decided_at"))
    readonly_fields = ("state", "decided_by", "decided_at")
    actions_detail = ("answer_it",)

    @display(description=_("state"), ordering="state", label=TONES)
    def standing(self, request: AccessRequest) -> tuple[str, str]:
        """The state, coloured."""
        return request.state, str(request.get_state_display())

    @action(description=_("Read it and answer"), url_path="answer")
    def answer_it(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Go to where it is answered."""
        asked = self.thing(request, object_id)
        require(request.user, "publications.answer_accessrequest", asked)
        return see_other(reverse("publications:access_answer", args=[asked.pk]))
