"""Readings of the notifications' road."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from red_mpe.notifications import registry
from red_mpe.notifications.enums import ABOUT_OWN_WORDS, Frequency, MailClass, MailState

MANY = 100  # unread lines are not counted beyond


class AnnouncementQuerySet(models.QuerySet[Any]):
    """What people are told about."""

    def waiting(self, seconds: int = 0) -> "AnnouncementQuerySet":
        """Announcements older than `seconds` that not everybody has been told of, the oldest first."""
        return self.filter(spread_at=None, entry__at__lte=Now() - timedelta(seconds=seconds)).order_by("pk")


def _only_own_words(digest: str) -> Q:
    """Digests that hold nothing but what only the author of a contribution gets: that one was sent would tell who wrote."""
    items = apps.get_model("notifications", "Notification").objects.filter(digest=OuterRef(digest))
    return Q(Exists(items.filter(_telling()))) & ~Q(Exists(items.for_staff()))


def _telling(way: str = "") -> Q:
    """Lines that say by being there that their reader spoke; `way` leads to them."""
    return Q(**{f"{way}category__in": ABOUT_OWN_WORDS}) | Q(**{f"{way}entry__verb__in": registry.telling()})


class DigestQuerySet(models.QuerySet[Any]):
    """Digests."""

    def for_staff(self) -> "DigestQuerySet":
        """Without those that would tell who wrote."""
        return self.exclude(_only_own_words("pk"))


class NotificationQuerySet(models.QuerySet[Any]):
    """Inboxes."""

    def visible_to(self, user: Any) -> "NotificationQuerySet":
        """Only one's own lines."""
        return self.filter(recipient=user) if user.is_authenticated else self.none()

    def for_staff(self) -> "NotificationQuerySet":
        """Without those of which the reader would tell who is behind a contribution."""
        return self.exclude(_telling())

    def unread(self) -> "NotificationQuerySet":
        """Lines not read yet."""
        return self.filter(read_at=None)

    def unread_count(self, user: Any) -> int:
        """Return how many lines `user` has not read, counting to a hundred only: cheap enough for every page."""
        return self.visible_to(user).unread().order_by()[:MANY].count()

    def unread_of(self, person: str) -> models.Func:
        """Return the same for each row of a query of accounts; `person` names the column of their keys there."""
        lines = self.filter(recipient=OuterRef(person)).unread().order_by().values("pk")[:MANY]
        return models.Func(ArraySubquery(lines), function="cardinality", output_field=models.IntegerField())

    def for_list(self) -> "NotificationQuerySet":
        """With what a line needs to be rendered."""
        return self.select_related("entry", "entry__target_type")

    def waiting_for_digest(self, frequency: str) -> "NotificationQuerySet":
        """Lines that the next digest of that frequency will claim, of working accounts."""
        return self.filter(frequency=frequency, digest=None, recipient__is_active=True)


class PreferenceQuerySet(models.QuerySet[Any]):
    """What people chose."""

    def chosen(self, people: Collection[int], categories: Collection[str]) -> dict[tuple[int, str], Frequency]:
        """Return the frequency of each of `people` for each of `categories`, the default where nothing was chosen."""
        found = {(person, category): registry.DEFAULT_FREQUENCY[category] for person in people for category in categories}
        rows = self.filter(person__in=people, category__in=categories).values_list("person", "category", "frequency")
        return found | {(person, category): Frequency(frequency) for person, category, frequency in rows}


class SubscriptionQuerySet(models.QuerySet[Any]):
    """Who follows and who has muted what."""

    def followers(self, topics: list[str]) -> models.QuerySet[Any]:
        """Ids of the people who follow one of `topics` and have muted none of them."""
        muted = self.filter(topic__in=topics, muted=True).values("person")
        return self.filter(topic__in=topics, muted=False).exclude(person__in=muted).order_by().values_list("person", flat=True).distinct()

    def mutes(self, topics: list[str]) -> models.QuerySet[Any]:
        """Ids of the people who have muted one of `topics`."""
        return self.filter(topic__in=topics, muted=True).order_by().values_list("person", flat=True).distinct()

    def standing(self, person: Any, topics: Collection[str]) -> dict[str, str]:
        """Return `following` or `muted` for each of `topics` on which `person` has chosen; for the buttons of a page."""
        rows = self.filter(person=person, topic__in=topics) if person.is_authenticated else self.none()
        return {topic: "muted" if muted else "following" for topic, muted in rows.values_list("topic", "muted")}


class MailQuerySet(models.QuerySet[Any]):
    """The mail log."""

    def due(self) -> "MailQuerySet":
        """Mails that may leave now, in the order in which they leave: class first, then age."""
        return self.filter(state=MailState.QUEUED, due_at__lte=Now()).order_by("mail_class", "due_at", "pk")

    def braked(self) -> "MailQuerySet":
        """Mails the brake counts: not critical, and not let pass by a person."""
        return self.filter(mail_class__gt=MailClass.CRITICAL, released_at=None)

    def lately(self, minutes: int) -> "MailQuerySet":
        """Mails sent in the last `minutes`, or about to be."""
        under_way = models.Q(state__in=[MailState.CLAIMED, MailState.HANDING])
        return self.filter(under_way | models.Q(sent_at__gt=Now() - timedelta(minutes=minutes)))

    def lost(self, state: MailState) -> "MailQuerySet":
        """Mails in `state` whose lease has ended: the process that claimed them is gone."""
        return self.filter(state=state, lease_until__lte=Now())

    def for_staff(self) -> "MailQuerySet":
        """With `is_private`: who gets it would tell who is behind a contribution."""
        private = _telling("notification__") | _only_own_words("digest")
        return self.annotate(is_private=models.Case(models.When(private, then=True), default=False, output_field=models.BooleanField()))

    def troubled(self) -> "MailQuerySet":
        """Mails that wait for a person of the secretariat."""
        return self.filter(state__in=[MailState.FAILED, MailState.HELD, MailState.UNCERTAIN])

    def for_delivery(self) -> "MailQuerySet":
        """With what writing and sending them needs, in the order in which they leave."""
        related = ("recipient__mailbox", "notification", "digest")
        return self.select_related(*related).order_by("mail_class", "due_at", "pk")
