"""The editor of a clause, and everything that was ever saved of it in the version being written."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.listing import page_of
from red_mpe.core.locale import SITE_LANGUAGE
from red_mpe.core.states import DomainError
from red_mpe.core.text import redline
from standards.actions.drafting import ConflictError, rewrite_clause, take_again
from standards.actions.revisions import WORD_COLUMNS
from standards.forms import ClauseForm
from standards.forms.drafting import LANGUAGE_NAMES, MergingForm, names_of
from standards.models import ClauseRevision, ClauseText
from standards.querysets.drafting import STATES, comment_places, state_of
from standards.readers.verbs import lint
from standards.states.completeness import BINDING, NAMES, lacking
from standards.views.drafting.desk import Desk, find_desk, gone, page
from standards.views.keeping import draft_key, keeps_words, sent

_FOLDED = ("intent", "guidance", "verification")
_FACTS = (
    *("level", "verbal_form", "requirement_class", "deadline_months", "oecd_risk", "responsible", "applies_to", "sources"),
    "forbids_adaptation",
)
SAVINGS_A_PAGE = 20


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def drafting_clause(request: MemberRequest, slug: str, clause: UUID) -> HttpResponse:
    """Write a clause in three languages; what somebody else saved in the meantime is never overwritten."""
    desk = find_desk(request.user, slug, clause)
    form = ClauseForm(sent(request), text=desk.text)
    if desk.text is None:
        return gone(request, desk, form)
    status = 200
    if request.method == "POST":
        status = _save(request, desk, form)
        if status == 303:
            request.session["draft_done"] = draft_key(request)
            return see_other(request.path)
    context = _editor(desk, form) | {"spoken": comment_places(desk.clause, request.user)}
    return page(request, desk.framework, "clause", context, status=status)


def _save(request: MemberRequest, desk: Desk, form: ClauseForm) -> int:
    """Save a valid form and return the status of the answer; what refuses it is told in the form."""
    if not form.is_valid():
        return 422
    data = form.cleaned_data
    try:
        _text, merged = rewrite_clause(actor=request.user, text=desk.there, base=data["base"], words=form.words(), note=data["note"])
    except ConflictError as conflict:
        form.show_conflict(conflict)
        return 409
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return 409
    words = _("Saved. What somebody else had saved in the meantime in other fields is in it too.") if merged else _("Saved.")
    messages.success(request, words)
    return 303


def _editor(desk: Desk, form: ClauseForm) -> dict[str, Any]:
    text = desk.there
    marks = {row.language: row.state for row in text.languages.all()}
    values = vars(text)
    findings = lint(values, form=text.verbal_form, binds=text.level in BINDING)
    return {
        "desk": desk,
        "text": text,
        "form": form,
        "words": [(word, [form[f"{word}_{language}"] for language in LANGUAGE_NAMES]) for word in ("title", "text", "plain")],
        "folded": [(word, [form[f"{word}_{language}"] for language in LANGUAGE_NAMES]) for word in _FOLDED],
        "facts": [form[name] for name in _FACTS],
        "theme_names": [theme.name for theme in text.themes.all()],
        "conflicts": conflicts(form, text),
        "findings": [finding.sentence(LANGUAGE_NAMES) for finding in findings],
        "lacks": [str(NAMES[code]) for code in lacking(values, desk.framework.authentic_language)],
        "marks": [
            (SITE_LANGUAGE[language], name, str(STATES[state_of(values, marks, language)]), state_of(values, marks, language))
            for language, name in LANGUAGE_NAMES.items()
        ],
        **neighbours(desk, text),
    }


def neighbours(desk: Desk, text: ClauseText) -> dict[str, Any]:
    """The clauses before and after, to go on writing, and the pages of this one."""
    rows = text.version.texts.filter(position__in=(text.position - 1, text.position + 1)).order_by("position")
    language = desk.framework.authentic_language
    found = {}
    for position, label, title, clause in rows.values_list("position", "label", f"title_{language}", "clause__uuid"):
        name = "before" if position < text.position else "after"
        found[name] = {"words": f"{label} {title or ''}", "url": reverse("standards:drafting_clause", args=[desk.framework.slug, clause])}
    pages = {name: desk.url(f"drafting_{name}") for name in ("move", "split", "merge", "retire", "saved", "evidence")}
    return {**found, "pages": pages}


def conflicts(form: MergingForm, text: ClauseText) -> list[dict[str, Any]]:
    """What both have changed: the other's words, and mine as changes against them."""
    found = []
    for name in form.conflicts:
        theirs, mine = _told(getattr(text, name, "")), _told(form[name].value())
        if name == "themes":
            theirs = ", ".join(theme.name for theme in text.themes.all())
        found.append(
            {
                "name": name,
                "label": form[name].label,
                "field": form[name],
                "theirs": theirs,
                "redline": redline(theirs, mine) if name in WORD_COLUMNS else "",
                "lang": SITE_LANGUAGE.get(name.rpartition("_")[2], ""),
            }
        )
    return found


def _told(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(localize(value))


@require_safe
def drafting_saved(request: MemberRequest, slug: str, clause: UUID) -> HttpResponse:
    """Every saved wording of a clause in the version being written: who, when, why, and what changed."""
    desk = find_desk(request.user, slug, clause)
    rows = ClauseRevision.objects.filter(version=desk.version, clause=desk.clause).select_related("author__person").order_by("-number")
    found = page_of(request, rows, SAVINGS_A_PAGE)  # type: ignore[arg-type]
    savings = list(found)
    first = savings[-1].number - 1 if savings else 0
    earlier = rows.filter(number=first).first()
    pairs = zip(savings, [*savings[1:], earlier], strict=True) if savings else []
    context = {
        "desk": desk,
        "text": desk.text,
        "page": found,
        "savings": [_saving(desk, row, before) for row, before in pairs],
        "back": desk.url("drafting_clause"),
    }
    return page(request, desk.framework, "saved", context)


def _saving(desk: Desk, row: ClauseRevision, before: ClauseRevision | None) -> dict[str, Any]:
    author: Any = row.author
    old: dict[str, Any] = before.words if before else {}
    changed = row.changed if before else [name for name in WORD_COLUMNS if row.words.get(name)]
    words = [name for name in changed if name in WORD_COLUMNS]
    return {
        "row": row,
        "who": "" if author is None else author.member.name if author.member else _("Secretariat"),
        "first": before is None,
        "changed": ", ".join(names_of(changed)),
        "words": [(names_of([name])[0], SITE_LANGUAGE[name[-2:]], _shown(name, old if before else None, row.words)) for name in words],
        "again_url": reverse("standards:drafting_take_again", args=[desk.framework.slug, desk.clause.uuid, row.number]),
        "current": desk.text is not None and row.number == desk.text.revision,
    }


def _shown(name: str, old: dict[str, Any] | None, new: dict[str, Any]) -> str:
    """The words of one column: as they are where nothing was before, else as changes."""
    return str(new[name]) if old is None else redline(old.get(name, ""), new[name])


@require_POST
def drafting_take_again(request: MemberRequest, slug: str, clause: UUID, number: int) -> HttpResponse:
    """Take an earlier wording again."""
    desk = find_desk(request.user, slug, clause)
    try:
        take_again(actor=request.user, text=desk.there, number=number)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
        return see_other(desk.url("drafting_saved"))
    messages.success(request, _("Wording %(number)s holds again. The one before it is kept too.") % {"number": number})
    return see_other(desk.url("drafting_clause"))
