"""Readings of the notifications' road."""

from typing import Any

from django.db import models


class NotificationQuerySet(models.QuerySet[Any]):
    """Inboxes."""

    def visible_to(self, user: Any) -> "NotificationQuerySet":
        """Only one's own lines."""
        return self.filter(recipient=user) if user.is_authenticated else self.none()

    def unread(self) -> "NotificationQuerySet":
        """Lines not read yet."""
        return self.filter(read_at=None)

    def for_list(self) -> "NotificationQuerySet":
        """With what a line needs to be rendered."""
        return self.select_related("entry", "entry__target_type")


class SubscriptionQuerySet(models.QuerySet[Any]):
    """Who follows and who has muted what."""

    def followers(self, topics: list[str]) -> models.QuerySet[Any]:
        """Ids of the people who follow one of `topics` and have muted none of them."""
        muted = self.filter(topic__in=topics, muted=True).values("person")
        return self.filter(topic__in=topics, muted=False).exclude(person__in=muted).order_by().values_list("person", flat=True).distinct()

    def mutes(self, topics: list[str]) -> models.QuerySet[Any]:
        """Ids of the people who have muted one of `topics`."""
        return self.filter(topic__in=topics, muted=True).order_by().values_list("person", flat=True).distinct()


class MailQuerySet(models.QuerySet[Any]):
    """The mail log."""
