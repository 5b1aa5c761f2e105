"""A clause's own page, and its thread."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models.texts import Told, told
from red_mpe.core.http import Request, render_part
from red_mpe.core.locale import COLUMN, SITE_LANGUAGE, column_language
from red_mpe.core.permissions import may_personally
from red_mpe.core.text import excerpt, markdown
from red_mpe.notifications.models import Subscription
from standards.actions.identities import own_persona
from standards.enums import AppliesTo, Responsible
from standards.models import ClauseText, Version
from standards.querysets.carrying import carried_to
from standards.querysets.clauses import anchor, language_of
from standards.querysets.comments import address
from standards.querysets.discussing import meetings_of
from standards.querysets.evidence import evidence_of
from standards.querysets.history import voices_elsewhere
from standards.views.finding import Place, find_place
from standards.views.frameworks import days_left
from standards.views.redlines import READ, changed_since
from standards.views.talk import talk, with_talk

_NAMES = dict(settings.LANGUAGES)
_CARRIED = 20  # comments of earlier rounds that are shown by themselves
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
        context |= around(place, request.user, context["language"])
        context["clause_errata"] = clause_errata(place)
        context |= clause_evidence(place, request.user)
        context |= clause_meetings(place, request.user)
    context |= earlier_voices(request, place)
    return with_talk(render(request, "standards/clause_detail.html", context), context["talk"])


@require_safe
@login_not_required
def clause_thread(request: Request, slug: str, number: str, label: str) -> HttpResponse:
    """The thread alone: in place for htmx, otherwise a page of its own."""
    place = find_place(request.user, slug, number, label)
    return render_part(request, "standards/clause_thread.html", thread_context(request, place), "thread")


def thread_context(request: Request, place: Place) -> dict[str, Any]:
    """What a thread needs."""
    persona = own_persona(request.user, place.consultation) if place.consultation else None
    may_speak = bool(place.consultation and may_personally(request.user, "standards.send_comment", place.consultation))
    return {
        "place": place,
        "text": place.text,
        "version": place.version,
        "framework": place.framework,
        "consultation": place.consultation,
        "talk": talk(request, place, persona, may_speak=may_speak),
        "may_speak": may_speak,
        "days_left": days_left(place.consultation),
    }


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


def clause_errata(place: Place) -> list[tuple[Any, Told]]:
    """The mistakes listed beside a frozen wording, with their explanations."""
    text: Any = place.text
    rows = text.errata.all() if text.has_errata else ()
    return [(row, told(row, "note")) for row in rows]


def clause_evidence(place: Place, user: Any) -> dict[str, Any]:
    """What of the library the clause stands on, and for who writes the text the way to say so."""
    text: Any = place.text
    return {
        "evidence": evidence_of(user, text) if text.has_evidence else [],
        "evidence_url": evidence_url(place.framework, text) if user.has_perm("standards.write_text", text) else "",
    }


def clause_meetings(place: Place, user: Any) -> dict[str, Any]:
    """The sessions of encounters that discuss the clause."""
    text: Any = place.text
    return {"meetings": meetings_of(text.clause_id, user) if text.has_meetings else []}


def evidence_url(framework: Any, text: Any) -> str:
    """Return where the evidence of a clause in this very version is written."""
    return f"{reverse('standards:drafting_evidence', args=[framework.slug, text.clause.uuid])}?version={text.version.number}"


def earlier_voices(request: Request, place: Place) -> dict[str, Any]:
    """What people said on other wordings of the clause, and what of it was carried to this one."""
    text: Any = place.text
    if text is None:
        return _carried(request, place, None) if place.version.previous_id else {}
    voices = voices_elsewhere(request.user, place.framework, text) if text.has_voices or text.has_family else []
    return {
        "voices": voices,
        "voices_total": sum(row.count for row in voices),
        "history_url": reverse("standards:clause_history", args=[place.framework.slug, text.clause.uuid]),
        **(_carried(request, place, text.clause_id) if text.has_carried else {}),
    }


def _carried(request: Request, place: Place, clause: int | None) -> dict[str, Any]:
    """The comments of earlier rounds that are still open here, the first of them with their words."""
    carried = carried_to(request.user, place.version, clause)
    rows = list(carried.values("code", "body", "language", round=F("consultation__number"))[: _CARRIED + 1])
    for row in rows:
        row |= {"url": address("comment_detail", row["code"]), "words": excerpt(row.pop("body"))}
    return {"carried": rows[:_CARRIED], "carried_more": carried.count() - _CARRIED if len(rows) > _CARRIED else 0}


def around(place: Place, user: Any, language: str) -> dict[str, Any]:
    """The clauses before and after this one, to read on, and what changed in this one since the previous version: one query.

    Of a clause that the previous version did not have one more tells whether the reader may see that version.
    """
    text: Any = place.text
    beside = Q(version=place.version, position__in=(text.position - 1, text.position + 1))
    wanted = beside | Q(version=place.version.previous_id, clause=text.clause_id)
    rows = list(ClauseText.objects.visible_to(user).filter(wanted).order_by().values("version_id", "version__number", "position", *READ))
    found = {row["position"]: _neighbour(place, row) for row in rows if row["version_id"] == place.version.pk}
    context = {"before": found.get(text.position - 1), "after": found.get(text.position + 1)}
    former = next((row for row in rows if row["version_id"] != place.version.pk), None)
    previous = former["version__number"] if former else _previous(place, user)
    if previous:
        context |= changed_since(place.version, text, former, previous, language)
    return context


def _neighbour(place: Place, row: dict[str, Any]) -> dict[str, Any]:
    url = reverse("standards:clause_detail", args=[*place.args[:2], row["label"]])
    return {"words": f"{row['label']} {row[f'title_{column_language()}']}".strip(), "url": url}


def _previous(place: Place, user: Any) -> str:
    """The number of the previous version where there is one that the reader may see."""
    if place.version.previous_id is None:
        return ""
    return Version.objects.visible_to(user).filter(pk=place.version.previous_id).values_list("number", flat=True).first() or ""


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
