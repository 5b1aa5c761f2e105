"""What every domain app stands on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "red_mpe.core"
    label = "core"
    verbose_name = _("Foundations")
