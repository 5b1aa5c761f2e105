"""People, organisations, affiliations, groups and applications to join."""

from members.models.applications import Application
from members.models.groups import Group, GroupMembership
from members.models.organisations import Affiliation, Organisation
from members.models.people import Person
from members.models.texts import Told, told
from members.models.users import User

__all__ = ["Affiliation", "Application", "Group", "GroupMembership", "Organisation", "Person", "Told", "User", "told"]
