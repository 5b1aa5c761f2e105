"""The versions of a framework: their list, the record of one with its proof, its change log and its errata; and writing them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.models.texts import Told, told
from red_mpe.core.http import MemberRequest, Request, attempt, see_other
from red_mpe.core.locale import COLUMN
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from standards.actions.changelog import SUMMARIES, edit_change
from standards.actions.frameworks import edit_version
from standards.actions.texts import canonical_text
from standards.actions.versions import add_erratum, begin_next_version, close_draft, summarise_version
from standards.enums import ChangeKind
from standards.forms.versions import ChangeForm, ErratumForm, NextVersionForm, SummaryForm
from standards.models import ClauseText, Consultation, Erratum, Framework, Version, VersionChange
from standards.querysets.frameworks import number_key
from standards.views.finding import find_version
from standards.views.overwriting import refused
from standards.views.pieces import kept_piece
from standards.views.redlines import TAGS
from standards.views.workspace import find_workspace, workspace

AREA = "workspace_versions"


@require_safe
@login_not_required
def version_list(request: Request, slug: str) -> HttpResponse:
    """Every version of a framework that the reader may see, the newest first."""
    framework = get_object_or_404(Framework.objects.visible_to(request.user), slug=slug)
    context = {"framework": framework, "versions": version_rows(request.user, framework)}
    return render(request, "standards/versions/list.html", context)


@require_safe
@login_not_required
def version_record(request: Request, slug: str, number: str) -> HttpResponse:
    """What a version is: its hash and how to check it, what changed in it, its errata."""
    version = find_version(request.user, slug, number)
    before = Version.objects.visible_to(request.user).filter(pk=version.previous_id).first() if version.previous_id else None
    rounds = Consultation.objects.visible_to(request.user).filter(version=version).order_by("number")
    context = {
        "framework": version.framework,
        "version": version,
        "before": before,
        "rounds": rounds,
        "summary": told(version, "change_summary"),
        "groups": log_piece(version, writes=False) if before else "",
        "errata": errata(version),
        "steers": request.user.has_perm("standards.steer", version),
    }
    return render(request, "standards/versions/record.html", context)


@require_safe
@login_not_required
def version_text(request: Request, slug: str, number: str) -> HttpResponse:
    """The very bytes that the hash of a frozen version was taken from."""
    version = find_version(request.user, slug, number)
    if not version.frozen:
        raise Http404
    response = HttpResponse(canonical_text(version).encode(), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{number}.json"'
    return response


def version_rows(user: Any, framework: Framework) -> list[dict[str, Any]]:
    """Return the versions with their rounds and addresses: two queries."""
    versions = {version.pk: version for version in Version.objects.visible_to(user).filter(framework=framework).order_by()}
    rounds: dict[int, list[Consultation]] = {}
    for consultation in Consultation.objects.visible_to(user).filter(version__in=versions).order_by("number"):
        rounds.setdefault(consultation.version_id, []).append(consultation)
    ordered = sorted(versions.values(), key=lambda version: number_key(version.number), reverse=True)
    return [
        _version_row(version, versions.get(version.previous_id or 0), rounds.get(version.pk, []), framework.slug) for version in ordered
    ]


def _version_row(version: Version, before: Version | None, rounds: list[Consultation], slug: str) -> dict[str, Any]:
    return {
        "version": version,
        "rounds": rounds,
        "before": before,
        "url": reverse("standards:version_detail", args=[slug, version.number]),
        "record_url": reverse("standards:version_record", args=[slug, version.number]),
        "redline_url": reverse("standards:redline", args=[slug, before.number, version.number]) if before else "",
        "work_url": reverse("standards:workspace_version", args=[slug, version.number]),
        "summary": told(version, "change_summary"),
    }


def change_groups(version: Version) -> list[dict[str, Any]]:
    """Return the change log by kind, each line with its title, words and addresses: two queries."""
    rows = sorted(version.changes.order_by("id").values(*_LINE), key=_by_label)
    titles = _titles(version, [row["clause_id"] for row in rows]) if rows else {}
    slug, number = version.framework.slug, version.number
    places = [(name, _around(name, slug, number)) for name in ("clause_detail", "change_edit")]
    history = _around("clause_history", slug)
    lines = [_change_row(row, titles.get(row["clause_id"]), dict(places), history) for row in rows]
    groups = [
        {"kind": kind, "label": kind.label, "tag": TAGS[kind], "lines": [one for one in lines if one["kind"] == kind]}
        for kind in ChangeKind
    ]
    return [group for group in groups if group["lines"]]


def log_piece(version: Version, *, writes: bool) -> Any:
    """Return the change log as one piece of HTML, one for who writes and one for who reads; nothing where it is empty."""
    groups = change_groups(version)
    return kept_piece("standards/versions/_log.html", (writes, groups), {"groups": groups, "writes": writes}) if groups else ""


_LINE = ("clause_id", "clause__uuid", "found", "kind", "old_label", "new_label", *SUMMARIES)
_ANY = UUID(int=0)


def _titles(version: Version, clauses: list[int]) -> dict[int, Told]:
    """The titles of clauses in this version, or in the one before where they are gone."""
    texts = ClauseText.objects.filter(version__in=[version.pk, version.previous_id or version.pk], clause__in=clauses)
    rows = texts.order_by("version_id").values("clause_id", *(f"title_{code}" for code in COLUMN.values()))
    return {row["clause_id"]: told(row, "title") for row in rows}


def _around(name: str, slug: str, number: str = "") -> tuple[str, str]:
    """What stands before and after the label or key of a clause in an address; worked out once for a whole log."""
    last: Any = "LABEL" if name == "clause_detail" else _ANY
    before, _last, after = reverse(f"standards:{name}", args=[slug, *([number] if number else []), last]).rpartition(str(last))
    return before, after


def _by_label(row: Mapping[str, Any]) -> list[tuple[int, int, str]]:
    parts = (row["new_label"] or row["old_label"]).split(".")
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _change_row(
    row: Mapping[str, Any], title: Told | None, places: Mapping[str, tuple[str, str]], history: tuple[str, str]
) -> dict[str, Any]:
    uuid, new, old = str(row["clause__uuid"]), row["new_label"], row["old_label"]
    return {
        "kind": row["kind"],
        "label": new or old,
        "title": title,
        "was": old if new and old != new else "",
        "summary": told(row, "summary"),
        "corrected": row["kind"] != row["found"],
        "found": str(ChangeKind(row["found"]).label) if row["found"] else "",
        "url": quote(new).join(places["clause_detail"]) if new else "",
        "history_url": uuid.join(history),
        "edit_url": uuid.join(places["change_edit"]),
    }


def _one_line(change: VersionChange) -> dict[str, Any]:
    """The same of one line, which may be kept nowhere."""
    version: Any = change.version
    row = {name: getattr(change, name) for name in _LINE if name != "clause__uuid"} | {"clause__uuid": change.clause.uuid}
    places = {name: _around(name, version.framework.slug, version.number) for name in ("clause_detail", "change_edit")}
    return _change_row(
        row, _titles(version, [change.clause_id]).get(change.clause_id), places, _around("clause_history", version.framework.slug)
    )


def errata(version: Version) -> list[tuple[Erratum, Any]]:
    """Return the errata of a version with their explanations in the reader's language: one query."""
    return [(row, told(row, "note")) for row in version.errata.select_related("clause_text").order_by("id")]


@require_http_methods(["GET", "HEAD", "POST"])
def workspace_versions(request: MemberRequest, slug: str) -> HttpResponse:
    """The committee's list of versions, and the form that begins the next one."""
    framework = find_workspace(request.user, slug)
    form = NextVersionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.user, "standards.steer", framework)
        if form.is_valid() and (version := _begun(request, framework, form)):
            messages.success(request, _("Version %(number)s has begun with the text of the one before.") % {"number": version.number})
            return see_other(reverse("standards:workspace_version", args=[slug, version.number]))
    rows = version_rows(request.user, framework)
    context = workspace(request, framework, AREA) | {
        "form": form,
        "versions": rows,
        "steers": request.user.has_perm("standards.steer", framework),
        "ready": bool(rows) and rows[0]["version"].frozen,
    }
    return render(request, "standards/versions/workspace.html", context, status=422 if form.is_bound else 200)


def _begun(request: MemberRequest, framework: Framework, form: NextVersionForm) -> Version | None:
    try:
        return begin_next_version(actor=request.user, framework=framework, **form.cleaned_data)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None


def find_work(request: MemberRequest, slug: str, number: str, permission: str) -> Version:
    """Return a version for who works on it; 404 where it is not to be known, 403 for everybody else."""
    framework = find_workspace(request.user, slug, permission)
    version: Version = get_object_or_404(Version.objects.select_related("previous"), framework=framework, number=number)
    version.framework = framework
    return version


@require_http_methods(["GET", "HEAD", "POST"])
def workspace_version(request: MemberRequest, slug: str, number: str) -> HttpResponse:
    """The change log of a version as the committee writes it, with what changed in short."""
    version = find_work(request, slug, number, "standards.enter_workspace")
    form = SummaryForm(request.POST if request.method == "POST" else None, version=version)
    refusal: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        refusal = refused(form, lambda: summarise_version(actor=request.user, version=version, **form.cleaned_data))
        if not refusal:
            messages.success(request, _("Saved."))
            return see_other(request.path)
    writes = request.user.has_perm("standards.write_text", version) and not version.frozen
    context = workspace(request, version.framework, AREA) | {
        "version": version,
        "before": version.previous,
        "groups": log_piece(version, writes=writes),
        "errata": errata(version),
        "form": form,
        "steers": request.user.has_perm("standards.steer", version),
    }
    return render(request, "standards/versions/workspace_version.html", context | refusal, status=_status(form, refusal))


def _status(form: Any, refusal: dict[str, Any]) -> int:
    return 409 if refusal else 422 if form.is_bound else 200


@require_http_methods(["GET", "HEAD", "POST"])
def change_edit(request: MemberRequest, slug: str, number: str, uuid: UUID) -> HttpResponse:
    """One line of the change log: its kind, and what it means in three languages."""
    version = find_work(request, slug, number, "standards.write_text")
    change = _find_change(request, version, uuid)
    form, refusal = ChangeForm(request.POST if request.method == "POST" else None, change=change), {}
    log = reverse("standards:workspace_version", args=[slug, number])
    if request.method == "POST" and form.is_valid():
        refusal = refused(form, lambda: edit_change(actor=request.user, change=change, **form.cleaned_data))
        if not refusal:
            messages.success(request, _("Saved."))
            return see_other(log)
    row = _one_line(change)
    context = workspace(request, version.framework, AREA) | {"version": version, "row": row, "form": form, "log_url": log}
    if version.previous:
        context["redline_url"] = reverse("standards:redline", args=[slug, version.previous.number, number])
    return render(request, "standards/versions/change.html", context | refusal, status=_status(form, refusal))


def _find_change(request: MemberRequest, version: Version, uuid: UUID) -> VersionChange:
    """The line of a clause. One that has gone while somebody wrote stands for itself on POST: their words come back in the form."""
    rows = VersionChange.objects.select_related("version__framework", "clause")
    found: VersionChange | None = rows.filter(version=version, clause__uuid=uuid).first()
    if found is not None:
        return found
    if request.method != "POST":
        raise Http404
    text = get_object_or_404(version.texts.select_related("clause"), clause__uuid=uuid)
    return VersionChange(version=version, clause=text.clause, new_label=text.label)


@require_http_methods(["GET", "HEAD", "POST"])
def version_close(request: MemberRequest, slug: str, number: str) -> HttpResponse:
    """Close a draft for ever, after having read what that means."""
    version = find_work(request, slug, number, "standards.steer")
    refusal = ""
    if request.method == "POST":
        try:
            close_draft(actor=request.user, version=version)
        except DomainError as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Version %(number)s is closed; its hash is listed with it.") % {"number": number})
            return see_other(reverse("standards:workspace_versions", args=[slug]))
    context = workspace(request, version.framework, AREA) | {"version": version, "refusal": refusal}
    return render(request, "standards/versions/close.html", context, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def version_show(request: MemberRequest, slug: str, number: str) -> HttpResponse:
    """Let everybody read a version, after having read what that means."""
    version = find_work(request, slug, number, "standards.steer")
    if request.method == "POST":
        edit_version(actor=request.user, version=version, public=True)
        messages.success(request, _("Everybody can read version %(number)s now.") % {"number": number})
        return see_other(reverse("standards:workspace_version", args=[slug, number]))
    return render(request, "standards/versions/show.html", workspace(request, version.framework, AREA) | {"version": version})


@require_http_methods(["GET", "HEAD", "POST"])
def erratum_add(request: MemberRequest, slug: str, number: str) -> HttpResponse:
    """List a mistake beside a frozen version."""
    version = find_work(request, slug, number, "standards.steer")
    asked = {"clause": request.GET.get("clause", ""), "language": version.framework.authentic_language}
    form = ErratumForm(request.POST if request.method == "POST" else None, version=version, initial=asked)
    if request.method == "POST" and attempt(form, lambda: _add(request, version, form)) == 303:
        messages.success(request, _("The erratum is listed beside the version."))
        return see_other(reverse("standards:version_record", args=[slug, number]))
    context = workspace(request, version.framework, AREA) | {"version": version, "form": form}
    return render(request, "standards/versions/erratum.html", context, status=422 if form.is_bound else 200)


def _add(request: MemberRequest, version: Version, form: ErratumForm) -> None:
    data = form.cleaned_data
    words = {name: data[name] for name in ("language", "wrong", "right")}
    add_erratum(actor=request.user, version=version, clause_text=data["clause"], **words, **form.notes)
