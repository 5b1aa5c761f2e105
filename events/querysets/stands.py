"""Stands as pages show them."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from events.querysets.sessions import Paper, papers_of
from members.models.texts import Told, told
from red_mpe.core.locale import COLUMN
from red_mpe.core.text import markdown

_TEXTS: Final = tuple(f"{name}_{column}" for name in ("name", "description") for column in COLUMN.values())


@dataclass(frozen=True, slots=True)
class StandRow:
    """One stand: `name` is its own or the organisation's; the organisation only where the reader may see it."""

    once: UUID
    name: Told
    place: str
    organisation: str
    organisation_url: str
    description: Told
    description_html: str
    papers: tuple[Paper, ...]


def stands_of(event: Any, user: Any) -> list[StandRow]:
    """Return the stands of an event that `user` sees, in their order, with what they hand out. Three queries."""
    found = list(event.stands.order_by("position", "place", "pk").values("pk", "once", "place", "organisation_id", *_TEXTS))
    keys = [row["pk"] for row in found]
    papers = papers_of("StandDocument", "stand", keys, user) if keys else {}
    known = _known({row["organisation_id"] for row in found if row["organisation_id"]}, user) if keys else {}
    return [_row(row, known, tuple(papers.get(row["pk"], ()))) for row in found]


def _known(keys: set[int], user: Any) -> dict[int, tuple[str, str]]:
    rows = apps.get_model("members", "Organisation").objects.visible_to(user).filter(pk__in=keys).order_by()
    return {pk: (name, reverse("members:organisation_detail", args=[slug])) for pk, name, slug in rows.values_list("pk", "name", "slug")}


def _row(row: dict[str, Any], known: dict[int, tuple[str, str]], papers: tuple[Paper, ...]) -> StandRow:
    organisation, url = known.get(row["organisation_id"], ("", ""))
    name, description = told(row, "name"), told(row, "description")
    return StandRow(
        once=row["once"],
        name=name or Told(organisation or _("Stand %(place)s") % {"place": row["place"]}, "", ""),
        place=row["place"],
        organisation=organisation if name else "",
        organisation_url=url,
        description=description,
        description_html=markdown(description.text),
        papers=papers,
    )
