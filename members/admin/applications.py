"""Applications to join: read here, answered by two buttons."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from members.actions import accept_application, decline_application
from members.admin.reasons import DecisionForm
from members.enums import ApplicationState
from members.models import Application
from members.states import APPLICATION_MOVES
from red_mpe.core import states
from red_mpe.core.admin import LOOK, SecretariatAdmin, posted
from red_mpe.core.permissions import require

TONES = {ApplicationState.SENT: "warning", ApplicationState.ACCEPTED: "success", ApplicationState.DECLINED: "danger"}


@admin.register(Application)
class ApplicationAdmin(SecretariatAdmin):
    """Nothing in an application is changed by hand; it is accepted, or declined with a reason."""

    may = LOOK
    list_display = ("name", "organisation_name", "kind", "country", "category", "standing", "created_at")
    list_filter = ("state", "kind", "category__chamber")
    list_select_related = ("category",)
    search_fields = ("name", "organisation_name", "applicant__email")
    ordering = ("-created_at",)
    fields = (
        ("state", "created_at"),
        ("applicant", "language"),
        "kind",
        ("name", "gender"),
        ("country", "category"),
        "chosen_themes",
        "motivation",
        ("member_organisation", "role"),
        ("organisation_name", "organisation_acronym"),
        "organisation_website",
        "organisation_description",
        "reason",
        ("decided_by", "decided_at"),
    )
    readonly_fields = ("language", "chosen_themes", "created_at")
    actions_detail = ("accept", "decline")

    @display(description=_("state"), ordering="state", label=TONES)
    def standing(self, application: Application) -> tuple[str, str]:
        """The state, coloured."""
        return application.state, str(application.get_state_display())

    @display(description=_("language"))
    def language(self, application: Application) -> str:
        """In which language the answer will reach the applicant."""
        return str(application.applicant.get_language_display())

    @display(description=_("themes"))
    def chosen_themes(self, application: Application) -> str:
        """Themes, on one line."""
        return ", ".join(theme.name for theme in application.themes.all()) or "-"

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Only the moves that exist from where the application stands, for who may make them."""
        application = self.get_object(request, object_id)
        buttons = super().get_actions_detail(request, object_id)
        return [button for button in buttons if application and _may(request, application, button.path)]

    @action(description=_("Accept"), url_path="accept")
    def accept(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make the applicant a member."""
        application = self.thing(request, object_id)
        require(request.user, "members.accept_application", application)
        act = lambda: accept_application(application=application, actor=request.user)  # type: ignore[arg-type]  # noqa: E731
        after = _("The answer goes out by mail in the applicant's language. From this moment they are a member and can comment.")
        return self.decide(request, _("Accept"), application, forms.Form(posted(request)), act, after)

    @action(description=_("Decline"), url_path="decline")
    def decline(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answer no, with a reason in the applicant's language."""
        application = self.thing(request, object_id)
        require(request.user, "members.decline_application", application)
        form = DecisionForm(posted(request))
        act = lambda: decline_application(application=application, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]  # noqa: E731
        after = _("The reason goes out by mail as you write it. They may apply again.")
        return self.decide(request, _("Decline"), application, form, act, after)


def _may(request: HttpRequest, application: Application, name: str) -> bool:
    move = APPLICATION_MOVES[name]
    return states.can_start(application, move) and request.user.has_perm(move.permission, application)  # type: ignore[union-attr]
