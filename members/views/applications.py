"""Asking to join."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions import send_application, withdraw_application
from members.enums import ApplicationState
from members.forms import ApplicationForm
from members.models import Application
from members.states import WITHDRAW
from red_mpe.core import states
from red_mpe.core.http import MemberRequest, attempt, done, see_other
from red_mpe.core.limits import refuse_too_many

SENT_A_DAY = 10


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: MemberRequest) -> HttpResponse:
    """The application to join. While one waits for an answer, there is nothing more to write."""
    latest = Application.objects.latest_of(request.user)
    if request.method != "POST" and latest and latest.state == ApplicationState.SENT:
        return see_other(reverse("members:application"))
    form = ApplicationForm(request.POST or None, user=request.user, initial=_first_words(request))
    if request.method == "POST":
        refuse_too_many(request, "apply", SENT_A_DAY, 86_400)
        if attempt(form, lambda: send_application(actor=request.user, **form.cleaned_data)) == 303:
            messages.success(request, _("Your application is sent. The secretariat answers by mail."))
            return see_other(reverse("members:application"))
    context = {"form": form, "is_member": hasattr(request.user, "person"), "draft": _draft(request)}
    return render(request, "members/apply.html", context)


def _draft(request: MemberRequest) -> str:
    """Name the draft after the account without telling which: phones are shared."""
    return f"apply:{salted_hmac('members.draft', str(request.user.pk)).hexdigest()[:16]}"


def _first_words(request: MemberRequest) -> dict[str, str]:
    """A member who brings an organisation need not write their name again."""
    person = request.user.member
    return {"name": person.name, "country": person.country.code, "kind": "organisation"} if person else {}


@require_safe
def application(request: MemberRequest) -> HttpResponse:
    """Where one's application stands, with the answer."""
    latest = Application.objects.latest_of(request.user)
    if latest is None:
        return see_other(reverse("members:apply"))
    return render(
        request,
        "members/application.html",
        {"application": latest, "may_withdraw": states.can_start(latest, WITHDRAW), "draft": _draft(request)},
    )


@require_POST
def withdraw(request: MemberRequest) -> HttpResponse:
    """Take one's application back."""
    latest = get_object_or_404(
        Application.objects.visible_to(request.user), pk=getattr(Application.objects.latest_of(request.user), "pk", None)
    )
    address = reverse("members:application")
    return done(request, lambda: withdraw_application(application=latest, actor=request.user), _("Your application is withdrawn."), address)
