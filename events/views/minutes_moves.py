"""The page before minutes are published, withdrawn or approved: what must hold, what it does, whom it tells."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from events import actions
from events.forms.minutes import ApproveForm, WithdrawForm
from events.models import Event, Minutes
from events.notifications.minutes import MINUTES_PUBLISHED, MINUTES_WITHDRAWN
from events.querysets import rows_of
from events.states import MINUTES_MOVES
from events.views.minutes import about
from events.views.minutes_editing import kept
from members.notifications import reach
from red_mpe.core.http import MemberRequest, number_of, see_other
from red_mpe.core.states import DomainError, can_start, findings


@dataclass(frozen=True)
class Step:
    """A move of minutes: its title, what it does, the button, and the word afterwards."""

    title: Any
    lead: Any
    button: Any
    done: Any
    grave: bool = False


STEPS: Final = {
    "publish": Step(
        _("Publish the minutes"),
        _(
            "Whoever sees the event reads them from now on. Decisions and agreements get numbers that they keep. "
            "Until they are approved they can be corrected; the day of a correction is shown."
        ),
        _("Publish"),
        _("The minutes are published."),
    ),
    "withdraw": Step(
        _("Take the minutes back"),
        _(
            "Only who runs the event reads them until they are published again. Decisions and agreements keep their numbers. "
            "Why they were taken back stands in their place."
        ),
        _("Take back"),
        _("The minutes are a draft again."),
        True,
    ),
    "approve": Step(
        _("Note that they were approved"),
        _(
            "It stands as an agreement in the minutes of the later meeting. "
            "From then on nothing in these changes any more; tasks can still be done."
        ),
        _("Note the approval"),
        _("The minutes are approved."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_move(request: MemberRequest, slug: str, move: str) -> HttpResponse:
    """Show what a move needs and whom it tells; make it on POST, or say why not. Nothing that was written is lost."""
    minutes = kept(request, slug)
    if move not in STEPS:
        raise Http404
    form = _form(request, minutes, move)
    status, refusal = 200, ""
    if request.method == "POST":
        status = 422
        if form is None or form.is_valid():
            try:
                _make(request, minutes, move, form)
            except DomainError as error:
                status, refusal = 409, str(error)
            else:
                messages.success(request, str(STEPS[move].done))
                return see_other(reverse("events:minutes", args=[slug]))
    return render(request, "events/minutes/move.html", _page(request, minutes, move, form, refusal), status=status)


def _form(request: MemberRequest, minutes: Minutes, move: str) -> forms.Form | None:
    """What a move asks for; nothing to publish."""
    sent = request.POST if request.method == "POST" else None
    if move == "withdraw":
        return WithdrawForm(sent)
    return ApproveForm(sent, meetings=_meetings(request, minutes)) if move == "approve" else None


def _meetings(request: MemberRequest, minutes: Minutes) -> list[tuple[str, str]]:
    """At which later meetings they can be approved."""
    later = Minutes.objects.later_meetings(minutes).filter(pk__in=Event.objects.run_by(request.user).order_by().values("pk"))
    slugs = dict(later.values_list("pk", "slug"))
    return [(slugs[row.pk], f"{row.title.text} · {row.when}") for row in rows_of(later)]


def _make(request: MemberRequest, minutes: Minutes, move: str, form: Any) -> None:
    if move == "approve":
        at_event = Event.objects.get(slug=form.cleaned_data["at_event"])
        actions.approve_minutes(minutes=minutes, actor=request.user, at_event=at_event)
    elif move == "publish":
        actions.publish_minutes(minutes=minutes, actor=request.user, revision=number_of(request.POST.get("revision", "")))
    else:
        actions.withdraw_minutes(minutes=minutes, actor=request.user, reason=form.cleaned_data["reason"])


#: What each move tells people, and in which words the page says so.
_TELLS: Final = {
    "publish": (MINUTES_PUBLISHED, _("“The minutes are published”, to the groups, to who was there and to the followers")),
    "withdraw": (
        MINUTES_WITHDRAWN,
        _("“The minutes were taken back”, with the reason, to the groups, to who was there and to the followers"),
    ),
}


def _page(request: MemberRequest, minutes: Minutes, name: str, form: Any, refusal: str) -> dict[str, Any]:
    minutes.refresh_from_db()
    move, (mail, mail_words) = MINUTES_MOVES[name], _TELLS.get(name, ("", ""))
    checks = [{"label": one.guard.label, "advice": one.guard.advice, "missing": one.missing} for one in findings(minutes, move)]
    return {
        **about(request, minutes),
        "step": STEPS[name],
        "form": form,
        "refusal": refusal,
        "free": can_start(minutes, move),
        "has_meetings": name != "approve" or bool(form.fields["at_event"].choices),
        "checks": checks,
        "reach": reach(mail, minutes) if mail else None,
        "mail_words": mail_words,
        "tells_takers": name == "publish",
        "unsent": form["reason"].value() if name == "withdraw" else "",
    }
