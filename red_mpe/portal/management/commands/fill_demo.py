"""`manage.py fill_demo`: writes the demonstration network into an empty database."""

from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from kombu.exceptions import OperationalError

from members.models import User
from red_mpe.portal.actions import learn_words
from red_mpe.portal.demo import aftermath, agendas, answering, encounters, framework, gold, library, network, shelves, talk, terms


class Command(BaseCommand):
    """Fill an empty database with the demonstration network and print its accounts."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse a database that has accounts; otherwise write everything in one transaction."""
        if User.objects.exists():
            raise CommandError("This database has accounts already. The demonstration network is only written into an empty one.")
        with transaction.atomic():
            codes = self.fill()
            learn_words()
        self.calm()
        self.stdout.write(accounts(codes))

    def calm(self) -> None:
        """Forget the hundreds of wake-ups of the filling: what they would do is done."""
        try:
            current_app.control.purge()
        except (OperationalError, OSError) as error:
            self.stderr.write(f"The broker is away, its queue stays: {error}")

    def fill(self) -> dict[str, list[str]]:
        """Write people, frameworks and talk; return the recovery codes of the staff."""
        cast = network.Network()
        codes = cast.staff()
        cast.fill()
        talk.mail_only(cast.people, {email for _role, email in MEMBERS})
        encounters.write_encounters(cast)
        self._write_gold(cast)
        self._write_main(cast)
        self._write_library(cast)
        talk.let_rest()
        talk.tell_what_is_new(2)
        return codes

    def _write_gold(self, cast: network.Network) -> None:
        """Write the second framework: a round that was held and answered, and the version that answers it."""
        chair, secretary = cast.people["denise-hartley-okoro"].user, User.objects.get(email="secretaria@demo.example")
        first = gold.write_gold(cast.groups["comite-de-compra-de-oro"], chair, cast.people)
        said = gold.hold_gold_round(first, chair, cast.people, secretary)
        version = gold.draft_next_version(first.framework, chair, cast.people)
        work = answering.Answering(said.consultation, cast.people, said.said, chair)
        answering.answer_closed_round(work, version, gold.COMMENTS)
        gold.report_round(said.consultation, version, chair)

    def _write_main(self, cast: network.Network) -> None:
        """Write the main framework up to its open round, with the first answers in work."""
        chair = cast.people["leonor-quintela-macario"].user
        main = framework.make_framework("framework", code="MPE", committee=cast.groups["comite-del-marco"], begun_days_ago=700)
        talk.follow(cast.people, f"framework:{main.slug}")
        terms.begin_with_terms(main, chair, "framework")
        consultation = framework.open_demo_round(framework.write_framework(main, chair, cast.people), chair)
        said = talk.Talk(consultation, cast.people, "network/comments-*.toml")
        said.fill()
        framework.answer_in_work(answering.Answering(consultation, cast.people, said.said, chair))

    def _write_library(self, cast: network.Network) -> None:
        """Write three years of records, the collections made of them, and what they support."""
        secretary = User.objects.get(email="secretaria@demo.example")
        shelf = library.Library(cast, secretary)
        shelf.fill()
        shelves.fill_collections(shelf, secretary)
        shelves.lay_documents(shelf, secretary)
        chairs = {"mpe-responsable": "leonor-quintela-macario", "compra-responsable-de-oro": "denise-hartley-okoro"}
        shelves.write_evidence(shelf, {slug: cast.people[chair].user for slug, chair in chairs.items()})
        agendas.write_agendas(shelf, secretary)
        aftermath.write_aftermath(cast, secretary)


def accounts(codes: dict[str, list[str]]) -> str:
    """Return the table of accounts, one for each role."""
    lines = [f"Accounts (password: {network.PASSWORD})"]
    for email, (role, _groups) in network.STAFF.items():
        lines += [_line(role, email), f"    second factor, each once: {' '.join(codes[email])}"]
    return "\n".join([*lines, *(_line(role, email) for role, email in MEMBERS)])


def _line(role: str, email: str) -> str:
    return f"  {role:<45} {email}"


MEMBERS = (
    ("chairs the committee of the framework", "leonor-quintela-macario@demo.example"),
    ("keeps the minutes of that committee, English", "fiona-macallister-reyes@demo.example"),
    ("writes in that committee", "ines-barahona-toledano@demo.example"),
    ("chairs the committee on gold, English", "denise-hartley-okoro@demo.example"),
    ("writes in the committee on gold", "marina-etxaniz-rueda@demo.example"),
    ("speaks for a women's association", "nelida-ccoyllo-pari@demo.example"),
    ("member, Portuguese", "vanessa-prado-guimaraes@demo.example"),
    ("member, English", "marcus-thornhill-benn@demo.example"),
    ("waits for the secretariat's answer", "delfina-arroyo@demo.example"),
)
