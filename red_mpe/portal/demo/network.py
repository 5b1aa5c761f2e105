"""People, organisations, groups and waiting applications of the demonstration network."""

import uuid
from datetime import date, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group as Role
from django.utils import timezone

from members.actions.applications import send_application
from members.models import Affiliation, Group, GroupMembership, Organisation, Person, User
from red_mpe.core.models import StakeholderCategory, Theme
from red_mpe.portal.demo.reading import rows, translated

PASSWORD = "red-mpe-demo-2026"  # noqa: S105 - printed by the command, for invented people only
STAFF = {
    "admin@demo.example": ("everything", ()),
    "secretaria@demo.example": ("secretariat", ("secretariat",)),
    "proteccion@demo.example": ("protection officer", ("protection",)),
}


class Network:
    """Writes the people and bodies, and remembers them by slug."""

    def __init__(self) -> None:
        self.categories = {row.code: row for row in StakeholderCategory.objects.select_related("chamber")}
        self.themes = {row.code: row for row in Theme.objects.all()}
        self.organisations: dict[str, Organisation] = {}
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.password = make_password(PASSWORD)  # once: the hash is slow on purpose

    def fill(self) -> None:
        for row in rows("network/organisations.toml", "organisation"):
            self.organisation(row)
        for row in rows("network/people.toml", "person"):
            self.person(row)
        for row in rows("network/groups.toml", "group"):
            self.group(row)
        for row in rows("network/applications.toml", "application"):
            self.application(row)

    def account(self, email: str, **fields: Any) -> User:
        """Make an account with a verified address and the demonstration's password."""
        user = User.objects.create(email=email, password=self.password, **fields)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        return user

    def staff(self) -> dict[str, list[str]]:
        """Make the staff accounts, each with a second factor; return their recovery codes."""
        codes = {}
        for email, (_role, groups) in STAFF.items():
            user = self.account(email, is_staff=True, is_superuser=not groups)
            user.groups.set(Role.objects.filter(name__in=groups))
            TOTP.activate(user, generate_totp_secret())
            codes[email] = RecoveryCodes.activate(user).get_unused_codes()
        assert Authenticator.objects.count() == 2 * len(STAFF)
        return codes

    def organisation(self, row: dict[str, Any]) -> None:
        organisation = Organisation.objects.create(
            slug=row["slug"],
            name=row["name"],
            acronym=row["acronym"],
            country=row["country"],
            category=self.categories[row["category"]],
            website=row.get("website", ""),
            founded=row.get("founded"),
            invented=row["invented"],
            **translated(description=row["description"]),
        )
        organisation.themes.set([self.themes[code] for code in row["themes"]])
        self.organisations[row["slug"]] = organisation

    def person(self, row: dict[str, Any]) -> None:
        user = self.account(row["email"], language=row["language"], time_zone=row["time_zone"])
        person = Person.objects.create(
            user=user,
            slug=row["slug"],
            name=row["name"],
            gender=row["gender"],
            country=row["country"],
            category=self.categories[row["category"]],
            spoken=row["spoken"],
            invented=True,
            **translated(bio=row["bio"], offers=row["offers"], seeks=row["seeks"]),
            **{f"{field}_audience": audience for field, audience in row.get("audiences", {}).items()},
        )
        person.themes.set([self.themes[code] for code in row["themes"]])
        self.people[row["slug"]] = person
        if row["organisation"]:
            Affiliation.objects.create(
                person=person,
                organisation=self.organisations[row["organisation"]],
                role=row["role"][row["language"][:2]],
                speaks=True,
                starts_on=date(2024, 3, 1),
            )

    def group(self, row: dict[str, Any]) -> None:
        group = Group.objects.create(
            slug=row["slug"],
            kind=row["kind"],
            country=row["country"],
            territory=row["territory"],
            cadence=row["cadence"],
            secretariat=self.organisations.get(row["secretariat"]),
            **translated(name=row["name"], charter=row["charter"]),
        )
        self.groups[row["slug"]] = group
        for seat in row["members"]:
            GroupMembership.objects.create(
                group=group,
                person=self.people[seat["person"]],
                organisation=self.organisations.get(seat["organisation"]),
                role=seat["role"],
                starts_on=timezone.localdate() - timedelta(days=720),
            )

    def application(self, row: dict[str, Any]) -> None:
        user = self.account(row["email"], language=row["language"])
        names = {f"organisation_{name}": row.get(name, "") for name in ("acronym", "website", "description")}
        send_application(
            actor=user,
            once=uuid.uuid4(),
            kind=row["kind"],
            name=row["name"],
            country=row["country"],
            category=self.categories[row["category"]],
            motivation=row["motivation"],
            organisation_name=row.get("organisation", ""),
            **names,
        )
