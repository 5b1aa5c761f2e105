"""Importing a document from the admin: take it, look at what would happen, write it, see what happened.

Between the pages the document waits on our side for half an hour, under a key that only its sender's signed token opens.
"""

import hashlib
import secrets
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from red_mpe.core.http import see_other
from red_mpe.core.locale import COLUMN, SITE_LANGUAGE
from red_mpe.core.states import DomainError
from standards.actions.imports import ImportPlan, next_number, plan_import, write_import
from standards.admin.base import Room, allow
from standards.forms import ImportForm
from standards.models import Framework, Version
from standards.readers import ReaderError, read_document

SECONDS: Final = 30 * 60
_SALT: Final = "standards.import"


@dataclass(frozen=True)
class Waiting:
    """A document between two pages, and what became of it once it was written."""

    name: str
    document: bytes
    language: str
    number: str
    version: int | None = None
    written: int = 0
    left_out: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def keep(waiting: Waiting, user: Any, framework: Framework) -> str:
    """Keep a document for half an hour; return the token that opens it to this account and framework. "" where it cannot be kept."""
    key = secrets.token_urlsafe(16)
    cache.set(_place(key), asdict(waiting), SECONDS)
    token = signing.dumps([key, user.pk, framework.pk], salt=_SALT)
    return token if cache.has_key(_place(key)) else ""


def find(token: str, user: Any, framework: Framework) -> Waiting | None:
    """Return what waits under `token`, or None: it is over, was changed, or is somebody else's."""
    key = _key(token, user, framework)
    kept = cache.get(_place(key)) if key else None
    return Waiting(**kept) if kept else None


def replace(token: str, user: Any, framework: Framework, waiting: Waiting) -> None:
    """Keep what became of a document in its place."""
    if key := _key(token, user, framework):
        cache.set(_place(key), asdict(waiting), SECONDS)


def _key(token: str, user: Any, framework: Framework) -> str:
    try:
        key, owner, where = signing.loads(token, salt=_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return ""
    return key if (owner, where) == (user.pk, framework.pk) else ""


def _place(key: str) -> str:
    return f"import:{key}"


def fingerprint(plan: ImportPlan) -> str:
    """Return a short name of what `plan` would do: what is confirmed has to be what was looked at."""
    fates = [f"{clause.entry.label}={clause.fate}" for clause in plan.clauses]
    return hashlib.sha256("\n".join([str(plan.version and plan.version.pk), *fates, *plan.missing]).encode()).hexdigest()[:16]


class Importing(Room):
    """The pages of the import, for the admin of frameworks."""

    def take_document(self, request: HttpRequest, framework: Framework) -> HttpResponse:
        """Take a document and read it; nothing is written. A document that cannot be read is refused beside its field."""
        allow(request, "standards.add_clausetext")
        form = ImportForm(request.POST or None, request.FILES or None, initial=_first_choice(request, framework))
        if request.method == "POST" and form.is_valid() and (token := _take(form, request.user, framework)):
            return see_other(reverse("admin:standards_framework_import_look", args=[framework.pk, token]))
        return self.page(
            request, "import_document", title=_("Import a document"), framework=framework, form=form, back=self.address(framework)
        )

    def look_at_import(self, request: HttpRequest, object_id: int, token: str) -> HttpResponse:
        """Show what would be written; write it on POST; afterwards show what was written."""
        allow(request, "standards.add_clausetext")
        framework = self.thing(request, str(object_id))
        waiting = find(token, request.user, framework)
        again = reverse("admin:standards_framework_import_document", args=[framework.pk])
        if waiting is None:
            messages.error(request, _("The document was kept for half an hour and is gone, or it is not yours. Choose it once more."))
            return see_other(again)
        if waiting.version:
            return self._show_result(request, framework, waiting, again)
        outline = read_document(waiting.document, waiting.name)
        plan = plan_import(outline=outline, framework=framework, number=waiting.number, language=waiting.language)
        if request.method == "POST" and _write(request, framework, waiting, plan, token):
            return see_other(request.path)
        return self._show_plan(request, framework, waiting, plan, again)

    def _show_plan(self, request: HttpRequest, framework: Framework, waiting: Waiting, plan: ImportPlan, again: str) -> HttpResponse:
        fates = [clause.fate for clause in plan.clauses]
        return self.page(
            request,
            "import_look",
            title=_("What would be written"),
            framework=framework,
            waiting=waiting,
            plan=plan,
            fingerprint=fingerprint(plan),
            language=SITE_LANGUAGE[plan.language],
            counts={fate: fates.count(fate) for fate in ("new", "matched", "unknown")},
            again=again,
        )

    def _show_result(self, request: HttpRequest, framework: Framework, waiting: Waiting, again: str) -> HttpResponse:
        version: Any = Version.objects.select_related("framework").get(pk=waiting.version)
        context = {"framework": framework, "waiting": waiting, "version": version, "coverage": version.texts.coverage()}
        return self.page(request, "import_result", title=_("The document was imported"), again=again, **context)


def _first_choice(request: HttpRequest, framework: Framework) -> dict[str, str]:
    """Offer the version that is being written, and the authentic language first."""
    number = request.GET.get("number") or next_number(framework)
    begun = framework.versions.filter(number=number, texts__isnull=False).exists()
    others = [code for code, column in COLUMN.items() if column != framework.authentic_language]
    return {"number": number, "language": others[0] if begun else SITE_LANGUAGE[framework.authentic_language]}


def _take(form: ImportForm, user: Any, framework: Framework) -> str:
    """Read the document once to know that it can be; keep it and return its token, or say in the form what is wrong with it."""
    document = form.cleaned_data["document"]
    content = document.read()
    try:
        read_document(content, document.name)
    except ReaderError as refusal:
        form.add_error("document", str(refusal))
        return ""
    waiting = Waiting(document.name, content, form.cleaned_data["language"], form.cleaned_data["number"])
    token = keep(waiting, user, framework)
    if not token:
        form.add_error("document", _("The document cannot be kept at this moment. Nothing was written; try again in a minute."))
    return token


def _write(request: HttpRequest, framework: Framework, waiting: Waiting, plan: ImportPlan, token: str) -> bool:
    """Write what was looked at and tell whether it was written; what has changed in the meantime is looked at again."""
    if request.POST.get("fingerprint") != fingerprint(plan):
        messages.warning(request, _("The version has changed since you looked. Nothing was written: look at it again."))
        return False
    user: Any = request.user
    try:
        version = write_import(actor=user, plan=plan, framework=framework, slug=framework.slug, number=waiting.number)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return False
    left_out = tuple(clause.entry.label for clause in plan.unknown)
    result = Waiting(
        waiting.name, b"", waiting.language, waiting.number, version.pk, len(plan.clauses) - len(left_out), left_out, tuple(plan.missing)
    )
    replace(token, user, framework, result)
    return True
