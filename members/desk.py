"""What waits for the secretariat among the members."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Application
from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting
from red_mpe.core.predicates import is_secretariat


def applications(user: Any) -> Pile | None:
    """Applications to join that nobody has answered, oldest first."""
    if not is_secretariat(user):
        return None
    rows = Application.objects.visible_to(user).waiting()
    first = [
        Waiting(
            application.organisation_name or application.name,
            reverse("admin:members_application_change", args=[application.pk]),
            application.created_at,
        )
        for application in rows[:SHOWN]
    ]
    return Pile(rows.count(), first, reverse("admin:members_application_changelist") + "?state__exact=sent")


PANELS = (DeskPanel("members.applications", _("Applications to join"), applications, _("Nobody is waiting for an answer."), rank=20),)
