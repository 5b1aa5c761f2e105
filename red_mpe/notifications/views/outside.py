"""Pages behind the opaque token of a mail: no sign-in, outside the language prefix, in the reader's language."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from red_mpe.core.locale import speaking_to
from red_mpe.notifications import actions
from red_mpe.notifications.enums import Category, Frequency
from red_mpe.notifications.forms import PreferencesForm
from red_mpe.notifications.models import MailBox

STOPPABLE: dict[str, Any] = {
    "": "",
    Frequency.DAILY.value: Frequency.DAILY.label,
    Frequency.WEEKLY.value: Frequency.WEEKLY.label,
    **dict(Category.choices),
}


@csrf_exempt  # RFC 8058: the mail service posts without having seen a page; the token is the secret
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str, what: str = "") -> HttpResponse:
    """Stop the mail of one category, of one kind of digest, or (empty) all that can be stopped. GET only shows the button."""
    box = _box(token)
    if what not in STOPPABLE:
        raise Http404
    done = request.method == "POST"
    if done:
        actions.stop_mail(person=box.person, what=what)
    return _answer(request, box, "notifications/unsubscribe.html", {"done": done, "what": STOPPABLE[what]})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences_by_token(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a frequency for each category without signing in."""
    box = _box(token)
    form = PreferencesForm(request.POST or None, person=box.person)
    done = request.method == "POST" and form.is_valid()
    if done:
        actions.set_preferences(person=box.person, frequencies=form.cleaned_data)
    return _answer(request, box, "notifications/preferences_by_token.html", {"form": form, "done": done})


def _box(token: str) -> MailBox:
    return get_object_or_404(MailBox.objects.select_related("person"), token=token)


def _answer(request: HttpRequest, box: MailBox, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render in the reader's language; the address is a secret, so nobody keeps or indexes the page."""
    with speaking_to(box.person):
        response = render(request, template, {**context, "token": box.token})
    response["Content-Language"] = box.person.language
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
