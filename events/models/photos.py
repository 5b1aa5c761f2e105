"""Pictures of an event: its photos, which everybody on them has agreed to, and its poster. Their bytes lie in the library's store."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.enums import PhotoState
from events.models.events import Event
from events.querysets.photos import PhotoQuerySet
from red_mpe.core.models import Dated


class Picture(Dated):
    """A picture in two sizes, encoded anew: pixels only. `small` and `large` name bytes in the store by their hash."""

    small = models.CharField(max_length=80, editable=False)
    small_width = models.PositiveSmallIntegerField(editable=False)
    small_height = models.PositiveSmallIntegerField(editable=False)
    large = models.CharField(max_length=80, editable=False)
    large_width = models.PositiveSmallIntegerField(editable=False)
    large_height = models.PositiveSmallIntegerField(editable=False)
    alt = models.CharField(_("what is to be seen"), max_length=240, blank=True)
    credit = models.CharField(_("who made it"), max_length=120, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("added by"))

    class Meta:
        abstract = True


class EventPhoto(Picture):
    """A photo of an event. Without the declaration that everybody recognisable has agreed it cannot exist.

    `code` names it in addresses. Whoever asks for it to be taken down hides it at once (`hidden_at`), until who runs the event decides.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="photos", verbose_name=_("event"))
    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    once = models.UUIDField(unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    state = models.CharField(_("state"), max_length=6, choices=PhotoState, default=PhotoState.SHOWN)
    hidden_at = models.DateTimeField(_("taken down"), null=True, blank=True, editable=False)
    consent = models.BooleanField(_("everybody recognisable has agreed"), default=False)
    caption = models.CharField(_("caption"), max_length=240, blank=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(consent=True), name="photo_with_consent"),
            models.CheckConstraint(
                condition=Q(state=PhotoState.SHOWN, hidden_at=None) | Q(state=PhotoState.HIDDEN, hidden_at__isnull=False),
                name="photo_hidden_since",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "position"], name="photo_of_event"),
            models.Index(fields=["small"], name="photo_small"),
            models.Index(fields=["large"], name="photo_large"),
        ]

    def __str__(self) -> str:
        return self.code


class Poster(Picture):
    """The poster of an event: what stands for it on its page, and where somebody passes its address on."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="poster", verbose_name=_("event"))

    class Meta:
        verbose_name = _("poster")
        verbose_name_plural = _("posters")
        indexes = [models.Index(fields=["small"], name="poster_small"), models.Index(fields=["large"], name="poster_large")]

    def __str__(self) -> str:
        return f"{self.event_id}"
