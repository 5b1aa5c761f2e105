"""What a session of an encounter discusses: for who runs the encounter."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.models import Session
from members.models.texts import told
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from standards.actions.discussing import pin_clause, unpin_clause
from standards.forms.discussing import PinForm
from standards.querysets.discussing import pins_of


def _find(request: MemberRequest, slug: str, session: str) -> Session:
    """Return a session of an event that the reader runs; 404 where they do not see it."""
    rows = Session.objects.select_related("event")
    found: Session = get_object_or_404(rows, event__slug=slug, slug=session)
    if not request.user.has_perm("events.view_event", found.event):
        raise Http404
    require(request.user, "events.change_event", found.event)
    return found


def _here(session: Session) -> str:
    return reverse("standards:session_clauses", args=[session.event.slug, session.slug])


@require_http_methods(["GET", "HEAD", "POST"])
def session_clauses(request: MemberRequest, slug: str, session: str) -> HttpResponse:
    """What a session discusses; a form names one thing more."""
    found, status = _find(request, slug, session), 200
    form = PinForm(request.POST if request.method == "POST" else None, actor=request.user)
    if request.method == "POST":
        status = _pin(request, found, form)
    if status == 303:
        return see_other(_here(found))
    context = {
        "event": found.event,
        "session": found,
        "title": told(found, "title").text or found.get_kind_display(),
        "pins": pins_of([found.pk], request.user),
        "form": form,
        "up_url": reverse("events:session_edit", args=[slug, session]),
    }
    return render(request, "standards/session_clauses.html", context, status=status)


def _pin(request: MemberRequest, session: Session, form: PinForm) -> int:
    """Say it and return the status of the answer."""
    if not form.is_valid():
        return 422
    try:
        pin_clause(session=session, actor=request.user, **form.cleaned_data)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return 409
    messages.success(request, _("The agenda says so now."))
    return 303


@require_POST
def session_clause_remove(request: MemberRequest, slug: str, session: str, pk: int) -> HttpResponse:
    """Take back that a session discusses something."""
    found = _find(request, slug, session)
    unpin_clause(session=found, actor=request.user, number=pk)
    messages.success(request, _("The agenda does not say so any more."))
    return see_other(_here(found))
