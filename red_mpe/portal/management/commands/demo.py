"""`manage.py demo`: starts the whole network on this machine. `manage.py` itself hands it over before Django is loaded."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from red_mpe.local import demo


class Command(BaseCommand):
    """Start PostgreSQL, Redis, the site, its worker, its clock and a mailbox, filled with an invented network."""

    help = __doc__ or ""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the options of the local supervisor."""
        demo.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped."""
        code = demo.stop() if options["stop"] else demo.run(port=options["port"], reset=options["reset"])
        raise SystemExit(code)
