"""The library: records, files, collections, search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationsConfig(AppConfig):
    name = "publications"
    verbose_name = _("Library")

    def ready(self) -> None:
        """Make rules, notification types, search sources and desk panels known."""
        from publications import desk, notifications, rules, search  # noqa: F401 - reading the table of rules registers it
        from red_mpe.core import desk as panels
        from red_mpe.core import search as sources

        notifications.register_types()
        sources.register(*search.SOURCES)
        panels.register(*desk.PANELS)
