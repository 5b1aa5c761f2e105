"""What everybody reads of a round that is over: its synopsis, every comment with its answer, the files to take away."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models.texts import told
from red_mpe.core.http import Request
from red_mpe.core.listing import page_of
from red_mpe.core.packed import Packed, holding, pack, unpack
from red_mpe.core.text import markdown, trusted
from standards.enums import RoundState
from standards.exports import figures, files
from standards.exports import synopsis as words
from standards.models import Comment, Consultation, Framework, Synopsis
from standards.querysets.marks import paragraphs_mark
from standards.querysets.reports import PARTS, in_order, paragraphs, report
from standards.views.finding import find_round
from standards.views.pieces import KEPT
from standards.views.reading import edition

_A_PAGE = 50
_PARAGRAPHS, _CONTENTS = "standards/reports/_paragraphs.html", "standards/reports/_contents.html"


def find_synopsis(user: Any, slug: str, number: int) -> Synopsis:
    """Return the synopsis: for everybody once it is public, for the committee and the secretariat before."""
    consultation = find_round(user, slug, number)
    synopses = Synopsis.objects.visible_to(user).filter(consultation__state=RoundState.CLOSED)
    synopsis: Synopsis = get_object_or_404(synopses, consultation=consultation)
    synopsis.consultation = consultation
    return synopsis


@require_safe
@login_not_required
def rounds(request: Request, slug: str) -> HttpResponse:
    """Every round of a framework, with its synopsis and its record once they are public."""
    framework = get_object_or_404(Framework.objects.visible_to(request.user), slug=slug)
    context = {"framework": framework, "framework_title": told(framework, "title"), "rounds": rounds_of(request.user, framework)}
    return render(request, "standards/reports/rounds.html", context)


@require_safe
@login_not_required
def synopsis(request: Request, slug: str, round: int) -> HttpResponse:
    """What was asked, who took part, what was said and what changed; before it is public the same page is the preview."""
    found = find_synopsis(request.user, slug, round)
    numbers, (told, contents) = figures.tell(words.numbers(found)), _pieces(found)
    context = {
        **head(found),
        "before": _sections(found, PARTS[:2]),
        "after": _sections(found, PARTS[2:]),
        "contents": contents,
        "told": told,
        "figures": numbers,
        "bars": bars(numbers),
        "bars_whole": max([max(row.people or 0, row.target or 0) for row in numbers.tables[0].rows], default=0) or 1,
        "tables": numbers.tables[1:],
        "hidden": words.hidden_words(),
        "corrections": words.corrections(found) if found.published_at else [],
    }
    return holding(render(request, "standards/reports/synopsis.html", context), told)


@require_safe
@login_not_required
def synopsis_comments(request: Request, slug: str, round: int) -> HttpResponse:
    """Every comment of the round in the order of the text, with what became of it, in pages."""
    found = find_synopsis(request.user, slug, round)
    comments = in_order(Comment.objects.visible_to(request.user).filter(consultation=found.consultation))
    page = page_of(request, comments, _A_PAGE)
    rows = report(page.object_list)
    return render(request, "standards/reports/comments.html", {**head(found), "page": page, "rows": rows})


def head(found: Synopsis) -> dict[str, Any]:
    """What stands above every page of a synopsis."""
    consultation = found.consultation
    args = [consultation.framework.slug, consultation.number]
    return {
        "synopsis": found,
        "consultation": consultation,
        "framework": consultation.framework,
        "title": _("Synopsis of round %(number)s") % {"number": consultation.number},
        "framework_title": told(consultation.framework, "title"),
        "standing": words.standing(found),
        "below": words.below(consultation)[:2],
        "round_args": args,
        "downloads": [
            (_("The synopsis as PDF"), reverse("standards:synopsis_pdf", args=args)),
            (_("The synopsis as a spreadsheet"), reverse("standards:synopsis_xlsx", args=args)),
            (_("The whole record of the round (ZIP)"), reverse("standards:record", args=args)),
        ],
    }


def bars(numbers: figures.Told) -> list[dict[str, Any]]:
    """Return the people by chamber as bars against the targets; hidden ones are said in words."""
    rows = numbers.tables[0].rows
    few = _("fewer than %(smallest)s or hidden beside them") % {"smallest": numbers.smallest}
    return [
        {
            "code": row.code,
            "label": row.label,
            "value": row.people or 0,
            "target": row.target,
            "words": few if row.people is None else "",
        }
        for row in rows
    ]


def _sections(found: Synopsis, parts: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return what is written of the round as a whole, each part in the reader's language or marked."""
    written = [(part, told(found, part)) for part in parts]
    return [
        {"key": part, "title": words.section_title(part), "html": markdown(text.text), "lang": text.lang, "name": text.name}
        for part, text in written
        if text
    ]


def _pieces(found: Synopsis) -> tuple[Packed, Packed]:
    """Return the paragraphs and the lines that lead to them, each as one piece of HTML; kept until something they tell of changes."""
    key = f"synopsis:{edition(_PARAGRAPHS)}:{get_language()}:{paragraphs_mark(found)}"
    kept = cache.get(key)
    if kept is None:
        parts = {"paragraphs": paragraphs(found)}
        kept = [pack(trusted(render_to_string(name, parts))).parts() for name in (_PARAGRAPHS, _CONTENTS)]
        cache.set(key, kept, KEPT)
    told, contents = kept
    return unpack(told), unpack(contents)


@require_safe
@login_not_required
def synopsis_pdf(request: Request, slug: str, round: int) -> HttpResponseBase:
    """The synopsis as a PDF in the reader's language."""
    return _file(request, find_synopsis(request.user, slug, round), f"synopsis-{get_language()}.pdf")


@require_safe
@login_not_required
def synopsis_xlsx(request: Request, slug: str, round: int) -> HttpResponseBase:
    """The synopsis as a spreadsheet in the reader's language."""
    return _file(request, find_synopsis(request.user, slug, round), f"synopsis-{get_language()}.xlsx")


@require_safe
@login_not_required
def record(request: Request, slug: str, round: int) -> HttpResponseBase:
    """The whole record of the round as one archive."""
    return _file(request, find_synopsis(request.user, slug, round), "record.zip")


def _file(request: Request, found: Synopsis, name: str) -> HttpResponseBase:
    """Answer with a file, or with a page that says that it is being built."""
    there = files.take(found, name)
    if there is None:
        response = render(request, "standards/reports/building.html", {**head(found), "name": name}, status=202)
        response["Retry-After"] = "15"
        return response
    stem, _dot, kind = name.partition(".")
    consultation = found.consultation
    shown = f"{consultation.framework.slug}-r{consultation.number}-{stem}.{kind}"
    return FileResponse(
        there.open("rb"),
        as_attachment=True,
        filename=shown,
        content_type=files.TYPES[kind],
        headers={"X-Content-Type-Options": "nosniff"},
    )


def rounds_of(user: Any, framework: Framework) -> list[dict[str, Any]]:
    """Return the rounds of a framework that the reader may see, each with the addresses of its synopsis and record once public."""
    rounds = Consultation.objects.visible_to(user).filter(framework=framework).order_by("-number")
    public = dict(Synopsis.objects.published().filter(consultation__framework=framework).values_list("consultation", "published_at"))
    return [_round(framework, consultation, public.get(consultation.pk)) for consultation in rounds.select_related("version")]


def _round(framework: Framework, consultation: Consultation, published: Any) -> dict[str, Any]:
    args = [framework.slug, consultation.number]
    days = {"opens": date_format(consultation.opens_on), "closes": date_format(consultation.closes_on)}
    shown = published and consultation.state == RoundState.CLOSED
    return {
        "number": consultation.number,
        "version": consultation.version.number,
        "state": consultation.get_state_display(),
        "days": _("%(opens)s to %(closes)s") % days,
        "synopsis_url": reverse("standards:synopsis", args=args) if shown else "",
        "record_url": reverse("standards:record", args=args) if shown else "",
    }
