"""Certificates of attendance: for who runs the event, for their owners, and for whoever verifies one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions import certificates as acts
from events.enums import TOOK_PLACE, Seen
from events.exports.certificates import certificate_name, days_in_words, how_in_words, length_in_words, write_certificates
from events.forms.after import CodeForm, NameForm, RevokeForm
from events.models import Certificate, Event
from events.querysets.day import Present, present_at
from events.readers import read_code, spaced_code
from events.views.details import find_run
from events.views.papers import paper
from members.models.texts import told
from red_mpe.core.http import MemberRequest, Request, attempt, done, see_other
from red_mpe.core.limits import refuse_too_many
from red_mpe.core.listing import page_of
from red_mpe.core.locale import COLUMN
from red_mpe.core.permissions import require
from red_mpe.core.search import Fold
from red_mpe.core.states import DomainError

CHECKS, FILES = 60, 60  # by address and by account, in an hour
LIST = 1000  # certificates in one file; the page says how many files there are


@require_http_methods(["GET", "HEAD"])
@login_not_required
def certificate_find(request: Request) -> HttpResponse:
    """Ask for a code, and go on to its page."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return see_other(reverse("events:certificate_check", args=[form.cleaned_data["code"]]))
    return render(request, "events/after/certificate_find.html", {"form": form})


@require_safe
@login_not_required
def certificate_check(request: Request, code: str) -> HttpResponse:
    """Tell whether a certificate holds, and of whom and what it is; a code that is none of ours can be typed again."""
    refuse_too_many(request, "certificate", CHECKS, 3600)
    found = Certificate.objects.select_related("event").filter(code=read_code(code)).first()
    if found is None:
        form = CodeForm(initial={"code": spaced_code(read_code(code))})
        response = render(
            request, "events/after/certificate_find.html", {"form": form, "unknown": spaced_code(read_code(code))}, status=404
        )
    else:
        context = {"certificate": found, "title": told(found.event, "title"), "days": days_in_words(found.event)}
        response = render(request, "events/after/certificate_check.html", context | {"code": spaced_code(found.code)})
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
def my_certificates(request: MemberRequest, slug: str) -> HttpResponse:
    """One's own certificates of an event, and those of the people one registered."""
    rows = Certificate.objects.of(request.user).filter(event__slug=slug).select_related("event").order_by(Fold("name"), "pk")
    if not rows:
        raise Http404
    event = rows[0].event
    shown = [(row, how_in_words(row), spaced_code(row.code)) for row in rows]
    context = {"event": event, "title": told(event, "title"), "rows": shown, "days": days_in_words(event)}
    return render(request, "events/after/my_certificates.html", context)


@require_safe
def certificate_pdf(request: MemberRequest, code: str, language: str) -> HttpResponse:
    """The certificate as a file in one language, for its owner and for who runs the event."""
    rows = Certificate.objects.visible_to(request.user).select_related("event", "registration", "person")
    certificate = get_object_or_404(rows, code=read_code(code))
    require(request.user, "events.view_certificate", certificate)
    if language not in COLUMN or certificate.revoked_at:
        raise Http404
    name = certificate_name(certificate.event, language, certificate.code)
    return _file(request, certificate.event, [certificate], language, name, certificate.event.get_absolute_url())


@require_safe
def certificates_all(request: MemberRequest, slug: str, language: str) -> HttpResponse:
    """All certificates of an event that hold, a thousand in a file (`?page=`), for who runs it."""
    event = find_run(request, slug)
    page = page_of(request, event.certificates.valid().order_by(Fold("name"), "pk"), LIST)
    if language not in COLUMN or not page.object_list:
        raise Http404
    name = certificate_name(event, language, part=page.number if page.has_other_pages() else 0)
    return _file(request, event, list(page), language, name, reverse("events:certificates", args=[slug]))


def _file(request: MemberRequest, event: Event, rows: list[Certificate], language: str, name: str, back: str) -> HttpResponse:
    refuse_too_many(request, "certificate-file", FILES, 3600)
    return paper(request, lambda: write_certificates(event, rows, language=language), name, back)


@require_safe
def certificates(request: MemberRequest, slug: str) -> HttpResponse:
    """Who has a certificate of an event, and who was there and has none yet."""
    event = find_run(request, slug)
    rows = event.certificates.order_by(Fold("name"), "pk").values("code", "name", "mode", "issued_at", "revoked_at", "reason")
    took_place = event.state in TOOK_PLACE
    waiting = sorted(acts.waiting(event, present_at(event)) if took_place else [], key=_name)
    context = {
        "event": event,
        "title": told(event, "title"),
        "rows": [row | {"spaced": spaced_code(row["code"])} for row in rows],
        "known": [(_name(one), _how(one), length_in_words(one.besides)) for one in waiting if acts.is_vouched_for(one)],
        "said": [(acts.key_of(one), _name(one), length_in_words(one.minutes)) for one in waiting if not acts.is_vouched_for(one)],
        "parts": range(1, -(-event.certificates.valid().count() // LIST) + 1),
        "took_place": took_place,
    }
    return render(request, "events/after/certificates.html", context)


@require_POST
def certificates_issue(request: MemberRequest, slug: str) -> HttpResponse:
    """Issue what has not been issued yet; to who only said that they were there, if they are ticked."""
    event = find_run(request, slug)
    try:
        new = acts.issue_certificates(event=event, actor=request.user, also=request.POST.getlist("also"))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(new)s certificate was issued.", "%(new)s certificates were issued.", new) % {"new": new}
        messages.success(request, words if new else _nothing_new(event))
    return see_other(reverse("events:certificates", args=[slug]))


def _name(one: Present) -> str:
    return str((one.registration or one.person).name)


def _how(one: Present) -> str:
    return " · ".join(filter(None, [str(Seen(one.seen).label), length_in_words(one.minutes)]))


def _nothing_new(event: Event) -> str:
    if acts.waiting(event, present_at(event)):
        return _("Nothing was issued: tick those who only said that they were there, to give them theirs too.")
    return _("Everybody who was noted as present has their certificate already.")


def _find(request: MemberRequest, slug: str, code: str) -> Certificate:
    event = find_run(request, slug)
    found: Certificate = get_object_or_404(event.certificates.select_related("event"), code=read_code(code))
    return found


def _page(request: HttpRequest, certificate: Certificate, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "event": certificate.event,
        "certificate": certificate,
        "code": spaced_code(certificate.code),
        "how": how_in_words(certificate),
        "name_form": NameForm(initial={"name": certificate.name}),
        "revoke_form": RevokeForm(),
    }
    return render(request, "events/after/certificate_edit.html", context | forms, status=status)


def _answered(request: MemberRequest, certificate: Certificate, name: str, form: Any, act: Callable[[], Any], words: str) -> HttpResponse:
    """Do it and come back; a refusal stands above the form, with every word in it."""
    if (status := attempt(form, act)) != 303:
        return _page(request, certificate, status, **{name: form})
    messages.success(request, words)
    return see_other(reverse("events:certificate_edit", args=[certificate.event.slug, certificate.code]))


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_edit(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """One certificate: its name can be corrected, it can be revoked, and given back."""
    certificate = _find(request, slug, code)
    if request.method != "POST":
        return _page(request, certificate)
    form = NameForm(request.POST)

    def rename() -> Any:
        return acts.rename_certificate(certificate=certificate, actor=request.user, name=form.cleaned_data["name"])

    return _answered(request, certificate, "name_form", form, rename, _("The name is corrected. The code is the same."))


@require_POST
def certificate_revoke(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Take a certificate back."""
    certificate = _find(request, slug, code)
    form = RevokeForm(request.POST)

    def revoke() -> Any:
        return acts.revoke_certificate(certificate=certificate, actor=request.user, reason=form.cleaned_data["reason"])

    return _answered(request, certificate, "revoke_form", form, revoke, _("The certificate is revoked: whoever verifies it reads so."))


@require_POST
def certificate_restore(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Let a revoked certificate hold again."""
    certificate = _find(request, slug, code)
    address = reverse("events:certificate_edit", args=[slug, certificate.code])
    return done(
        request, lambda: acts.restore_certificate(certificate=certificate, actor=request.user), _("The certificate holds again."), address
    )
