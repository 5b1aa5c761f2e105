"""The account: an e-mail address and nothing else that identifies."""

from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from red_mpe.core.locale import NETWORK_ZONE


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password it can enter by mailed code only."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account that may do everything in the admin."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. Who somebody is in the network is told by their Person."""

    email = models.EmailField(_("e-mail"), unique=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="es")
    time_zone = models.CharField(_("time zone"), max_length=40, default=NETWORK_ZONE)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("secretariat staff"), default=False, help_text=_("May enter the admin; needs a second factor."))
    date_joined = models.DateTimeField(_("joined"), db_default=Now())

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return self.email

    @cached_property
    def group_names(self) -> frozenset[str]:
        """Names of the permission groups, read once per request."""
        return frozenset(self.groups.values_list("name", flat=True))

    def in_group(self, name: str) -> bool:
        """Tell whether the account is in a permission group: `secretariat`, `protection`."""
        return name in self.group_names

    @cached_property
    def member(self) -> Any:
        """The Person behind this account while they are a member in good standing, otherwise None; read once per request."""
        person = getattr(self, "person", None)
        return person if person is not None and person.state == "member" else None
