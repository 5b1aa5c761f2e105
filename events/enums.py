"""Words of encounters."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventKind(models.TextChoices):
    """Kinds of event (docs/glossary.md)."""

    ENCOUNTER = "encounter", _("Encounter")
    CONVENTION = "convention", _("Convention")
    WORKSHOP = "workshop", _("Workshop")
    WEBINAR = "webinar", _("Webinar")
    MEETING = "meeting", _("Group meeting")
    VISIT = "visit", _("Site visit or exchange")
    TRAINING = "training", _("Training")
    FAIR = "fair", _("Fair")


class EventMode(models.TextChoices):
    """How one takes part."""

    ON_SITE = "on-site", _("On site")
    ON_LINE = "on-line", _("On line")
    HYBRID = "hybrid", _("On site and on line")


class EventState(models.TextChoices):
    """Where an event stands."""

    DRAFT = "draft", pgettext_lazy("event", "draft")
    ANNOUNCED = "announced", pgettext_lazy("event", "announced")
    HELD = "held", pgettext_lazy("event", "held")
    REPORTED = "reported", pgettext_lazy("event", "held, with its report")
    POSTPONED = "postponed", pgettext_lazy("event", "postponed")
    CANCELLED = "cancelled", pgettext_lazy("event", "cancelled")


class EventAudience(models.TextChoices):
    """Who sees an event once it is announced."""

    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members of the network")
    GROUP = "group", _("Only its groups")


#: Has a place that one goes to; has a link that one opens.
WITH_PLACE = (EventMode.ON_SITE, EventMode.HYBRID)
WITH_LINK = (EventMode.ON_LINE, EventMode.HYBRID)
#: Over, and it took place.
TOOK_PLACE = (EventState.HELD, EventState.REPORTED)
#: Not on its date any more; the latter keeps its place in calendars, struck out.
CALLED_OFF = (EventState.POSTPONED, EventState.CANCELLED)


class DocumentRole(models.TextChoices):
    """What a record of the library was to an event."""

    PROGRAMME = "programme", pgettext_lazy("document of an event", "Programme")
    MATERIAL = "material", pgettext_lazy("document of an event", "Handed out")
    OUTCOME = "outcome", pgettext_lazy("document of an event", "Came of it")
