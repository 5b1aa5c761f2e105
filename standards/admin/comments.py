"""Comments as everybody sees them, and moderation. Nothing here tells one voice from another or leads to a persona."""

from typing import Any
from zoneinfo import ZoneInfo

import rules
from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextareaWidget

from red_mpe.core import states
from red_mpe.core.admin import LOOK
from red_mpe.core.forms import WordsField
from red_mpe.core.locale import NETWORK_ZONE
from red_mpe.core.states import DomainError
from red_mpe.core.text import excerpt, trusted
from red_mpe.core.validators import AtMost
from standards.actions.identities import person_behind
from standards.actions.moderation import hide_comment, restore_comment
from standards.admin.base import Room, Step, allow
from standards.enums import CommentState, ShownAs
from standards.models import Comment
from standards.querysets.comments import byline, marker, sent_on
from standards.states import HIDE_COMMENT, RESTORE_COMMENT

TONES = {CommentState.SENT: "success", CommentState.WITHDRAWN: "default", CommentState.HIDDEN: "danger"}
HIDE = Step(
    _("Hide this comment"),
    _(
        "Its words disappear behind a marker with your reason, which everybody can read. Its author is told and may complain. "
        "Criticism of the content is never a reason."
    ),
    _("Hide"),
    _("The comment is hidden and its author is told."),
)
RESTORE = Step(_("Show this comment again"), _("Its words come back where they were."), _("Show again"), _("The comment is shown again."))
OPEN = Step(
    _("Open a protected identity"),
    _(
        "This person asked that nobody should know. Your name, the hour and your reason are kept for ever; the identity is shown once, "
        "on the next page, and is written nowhere."
    ),
    _("Open the identity"),
)


class ReasonForm(forms.Form):
    """A reason that somebody will read."""

    reason = WordsField(label=_("Reason"), validators=[AtMost(1000)], widget=UnfoldAdminTextareaWidget({"rows": 4}))


@admin.register(Comment)
class CommentAdmin(Room):
    """What everybody sees of a comment. It is never written, changed or deleted here; it is hidden with a reason, or shown again."""

    may = LOOK
    list_display = ("code", "said_by", "chamber", "kind", "beginning", "language", "in_time", "standing")
    list_filter = ("consultation", "chamber", "kind", "language", "state", "late")
    search_fields = ("=code", "^clause_text__label", "shown_name", "shown_organisation__name")
    ordering = ("-consultation", TruncDate("sent_at", tzinfo=ZoneInfo(NETWORK_ZONE)).desc(), "code")
    fields = (
        ("code", "state"),
        ("consultation", "place"),
        "answering",
        ("said_by", "chamber"),
        ("kind", "stance"),
        ("language", "day", "in_time"),
        "words",
        "wording",
        "hidden_reason",
        "person",
    )
    readonly_fields = ("place", "answering", "said_by", "day", "in_time", "words", "wording", "person")
    actions_detail = ("hide", "restore", "open_identity")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever may read comments here."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The secretariat, and the protection officer."""
        user: Any = request.user
        return user.has_perm("standards.moderate_comment") or user.has_perm("standards.open_identity")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        """With what a line shows."""
        return super().get_queryset(request).for_detail().order_by(*self.ordering)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Remember who reads: some lines depend on it."""
        comment = super().get_object(request, *args, **kwargs)
        if comment is not None:
            comment.reader = request.user
        return comment

    @display(description=_("state"), ordering="state", label=TONES)
    def standing(self, comment: Comment) -> tuple[str, str]:
        """The state, coloured."""
        return comment.state, str(comment.get_state_display())

    @display(description=_("shown as"))
    def said_by(self, comment: Comment) -> str:
        """The author as everybody sees them."""
        return byline(comment)

    @display(description=_("words"))
    def beginning(self, comment: Comment) -> str:
        """How it begins, or what stands in its place."""
        return marker(comment) or excerpt(comment.body, 100)

    @display(description=_("clause"))
    def place(self, comment: Any) -> Any:
        """Where it stands, with a link to its page."""
        where = str(comment.clause_text or _("General comment"))
        return format_html('<a href="{}">{}</a>', comment.get_absolute_url(), where)

    @display(description=_("reply to"))
    def answering(self, comment: Comment) -> str:
        """The comment above it."""
        return comment.parent.code if comment.parent else "-"

    @display(description=_("in time"), boolean=True)
    def in_time(self, comment: Comment) -> bool:
        """Whether it came before the round closed."""
        return not comment.late

    @display(description=_("day"))
    def day(self, comment: Comment) -> str:
        """The day it was sent; the hour could tell who it was."""
        return date_format(sent_on(comment))

    @display(description=_("words"))
    def words(self, comment: Comment) -> Any:
        """Its words. Those of a hidden one only for moderators, who may have to show it again; of a withdrawn one for nobody."""
        return trusted(comment.body_html) if _readable(comment) else marker(comment)

    @display(description=_("proposed wording"))
    def wording(self, comment: Comment) -> Any:
        """The proposed wording against the clause."""
        return trusted(comment.redline_html) if _readable(comment) else "-"

    @display(description=_("person"))
    def person(self, comment: Any) -> Any:
        """Who wrote it, for the secretariat; a protected author is named to nobody."""
        if comment.shown_as == ShownAs.PROTECTED:
            return _("Protected: the secretariat does not see who wrote this.")
        try:
            return _name(person_behind(actor=comment.reader, comment=comment))
        except (PermissionDenied, DomainError):
            return "-"

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Only what can be done with it, by who may do it."""
        comment, user = self.get_object(request, object_id), request.user
        if comment is None:
            return []
        moderates = user.has_perm("standards.moderate_comment", comment)  # type: ignore[union-attr]
        offered = {
            "hide": moderates and states.can_start(comment, HIDE_COMMENT),
            "restore": moderates and states.can_start(comment, RESTORE_COMMENT),
            "identity": _may_open(user, comment),
        }
        return [button for button in super().get_actions_detail(request, object_id) if offered[button.path]]

    @action(description=_("Hide…"), url_path="hide", icon="visibility_off")
    def hide(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hide it, with a reason that everybody reads."""
        comment = self.thing(request, object_id)
        allow(request, HIDE_COMMENT.permission, comment)
        form = ReasonForm(request.POST or None)
        act = lambda: hide_comment(actor=request.user, comment=comment, **form.cleaned_data)  # type: ignore[arg-type]  # noqa: E731
        return self.ask(request, HIDE, comment, form, act)

    @action(description=_("Show again…"), url_path="restore", icon="visibility")
    def restore(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show a hidden comment again."""
        comment = self.thing(request, object_id)
        allow(request, RESTORE_COMMENT.permission, comment)
        form = forms.Form(request.POST if request.method == "POST" else None)
        return self.ask(request, RESTORE, comment, form, lambda: restore_comment(actor=request.user, comment=comment))  # type: ignore[arg-type]

    @method_decorator(reauthentication_required)
    @action(description=_("Open the identity…"), url_path="identity", icon="key")
    def open_identity(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Name a protected author to the protection officer, who signs in again and leaves a reason."""
        comment = self.thing(request, object_id)
        if not _may_open(request.user, comment):
            raise PermissionDenied("standards.open_identity")
        form, opened = ReasonForm(request.POST or None), None
        if request.method == "POST" and form.is_valid():
            try:
                opened = person_behind(actor=request.user, comment=comment, **form.cleaned_data)  # type: ignore[arg-type]
            except DomainError as refusal:
                form.add_error("reason", str(refusal))
        context = {"step": OPEN, "thing": comment, "form": form, "back": self.address(comment), "opened": opened and _name(opened)}
        return self.page(request, "step", title=OPEN.title, **context)


def _readable(comment: Any) -> bool:
    hidden_to_moderate = comment.state == CommentState.HIDDEN and comment.reader.has_perm("standards.moderate_comment", comment)
    return comment.state == CommentState.SENT or hidden_to_moderate


def _may_open(user: Any, comment: Comment) -> bool:
    return comment.shown_as == ShownAs.PROTECTED and rules.has_perm("standards.open_identity", user, comment)


def _name(user: Any) -> str:
    person = getattr(user, "person", None)
    return f"{person.name} · {user.email}" if person else user.email
