"""What people do with members: each call is one act, with its permission, its audit and its announcement."""

from members.actions.affiliations import (
    add_affiliation,
    confirm_affiliation,
    end_affiliation,
    grant_speaking,
    withdraw_speaking,
)
from members.actions.applications import accept_application, decline_application, send_application, withdraw_application
from members.actions.budgets import BudgetSpent, spend_profile_view
from members.actions.groups import seat_member, unseat_member
from members.actions.messages import write_to_organisation, write_to_person
from members.actions.organisations import edit_organisation
from members.actions.people import edit_profile, restore_person, set_audiences, set_language, suspend_person

__all__ = [
    "BudgetSpent",
    "accept_application",
    "add_affiliation",
    "confirm_affiliation",
    "decline_application",
    "edit_organisation",
    "edit_profile",
    "end_affiliation",
    "grant_speaking",
    "restore_person",
    "seat_member",
    "send_application",
    "set_audiences",
    "set_language",
    "spend_profile_view",
    "suspend_person",
    "unseat_member",
    "withdraw_application",
    "withdraw_speaking",
    "write_to_organisation",
    "write_to_person",
]
