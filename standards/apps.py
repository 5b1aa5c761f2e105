"""Frameworks, versions, clauses, rounds, comments."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "standards"
    verbose_name = _("Frameworks")

    def ready(self) -> None:
        """Make our notifications and topics known to the lower rungs."""
        from events import registry as discussed
        from publications import registry as uses
        from red_mpe.core import desk, search
        from red_mpe.notifications import registry
        from standards import rules  # noqa: F401 - reading the table is what registers it
        from standards.desk import PANELS
        from standards.notifications import TOPICS, TYPES
        from standards.querysets.discussing import DISCUSSED
        from standards.querysets.evidence import USES
        from standards.search import SOURCES

        registry.register(*TYPES)
        for prefix, resolver in TOPICS.items():
            registry.register_topics(prefix, resolver)
        search.register(*SOURCES)
        desk.register(*PANELS)
        uses.register(*USES)
        discussed.register(*DISCUSSED)
