"""A tiny world of news: five types of announcement that no app owns, and a relay that keeps what it gets."""

from pathlib import Path

import pytest
from django.db import OperationalError, transaction
from django.template import engines

from red_mpe.notifications import actions, registry
from red_mpe.notifications.enums import Category, MailClass
from red_mpe.notifications.models import Notification, OutgoingMail
from red_mpe.notifications.registry import NotificationType, Topic
from tests.support.smtp import smtp_sink

HERE = Path(__file__).parent


class World:
    """What the tests' types answer: who is told is in the entry's data, who may no longer see is in `hidden`."""

    def __init__(self, target):
        self.target = target
        self.hidden, self.unjudged, self.database_away = set(), set(), False
        self.described = []
        self.clock = None  # when what is told happens; by default now

    def describe(self, entries):
        self.described.append([entry.pk for entry in entries])
        if self.database_away == "later":
            raise OperationalError("the database went away")
        if any(entry.data.get("indescribable") for entry in entries):
            raise ValueError("one of them cannot be described")
        items = {entry.pk: {"url": f"/es/#{entry.pk}", "group": "Marco", **entry.data} for entry in entries}
        return {pk: item for pk, item in items.items() if not item.get("speechless")}

    def may_see(self, entry, person):
        if self.database_away is True:
            raise OperationalError("the database went away")
        if entry.pk in self.unjudged:
            raise ValueError("nobody knows")
        return entry.pk not in self.hidden

    def tell(self, key, *people, title="Agua limpia", spread=True, actor=None, **data):
        """Announce something to people and, unless told otherwise, spread it."""
        to = [getattr(person, "user", person).pk for person in people]
        with transaction.atomic():
            entry = actions.announce(f"tests.{key}", actor=actor, target=self.target, to=to, title=title, **data)
        if spread:
            actions.spread(entry_id=entry.pk)
        if self.clock:
            Notification.objects.filter(entry=entry).update(created_at=self.clock)
        return entry

    def kind(self, key, category, **more):
        return NotificationType(
            key=f"tests.{key}",
            category=category,
            audience=lambda entry: entry.data["to"],
            describe=self.describe,
            may_see=self.may_see,
            topics=lambda entry: entry.data.get("topics", []),
            **more,
        )


@pytest.fixture
def news(cooperative, monkeypatch):
    """The world, with its types registered: news (daily), reply and appeal (at once), decision and alarm (at once whatever one chose)."""
    world = World(cooperative)
    kinds = [
        world.kind("news", Category.CLAUSES, rank=40),
        world.kind("reply", Category.REPLIES, rank=30),
        world.kind("appeal", Category.ROUNDS, rank=10, mail_class=MailClass.BROADCAST),
        world.kind("decision", Category.MEMBERSHIP, rank=10, always=True),
        world.kind("alarm", Category.SECRETARIAT, rank=1, always=True, mail_class=MailClass.CRITICAL),
    ]
    for kind in kinds:
        monkeypatch.setitem(registry._types, kind.key, kind)
    resolver = {"water": Topic("Agua", "/es/agua/")}
    monkeypatch.setitem(registry._resolvers, "tests", lambda found, person: {key: resolver[key] for key in found if key in resolver})
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "dirs", [*engine.dirs, HERE / "templates"])
    return world


@pytest.fixture
def sink(settings):
    """A relay that takes everything, unless told otherwise."""
    with smtp_sink(settings) as relay:
        yield relay


@pytest.fixture
def lines(db):
    """How many inbox lines and mails there are of an entry."""
    return lambda entry: (Notification.objects.filter(entry=entry).count(), OutgoingMail.objects.filter(notification__entry=entry).count())
