"""What people do with members: each call is one act, with its permission, its audit and its announcement."""

from members.actions.accounts import close_account, reopen_account, set_roles
from members.actions.affiliations import (
    add_affiliation,
    change_affiliation,
    confirm_affiliation,
    end_affiliation,
    grant_speaking,
    withdraw_speaking,
)
from members.actions.applications import accept_application, decline_application, send_application, withdraw_application
from members.actions.budgets import BudgetSpent, spend_profile_view
from members.actions.groups import change_seat, edit_group, open_group, seat_member, unseat_member
from members.actions.messages import write_to_organisation, write_to_person
from members.actions.organisations import add_organisation, edit_organisation
from members.actions.people import edit_profile, restore_person, set_audiences, set_language, suspend_person

__all__ = [
    "BudgetSpent",
    "accept_application",
    "add_affiliation",
    "add_organisation",
    "change_affiliation",
    "change_seat",
    "close_account",
    "confirm_affiliation",
    "decline_application",
    "edit_group",
    "edit_organisation",
    "edit_profile",
    "end_affiliation",
    "grant_speaking",
    "open_group",
    "reopen_account",
    "restore_person",
    "seat_member",
    "send_application",
    "set_audiences",
    "set_language",
    "set_roles",
    "spend_profile_view",
    "suspend_person",
    "unseat_member",
    "withdraw_application",
    "withdraw_speaking",
    "write_to_organisation",
    "write_to_person",
]
