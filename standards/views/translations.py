"""The translation queue, and the editor that shows the original beside the translation."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.listing import page_of
from red_mpe.core.locale import SITE_LANGUAGE, column_language
from red_mpe.core.states import DomainError
from red_mpe.core.text import redline
from standards.actions.drafting import ConflictError, review_unchanged, translate_clause
from standards.actions.revisions import WORDS
from standards.enums import TextState
from standards.forms import TranslationForm
from standards.forms.drafting import LANGUAGE_NAMES
from standards.models import ClauseLanguage, ClauseText
from standards.querysets.drafting import ORDER, STATES, queue_counts, queue_rows, state_of
from standards.views.drafting.desk import WRITE, Desk, draft_version, find_desk, gone, page
from standards.views.drafting.editor import conflicts
from standards.views.keeping import draft_key, keeps_words, sent
from standards.views.workspace import find_workspace

ROWS_A_PAGE = 50


@require_safe
def translations(request: MemberRequest, slug: str) -> HttpResponse:
    """What waits in one language: stale first, then missing, then drafts."""
    framework = find_workspace(request.user, slug)
    version = draft_version(framework)
    language = _language(request, framework.authentic_language)
    state = request.GET.get("state", "")
    counts = queue_counts(version) if version else {}
    rows = queue_rows(version, language) if version else []
    shown = [row for row in rows if row.state == state] if state in ORDER else rows
    context = {
        "version": version,
        "language": language,
        "queues": [
            {"url": f"?language={code}", "label": name, "current": code == language, "count": sum(counts.get(code, {}).values())}
            for code, name in LANGUAGE_NAMES.items()
        ],
        "states": _states(language, state, counts.get(language, {})),
        "page": page_of(request, shown, ROWS_A_PAGE),
        "authentic": language == framework.authentic_language,
        "writes": request.user.has_perm(WRITE, framework),
    }
    return page(request, framework, "translations", context)


def _language(request: MemberRequest, authentic: str) -> str:
    """The asked language; otherwise that of the reader, or the first one that is not the original."""
    asked = request.GET.get("language", "")
    if asked in LANGUAGE_NAMES:
        return asked
    own = column_language()
    return own if own != authentic else next(code for code in LANGUAGE_NAMES if code != authentic)


def _states(language: str, present: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    shown = present if present in ORDER else ""
    every = [("", _("All"), sum(counts.values()))]
    every += [(str(state), capfirst(str(STATES[state])), counts.get(str(state), 0)) for state in ORDER]
    return [
        {
            "url": f"?language={language}&state={state}",
            "label": label,
            "count": count,
            "current": state == shown,
        }
        for state, label, count in every
    ]


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def translation(request: MemberRequest, slug: str, language: str, clause: UUID) -> HttpResponse:
    """Translate a clause beside its original, and say when both were compared."""
    if language not in LANGUAGE_NAMES:
        raise Http404
    desk = find_desk(request.user, slug, clause)
    form = TranslationForm(sent(request), text=desk.text, language=language)
    if desk.text is None:
        return gone(request, desk, form)
    status = 200
    if request.method == "POST":
        status = _save(request, desk, form, language)
        if status == 303:
            request.session["draft_done"] = draft_key(request)
            return see_other(_next(desk, language))
    return page(request, desk.framework, "translation", _beside(desk, desk.text, form, language), status=status)


def _save(request: MemberRequest, desk: Desk, form: TranslationForm, language: str) -> int:
    if not form.is_valid():
        return 422
    base, what = form.cleaned_data["base"], request.POST.get("do", "")
    given = {"actor": request.user, "text": desk.there, "language": language, "base": base}
    try:
        if what == "unchanged":
            review_unchanged(**given)
        else:
            translate_clause(**given, words=form.words(), reviewed=what == "reviewed")
    except ConflictError as conflict:
        form.show_conflict(conflict)
        return 409
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return 409
    words = _("%(label)s: saved as a draft.") if what not in ("unchanged", "reviewed") else _("%(label)s: saved and reviewed.")
    messages.success(request, words % {"label": desk.there.label})
    return 303


def _next(desk: Desk, language: str) -> str:
    """Return the address of the clause that waits next in this language, after this one if there is one; otherwise the queue."""
    rows = queue_rows(desk.there.version, language)
    here = next((place for place, row in enumerate(rows) if row.clause == str(desk.clause.uuid)), -1)
    others = [*rows[here + 1 :], *rows[: max(here, 0)]]
    return others[0].url if others else f"{reverse('standards:translations', args=[desk.framework.slug])}?language={language}"


def _beside(desk: Desk, text: ClauseText, form: TranslationForm, language: str) -> dict[str, Any]:
    original = desk.framework.authentic_language
    mark = next((row for row in text.languages.all() if row.language == language), ClauseLanguage(language=language))
    state = state_of(vars(text), {language: mark.state}, language)
    rows: list[dict[str, Any]] = [
        {"field": form[f"{word}_{language}"], "original": _original(text, word, original, mark), "word": word}
        for word in WORDS
        if getattr(text, f"{word}_{original}") or getattr(text, f"{word}_{language}") or word in ("title", "text", "plain")
    ]
    return {
        "desk": desk,
        "text": text,
        "form": form,
        "rows": rows,
        "rest": [form[name] for name in form.columns if not any(row["field"].name == name for row in rows)],
        "language": language,
        "language_name": LANGUAGE_NAMES[language],
        "original_lang": SITE_LANGUAGE[original],
        "original_name": LANGUAGE_NAMES[original],
        "authentic": language == original,
        "state": state,
        "state_word": str(STATES[state]),
        "unchanged": state in (TextState.STALE, TextState.DRAFT),
        "has_basis": bool(mark.basis),
        "conflicts": conflicts(form, text),
        "queue_url": f"{reverse('standards:translations', args=[desk.framework.slug])}?language={language}",
        "clause_url": desk.url("drafting_clause"),
        "next_url": _next(desk, language),
    }


def _original(text: ClauseText, word: str, original: str, mark: ClauseLanguage) -> SafeString | str:
    """The authentic words, with what changed in them since the translation was last reviewed."""
    now = getattr(text, f"{word}_{original}") or ""
    before = mark.basis.get(word)
    return now if before is None or before == now else redline(before, now)
