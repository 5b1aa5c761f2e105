"""The map of a round, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from red_mpe.core.http import Request
from red_mpe.core.packed import Packed, holding, pack, unpack
from red_mpe.core.text import trusted
from standards.models import Consultation
from standards.querysets.heat import heat_map
from standards.querysets.marks import map_mark
from standards.views.pieces import KEPT
from standards.views.reading import edition

_ROWS = "standards/answers/_map_rows.html"


@require_safe
@login_not_required
def round_map(request: Request, slug: str, round: int) -> HttpResponse:
    """Clause by chamber: how much was said, where it is unresolved, and on what the chambers differ most."""
    rounds = Consultation.objects.visible_to(request.user).select_related("framework__rules", "version__framework")
    consultation = get_object_or_404(rounds, framework__slug=slug, number=round)
    works = request.user.has_perm("standards.enter_workspace", consultation.framework)
    table, chambers = _map(consultation, reverse("standards:answer_queue", args=[slug]) if works else "")
    context = {"consultation": consultation, "framework": consultation.framework, "table": table, "chambers": chambers}
    return holding(render(request, "standards/answers/map.html", context), table)


def _map(consultation: Consultation, queue_url: str) -> tuple[Packed, list[tuple[str, str]]]:
    """Return the rows as one piece of HTML with the chambers above them; kept until somebody speaks, supports or answers."""
    key = f"map:{edition(_ROWS)}:{get_language()}:{bool(queue_url)}:{map_mark(consultation)}"
    kept = cache.get(key)
    if kept is None:
        rows = heat_map(consultation)
        told = {"rows": rows, "queue_url": queue_url, "number": consultation.number}
        chambers = [(cell.code, cell.name) for cell in rows[0].cells] if rows else []
        kept = (pack(trusted(render_to_string(_ROWS, told))).parts(), chambers)
        cache.set(key, kept, KEPT)
    return unpack(kept[0]), kept[1]
