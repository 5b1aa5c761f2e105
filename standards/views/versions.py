"""The versions of a framework: their list, the record of one with its proof, its change log and its errata; and writing them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.models.texts import told
from red_mpe.core.http import MemberRequest, Request, see_other
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from standards.actions.changelog import edit_change
from standards.actions.frameworks import edit_version
from standards.actions.texts import canonical_text
from standards.actions.versions import add_erratum, begin_next_version, close_draft, summarise_version
from standards.enums import ChangeKind
from standards.forms.versions import ChangeForm, ErratumForm, NextVersionForm, SummaryForm
from standards.models import Consultation, Erratum, Framework, Version, VersionChange
from standards.querysets.frameworks import number_key
from standards.views.finding import find_version
from standards.views.overwriting import refused
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
        "groups": change_groups(version) if before else [],
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
    """Return the change log by kind, each line with its words and addresses: one query."""
    rows = list(version.changes.select_related("clause").order_by("id"))
    slug, number = version.framework.slug, version.number
    groups = []
    for kind in ChangeKind:
        lines = [_change_row(row, slug, number) for row in sorted(rows, key=_by_label) if row.kind == kind]
        if lines:
            groups.append({"kind": kind, "label": kind.label, "tag": TAGS[kind], "lines": lines})
    return groups


def _by_label(row: VersionChange) -> list[tuple[int, int, str]]:
    parts = (row.new_label or row.old_label).split(".")
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _change_row(row: VersionChange, slug: str, number: str) -> dict[str, Any]:
    return {
        "change": row,
        "label": row.new_label or row.old_label,
        "was": row.old_label if row.new_label and row.old_label != row.new_label else "",
        "summary": told(row, "summary"),
        "corrected": row.kind != row.found,
        "found": ChangeKind(row.found).label if row.found else "",
        "url": reverse("standards:clause_detail", args=[slug, number, row.new_label]) if row.new_label else "",
        "history_url": reverse("standards:clause_history", args=[slug, row.clause.uuid]),
        "edit_url": reverse("standards:change_edit", args=[slug, number, row.clause.uuid]),
    }


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
    context = workspace(request, version.framework, AREA) | {
        "version": version,
        "before": version.previous,
        "groups": change_groups(version),
        "errata": errata(version),
        "form": form,
        "steers": request.user.has_perm("standards.steer", version),
        "writes": request.user.has_perm("standards.write_text", version) and not version.frozen,
    }
    return render(request, "standards/versions/workspace_version.html", context | refusal, status=_status(form, refusal))


def _status(form: Any, refusal: dict[str, Any]) -> int:
    return 409 if refusal else 422 if form.is_bound else 200


def _done(form: Any, act: Any) -> bool:
    """Do it, and tell whether it was done; a refusal stands in the form above everything that was written."""
    try:
        act()
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


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
    row = _change_row(change, slug, number)
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
    if request.method == "POST" and form.is_valid() and _done(form, lambda: _add(request, version, form)):
        messages.success(request, _("The erratum is listed beside the version."))
        return see_other(reverse("standards:version_record", args=[slug, number]))
    context = workspace(request, version.framework, AREA) | {"version": version, "form": form}
    return render(request, "standards/versions/erratum.html", context, status=422 if form.is_bound else 200)


def _add(request: MemberRequest, version: Version, form: ErratumForm) -> None:
    data = form.cleaned_data
    words = {name: data[name] for name in ("language", "wrong", "right")}
    add_erratum(actor=request.user, version=version, clause_text=data["clause"], **words, **form.notes)
