"""Pictures of an event as pages show them, and their bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from events.enums import PhotoState
from events.models import Event
from members.models.texts import Told, told
from publications.views.serving import Bytes, hand_out


@dataclass(frozen=True)
class Tile:
    """A small picture with where it leads."""

    code: str
    src: str
    width: int
    height: int
    alt: Told
    caption: Told
    url: str
    edit: str
    hidden: bool

    @classmethod
    def of(cls, event: Event, photo: Any) -> "Tile":
        """Return the tile of a photo."""
        url, edit = (reverse(f"events:{name}", args=[event.slug, photo.code]) for name in ("photo_detail", "photo_edit"))
        return cls(
            photo.code,
            reverse("events:photo_file", args=[event.slug, photo.code, "small"]),
            photo.small_width,
            photo.small_height,
            told(photo, "alt"),
            told(photo, "caption"),
            url,
            edit,
            photo.state == PhotoState.HIDDEN,
        )


def tiles_of(event: Event, photos: Iterable[Any]) -> list[Tile]:
    """Return the tiles of some photos; one query, addresses made once."""
    return [Tile.of(event, photo) for photo in photos]


def hand_out_size(request: HttpRequest, picture: Any, size: str, *, public: bool) -> HttpResponseBase:
    """Answer with the bytes of a picture in one of its two sizes; of our own making, so that they may stand in a page."""
    if size not in ("small", "large"):
        raise Http404
    return hand_out(request, Bytes(getattr(picture, size), -1, "image/webp", f"{size}.webp", public, inline=True))
