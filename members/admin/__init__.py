"""Membership in the admin. Everything that moves a state goes through actions."""

from members.admin.accounts import AuthenticatorAdmin, EmailAddressAdmin, UserAdmin, UserSessionAdmin
from members.admin.applications import ApplicationAdmin
from members.admin.groups import GroupAdmin
from members.admin.organisations import OrganisationAdmin
from members.admin.people import PersonAdmin

__all__ = [
    "ApplicationAdmin",
    "AuthenticatorAdmin",
    "EmailAddressAdmin",
    "GroupAdmin",
    "OrganisationAdmin",
    "PersonAdmin",
    "UserAdmin",
    "UserSessionAdmin",
]
