"""Home, search page, secretariat desk, health: imports everybody, imported by nobody."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "red_mpe.portal"
    label = "portal"
    verbose_name = _("Portal")
