"""The history of a clause: every wording, what caused it, in which round it stood open, and what people said."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from members.models.texts import told
from red_mpe.core.http import Request
from red_mpe.core.locale import COLUMN, SITE_LANGUAGE
from standards.enums import ChangeKind, VersionKind
from standards.models import Clause, ClauseRevision, Framework
from standards.querysets.changes import compare
from standards.querysets.history import History, Wording, history_of
from standards.views.redlines import TAGS, chosen_language, column_of, language_tabs, marked_words, on_paper


@require_safe
@login_not_required
def clause_history(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Every wording of one clause, the newest first, each with what changed since the one before."""
    framework: Framework = get_object_or_404(Framework.objects.visible_to(request.user).select_related("committee"), slug=slug)
    clause = get_object_or_404(Clause, framework=framework, uuid=uuid)
    found = history_of(request.user, clause, framework)
    if not found.wordings:
        raise Http404
    language = chosen_language(request)
    inside = request.user.has_perm("standards.enter_workspace", framework)
    if inside:
        _add_revisions(clause, found)
    context = {
        **on_paper(request),
        "framework": framework,
        "title": told(found.wordings[0].row, "title"),
        "wordings": [_row(wording, framework, language) for wording in found.wordings],
        "relatives": [(row, reverse("standards:clause_history", args=[slug, row.uuid])) for row in found.relatives],
        "tabs": language_tabs(language),
        "topic": clause.topic,
        "inside": inside,
    }
    return render(request, "standards/versions/history.html", context)


def _row(wording: Wording, framework: Framework, language: str) -> dict[str, Any]:
    """One wording as the page shows it."""
    new, old = wording.row, wording.before
    column = column_of(old, new, COLUMN[language], framework.authentic_language)
    change = compare(new["clause_id"], old, new, framework.authentic_language) if old else None
    kind = wording.summary.get("kind") or (change.kind if change else ChangeKind.NEW if not old and new["version__previous_id"] else "")
    place = [framework.slug, new["version__number"]]
    former = old["version__number"] if old else ""
    return {
        "wording": wording,
        "number": new["version__number"],
        "version_kind": VersionKind(new["version__kind"]).label,
        "frozen_at": new["version__frozen_at"],
        "public": new["version__public"],
        "label": new["label"],
        "was": old["label"] if old and old["label"] != new["label"] else "",
        "url": reverse("standards:clause_detail", args=[*place, new["label"]]),
        "redline_url": reverse("standards:redline", args=[framework.slug, former, place[1]]) if former else "",
        "former": former,
        "kind": ChangeKind(kind).label if kind else "",
        "tag": TAGS[ChangeKind(kind)] if kind else "",
        "same": bool(old) and change is None,
        "summary": told(wording.summary, "summary") if wording.summary else "",
        "lang": SITE_LANGUAGE[column],
        **marked_words(old if old and change else new, new, column),
    }


def _add_revisions(clause: Clause, found: History) -> None:
    """For the committee: every saving of its drafts, the newest first, with its author."""
    wordings = {wording.row["version_id"]: wording for wording in found.wordings}
    rows = ClauseRevision.objects.filter(clause=clause, version__in=wordings).select_related("author__person").order_by("-number")
    for row in rows.defer("words"):
        wordings[row.version_id].revisions.append((row, _author(row.author)))


def _author(account: Any) -> str:
    """The name of a member; an account that is none is the secretariat's, and its address is nobody's business."""
    person = getattr(account, "person", None)
    return person.name if person else ""
