"""What machines ask for at fixed addresses."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where the map is. The directory is not forbidden here: its pages say `noindex`, which must be read to be obeyed."""
    return render(request, "portal/robots.txt", {"base_url": settings.BASE_URL}, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Tell whoever finds a weakness whom to write to (RFC 9116)."""
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    context = {"base_url": settings.BASE_URL, "contact": settings.SECRETARIAT_EMAIL, "expires": expires}
    return render(request, "portal/security.txt", context, content_type="text/plain; charset=utf-8")
