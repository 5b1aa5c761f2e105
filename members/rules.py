"""Who may do what with members: predicates, and one table at the end."""

from typing import Any

import rules
from django.utils import timezone

from members.enums import Audience, PersonState
from red_mpe.core.predicates import active, is_present, is_secretariat


def audiences_of(user: Any) -> list[str]:
    """Return the audiences `user` belongs to: the public sees what is public, members more, the secretariat everything."""
    if not is_present(user):
        return [Audience.PUBLIC]
    if is_secretariat(user):
        return [Audience.PUBLIC, Audience.MEMBERS, Audience.NOBODY]
    return [Audience.PUBLIC, Audience.MEMBERS] if user.member else [Audience.PUBLIC]


def may_see_field(user: Any, person: Any, field: str) -> bool:
    """Tell whether `user` may see one field of a profile, one of `Person.AUDIENCE_FIELDS`: one's own always."""
    return bool(is_own_person(user, person)) or getattr(person, f"{field}_audience") in audiences_of(user)


@active
def is_somebody(user: Any, thing: Any) -> bool:
    """Anybody with a working account."""
    return True


@active
def is_member(user: Any, thing: Any) -> bool:
    """A member in good standing."""
    return user.member is not None


def seats_today(user: Any) -> dict[int, str]:
    """Return the groups in which `user` sits today with the role in each, read once per request; empty for who is no member."""
    if not is_present(user) or user.member is None:
        return {}
    if "_seats" not in vars(user):
        seats = user.member.group_memberships.on(timezone.localdate()).values_list("group_id", "role")
        vars(user)["_seats"] = dict(seats)
    found: dict[int, str] = vars(user)["_seats"]
    return found


@active
def is_applicant(user: Any, application: Any) -> bool:
    """Who sent the application."""
    return application is not None and application.applicant_id == user.pk


@active
def is_own_person(user: Any, person: Any) -> bool:
    """The person themself."""
    return person is not None and person.user_id == user.pk


@active
def is_own_affiliation(user: Any, affiliation: Any) -> bool:
    """The person who is affiliated."""
    return affiliation is not None and affiliation.person.user_id == user.pk


@active
def speaks_for(user: Any, organisation: Any) -> bool:
    """A member who may speak on behalf of the organisation today."""
    if organisation is None or user.member is None:
        return False
    return organisation.affiliations.on(timezone.localdate()).filter(person=user.member, speaks=True).exists()


@active
def speaks_for_its_organisation(user: Any, affiliation: Any) -> bool:
    """A member who may speak on behalf of the affiliation's organisation today."""
    return affiliation is not None and speaks_for(user, affiliation.organisation)


@active
def is_superuser(user: Any, thing: Any) -> bool:
    """Who runs the platform."""
    return bool(user.is_superuser)


@active
def is_ordinary_account(user: Any, account: Any) -> bool:
    """The account of somebody who does not work in the secretariat, and not one's own."""
    return account is not None and not account.is_staff and account.pk != user.pk


@rules.predicate
def person_is_shown(user: Any, person: Any) -> bool:
    """The person is a member who shows their name to this reader."""
    return person is not None and person.state == PersonState.MEMBER and person.name_audience in audiences_of(user)


@rules.predicate
def is_shown(user: Any, thing: Any) -> bool:
    """The organisation or group is shown to this reader."""
    return thing is not None and thing.audience in audiences_of(user)


@rules.predicate
def affiliation_is_shown(user: Any, affiliation: Any) -> bool:
    """The person shows name and organisation to this reader, and the affiliation is confirmed or the reader's to confirm."""
    if affiliation is None or not person_is_shown(user, affiliation.person) or not is_shown(user, affiliation.organisation):
        return False
    if affiliation.person.organisation_audience not in audiences_of(user):
        return False
    return bool(affiliation.confirmed or speaks_for_its_organisation(user, affiliation))


@rules.predicate
def seat_is_shown(user: Any, seat: Any) -> bool:
    """The group and the person in it are shown to this reader."""
    return seat is not None and is_shown(user, seat.group) and (person_is_shown(user, seat.person) or is_own_person(user, seat.person))


own_while_member = is_own_person & is_member

TABLE = {
    "members.send_application": is_somebody,
    "members.view_application": is_applicant | is_secretariat,
    "members.withdraw_application": is_applicant,
    "members.accept_application": is_secretariat,
    "members.decline_application": is_secretariat,
    "members.view_person": person_is_shown | is_own_person | is_secretariat,
    "members.change_person": own_while_member | is_secretariat,
    "members.suspend_person": is_secretariat,
    "members.restore_person": is_secretariat,
    "members.contact_person": is_member & person_is_shown & ~is_own_person,
    "members.view_organisation": is_shown | is_secretariat,
    "members.change_organisation": speaks_for | is_secretariat,
    "members.contact_organisation": is_member & is_shown,
    "members.view_affiliation": affiliation_is_shown | is_own_affiliation | is_secretariat,
    "members.confirm_affiliation": speaks_for_its_organisation | is_secretariat,
    "members.grant_speaking": speaks_for_its_organisation | is_secretariat,
    "members.withdraw_speaking": speaks_for_its_organisation | is_secretariat,
    "members.end_affiliation": is_own_affiliation | speaks_for_its_organisation | is_secretariat,
    "members.add_affiliation": is_secretariat,
    "members.close_account": is_superuser | (is_secretariat & is_ordinary_account),
    "members.reopen_account": is_superuser | (is_secretariat & is_ordinary_account),
    "members.set_roles": is_superuser,
    "members.add_organisation": is_secretariat,
    "members.change_affiliation": is_secretariat,
    "members.add_group": is_secretariat,
    "members.view_group": is_shown | is_secretariat,
    "members.change_group": is_secretariat,
    "members.view_groupmembership": seat_is_shown | is_secretariat,
    "members.seat_member": is_secretariat,
    "members.unseat_member": is_secretariat,
}

for _permission, _who in TABLE.items():
    rules.add_perm(_permission, _who)
