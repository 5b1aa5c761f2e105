"""Accounts in the admin: who may enter, and the keys they enter with. Secrets are never shown."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from members.actions import close_account, reopen_account, set_roles
from members.models import User
from red_mpe.core.admin import EDIT, LOOK, SecretariatAdmin, posted
from red_mpe.core.permissions import require

ROLES = ("is_staff", "is_superuser", "groups")


@admin.register(User)
class UserAdmin(SecretariatAdmin):
    """Accounts. People make their own; the secretariat may close one, a superuser gives roles after signing in again."""

    may = EDIT
    list_display = ("email", "language", "is_active", "is_staff", "date_joined")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email",)
    ordering = ("email",)
    fields = ("email", ("language", "time_zone"), ("is_active", "date_joined"), ("is_staff", "is_superuser"), "groups")
    filter_horizontal = ("groups",)
    actions_detail = ("close", "reopen")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Everything, but for the roles when a superuser looks."""
        plain = ("email", "language", "time_zone", "is_active", "date_joined")
        return plain if request.user.has_perm("members.set_roles") else (*plain, *ROLES)  # type: ignore[union-attr]

    @method_decorator(reauthentication_required(allow_get=True))
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Changing roles asks for the password or the second factor again."""
        return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Give roles through the action."""
        if set(ROLES) & set(form.changed_data):
            data = form.cleaned_data
            user = User.objects.get(pk=obj.pk)
            flags = {"is_staff": data["is_staff"], "is_superuser": data["is_superuser"]}
            set_roles(user=user, actor=request.user, roles=data["groups"], **flags)  # type: ignore[arg-type]

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Close what is open, reopen what is closed."""
        user = self.get_object(request, object_id)
        name = "close" if user and user.is_active else "reopen"
        buttons = super().get_actions_detail(request, object_id)
        allowed = request.user.has_perm(f"members.{name}_account", user)  # type: ignore[union-attr]
        return [button for button in buttons if allowed and button.path == name]

    @action(description=_("Close the account"), url_path="close")
    def close(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let nobody enter with this account."""
        user = self.thing(request, object_id)
        require(request.user, "members.close_account", user)
        act = lambda: close_account(user=user, actor=request.user)  # type: ignore[arg-type]  # noqa: E731
        return self.decide(request, _("Close the account"), user, forms.Form(posted(request)), act)

    @action(description=_("Open the account again"), url_path="reopen")
    def reopen(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let people enter with it again."""
        user = self.thing(request, object_id)
        require(request.user, "members.reopen_account", user)
        act = lambda: reopen_account(user=user, actor=request.user)  # type: ignore[arg-type]  # noqa: E731
        return self.decide(request, _("Open the account again"), user, forms.Form(posted(request)), act)


admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)
admin.site.unregister(UserSession)


@admin.register(EmailAddress)
class EmailAddressAdmin(SecretariatAdmin):
    """Addresses of accounts; people change their own."""

    may = LOOK
    list_display = ("email", "user", "verified", "primary")
    list_select_related = ("user",)
    search_fields = ("email",)
    fields = ("email", "user", "verified", "primary")


@admin.register(Authenticator)
class AuthenticatorAdmin(SecretariatAdmin):
    """Second factors: that they exist, never what they hold."""

    may = LOOK
    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email",)
    fields = ("user", "type", "created_at", "last_used_at")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a superuser takes away a lost key."""
        return bool(request.user.is_superuser)


@admin.register(UserSession)
class UserSessionAdmin(SecretariatAdmin):
    """Open sessions, without addresses and keys."""

    may = LOOK
    list_display = ("user", "created_at", "last_seen_at", "user_agent")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    fields = ("user", "created_at", "last_seen_at", "user_agent")
