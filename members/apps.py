"""People, organisations, affiliations, groups; the directory."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        """Make rules, notification types, search sources and desk panels known."""
        from members import notifications, rules  # noqa: F401 - reading the table is what registers it
        from members.desk import PANELS
        from members.search import SOURCES
        from red_mpe.core import desk, search

        notifications.register_types()
        search.register(*SOURCES)
        desk.register(*PANELS)
