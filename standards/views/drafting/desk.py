"""What every page of the drafting workspace stands on: the version that is written, one of its clauses, and common answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.states import DomainError
from standards.models import Clause, ClauseText, Framework, Version
from standards.views.keeping import draft_key, owner_mark
from standards.views.workspace import find_workspace, workspace

WRITE = "standards.write_text"


@dataclass(frozen=True)
class Desk:
    """A clause of the version that is written. `version` and `text` are None where there is none (any more)."""

    framework: Framework
    version: Version | None
    clause: Clause
    text: ClauseText | None

    def url(self, route: str) -> str:
        """Return the address of one of this clause's pages."""
        return reverse(f"standards:{route}", args=[self.framework.slug, self.clause.uuid])

    @property
    def there(self) -> ClauseText:
        """The clause text; the caller knows that it is there."""
        if self.text is None:
            raise DomainError(why_gone(self))
        return self.text


def draft_version(framework: Framework) -> Version | None:
    """Return the latest version of a framework that is not frozen."""
    found = framework.versions.filter(frozen_at=None).order_by("-pk").first()
    if found is not None:
        found.framework = framework
    return found


def find_desk(user: Any, slug: str, clause: UUID) -> Desk:
    """Return the clause for who writes the text; 404 for a clause of another framework."""
    framework = find_workspace(user, slug, WRITE)
    identity = get_object_or_404(Clause, framework=framework, uuid=clause)
    version = draft_version(framework)
    text = None
    if version is not None:
        rows = version.texts.select_related("clause", "parent").prefetch_related("languages", "themes")
        text = rows.filter(clause=identity).first()
        if text is not None:
            text.version = version
    return Desk(framework, version, identity, text)


def page(request: MemberRequest, framework: Framework, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Answer with a page of the workspace; its forms carry what keeps their words."""
    own = {
        "draft_key": draft_key(request),
        "draft_done": request.session.pop("draft_done", ""),
        "owner": owner_mark(request),
        "was_kept": request.method != "POST" and bool(getattr(context.get("form"), "is_bound", False)),
        "tree_url": reverse("standards:drafting_tree", args=[framework.slug]),
    }
    area = "translations" if template.startswith("translation") else "drafting_tree"
    context = workspace(request, framework, area) | own | context
    return render(request, f"standards/drafting/{template}.html", context, status=status)


def why_gone(desk: Desk) -> str:
    """Say why a clause cannot be written now."""
    if desk.version is None:
        return _("No version is being written now: a frozen text never changes. What you wrote is still here, for the next version.")
    return _("This clause has left version %(number)s in the meantime. What you wrote is still here.") % {"number": desk.version.number}


def gone(request: MemberRequest, desk: Desk, form: forms.Form | None) -> HttpResponse:
    """Answer where the clause is not in the version being written: why, what was written, and how to take it up again."""
    last = desk.clause.lineage.order_by("-pk").first()
    bound = form is not None and form.is_bound
    written = [(form[name].label, form[name].value()) for name in form.fields if _is_words(form, name)] if form and bound else []
    context = {"desk": desk, "why": why_gone(desk), "last": last, "written": written, "restore_url": desk.url("drafting_restore")}
    return page(request, desk.framework, "gone", context, status=409 if request.method == "POST" else 200)


def _is_words(form: forms.Form, name: str) -> bool:
    widget = form.fields[name].widget
    return isinstance(widget, forms.Textarea | forms.TextInput) and bool(form[name].value())


def attempt(request: MemberRequest, form: forms.Form, act: Callable[[], str], done: str) -> tuple[HttpResponse | None, int]:
    """Do `act` with a valid form and lead to the address it returns, with `done` said; otherwise the status for the filled form."""
    if request.method != "POST":
        return None, 200
    if not form.is_valid():
        return None, 422
    try:
        address = act()
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None, 409
    request.session["draft_done"] = draft_key(request)
    messages.success(request, done)
    return see_other(address), 303
