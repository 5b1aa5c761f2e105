"""The secretariat's look at the road: what left, what did not, what somebody's next digest would hold. No words, no codes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminEmailInputWidget

from red_mpe.core.admin import Closed
from red_mpe.core.states import DomainError
from red_mpe.notifications import actions
from red_mpe.notifications.enums import Frequency, MailClass, MailState, Reason
from red_mpe.notifications.mailing.preview import next_digest
from red_mpe.notifications.models import Digest, Notification, OutgoingMail

TONES = {
    MailState.SENT: "success",
    MailState.QUEUED: "info",
    MailState.CLAIMED: "info",
    MailState.HANDING: "info",
    MailState.FAILED: "danger",
    MailState.HELD: "warning",
    MailState.UNCERTAIN: "warning",
}


class ReadOnly(Closed, ModelAdmin):
    """Rows that nobody adds, changes or deletes by hand."""

    actions_on_top = True
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnly):
    """The mail log. Of mails about somebody's own contributions it tells neither reader, kind nor hour: they would tell who wrote."""

    list_display = ("reader", "what", "mail_class", "standing", "explanation", "day", "attempts")
    list_filter = ("state", "mail_class", "created_at")
    search_fields = ("recipient__email",)
    list_select_related = ("recipient",)
    fields = ("reader", "what", "mail_class", "state", "explanation", "attempts", "day", "message_id")
    readonly_fields = fields
    actions = ("retry", "release", "abort")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingMail]:
        """With what says whether the reader may be told."""
        return super().get_queryset(request).for_staff()  # type: ignore[attr-defined, no-any-return]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        """An address never finds what its reader alone may know of."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return (found.filter(is_private=False) if search_term else found), may_repeat

    @display(description=_("recipient"))
    def reader(self, mail: Any) -> str:
        """Who gets it; not where that tells who wrote."""
        return "-" if mail.is_private or mail.recipient is None else str(mail.recipient)

    @display(description=_("kind"))
    def what(self, mail: Any) -> str:
        """Its kind, where that tells nothing about what the reader wrote."""
        return str(MailClass.PERSONAL.label) if mail.is_private else mail.kind

    @display(description=_("day"), ordering="created_at")
    def day(self, mail: OutgoingMail) -> Any:
        """The day it was queued."""
        return mail.created_at.date()

    @display(description=_("state"), ordering="state", label=TONES)
    def standing(self, mail: OutgoingMail) -> tuple[str, str]:
        """The state, coloured."""
        return mail.state, str(MailState(mail.state).label)

    @display(description=_("note"))
    def explanation(self, mail: OutgoingMail) -> str:
        """The reason in words; the relay's answers are numbers."""
        return str(Reason(mail.note).label) if mail.note in Reason.values else mail.note

    @admin.action(description=_("Send again what failed or is uncertain"))
    def retry(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        """Queue the chosen mails again."""
        _each(request, queryset, actions.retry_mail)

    @admin.action(description=_("Release from the brake"))
    def release(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        """Let the chosen mails pass the brake."""
        _each(request, queryset, actions.release_mail)

    @admin.action(description=_("Stop, never send"))
    def abort(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        """Stop the chosen mails."""
        _each(request, queryset, actions.abort_mail)


def _each(request: HttpRequest, mails: QuerySet[OutgoingMail], handle: Callable[..., Any]) -> None:
    """Handle each mail on its own and say how many could not be; those are left as they were."""
    done, refused = 0, ""
    for mail in mails.order_by("pk"):
        try:
            handle(mail=mail, actor=request.user)
            done += 1
        except DomainError as error:
            refused = str(error)
    messages.success(request, _("Done for %(count)s mails.") % {"count": done})
    if refused:
        messages.warning(request, _("Some were left as they were: %(reason)s") % {"reason": refused})


@admin.register(Notification)
class NotificationAdmin(ReadOnly):
    """Who was told something, by category and day. What it was is not shown: it could tell who wrote."""

    list_display = ("recipient", "category", "frequency", "day", "is_read")
    list_filter = ("category", "frequency")
    search_fields = ("recipient__email",)
    list_select_related = ("recipient",)
    fields = ("recipient", "category", "frequency", "day", "is_read")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notification]:
        """Leave out what tells by its reader who spoke."""
        return super().get_queryset(request).for_staff()  # type: ignore[attr-defined, no-any-return]

    @display(description=_("day"))
    def day(self, line: Notification) -> Any:
        """The day it was told."""
        return line.created_at.date()

    @display(description=_("read"), boolean=True)
    def is_read(self, line: Notification) -> bool:
        """Whether it was read."""
        return line.read_at is not None


class PreviewForm(forms.Form):
    """Whose next digest."""

    email = forms.EmailField(label=_("e-mail"), widget=UnfoldAdminEmailInputWidget)


@admin.register(Digest)
class DigestAdmin(ReadOnly):
    """Digests made, and a look at somebody's next one."""

    list_display = ("person", "frequency", "period", "created_at", "mail_state")
    list_filter = ("frequency", "created_at")
    search_fields = ("person__email",)
    list_select_related = ("person", "mail")
    fields = ("person", "frequency", "period", "created_at", "mail_state")
    readonly_fields = fields
    actions_list = ("preview",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Digest]:
        """Leave out those that hold nothing but what only the author of a contribution gets."""
        return super().get_queryset(request).for_staff()  # type: ignore[attr-defined, no-any-return]

    @display(description=_("mail"))
    def mail_state(self, digest: Digest) -> str:
        """What became of its mail."""
        return str(digest.mail.get_state_display()) if hasattr(digest, "mail") else "-"

    @action(description=_("Preview somebody's next digest"), url_path="preview")
    def preview(self, request: HttpRequest) -> HttpResponse:
        """Show what the next daily and weekly digest of a person would hold; it changes nothing."""
        if not request.user.has_perm("notifications.preview_digest"):  # type: ignore[union-attr]
            raise PermissionDenied
        form = PreviewForm(request.GET or None)
        previews, person = [], None
        if form.is_valid():
            person = get_user_model()._default_manager.filter(email__iexact=form.cleaned_data["email"]).first()
            previews = [next_digest(person, frequency) for frequency in (Frequency.DAILY, Frequency.WEEKLY)] if person else []
        context = {**self.admin_site.each_context(request), "title": _("Next digest"), "form": form, "person": person, "previews": previews}
        return TemplateResponse(request, "notifications/digest_preview.html", context)
