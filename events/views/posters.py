"""The poster of an event."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.actions import posters as acts
from events.enums import EventAudience, EventState
from events.forms.after import PosterForm
from events.models import Poster
from events.views.details import find_event, find_run
from events.views.photos import UPLOADS, images_page
from events.views.pictures import hand_out_size
from publications.views.files import refuse_heavy
from red_mpe.core.http import MemberRequest, Request, see_other
from red_mpe.core.limits import TooMany, refuse_too_many
from red_mpe.core.states import DomainError


@require_safe
@login_not_required
def poster_file(request: Request, slug: str, size: str) -> HttpResponseBase:
    """The bytes of the poster in one of its two sizes, for who sees the event."""
    event = find_event(request.user, slug)
    poster = get_object_or_404(Poster, event=event)
    public = event.audience == EventAudience.PUBLIC and event.state != EventState.DRAFT
    return hand_out_size(request, poster, size, public=public)


@refuse_heavy
@require_POST
def poster_set(request: MemberRequest, slug: str) -> HttpResponse:
    """Give the event its poster, or correct the words about it."""
    event = find_run(request, slug)
    form = PosterForm(request.POST, request.FILES)
    if not form.is_valid():
        return images_page(request, event, 422, poster=form)
    said = {"upload": form.cleaned_data["upload"], "alt": form.written("alt"), "credit": form.cleaned_data["credit"]}
    try:
        refuse_too_many(request, "photo", UPLOADS, 3600)
        acts.set_poster(event=event, actor=request.user, **said)
    except (DomainError, TooMany) as error:
        form.add_error(None, str(error))
        return images_page(request, event, 429 if isinstance(error, TooMany) else 409, poster=form)
    messages.success(request, _("The poster stands on the page of the encounter."))
    return see_other(reverse("events:images", args=[slug]))


@require_POST
def poster_remove(request: MemberRequest, slug: str) -> HttpResponse:
    """Take the poster away."""
    acts.remove_poster(event=find_run(request, slug), actor=request.user)
    messages.success(request, _("The poster is gone."))
    return see_other(reverse("events:images", args=[slug]))
