"""One registration, what can be done with it, and registering somebody who has no account."""

from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions import approve_registration, cancel_registration, decline_registration, register_for
from events.enums import LIVE, RegistrationState
from events.forms.organising import ReasonForm, SomebodyForm
from events.forms.registering import NEEDS, SaidForm
from events.models import Event, Needs, Registration
from events.querysets.organising import TAGS, answers_in_words
from events.views.details import find_run
from events.views.organising.frame import framed
from members.enums import Spoken
from red_mpe.core.http import MemberRequest, attempt, see_other
from red_mpe.core.models import AuditEntry

#: What the audit calls what happens to a registration, as its page words it.
HISTORY = {
    "events.registered": gettext_lazy("has a place"),
    "events.waitlisted": pgettext_lazy("registration", "on the waiting list"),
    "events.registration_pending": pgettext_lazy("registration", "waits for approval"),
    "events.place_offered": gettext_lazy("a place is offered"),
    "events.offer_lapsed": gettext_lazy("the offer was not taken"),
    "events.registration_cancelled": pgettext_lazy("registration", "cancelled"),
    "events.registration_declined": pgettext_lazy("registration", "not approved"),
    "events.registration_changed": gettext_lazy("needs or answers changed"),
    "events.registration_mode_changed": gettext_lazy("takes part in the other way"),
    "events.registration_taken_over": gettext_lazy("taken over by its owner's account"),
    "events.guest_registered": gettext_lazy("registered as a guest"),
    "events.guest_approved": gettext_lazy("approved as a guest"),
    "events.guest_declined": gettext_lazy("not approved, as a guest"),
    "events.guest_cancelled": gettext_lazy("cancelled, as a guest"),
}
#: The moves of a registration that who organises makes: the action, whether it takes a reason, and the word afterwards.
MOVES: dict[str, tuple[Any, bool, Any]] = {
    "approve": (approve_registration, False, gettext_lazy("The registration is approved.")),
    "decline": (decline_registration, True, gettext_lazy("The registration is not approved.")),
    "cancel": (cancel_registration, True, gettext_lazy("The registration is cancelled.")),
}


@require_safe
def desk_one(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """A registration with what was said, what is needed and what happened to it."""
    event = find_run(request, slug)
    return _page(request, event, _find(event, code))


@require_POST
def desk_move(request: MemberRequest, slug: str, code: str, move: str) -> HttpResponse:
    """Approve, do not approve, or cancel; a refusal stands on the page, with the reason that was written."""
    event = find_run(request, slug)
    registration = _find(event, code)
    if move not in MOVES:
        raise Http404
    act, reasoned, done = MOVES[move]
    form = ReasonForm(request.POST)

    def make() -> Any:
        return act(registration=registration, actor=request.user, **({"reason": form.cleaned_data["reason"]} if reasoned else {}))

    if (status := attempt(form, make)) == 303:
        messages.success(request, str(done))
        return see_other(reverse("events:desk_one", args=[event.slug, code]))
    return _page(request, event, _find(event, code), status, **{f"{move}_form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def desk_add(request: MemberRequest, slug: str) -> HttpResponse:
    """Register somebody who has no account."""
    event, status, made = find_run(request, slug), 200, list[Registration]()
    first = {"language": get_language(), "mode": event.mode}
    form = SomebodyForm(request.POST if request.method == "POST" else None, event=event, actor=request.user, initial=first)

    def add() -> None:
        made.append(register_for(event=event, actor=request.user, **form.facts))

    if request.method == "POST" and (status := attempt(form, add)) == 303:
        words = {"name": made[0].name, "state": made[0].get_state_display()}
        messages.success(request, _("%(name)s is registered: %(state)s.") % words)
        return see_other(reverse("events:desk_one", args=[event.slug, made[0].code]))
    return render(request, "events/organising/add.html", framed(event, "list", form=form), status=status)


def _find(event: Event, code: str) -> Registration:
    rows = Registration.objects.select_related("event", "user", "made_by__person", "guest_of", "organisation", "chamber")
    return get_object_or_404(rows, event=event, code=code)


def _page(request: MemberRequest, event: Event, row: Registration, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "row": row,
        "tag": TAGS.get(RegistrationState(row.state), "no"),
        "organisation": row.organisation.name if row.organisation else row.affiliation,
        "until": row.offered_until.astimezone(event.zone) if row.offered_until else None,
        "since": row.moved_at.astimezone(event.zone),
        "guests": list(row.guests.order_by("number")),
        "needs": _needs(row),
        "answers": answers_in_words(row),
        "history": _history(row, event),
        "is_live": row.state in LIVE,
        "decline_form": ReasonForm(auto_id="decline_%s"),
        "cancel_form": ReasonForm(auto_id="cancel_%s"),
        "approve_form": None,
    }
    return render(request, "events/organising/one.html", framed(event, "list", **context | forms), status=status)


def _needs(row: Registration) -> list[tuple[Any, str]]:
    """What somebody needs, by kind; nothing once it is forgotten."""
    needs = Needs.objects.filter(registration=row).first()
    if needs is None:
        return []
    words = {name: getattr(needs, name) for name in NEEDS}
    words["interpretation"] = str(dict(Spoken.choices).get(needs.interpretation, ""))
    return [(SaidForm.base_fields[name].label, text) for name, text in words.items() if text]


def _history(row: Registration, event: Event) -> list[tuple[Any, str, Any]]:
    """What happened to it, who did it, and when by the clock of the event."""
    kind = ContentType.objects.get_for_model(Registration)
    entries = AuditEntry.objects.filter(target_type=kind, target_id=row.pk).select_related("actor__person").order_by("pk")
    return [(HISTORY[entry.verb], _name(entry.actor), entry.at.astimezone(event.zone)) for entry in entries if entry.verb in HISTORY]


def _name(user: Any) -> str:
    """How an account is called here: the person's name, of staff without one the first part of the address; empty for the clock."""
    if user is None:
        return ""
    person = getattr(user, "person", None)
    return person.name if person is not None else user.email.partition("@")[0]
