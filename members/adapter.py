"""How allauth speaks to people: by our mail road, in their language, towards our own pages only."""

from contextlib import nullcontext
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from members.models import User
from red_mpe.core.locale import speaking_to
from red_mpe.notifications.actions import queue_message
from red_mpe.notifications.models import Notification


class Accounts(AuthenticationBackend):
    """Who is signed in: one query at every request, so that what is closed, suspended or signed out is so at once."""

    def get_user(self, user_id: Any) -> User | None:
        """Return a working account together with its person, and with `unread`, the lines of its inbox that wait."""
        found = User.objects.select_related("person").annotate(unread=Notification.objects.unread_of("pk")).filter(pk=user_id)
        user = next(iter(found), None)
        return user if user is not None and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up, sign-in and the mails around them."""

    def new_user(self, request: HttpRequest) -> User:
        """Make an account that keeps the language of the page it was made on."""
        language = translation.get_language()
        return User(language=language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail in the reader's language, in the page's for an address without an account; no page waits for SMTP."""
        user = context.get("user") or User.objects.filter(emailaddress__email__iexact=email).first()
        with speaking_to(user) if user else nullcontext():
            message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        queue_message(recipient=user, message=message, kind=f"account.{template_prefix.rpartition('/')[2]}")

    def is_safe_url(self, url: str) -> bool:
        """Only paths of this very site are followed after signing in."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead somebody who is not a member to the application, everybody else home."""
        user = request.user
        if user.is_authenticated and not user.is_staff and not hasattr(user, "person") and not user.applications.exists():
            return reverse("members:apply")
        return super().get_login_redirect_url(request)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """After signing up comes the application to join."""
        return reverse("members:apply")
