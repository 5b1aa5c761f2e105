"""Words of the notifications' road."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    """What a notification is about; each person chooses a frequency for each."""

    MEMBERSHIP = "membership", _("My membership")
    ROUNDS = "rounds", _("Rounds: announced, opened, closing, closed")
    EVENTS = "events", _("Encounters that are announced")
    EVENT_CHANGES = "event-changes", _("Encounters I was told of or follow: changes, reminders, reports")
    CLAUSES = "clauses", _("Comments on what I follow")
    REPLIES = "replies", _("Replies to what I wrote")
    MODERATION = "moderation", _("Moderation of what I wrote")
    LIBRARY = "library", _("The library: what I proposed, what I asked for, my saved searches")
    SECRETARIAT = "secretariat", _("Work of the secretariat and of committees")


class Frequency(models.TextChoices):
    """When a notification is mailed. In the inbox it is always."""

    NONE = "none", _("No mail")
    INSTANT = "instant", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


class MailClass(models.IntegerChoices):
    """The order in which mail leaves, and what happens when its fate is unknown: the first two are sent again."""

    CRITICAL = 1, _("critical")
    PERSONAL = 2, _("personal")
    DIGEST = 3, _("digest")
    BROADCAST = 4, _("broadcast")


class MailState(models.TextChoices):
    """Where an outgoing mail stands."""

    QUEUED = "queued", _("waiting")
    CLAIMED = "claimed", _("being prepared")
    HANDING = "handing", _("being handed over")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    SUPPRESSED = "suppressed", _("not sent on purpose")
    UNCERTAIN = "uncertain", _("perhaps sent")
    HELD = "held", _("held")


class Reason(models.TextChoices):
    """Why a mail was not sent on purpose, or waits: the note in the mail log."""

    INACTIVE = "inactive", _("the account is closed")
    BOUNCES = "bounces", _("the address bounces")
    UNWANTED = "unwanted", _("the person wants no such mail")
    MUTED = "muted", _("the person has muted the topic")
    HIDDEN = "hidden", _("the person may no longer see it, or it is gone")
    EMPTY = "empty", _("nothing is left to tell")
    STAGING = "staging", _("this site may not mail that address")
    ABORTED = "aborted", _("stopped by the secretariat")
    BRAKE = "brake", _("too many mails in a short time: release or stop them")
    UNKNOWN = "unknown", _("the relay went away before it answered")
    UNWRITABLE = "unwritable", _("its words could not be made")
    AWAY = "away", _("the relay could not be reached")
    GAVE_UP = "gave up", _("tried too often")


#: What only the author of a contribution gets. Who is told tells who wrote: staff see that there is something, and nothing of it.
ABOUT_OWN_WORDS = frozenset({Category.REPLIES, Category.MODERATION})
