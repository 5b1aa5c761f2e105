"""Pages of membership."""

from members.views.affiliations import confirm_affiliation, end_affiliation, grant_speaking, withdraw_speaking
from members.views.applications import application, apply, withdraw
from members.views.contact import contact_organisation, contact_person
from members.views.groups import group_detail, group_list
from members.views.lists import directory, people, to_directory
from members.views.organisations import my_organisation, organisation_detail, organisation_people
from members.views.profiles import language, my_profile, person_detail

__all__ = [
    "application",
    "apply",
    "confirm_affiliation",
    "contact_organisation",
    "contact_person",
    "directory",
    "end_affiliation",
    "grant_speaking",
    "group_detail",
    "group_list",
    "language",
    "my_organisation",
    "my_profile",
    "organisation_detail",
    "organisation_people",
    "people",
    "person_detail",
    "to_directory",
    "withdraw",
    "withdraw_speaking",
]
