"""The commenting form of a round: taken away empty or filled, brought back, looked at, sent."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from members.models import Organisation
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.limits import refuse_too_many
from red_mpe.core.locale import COLUMN
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from standards.actions import submissions as acts
from standards.actions.comments import refuse_unless_listening
from standards.actions.form_rows import Fate, FormPlan
from standards.enums import GENERAL
from standards.exports.commenting import FORM_FORMATS, form_name, write_form
from standards.forms import EnteredForm, OwnForm, UploadForm, voices
from standards.models import Consultation
from standards.views.files import file_response
from standards.views.finding import Place, find_round
from standards.views.waiting import Waiting, drop, find, fingerprint, keep

FORMS_AN_HOUR = 40
_SHOWN = 100  # rows that a page shows of each kind
_FATES = (
    (Fate.UNKNOWN, Fate.REFUSED, Fate.CHANGED),  # not sent, and somebody has to look
    (Fate.TWICE, Fate.AGAIN),  # not sent, because it is said
)


@require_http_methods(["GET", "HEAD", "POST"])
def commenting_form(request: MemberRequest, slug: str, round: int) -> HttpResponse:
    """Explain the form, hand it out, take it back from a member."""
    consultation = find_round(request.user, slug, round)
    enters = request.user.has_perm("standards.moderate_comment", consultation)
    if request.user.member is None and not enters:
        return render(
            request, "standards/members_only.html", {"place": Place(consultation.version, None, consultation, GENERAL)}, status=403
        )
    form = OwnForm(request.POST or None, request.FILES or None, user=request.user) if request.user.member else None
    if request.method == "POST" and form is None:
        raise PermissionDenied
    return _page(request, consultation, form, enters=enters)


@require_http_methods(["GET", "HEAD", "POST"])
def form_on_behalf(request: MemberRequest, slug: str, round: int) -> HttpResponse:
    """Take a form that an organisation sent to the secretariat."""
    consultation = find_round(request.user, slug, round)
    require(request.user, "standards.moderate_comment", consultation)
    form = EnteredForm(request.POST or None, request.FILES or None, user=request.user)
    return _page(request, consultation, form, on_behalf=True)


def _page(request: MemberRequest, consultation: Consultation, form: UploadForm | None, **more: Any) -> HttpResponse:
    stop, status = _closed(consultation), 200
    if request.method == "POST" and form is not None:
        status = 409 if stop else 422
        refuse_too_many(request, "form", FORMS_AN_HOUR, 3600)
        if not stop and form.is_valid() and (token := _take(request, consultation, form)):
            return see_other(reverse("standards:form_look", args=[consultation.framework.slug, consultation.number, token]))
    context = {"consultation": consultation, "framework": consultation.framework, "form": form, "stop": stop, **more}
    return render(request, "standards/commenting_form.html", context | {"files": _files(consultation)}, status=status)


def _closed(consultation: Consultation) -> str:
    try:
        refuse_unless_listening(consultation, None)
    except DomainError as error:
        return str(error)
    return ""


def _files(consultation: Consultation) -> list[dict[str, Any]]:
    def links(what: str, language: str) -> list[dict[str, str]]:
        place = [consultation.framework.slug, consultation.number, what, language]
        return [{"name": kind.name, "url": reverse("standards:form_file", args=[*place, kind.code])} for kind in FORM_FORMATS.values()]

    return [
        {"code": code, "name": name, "empty": links("form", code), "filled": links("comments", code)} for code, name in settings.LANGUAGES
    ]


def _take(request: MemberRequest, consultation: Consultation, form: UploadForm) -> str:
    """Keep what was read until its sender has looked at it; say in the form where it cannot be kept."""
    data = form.cleaned_data
    organisation = data.get("organisation")
    waiting = Waiting(
        name=data["document"].name,
        form=data["read"],
        sha256=hashlib.sha256(data["content"]).hexdigest(),
        language=data["language"],
        voice=data.get("voice", ""),
        shown_as=data.get("shown_as", ""),
        organisation=organisation.pk if organisation else None,
    )
    token = keep(waiting, request.user, consultation)
    if not token:
        form.add_error("document", _("The file cannot be kept at this moment. Nothing was sent; try again in a minute."))
    return token


@require_http_methods(["GET", "HEAD", "POST"])
def form_look(request: MemberRequest, slug: str, round: int, token: str) -> HttpResponse:
    """Show what would be sent; send it on POST."""
    consultation = find_round(request.user, slug, round)
    waiting = find(token, request.user, consultation)
    if waiting is None:
        messages.error(request, _("The file was kept for half an hour and is gone, or it is not yours. Choose it once more."))
        return see_other(reverse("standards:commenting_form", args=[slug, round]))
    plan, status = _plan(request, consultation, waiting), 200
    if request.method == "POST":
        status = 409
        if written := _sent(request, consultation, waiting, plan):
            drop(token, request.user, consultation)
            return _told(request, consultation, waiting, written)
    return render(request, "standards/form_look.html", _look(consultation, waiting, plan), status=status)


def _plan(request: MemberRequest, consultation: Consultation, waiting: Waiting) -> FormPlan:
    if waiting.organisation:
        require(request.user, "standards.moderate_comment", consultation)
        organisation = get_object_or_404(Organisation, pk=waiting.organisation)
        return acts.plan_entered_form(form=waiting.form, consultation=consultation, organisation=organisation)
    return acts.plan_own_form(actor=request.user, form=waiting.form, consultation=consultation)


def _sent(request: MemberRequest, consultation: Consultation, waiting: Waiting, plan: FormPlan) -> acts.Written | None:
    """Send what was looked at; what has changed in the meantime is looked at again."""
    if request.POST.get("fingerprint") != fingerprint(plan):
        messages.warning(request, _("Something has changed since you looked. Nothing was sent: look at it again."))
        return None
    try:
        return _send(request, consultation, waiting)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return None


def _send(request: MemberRequest, consultation: Consultation, waiting: Waiting) -> acts.Written:
    what: dict[str, Any] = {"actor": request.user, "consultation": consultation, "form": waiting.form, "language": waiting.language}
    if waiting.organisation:
        organisation = Organisation.objects.select_related("category__chamber").get(pk=waiting.organisation)
        return acts.enter_form(organisation=organisation, sha256=waiting.sha256, **what)
    own = voices(request.user)
    if waiting.voice not in own:
        raise DomainError(
            _("You cannot speak on behalf of that organisation or group today. Choose another voice; your words are still here.")
        )
    return acts.send_form(voice=own[waiting.voice], shown_as=waiting.shown_as, **what)


def _told(request: MemberRequest, consultation: Consultation, waiting: Waiting, written: acts.Written) -> HttpResponse:
    count = len(written.codes)
    words = ngettext("%(count)s comment of the form has been sent.", "%(count)s comments of the form have been sent.", count)
    late = " " + _("They came after the closing and are marked late.") if written.late else ""
    messages.success(request, words % {"count": count} + late)
    if waiting.organisation:
        return see_other(reverse("standards:form_on_behalf", args=[consultation.framework.slug, consultation.number]))
    return see_other(reverse("standards:my_comments"))


def _look(consultation: Consultation, waiting: Waiting, plan: FormPlan) -> dict[str, Any]:
    wrong, said = (plan.of(*fates) for fates in _FATES)
    new = plan.of(Fate.NEW)
    organisation = Organisation.objects.filter(pk=waiting.organisation).first() if waiting.organisation else None
    return {
        "consultation": consultation,
        "framework": consultation.framework,
        "waiting": waiting,
        "plan": plan,
        "organisation": organisation,
        "new": new[:_SHOWN],
        "more_new": max(len(new) - _SHOWN, 0),
        "wrong": wrong[:_SHOWN],
        "more_wrong": max(len(wrong) - _SHOWN, 0),
        "said": said[:_SHOWN],
        "more_said": max(len(said) - _SHOWN, 0),
        "fingerprint": fingerprint(plan),
        "closing": _closed(consultation),
        "late": consultation.state == "closed",
    }


@require_safe
def form_file(request: MemberRequest, slug: str, round: int, what: str, language: str, format: str) -> HttpResponse:
    """The form as a file: empty (`form`) or with the comments of the round (`comments`)."""
    consultation = find_round(request.user, slug, round)
    kind = FORM_FORMATS.get(format)
    if kind is None or language not in COLUMN or what not in ("form", "comments"):
        raise Http404
    refuse_too_many(request, "download", 120, 3600)
    data = write_form(consultation, format=kind, language=language, filled_for=request.user if what == "comments" else None)
    return file_response(request, data, kind=kind.kind, name=form_name(consultation, what, language, kind))
