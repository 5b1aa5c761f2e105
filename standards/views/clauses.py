"""A clause's own page, and its thread."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from red_mpe.core.http import Request, render_part
from red_mpe.core.locale import COLUMN
from red_mpe.core.text import markdown
from red_mpe.notifications.models import Subscription
from standards.actions.identities import own_persona
from standards.enums import AppliesTo, Responsible
from standards.models import Comment
from standards.querysets import CommentRow
from standards.querysets.clauses import anchor
from standards.views.finding import Place, find_place
from standards.views.frameworks import days_left


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
        "may_speak": bool(place.consultation and request.user.has_perm("standards.send_comment", place.consultation)),
        "days_left": days_left(place.consultation),
    }


def threads(place: Place, persona: Any, user: Any) -> list[CommentRow]:
    """The comments of a place in threads."""
    if place.consultation is None:
        return []
    return Comment.objects.visible_to(user).filter(consultation=place.consultation, clause_text=place.text).threads(persona)


def clause_words(place: Place, language: str) -> dict[str, Any]:
    """The clause's words in one language, each as safe HTML."""
    suffix, text = COLUMN[language], place.text
    missing = not (getattr(text, f"text_{suffix}") or getattr(text, f"title_{suffix}"))
    shown = place.framework.authentic_language if missing else suffix
    site = next(code for code, column in COLUMN.items() if column == shown)
    states = {row.language: row for row in text.languages.all()}  # type: ignore[union-attr]
    words = {name: markdown(getattr(text, f"{name}_{shown}") or "", rich=True) for name in ("text", "intent", "guidance", "verification")}
    return {
        "words": words,
        "title": getattr(text, f"title_{shown}") or "",
        "plain": getattr(text, f"plain_{shown}") or "",
        "lang": site,
        "lang_name": dict(settings.LANGUAGES)[site],
        "missing": missing,
        "state": states.get(suffix),
        "authentic": shown == place.framework.authentic_language,
    }


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
