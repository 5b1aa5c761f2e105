"""The address of one's own calendar."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events import actions
from events.models import CalendarLink
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.permissions import require


@require_safe
def my_calendar(request: MemberRequest) -> HttpResponse:
    """Show the address, or how to get one; and the addresses that everybody may use."""
    require(request.user, "events.hold_calendar")
    link = CalendarLink.objects.filter(person=request.user).first()
    context = {
        "link": link,
        "own_url": reverse("personal_calendar", args=[link.token]) if link else "",
        "public_url": f"{reverse('public_calendar')}?lang={get_language()}",
    }
    return render(request, "events/my_calendar.html", context)


@require_POST
def renew_calendar(request: MemberRequest) -> HttpResponse:
    """Make an address, or a new one in the place of the old."""
    actions.renew_calendar(actor=request.user)
    messages.success(request, _("This is the address of your calendar. An earlier one has stopped working."))
    return see_other(reverse("events:my_calendar"))


@require_POST
def revoke_calendar(request: MemberRequest) -> HttpResponse:
    """Close the address."""
    actions.revoke_calendar(actor=request.user)
    messages.success(request, _("The address is closed: nothing can be read there any more."))
    return see_other(reverse("events:my_calendar"))
