"""The door for harvesters."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from publications.exports.oai.answering import answer


@csrf_exempt  # harvesters may ask by POST; nothing is changed, and everybody is told the same, whoever is signed in
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Answer a request of OAI-PMH 2.0; what is wrong with it is told in the answer, with 200."""
    sent = request.POST if request.method == "POST" else request.GET
    return HttpResponse(answer(sent), content_type="text/xml; charset=utf-8")
