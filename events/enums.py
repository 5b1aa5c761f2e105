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
    OPEN = "open", pgettext_lazy("event", "open for registration")
    FULL = "full", pgettext_lazy("event", "full")
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
#: Told to its audience, and still to come or under way.
ON = (EventState.ANNOUNCED, EventState.OPEN, EventState.FULL)


class DocumentRole(models.TextChoices):
    """What a record of the library was to an event."""

    PROGRAMME = "programme", pgettext_lazy("document of an event", "Programme")
    MATERIAL = "material", pgettext_lazy("document of an event", "Handed out")
    OUTCOME = "outcome", pgettext_lazy("document of an event", "Came of it")


class SessionKind(models.TextChoices):
    """Kinds of session (docs/glossary.md)."""

    PLENARY = "plenary", _("Plenary")
    PANEL = "panel", _("Panel")
    WORKSHOP = "workshop", _("Workshop")
    GROUP = "group", _("Group session")
    STAND = "stand", _("Fair and stands")
    CEREMONY = "ceremony", _("Opening or closing")
    BREAK = "break", _("Break")


class VoiceRole(models.TextChoices):
    """What somebody does in a session."""

    CHAIR = "chair", pgettext_lazy("in a session", "Chairs it")
    SPEAKER = "speaker", pgettext_lazy("in a session", "Speaks")
    RAPPORTEUR = "rapporteur", pgettext_lazy("in a session", "Keeps the record")
    INTERPRETER = "interpreter", pgettext_lazy("in a session", "Interprets")


class RegistrationState(models.TextChoices):
    """Where a registration stands."""

    PENDING = "pending", pgettext_lazy("registration", "waits for approval")
    WAITING = "waiting", pgettext_lazy("registration", "on the waiting list")
    OFFERED = "offered", pgettext_lazy("registration", "offered a place")
    CONFIRMED = "confirmed", pgettext_lazy("registration", "confirmed")
    LAPSED = "lapsed", pgettext_lazy("registration", "offer not taken")
    CANCELLED = "cancelled", pgettext_lazy("registration", "cancelled")
    DECLINED = "declined", pgettext_lazy("registration", "not approved")


#: Holds a seat.
SEATED = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)
#: Holds a seat, or may still get one.
LIVE = (RegistrationState.PENDING, RegistrationState.WAITING, RegistrationState.OFFERED, RegistrationState.CONFIRMED)

#: Came to nothing.
CAME_TO_NOTHING = (RegistrationState.LAPSED, RegistrationState.CANCELLED, RegistrationState.DECLINED)


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    LINE = "line", _("A line")
    TEXT = "text", _("Some sentences")
    ONE = "one", _("One of several")
    SEVERAL = "several", _("Some of several")
    YES = "yes", _("Yes or no")
    SCALE = "scale", _("One to five")


class AskedAt(models.TextChoices):
    """When a question is asked."""

    REGISTRATION = "registration", _("With the registration")
    EVALUATION = "evaluation", _("In the evaluation")


class Seen(models.TextChoices):
    """How it is known that somebody was there."""

    SCAN = "scan", pgettext_lazy("attendance", "ticket scanned")
    SEARCH = "search", pgettext_lazy("attendance", "found in the list")
    SELF = "self", pgettext_lazy("attendance", "said so")
    MINUTES = "minutes", pgettext_lazy("attendance", "noted in the minutes")


class HeadRole(models.TextChoices):
    """Who the counted people are."""

    MINERS = "miners", pgettext_lazy("counted people", "Miners")
    SORTERS = "sorters", pgettext_lazy("counted people", "Mineral sorters and gold panners")
    COMMUNITY = "community", pgettext_lazy("counted people", "Communities and peoples")
    CIVIL = "civil", pgettext_lazy("counted people", "Civil society, labour and knowledge")
    COMPANIES = "companies", pgettext_lazy("counted people", "Companies")
    GOVERNMENT = "government", pgettext_lazy("counted people", "Government and cooperation")
    OTHER = "other", pgettext_lazy("counted people", "Others, or not known")


class HeadSex(models.TextChoices):
    """The sex of the counted people."""

    WOMEN = "f", pgettext_lazy("counted people", "women")
    MEN = "m", pgettext_lazy("counted people", "men")
    UNKNOWN = "u", pgettext_lazy("counted people", "not counted apart")


class MinutesState(models.TextChoices):
    """Where minutes stand."""

    DRAFT = "draft", pgettext_lazy("minutes", "draft")
    PUBLISHED = "published", pgettext_lazy("minutes", "published")
    APPROVED = "approved", pgettext_lazy("minutes", "approved")


class ResolutionKind(models.TextChoices):
    """What was resolved."""

    DECISION = "decision", pgettext_lazy("minutes", "Decision")
    AGREEMENT = "agreement", pgettext_lazy("minutes", "Agreement")


class TaskState(models.TextChoices):
    """Where a task stands."""

    OPEN = "open", pgettext_lazy("task", "open")
    DONE = "done", pgettext_lazy("task", "done")
    DROPPED = "dropped", pgettext_lazy("task", "dropped")
