"""The choice of a time zone: near ones first, then every place that has a clock of its own."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from red_mpe.core.forms import PlainSelect
from red_mpe.core.locale import PLACE_ZONES, ZONES
from red_mpe.core.templatetags.components import zone_name

#: Where the members are; beside them every other place can be chosen.
NEAR_ZONES: Final = (
    *("America/Lima", "America/Bogota", "America/La_Paz", "America/Sao_Paulo", "America/Mexico_City", "America/Santiago"),
    *("America/Guayaquil", "America/Guatemala", "America/Tegucigalpa", "America/Argentina/Buenos_Aires", "Europe/Madrid", "Europe/Lisbon"),
)


class ZoneSelect(PlainSelect):
    """A drop-down list in which a zone that is not offered stands as well, when it is the present one."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        own = value[0] if value else ""
        if own in ZONES and not any(choice["selected"] for _label, choices, _index in groups for choice in choices):
            groups.append((None, [self.create_option(name, own, own, True, len(groups))], len(groups)))
        return groups


class ZoneField(forms.ChoiceField):
    """An IANA time zone. Older names of a place are understood where they come from elsewhere, and not offered."""

    widget = ZoneSelect

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=_zones, **more)

    def valid_value(self, value: Any) -> bool:
        return value in ZONES


def _zones() -> list[tuple[Any, Any]]:
    near = sorted(((zone, str(zone_name(zone))) for zone in NEAR_ZONES), key=lambda row: row[1])
    others = [(zone, zone.replace("_", " ")) for zone in PLACE_ZONES if zone not in NEAR_ZONES]
    return [(_("Near the members"), near), (_("Other time zones"), others)]
