"""What waits for the secretariat in the versions."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting
from red_mpe.core.predicates import is_secretariat
from standards.models import Version


def to_carry(user: Any) -> Pile | None:
    """Versions in drafting for which open comments of earlier rounds have not been visited yet."""
    if not is_secretariat(user):
        return None
    rows = list(Version.objects.with_undecided())
    first = [
        Waiting(
            _("%(framework)s %(number)s: %(count)s") % {"framework": row.framework, "number": row.number, "count": row.undecided},
            reverse("standards:workspace_carry", args=[row.framework.slug]),
        )
        for row in rows[:SHOWN]
    ]
    return Pile(sum(row.undecided for row in rows), first)


PANELS = (DeskPanel("standards.carry", _("Comments to carry forward"), to_carry, _("Every open comment has been visited."), rank=35),)
