"""What people say in the demonstration round: threads that disagree, written through the same actions as on the site."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from members.models import Affiliation, Person
from red_mpe.notifications.actions import spread
from red_mpe.notifications.enums import Category, Frequency
from red_mpe.notifications.models import Announcement, Notification, OutgoingMail, Preference, Subscription
from red_mpe.portal.demo.clock import at, days_ago
from red_mpe.portal.demo.reading import rows
from standards.actions.comments import Draft, reply_to_comment, send_comment
from standards.actions.identities import persona_for
from standards.models import ClauseText, Comment, Consultation, Persona, Support

LETTER = "standards.letter_sent"
TOLD = r"^(standards|publications|events)\."  # what the inboxes of the demonstration tell of
_QUIET = (Category.CLAUSES, Category.REPLIES, Category.EVENTS, Category.EVENT_CHANGES)


def _moment(row: dict[str, Any]) -> datetime:
    return days_ago(row["days_ago"], row["hour"], (row["days_ago"] * 7) % 60)


class Talk:
    """Writes the comments of one round in the order in which they were said, each at its time."""

    def __init__(self, consultation: Consultation, people: dict[str, Person], pattern: str) -> None:
        self.consultation, self.people, self.pattern = consultation, people, pattern
        self.texts = {text.label: text for text in ClauseText.objects.filter(version=consultation.version)}
        self.speaks = {
            (row.person.slug, row.organisation.slug): row for row in Affiliation.objects.select_related("person", "organisation")
        }
        self.personas: dict[str, Persona] = {}
        self.supports: list[Support] = []
        self.now = timezone.now()
        self.said: dict[str, Comment] = {}
        self.chambers = {slug: person.category.chamber for slug, person in people.items()}

    def fill(self, *, late: bool = False) -> None:
        """Send what was said while the round was open (`late`: after it had closed), oldest first."""
        for moment, key, parent, row in sorted(self._acts(), key=lambda act: (act[0], act[1])):
            if (moment >= self.consultation.closes_at) == late:
                with at(moment):
                    self._say(key, parent, row)
        Support.objects.bulk_create(self.supports)
        self.supports = []

    def _acts(self) -> list[tuple[datetime, str, str, dict[str, Any]]]:
        acts = []
        for comment in rows(self.pattern, "comment"):
            key = comment["key"]
            acts.append((_moment(comment), key, "", comment))
            for number, reply in enumerate(comment.get("reply", [])):
                parent = f"{key}/{reply['to']:03}" if "to" in reply else key
                acts.append((_moment(reply), f"{key}/{number:03}", parent, reply))
        return acts

    def _say(self, key: str, parent: str, row: dict[str, Any]) -> None:
        person = self.people[row["author"]]
        draft = Draft(
            once=uuid.uuid5(uuid.NAMESPACE_URL, key),
            body=row["body"],
            language=row["language"],
            shown_as=row["shown_as"],
            kind=row.get("kind", ""),
            stance=row.get("stance", ""),
            proposed=row.get("proposed", ""),
            voice=self.speaks[row["author"], row["on_behalf"]] if row["on_behalf"] else None,
        )
        if parent:
            comment = reply_to_comment(actor=person.user, parent=self.said[parent], draft=draft)
        else:
            text = self.texts[row["clause"]] if row["clause"] else None
            comment = send_comment(actor=person.user, consultation=self.consultation, clause_text=text, draft=draft)
        self.said[key] = comment
        self._support(comment, row)

    def _support(self, comment: Comment, row: dict[str, Any]) -> None:
        """Note who agrees, as of a day later; written all together at the end."""
        agree = [slug for slug in dict.fromkeys(row.get("supports", [])) if slug != row["author"]]
        moment = min(comment.sent_at + timedelta(days=1), self.now)
        self.supports += [Support(comment=comment, persona=self._persona(slug), chamber=self.chambers[slug], at=moment) for slug in agree]

    def _persona(self, slug: str) -> Persona:
        if slug not in self.personas:
            self.personas[slug] = persona_for(self.people[slug].user, self.consultation)
        return self.personas[slug]


def let_rest() -> None:
    """What happened weeks ago is in nobody's queue of mail: only the last day waits for the first digest."""
    Announcement.objects.filter(spread_at=None).update(spread_at=timezone.now())
    OutgoingMail.objects.filter(state="queued").exclude(notification=None).delete()


def follow(people: dict[str, Person], topic: str) -> None:
    """Let every third person follow the framework."""
    followers = [person for place, person in enumerate(people.values()) if place % 3 == 0]
    Subscription.objects.bulk_create([Subscription(person=person.user, topic=topic) for person in followers], ignore_conflicts=True)


def mail_only(people: dict[str, Person], addresses: set[str]) -> None:
    """Let digests leave for `addresses` only: in the demonstration's mailbox one reads one's own mail, not everybody's."""
    others = [person.user for person in people.values() if person.user.email not in addresses]
    rows = [Preference(person=user, category=category, frequency=Frequency.NONE) for user in others for category in _QUIET]
    Preference.objects.bulk_create(rows, ignore_conflicts=True)


def tell_what_is_new(days: int) -> int:
    """Put what was announced in the last `days` days, and every letter, into the inboxes of those it concerns.

    Each line has the time of what it tells; no mail leaves for it. Return how many lines that made.
    """
    new = Q(entry__at__gte=timezone.now() - timedelta(days=days)) | Q(entry__verb=LETTER)
    for announcement in Announcement.objects.filter(new, entry__verb__regex=TOLD).select_related("entry").order_by("pk"):
        with at(announcement.entry.at):
            Announcement.objects.filter(pk=announcement.pk).update(spread_at=None)
            spread(entry_id=announcement.entry_id)
    OutgoingMail.objects.filter(state="queued", notification__isnull=False).delete()
    return Notification.objects.count()
