"""The committee writes the synopsis of a round: the list of rounds, the words, the check-list, publication."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.locale import language_name
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from standards.actions import synopses as acts
from standards.actions.letters import voices_answered, voices_to_write_to
from standards.actions.overwriting import OverwrittenError
from standards.enums import GENERAL, RoundState
from standards.forms.reports import ParagraphForm, SynopsisForm
from standards.models import Clause, Consultation, Framework, Synopsis, SynopsisClause
from standards.querysets.reports import PARAGRAPH, WORDS, commented, paragraphs, report_states
from standards.querysets.writing import Part, Written
from standards.views.finding import find_round
from standards.views.overwriting import both_texts
from standards.views.pieces import kept_piece
from standards.views.workspace import find_workspace, workspace

Form = SynopsisForm | ParagraphForm


def find_report(request: MemberRequest, slug: str, number: int) -> tuple[Framework, Consultation]:
    """Return the workspace's framework and one of its rounds."""
    framework = find_workspace(request.user, slug)
    consultation = find_round(request.user, slug, number)
    consultation.framework = framework
    return framework, consultation


@require_safe
def reports(request: MemberRequest, slug: str) -> HttpResponse:
    """The rounds of the framework: where each synopsis stands and until when it is due, letters, records."""
    framework = find_workspace(request.user, slug)
    rounds = [round_state(row) for row in report_states(framework.rounds.order_by("-number"))]
    return render(request, "standards/reports/list.html", {**workspace(request, framework, "reports"), "rounds": rounds})


def round_state(consultation: Consultation) -> dict[str, Any]:
    """One round as a row of the list; `comments`, `published` and `letters_waiting` were counted with it."""
    row: Any = consultation
    args = [consultation.framework.slug, consultation.number]
    closed = consultation.state == RoundState.CLOSED
    return {
        "consultation": consultation,
        "closed": closed,
        "comments": row.comments_told,
        "unanswered": row.comments_told - row.answers_told,
        "due": acts.due_on(consultation, row.comments_told) if closed else None,
        "published": row.published,
        "letters": row.letters_told,
        "url": reverse("standards:synopsis_write", args=args) if closed else "",
        "synopsis_url": reverse("standards:synopsis", args=args) if row.begun and closed else "",
        "record_url": reverse("standards:record", args=args) if row.begun and closed else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def synopsis_write(request: MemberRequest, slug: str, round: int) -> HttpResponse:
    """Write what the synopsis says of the round, and see what is missing before it can be published."""
    framework, consultation = find_report(request, slug, round)
    synopsis = acts.synopsis_of(consultation)
    initial = {name: getattr(synopsis, name) for name in WORDS} | {"revision": synopsis.revision}
    form = SynopsisForm(request.POST or None, public=synopsis.published_at is not None, initial=initial)

    def save(words: dict[str, str], revision: int, note: str) -> Any:
        return acts.write_synopsis(actor=request.user, consultation=consultation, words=words, revision=revision, note=note)

    context = {**workspace(request, framework, "reports"), **_desk(request, synopsis), "form": form}
    if not form.is_bound:
        context["fields"] = kept_piece("standards/reports/_languages.html", (synopsis.published_at is None, initial), {"form": form})
    return _saved(request, form, save, "standards/reports/write.html", context, request.path)


@require_http_methods(["GET", "HEAD", "POST"])
def synopsis_paragraph(request: MemberRequest, slug: str, round: int, label: str) -> HttpResponse:
    """Write what was said on one clause, and what changed and why."""
    framework, consultation = find_report(request, slug, round)
    clause, synopsis = _clause(consultation, label), acts.synopsis_of(consultation)
    row = SynopsisClause.objects.filter(synopsis__consultation=consultation, clause=clause).first()
    form = ParagraphForm(request.POST or None, public=synopsis.published_at is not None, initial=_begin(consultation, clause, row))

    def save(words: dict[str, str], revision: int, note: str) -> Any:
        return acts.write_paragraph(actor=request.user, consultation=consultation, clause=clause, words=words, revision=revision, note=note)

    context = {**workspace(request, framework, "reports"), "consultation": consultation, "form": form, "label": label, "synopsis": synopsis}
    context |= _beside(synopsis, clause, label)
    return _saved(request, form, save, "standards/reports/paragraph.html", context, _back(consultation))


def _clause(consultation: Consultation, label: str) -> Clause | None:
    if label == GENERAL:
        return None
    text = consultation.version.texts.filter(label=label).select_related("clause").first()
    if text is None:
        raise Http404
    return text.clause


def _begin(consultation: Consultation, clause: Clause | None, row: SynopsisClause | None) -> dict[str, Any]:
    """What the form begins with: the saved words, or the system's draft."""
    if row is not None and acts.has_words(row):
        return {name: getattr(row, name) for name in PARAGRAPH} | {"revision": row.revision}
    draft: dict[str, Any] = dict(acts.paragraph_drafts(consultation).get(clause.pk if clause else None, {}))
    return draft | {"revision": row.revision if row else 0}


def _beside(synopsis: Synopsis, clause: Clause | None, label: str) -> dict[str, Any]:
    """The numbers, answers and changes of the clause, beside the form; and where its comments are."""
    consultation = synopsis.consultation
    counts = commented(consultation)[clause.pk if clause else None]
    text = consultation.version.texts.filter(clause=clause).first() if clause else None
    found = [part for part in paragraphs(synopsis) if part.clause == (clause.pk if clause else None)]
    return {
        "heading": str(text) if text else _("General comments"),
        "comments": sum(counts.values()),
        "waiting": counts.get("", 0),
        "outcomes": found[0].outcomes if found else [],
        "changes": found[0].changes if found else [],
        "clause_url": reverse("standards:clause_detail", args=[consultation.framework.slug, consultation.version.number, label]),
    }


def _back(consultation: Consultation) -> str:
    return reverse("standards:synopsis_write", args=[consultation.framework.slug, consultation.number])


def _saved(
    request: MemberRequest, form: Form, save: Callable[[dict[str, str], int, str], Any], template: str, context: dict[str, Any], onward: str
) -> HttpResponse:
    """Save and lead on, or answer with the form and everything that was written in it; 409 with both texts where another was faster."""
    require(request.user, acts.WRITE, context["consultation"])
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save(form.words(), form.cleaned_data["revision"], form.cleaned_data.get("note", ""))
                messages.success(request, _("Saved."))
                return see_other(onward)
            except OverwrittenError as error:
                form.take_over(error.mark)
                form.add_error(None, str(error))
                context["both"], status = both_texts(form.names(), error.theirs, error.mine), 409
            except DomainError as error:
                form.add_error(None, str(error))
                status = 409
    return render(request, template, context, status=status)


def _desk(request: MemberRequest, synopsis: Synopsis) -> dict[str, Any]:
    """What the page shows beside the form: clauses, what is missing, until when, who may publish."""
    consultation, known = synopsis.consultation, Written(synopsis)
    comments = sum(sum(each.values()) for each in known.counts.values())
    args = [consultation.framework.slug, consultation.number]
    return {
        "consultation": consultation,
        "synopsis": synopsis,
        "missing": [] if synopsis.published_at else acts.missing_in(synopsis, known),
        "languages_missing": [language_name(column) for column in acts.languages_missing(synopsis, known)],
        "unanswered": sum(each.get("", 0) for each in known.counts.values()),
        "comments": comments,
        "due": acts.due_on(consultation, comments),
        "clauses": _clause_table(known.parts(), args),
        "may_publish": request.user.has_perm(acts.PUBLISH, consultation) and synopsis.published_at is None,
        "letters_waiting": voices_to_write_to(consultation).count(),
        "letters_ready": voices_answered(consultation).count(),
        "letters_sent": synopsis.letters.count() if synopsis.pk else 0,
        "synopsis_url": reverse("standards:synopsis", args=args) if synopsis.pk else "",
    }


def _clause_table(parts: Sequence[Part], args: list[Any]) -> Any:
    """The rows of the clauses, kept until a count, a title or a state among them is another; empty where there is none."""
    return kept_piece("standards/reports/_clauses.html", (args, parts), lambda: {"rows": _clause_rows(parts, args)}) if parts else ""


def _clause_rows(parts: Sequence[Part], args: list[Any]) -> list[dict[str, Any]]:
    start, _label, end = reverse("standards:synopsis_paragraph", args=[*args, "LABEL"]).rpartition("LABEL")
    return [
        {
            "label": part.place or _("General comments"),
            "title": part.title,
            "url": f"{start}{quote(part.place or GENERAL)}{end}",
            "comments": ngettext("%(count)s comment", "%(count)s comments", part.comments) % {"count": part.comments},
            "written": part.written,
        }
        for part in parts
    ]


@require_POST
def synopsis_draft(request: MemberRequest, slug: str, round: int) -> HttpResponse:
    """Begin every commented clause that has no words yet with the system's draft."""
    _framework, consultation = find_report(request, slug, round)
    try:
        count = acts.draft_paragraphs(actor=request.user, consultation=consultation)
        messages.success(request, ngettext("%(count)s clause begun.", "%(count)s clauses begun.", count) % {"count": count})
    except DomainError as error:
        messages.error(request, str(error))
    return see_other(_back(consultation))


@require_http_methods(["GET", "HEAD", "POST"])
def synopsis_publish(request: MemberRequest, slug: str, round: int) -> HttpResponse:
    """Look once more at what publishing does, then do it."""
    framework, consultation = find_report(request, slug, round)
    require(request.user, acts.PUBLISH, consultation)
    synopsis = acts.synopsis_of(consultation)
    status, refusal = 200, ""
    if request.method == "POST":
        try:
            acts.publish_synopsis(actor=request.user, consultation=consultation)
            messages.success(request, _("The synopsis is public."))
            return see_other(reverse("standards:synopsis", args=[slug, round]))
        except DomainError as error:
            status, refusal = 409, str(error)
    context = {**workspace(request, framework, "reports"), **_desk(request, synopsis), "refusal": refusal}
    return render(request, "standards/reports/publish.html", context, status=status)
