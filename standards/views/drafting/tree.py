"""The tree of the version that is written: everything at one look, and moving by keyboard, by buttons or by drag."""

import re
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.packed import Packed, holding, pack, unpack
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.core.text import trusted
from standards.actions.drafting import add_clause, move_clause, restore_clause, shift_clause
from standards.actions.drafting.places import WAYS
from standards.forms import AddForm, MoveForm
from standards.forms.drafting import Place
from standards.models import ClauseText, Framework, Version
from standards.querysets.drafting import DraftRow, draft_rows, retired_rows
from standards.querysets.marks import tree_mark
from standards.views.drafting.desk import WRITE, attempt, draft_version, find_desk, page
from standards.views.keeping import keeps_words, sent
from standards.views.pieces import kept_for
from standards.views.workspace import find_workspace

_ROWS: Final = "standards/drafting/_rows.html"
_UUID: Final = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: What leads to a page of its own with the chosen clause.
_PAGES = {
    "move": "drafting_move",
    "split": "drafting_split",
    "merge": "drafting_merge",
    "retire": "drafting_retire",
    "saved": "drafting_saved",
    "edit": "drafting_clause",
}
_STEPS: tuple[tuple[str, str, str | Promise], ...] = (
    ("up", "↑", gettext_lazy("Up")),
    ("down", "↓", gettext_lazy("Down")),
    ("in", "→", gettext_lazy("Deeper")),
    ("out", "←", gettext_lazy("Higher")),
)
_LEADS: tuple[tuple[str, str | Promise], ...] = (
    ("move", gettext_lazy("Move elsewhere…")),
    ("split", gettext_lazy("Split…")),
    ("merge", gettext_lazy("Merge…")),
    ("retire", gettext_lazy("Retire…")),
    ("saved", gettext_lazy("Wordings saved")),
)


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def drafting_tree(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the tree; move the chosen clause by a step or to a place, or go to the page where something is done with it."""
    framework = find_workspace(request.user, slug)
    if request.method == "POST":
        require(request.user, WRITE, framework)
    version = draft_version(framework)
    status = 200
    if request.method == "POST":
        answer = _act(request, framework, version)
        if answer is not None:
            return answer
        status = 409
    return _tree(request, framework, version, status)


def _tree(request: MemberRequest, framework: Framework, version: Version | None, status: int) -> HttpResponse:
    writes = request.user.has_perm(WRITE, framework)
    chosen, pressed = request.POST.get("clause") or request.GET.get("at", ""), request.GET.get("by", "")
    tree = _grown(version, writes=writes).with_chosen(chosen, pressed=bool(pressed))
    context: dict[str, Any] = {
        "version": version,
        "tree": tree,
        "retired": retired_rows(version) if version else [],
        "chosen": chosen if tree.has_chosen else "",
        "pressed": pressed,
        "steps": _STEPS,
        "leads": _LEADS,
        "writes": writes,
        "last_frozen": None if version else framework.versions.order_by("-pk").first(),
    }
    answer = page(request, framework, "tree", context, status=status)
    return holding(answer, tree.html) if isinstance(tree.html, Packed) else answer


@dataclass(frozen=True, slots=True)
class Tree:
    """The rows of a version as finished HTML, how many they are, and how many lack something."""

    html: SafeString
    size: int
    incomplete: int
    has_chosen: bool = field(default=False)

    def with_chosen(self, clause: str, *, pressed: bool) -> "Tree":
        """Return the tree with the row of `clause` chosen, where there is one; under the cursor where a button was `pressed` for it."""
        radio = f'value="{clause}"'
        if not _UUID.fullmatch(clause) or radio not in self.html:
            return self
        html = trusted(self.html.replace(radio, f"{radio} checked{' autofocus' if pressed else ''}", 1))
        return replace(self, html=html, has_chosen=True)


def _grown(version: Version | None, *, writes: bool) -> Tree:
    """The tree of a version, kept until a row in it changes: then nothing of it is read."""
    if version is None:
        return Tree(trusted(""), 0, 0)

    def grow() -> tuple[tuple[bytes, bytes], int, int]:
        rows = draft_rows(version)
        html = trusted(render_to_string(_ROWS, {"rows": rows, "writes": writes}))
        return pack(html).parts(), len(rows), sum(1 for row in rows if row.lacks)

    parts, size, incomplete = kept_for(_ROWS, (tree_mark(version), writes), grow)
    return Tree(unpack(parts), size, incomplete)


def _act(request: MemberRequest, framework: Framework, version: Version | None) -> HttpResponse | None:
    """Do what the pressed button says with the chosen clause; None where something has to be said first."""
    text = _chosen(version, request.POST.get("clause", ""))
    what = request.POST.get("do", "")
    if text is None:
        messages.warning(request, _("Choose a clause first."))
        return None
    if what in _PAGES:
        return see_other(reverse(f"standards:{_PAGES[what]}", args=[framework.slug, text.clause.uuid]))
    try:
        if what in WAYS:
            shift_clause(actor=request.user, text=text, way=what)
        else:
            _drop(request, text)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
        return None
    # no fragment: it would take the focus from the chosen row, where the same step is one key away
    return see_other(f"{request.path}?at={text.clause.uuid}&by={what if what in WAYS else 'place'}")


def _chosen(version: Version | None, clause: str) -> ClauseText | None:
    try:
        key = UUID(clause)
    except ValueError:
        return None
    rows = ClauseText.objects.select_related("clause", "version__framework").filter(version=version, clause__uuid=key)
    return rows.first() if version else None


def _drop(request: MemberRequest, text: ClauseText) -> None:
    """Put a dragged clause where it was dropped; its number stays."""
    form = MoveForm({**request.POST.dict(), "number": "keep"}, places=places_of(draft_rows(text.version)))
    if not form.is_valid():
        raise DomainError(_("This place is not there any more. Nothing was moved; look at the tree again."))
    above, before = form.place(str(text.clause.uuid))
    move_clause(actor=request.user, text=text, parent=_at(text.version, above), after=_at(text.version, before))


def places_of(rows: list[DraftRow], without: str = "") -> list[Place]:
    """Return the clauses as places to choose from, but for one and what stands under it."""
    keys = {row.pk: row.clause for row in rows}
    hidden: set[int | None] = set()
    found: list[Place] = []
    for row in rows:
        if row.clause == without or row.parent in hidden:
            hidden.add(row.pk)
        else:
            found.append((row.clause, f"{row.label} {row.title[:60]}".strip(), keys.get(row.parent) if row.parent else None, row.depth))
    return found


def _at(version: Version, clause: str | None) -> ClauseText | None:
    """Return the clause text of an identity; None for none, DomainError where it has left the version."""
    if clause is None:
        return None
    text = ClauseText.objects.select_related("clause").filter(version=version, clause__uuid=clause).first()
    if text is None:
        raise DomainError(_("This place is not there any more. Nothing was moved; look at the tree again."))
    return text


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def drafting_add(request: MemberRequest, slug: str) -> HttpResponse:
    """Add a clause and go on to its words."""
    framework = find_workspace(request.user, slug, WRITE)
    version = draft_version(framework)
    if version is None:
        return _tree(request, framework, None, 409)
    places = places_of(draft_rows(version))
    form = AddForm(sent(request), places=places, initial={"target": request.GET.get("at", "")})

    def act() -> str:
        data, (above, before) = form.cleaned_data, form.place()
        given = {name: data[name] for name in ("once", "level", "label")} | {f"title_{framework.authentic_language}": data["title"]}
        where: dict[str, Any] = {"parent": _at(version, above), "after": _at(version, before), "first": before is None}
        text = add_clause(actor=request.user, version=version, **where, **given)
        return reverse("standards:drafting_clause", args=[framework.slug, text.clause.uuid])

    answer, status = attempt(request, form, act, _("The clause has been added. Its words come next."))
    return answer or page(request, framework, "add", {"form": form, "version": version}, status=status)


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def drafting_move(request: MemberRequest, slug: str, clause: UUID) -> HttpResponse:
    """Move a clause to any other place, with its number or with a new one."""
    desk = find_desk(request.user, slug, clause)
    rows = draft_rows(desk.version) if desk.version else []
    form = MoveForm(sent(request), places=places_of(rows, str(clause)))

    def act() -> str:
        text, (above, before) = desk.there, form.place(str(clause))
        given = {"renumber": form.cleaned_data["number"] == "new", "reason": form.cleaned_data["reason"]}
        move_clause(actor=request.user, text=text, parent=_at(text.version, above), after=_at(text.version, before), **given)
        return f"{reverse('standards:drafting_tree', args=[slug])}?at={clause}#d-{clause}"

    answer, status = attempt(request, form, act, _("The clause has been moved."))
    return answer or page(request, desk.framework, "move", {"form": form, "desk": desk, "back": desk.url("drafting_clause")}, status=status)


@require_POST
def drafting_restore(request: MemberRequest, slug: str, clause: UUID) -> HttpResponse:
    """Take a clause that has left the version up again."""
    desk = find_desk(request.user, slug, clause)
    try:
        if desk.version is None:
            raise DomainError(_("No version is being written now."))
        text = restore_clause(actor=request.user, version=desk.version, clause=desk.clause)
    except DomainError as refusal:
        messages.warning(request, str(refusal))
        return see_other(reverse("standards:drafting_tree", args=[slug]))
    messages.success(request, _("Clause %(label)s is back in the text.") % {"label": text.label})
    return see_other(f"{reverse('standards:drafting_tree', args=[slug])}?at={clause}#d-{clause}")
