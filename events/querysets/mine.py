"""What somebody is registered for, and whom they bring along: rows with every word made once."""

from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from events.enums import CALLED_OFF, EventMode, EventState, RegistrationState
from events.querysets.rows import place, when
from members.models.texts import Told, told
from red_mpe.core.locale import COLUMN

_OF_EVENT: Final = ("slug", "state", "starts_at", "ends_at", "time_zone", "mode", "municipality", "country")
#: What a state looks like.
LOOKS: Final = {
    RegistrationState.PENDING: "wait",
    RegistrationState.WAITING: "wait",
    RegistrationState.OFFERED: "entry",
    RegistrationState.CONFIRMED: "ok",
    RegistrationState.LAPSED: "no",
    RegistrationState.CANCELLED: "",
    RegistrationState.DECLINED: "no",
}


@dataclass(frozen=True)
class MyRow:
    """One registration of a list; `guest` is the name of somebody brought along, empty for oneself."""

    url: str
    title: Told
    when: str
    where: str
    state: str
    look: str
    mode: str
    guest: str
    off: str
    certificate: str
    is_over: bool


def own_rows(user: Any) -> tuple[list[MyRow], list[MyRow]]:
    """Return one's registrations for what is ahead, the next first, and for what is over, the last first. One query."""
    mine = Q(user=user.pk) | Q(guest_of__user=user.pk)
    columns = {f"event_{name}": F(f"event__{name}") for name in _OF_EVENT}
    columns |= {f"title_{column}": F(f"event__title_{column}") for column in COLUMN.values()}
    found: Any = apps.get_model("events", "Registration").objects.filter(mine).order_by("event__starts_at", "number")
    rows = [_row(dict(values)) for values in found.values("code", "state", "mode", "name", "user", "certificate__code", **columns)]
    return [row for row in rows if not row.is_over], [row for row in reversed(rows) if row.is_over]


def _row(values: dict[str, Any]) -> MyRow:
    state, event = RegistrationState(values["state"]), EventState(values["event_state"])
    on_site = values["mode"] == EventMode.ON_SITE
    return MyRow(
        url=reverse("events:registration_detail", args=[values["event_slug"], values["code"]]),
        title=told(values, "title"),
        when=when(values["event_starts_at"], values["event_ends_at"], values["event_time_zone"]),
        where=place(EventMode.ON_SITE, values["event_municipality"], values["event_country"]) if on_site else "",
        state=str(state.label),
        look=LOOKS[state],
        mode=str(EventMode(values["mode"]).label),
        guest="" if values["user"] else values["name"],
        off=str(event.label) if event in CALLED_OFF else "",
        certificate=reverse("events:my_certificates", args=[values["event_slug"]]) if values["certificate__code"] else "",
        is_over=values["event_ends_at"] <= timezone.now(),
    )
