"""A clause's own page, and its thread."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models.texts import Told
from red_mpe.core.http import Request, render_part
from red_mpe.core.locale import COLUMN, SITE_LANGUAGE, column_language
from red_mpe.core.permissions import may_personally
from red_mpe.core.text import markdown
from red_mpe.notifications.models import Subscription
from standards.actions.identities import own_persona
from standards.enums import AppliesTo, Responsible
from standards.models import Comment
from standards.querysets import CommentRow
from standards.querysets.clauses import anchor, language_of
from standards.views.finding import Place, find_place
from standards.views.frameworks import days_left

_NAMES = dict(settings.LANGUAGES)
_MORE = {
    "intent": gettext_lazy("Intent"),
    "guidance": gettext_lazy("Guidance"),
    "verification": gettext_lazy("Means of verification"),
}


@require_safe
@login_not_required
def clause_detail(request: Request, slug: str, number: str, label: str) -> HttpResponse:
    """A clause in three languages with its intent, guidance, verification and thread."""
    place = find_place(request.user, slug, number, label)
    context = thread_context(request, place) | {
        "language": _language(request, place),
        "tabs": _tabs(request, place),
    }
    if place.text is not None:
        context |= clause_words(place, context["language"]) | clause_facts(place) | following(request, place.text.clause.topic)
        context["heading"] = f"{place.text.label} {context['title']}".strip()
        context |= neighbours(place)
    return render(request, "standards/clause_detail.html", context)


@require_safe
@login_not_required
def clause_thread(request: Request, slug: str, number: str, label: str) -> HttpResponse:
    """The thread alone: in place for htmx, otherwise a page of its own."""
    place = find_place(request.user, slug, number, label)
    return render_part(request, "standards/clause_thread.html", thread_context(request, place), "thread")


def thread_context(request: Request, place: Place) -> dict[str, Any]:
    """What a thread needs."""
    persona = own_persona(request.user, place.consultation) if place.consultation else None
    return {
        "place": place,
        "text": place.text,
        "version": place.version,
        "framework": place.framework,
        "consultation": place.consultation,
        "threads": threads(place, persona, request.user),
        "may_speak": bool(place.consultation and may_personally(request.user, "standards.send_comment", place.consultation)),
        "days_left": days_left(place.consultation),
    }


def threads(place: Place, persona: Any, user: Any) -> list[CommentRow]:
    """The comments of a place in threads."""
    if place.consultation is None:
        return []
    return Comment.objects.visible_to(user).filter(consultation=place.consultation, clause_text=place.text).threads(persona)


def clause_words(place: Place, language: str) -> dict[str, Any]:
    """The clause's words in one language, each as safe HTML."""
    text: Any = place.text
    wanted, original = COLUMN[language], place.framework.authentic_language
    order = (wanted, original, *COLUMN.values())
    shown = language_of(vars(text), order)
    site = SITE_LANGUAGE[shown]
    states = {row.language: row for row in text.languages.all()}
    told = {name: _told(text, name, order) for name in ("plain", "intent", "guidance", "verification")}
    return {
        "words": markdown(getattr(text, f"text_{shown}") or "", rich=True),
        "title": getattr(text, f"title_{shown}") or "",
        "plain": told.pop("plain"),
        "more": [(_MORE[name], words, markdown(words.text, rich=True)) for name, words in told.items() if words],
        "lang": site,
        "lang_name": _NAMES[site],
        "missing": shown != wanted,
        "state": states.get(wanted),
        "authentic": shown == original,
    }


def _told(text: Any, field: str, order: Sequence[str]) -> Told:
    """One field in the first language of `order` in which it has words, named where that is not the first."""
    column = next((code for code in order if getattr(text, f"{field}_{code}")), order[0])
    site = SITE_LANGUAGE[column]
    return Told(getattr(text, f"{field}_{column}") or "", site, "" if column == order[0] else _NAMES[site])


def clause_facts(place: Place) -> dict[str, Any]:
    """What is known about a clause beside its words."""
    text: Any = place.text
    named = (
        (_("Class"), text.get_requirement_class_display()),
        (_("Verbal form"), text.get_verbal_form_display()),
        (_("Deadline"), _("%(months)s months after joining") % {"months": text.deadline_months} if text.deadline_months else ""),
        (_("Who is responsible"), ", ".join(str(Responsible(code).label) for code in text.responsible)),
        (_("Applies to"), ", ".join(str(AppliesTo(code).label) for code in text.applies_to)),
        (_("OECD risk"), text.get_oecd_risk_display()),
    )
    version_url = reverse("standards:version_detail", args=place.args[:2])
    parent = text.parent
    return {
        "facts": [(name, value) for name, value in named if value],
        "themes": text.themes.all(),
        "up_anchor": f"{version_url}#{anchor(text.label)}",
        "parent_url": reverse("standards:clause_detail", args=[*place.args[:2], parent.label]) if parent else "",
    }


def neighbours(place: Place) -> dict[str, Any]:
    """The clauses before and after this one, to read on: label, title and address of each, or None at either end."""
    text: Any = place.text
    title = f"title_{column_language()}"
    rows = place.version.texts.filter(position__in=(text.position - 1, text.position + 1)).order_by()
    found = {
        row["position"]: {
            "words": f"{row['label']} {row[title]}".strip(),
            "url": reverse("standards:clause_detail", args=[*place.args[:2], row["label"]]),
        }
        for row in rows.values("position", "label", title)
    }
    return {"before": found.get(text.position - 1), "after": found.get(text.position + 1)}


def following(request: Request, topic: str) -> dict[str, Any]:
    """Whether the reader follows or has muted a topic."""
    user = request.user
    row = Subscription.objects.filter(person=user, topic=topic).first() if user.is_authenticated else None
    return {"topic": topic, "follows": bool(row and not row.muted), "muted": bool(row and row.muted)}


def _language(request: Request, place: Place) -> str:
    wanted = request.GET.get("text", "")
    return wanted if wanted in COLUMN else get_language() or settings.LANGUAGE_CODE


def _tabs(request: Request, place: Place) -> list[dict[str, Any]]:
    present = _language(request, place)
    return [{"url": f"?text={code}", "label": name, "current": code == present, "lang": code} for code, name in settings.LANGUAGES]
