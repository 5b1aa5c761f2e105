"""The workspace of a framework's committee: its areas, and who enters."""

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from red_mpe.core.http import MemberRequest
from red_mpe.core.permissions import require
from standards.models import Framework


@dataclass(frozen=True)
class Area:
    """One tab of the workspace: the route it leads to (whose one argument is the framework's slug), and who may enter."""

    route: str
    label: str | Promise
    permission: str = "standards.enter_workspace"


AREAS = (
    Area("workspace", _("Overview")),
    Area("drafting_tree", _("Text")),
    Area("translations", _("Translations")),
    Area("workspace_versions", _("Versions")),
    Area("work_rounds", _("Rounds")),
    Area("answer_queue", _("Answers")),
    Area("workspace_carry", _("Carry-forward")),
    Area("reports", _("Reports")),
    Area("work_terms", _("Terms of reference")),
)


def find_workspace(user: Any, slug: str, permission: str = "standards.enter_workspace") -> Framework:
    """Return the framework for its committee and the secretariat; 404 where it is not to be known, 403 for everybody else."""
    framework: Framework = get_object_or_404(Framework.objects.visible_to(user).select_related("rules", "committee"), slug=slug)
    require(user, permission, framework)
    return framework


def workspace(request: MemberRequest, framework: Framework, route: str) -> dict[str, Any]:
    """Return what `standards/workspace/base.html` needs: the framework and the tabs, that of `route` as the present one."""
    may = {name: request.user.has_perm(name, framework) for name in {area.permission for area in AREAS}}
    tabs = [
        {"url": reverse(f"standards:{area.route}", args=[framework.slug]), "label": area.label, "current": area.route == route}
        for area in AREAS
        if may[area.permission]
    ]
    return {"framework": framework, "workspace_tabs": tabs}
