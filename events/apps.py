"""Encounters: what the network meets for, where and when."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        """Make our rules, notifications, their files, topics, search and desk known to the lower rungs."""
        from events import rules  # noqa: F401 - reading the table is what registers it
        from events.desk import PANELS
        from events.exports import CARRIERS, enclose
        from events.notifications import TOPICS, TYPES
        from events.querysets import USES
        from events.search import SOURCES
        from publications import registry as uses
        from red_mpe.core import desk, search
        from red_mpe.notifications import registry

        registry.register(*TYPES)
        registry.register_files(enclose, *CARRIERS)
        for prefix, resolver in TOPICS.items():
            registry.register_topics(prefix, resolver)
        search.register(*SOURCES)
        desk.register(*PANELS)
        uses.register(*USES)
