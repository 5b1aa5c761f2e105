"""What reaches one, and how often."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from red_mpe.core.http import MemberRequest, safe_next, see_other
from red_mpe.core.text import clean_line
from red_mpe.notifications import actions, registry
from red_mpe.notifications.forms import PreferencesForm
from red_mpe.notifications.models import Subscription


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: MemberRequest) -> HttpResponse:
    """Choose a frequency for each category; see what one follows and has muted."""
    form = PreferencesForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        actions.set_preferences(person=request.user, frequencies=form.cleaned_data)
        messages.success(request, _("Your choice is kept."))
        return see_other(reverse("notifications:preferences"))
    return render(request, "notifications/preferences.html", {"form": form, "topics": _topics(request.user)})


@require_POST
def follow(request: MemberRequest) -> HttpResponse:
    """Follow the posted topic."""
    return _choose(request, actions.follow, _("You follow it now: what happens there reaches you."))


@require_POST
def mute(request: MemberRequest) -> HttpResponse:
    """Mute the posted topic."""
    return _choose(request, actions.mute, _("It is muted: nothing of it reaches you any more."))


@require_POST
def unfollow(request: MemberRequest) -> HttpResponse:
    """Forget what one chose on the posted topic, muted or followed; also where it is no longer visible."""
    actions.unfollow(person=request.user, topic=clean_line(request.POST.get("topic", "")))
    messages.success(request, _("Done: it is neither followed nor muted."))
    return see_other(safe_next(request, reverse("notifications:preferences")))


def _choose(request: MemberRequest, action: Callable[..., None], done: str) -> HttpResponse:
    topic = clean_line(request.POST.get("topic", ""))
    if topic not in registry.resolve([topic], request.user):
        raise Http404
    action(person=request.user, topic=topic)
    messages.success(request, done)
    return see_other(safe_next(request, reverse("notifications:preferences")))


def _topics(person: Any) -> list[dict[str, Any]]:
    """Return what `person` follows and has muted, with words and address where it can still be seen."""
    chosen = dict(Subscription.objects.filter(person=person).order_by("topic").values_list("topic", "muted"))
    known = registry.resolve(chosen, person)
    return [{"key": key, "muted": muted, "topic": known.get(key)} for key, muted in chosen.items()]
