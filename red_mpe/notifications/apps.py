"""Inbox, preferences, outgoing mail and digests: the one road from an act to the people it concerns."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "red_mpe.notifications"
    label = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """Make the rules and the desk's panel known."""
        from red_mpe.core import desk
        from red_mpe.notifications import rules  # noqa: F401 - reading the table is what registers it
        from red_mpe.notifications.desk import PANELS

        desk.register(*PANELS)
