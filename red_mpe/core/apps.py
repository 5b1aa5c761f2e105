"""What every domain app stands on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "red_mpe.core"
    label = "core"
    verbose_name = _("Foundations")

    def ready(self) -> None:
        """Let what libraries show speak the reader's language."""
        from red_mpe.core.borrowed import rename_tables

        rename_tables()
