"""People, organisations, affiliations, groups; the directory."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        """Make rules and notification types known."""
        from members import notifications, rules  # noqa: F401 - reading the table is what registers it

        notifications.register_types()
