"""`manage.py fill_demo`: writes the demonstration network into an empty database."""

from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from kombu.exceptions import OperationalError

from members.models import User
from red_mpe.portal.demo import framework, network, talk


class Command(BaseCommand):
    """Fill an empty database with the demonstration network and print its accounts."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a database that has accounts; otherwise write everything in one transaction."""
        if User.objects.exists():
            raise CommandError("This database has accounts already. The demonstration network is only written into an empty one.")
        with transaction.atomic():
            codes = self.fill()
        self.calm()
        self.stdout.write(accounts(codes))

    def calm(self) -> None:
        """Forget the hundreds of wake-ups of the filling: what they would do is done."""
        try:
            current_app.control.purge()
        except (OperationalError, OSError) as error:
            self.stderr.write(f"The broker is away, its queue stays: {error}")

    def fill(self) -> dict[str, list[str]]:
        """Write people, framework and talk; return the recovery codes of the staff."""
        people = network.Network()
        codes = people.staff()
        people.fill()
        version = framework.write_framework(people.groups["comite-del-marco"])
        secretary = User.objects.get(email="secretaria@demo.example")
        consultation = framework.open_demo_round(version, secretary)
        talk.mail_only(people.people, {email for _role, email in MEMBERS})
        talk.follow(people.people, f"framework:{version.framework.slug}")
        talk.Talk(consultation, people.people).fill()
        talk.tell_the_last_days(3)
        return codes


def accounts(codes: dict[str, list[str]]) -> str:
    """Return the table of accounts, one for each role."""
    lines = [f"Accounts (password: {network.PASSWORD})"]
    for email, (role, _groups) in network.STAFF.items():
        lines += [f"  {role:<36}{email}", f"    second factor, each once: {' '.join(codes[email])}"]
    lines += [f"  {role:<36}{email}" for role, email in MEMBERS]
    return "\n".join(lines)


MEMBERS = (
    ("speaks for a women's association", "nelida-ccoyllo-pari@demo.example"),
    ("member, Portuguese", "vanessa-prado-guimaraes@demo.example"),
    ("member, English", "marcus-thornhill-benn@demo.example"),
    ("waits for the secretariat's answer", "delfina-arroyo@demo.example"),
)
