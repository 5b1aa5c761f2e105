"""Photos of an event: the gallery for who sees the event, taking one down, and the page of images for who runs it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions import photos as acts
from events.enums import EventAudience, PhotoState, RegistrationState
from events.forms.after import PhotoForm, PhotosForm, PosterForm
from events.models import Event, EventPhoto, Poster
from events.views.details import find_event, find_run
from events.views.pictures import Tile, hand_out_size, tiles_of
from members.models.texts import told
from publications.views.files import refuse_heavy
from red_mpe.core.http import MemberRequest, Request, attempt, done, see_other
from red_mpe.core.limits import TooMany, refuse_too_many
from red_mpe.core.states import DomainError

PAGE = 24  # photos
UPLOADS, WISHES = 60, 10  # forms by account, wishes by address, in an hour


@require_safe
@login_not_required
def gallery(request: Request, slug: str) -> HttpResponse:
    """The photos of an event, small, in their order."""
    event = find_event(request.user, slug)
    page = Paginator(EventPhoto.objects.shown_of(event), PAGE).get_page(request.GET.get("page"))
    context = {"event": event, "title": told(event, "title"), "tiles": tiles_of(event, page.object_list), "page": page}
    return render(request, "events/after/gallery.html", context)


def _find(request: Request, slug: str, code: str) -> EventPhoto:
    """Return a photo for who may see it; to anybody else it does not exist."""
    event = find_event(request.user, slug)
    photo: EventPhoto = get_object_or_404(EventPhoto.objects.visible_to(request.user).select_related("event"), event=event, code=code)
    return photo


@require_safe
@login_not_required
def photo_detail(request: Request, slug: str, code: str) -> HttpResponse:
    """One photo, large, with the one before and the one after."""
    photo = _find(request, slug, code)
    codes = list(EventPhoto.objects.shown_of(photo.event).values_list("code", flat=True))
    here = codes.index(code) if code in codes else None
    context: dict[str, Any] = {"photo": photo, "event": photo.event, "title": told(photo.event, "title")}
    context |= {"alt": told(photo, "alt"), "caption": told(photo, "caption"), "many": len(codes)}
    if here is not None:
        context |= {"number": here + 1, "before": codes[here - 1] if here else "", "after": (codes[here + 1 : here + 2] or [""])[0]}
    return render(request, "events/after/photo.html", context)


@require_safe
@login_not_required
def photo_file(request: Request, slug: str, code: str, size: str) -> HttpResponseBase:
    """The bytes of a photo in one of its two sizes, while it may be seen."""
    photo = _find(request, slug, code)
    shown = photo.state == PhotoState.SHOWN and photo.event.audience == EventAudience.PUBLIC
    return hand_out_size(request, photo, size, public=shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def photo_take_down(request: Request, slug: str, code: str) -> HttpResponse:
    """Ask before a photo is taken down; on POST it is, at once, whoever asks."""
    photo = _find(request, slug, code)
    if request.method == "POST":
        refuse_too_many(request, "photo-down", WISHES, 3600)
        acts.take_down_photo(photo=photo, actor=request.user)
        messages.success(request, _("The photo is not shown any more. Who organises the encounter decides whether it is removed for good."))
        return see_other(reverse("events:gallery", args=[slug]))
    context = {"photo": photo, "event": photo.event, "alt": told(photo, "alt")}
    return render(request, "events/after/take_down.html", context)


@require_safe
def images(request: MemberRequest, slug: str) -> HttpResponse:
    """The photos and the poster of an event, for who runs it."""
    return images_page(request, find_run(request, slug))


def images_page(request: MemberRequest, event: Event, status: int = 200, **more: Any) -> HttpResponse:
    """Answer with the page of images; a form that was refused comes as `photos` or `poster`, with every word in it."""
    poster = Poster.objects.filter(event=event).first()
    form = PosterForm(initial={"credit": poster.credit} if poster else {})
    if poster:
        form.recall(poster)
    willing = event.registrations.filter(state=RegistrationState.CONFIRMED)
    context = {
        "event": event,
        "title": told(event, "title"),
        "tiles": tiles_of(event, event.photos.order_by("position", "pk")),
        "photos": PhotosForm(),
        "poster": form,
        "current": poster,
        "registered": willing.count(),
        "willing": willing.filter(photos=True).count(),
    }
    return render(request, "events/after/images.html", context | more, status=status)


@refuse_heavy
@require_POST
def photos_add(request: MemberRequest, slug: str) -> HttpResponse:
    """Take the photos that were sent, each for itself; what was not taken is told with its reason."""
    event = find_run(request, slug)
    form = PhotosForm(request.POST, request.FILES)
    if not form.is_valid():
        return images_page(request, event, 422, photos=form)
    try:
        refuse_too_many(request, "photo", UPLOADS, 3600)
        data = form.cleaned_data
        said = {"consent": data["consent"], "alt": form.written("alt"), "credit": data["credit"]}
        taken, refused = acts.add_photos(event=event, actor=request.user, once=data["once"], uploads=data["uploads"], **said)
    except (DomainError, TooMany) as error:
        form.add_error(None, str(error))
        return images_page(request, event, 429 if isinstance(error, TooMany) else 409, photos=form)
    for name, reason in refused:
        form.add_error(None, f"{name}: {reason}")
    if not taken:
        return images_page(request, event, 409, photos=form)
    return _told(request, event, taken, refused)


def _told(request: MemberRequest, event: Event, taken: int, refused: list[tuple[str, str]]) -> HttpResponse:
    messages.success(request, ngettext("%(taken)s photo is here.", "%(taken)s photos are here.", taken) % {"taken": taken})
    for name, reason in refused:
        messages.error(request, f"{name}: {reason}")
    return see_other(reverse("events:images", args=[event.slug]))


def _run_photo(request: MemberRequest, slug: str, code: str) -> EventPhoto:
    event = find_run(request, slug)
    photo: EventPhoto = get_object_or_404(event.photos.select_related("event"), code=code)
    return photo


@require_http_methods(["GET", "HEAD", "POST"])
def photo_edit(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Say what is to be seen on a photo and what it tells; show it again, or remove it."""
    photo = _run_photo(request, slug, code)
    form, status = PhotoForm(request.POST if request.method == "POST" else None), 200
    form.remember(photo)
    if request.method == "POST":
        status = attempt(form, lambda: acts.describe_photo(photo=photo, actor=request.user, **form.said))
        if status == 303:
            return see_other(reverse("events:images", args=[slug]))
    context = {"photo": photo, "event": photo.event, "form": form, "tile": Tile.of(photo.event, photo)}
    return render(request, "events/after/photo_edit.html", context, status=status)


@require_POST
def photo_show(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Show a photo again that was taken down."""
    photo = _run_photo(request, slug, code)
    address = reverse("events:images", args=[slug])
    return done(request, lambda: acts.show_photo(photo=photo, actor=request.user), _("The photo is shown again."), address)


@require_POST
def photo_remove(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Remove a photo for good."""
    photo = EventPhoto.objects.filter(event=find_run(request, slug), code=code).select_related("event").first()
    if photo is None:
        raise Http404
    acts.remove_photo(photo=photo, actor=request.user)
    messages.success(request, _("The photo is removed for good."))
    return see_other(reverse("events:images", args=[slug]))
