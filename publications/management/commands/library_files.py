"""`manage.py library_files`: compares the rows of the library with the store."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from publications.actions import storing


class Command(BaseCommand):
    """Tells which bytes are missing or changed, and removes on request what no row has named for a day."""

    help = "Compare the files of the library with the store; exit with an error when bytes are missing or changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the two switches."""
        parser.add_argument("--hash", action="store_true", help="read every byte and compare its SHA-256")
        parser.add_argument("--remove-orphans", action="store_true", help="remove what no row has named for a day")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, tell, and fail when something is wrong."""
        if options["remove_orphans"]:
            self.stdout.write(f"{storing.remove_orphans()} orphans removed")
        faulty = list(storing.faulty_files(whole=options["hash"]))
        if faulty:
            raise CommandError("missing or changed:\n" + "\n".join(faulty))
        self.stdout.write("nothing is missing")
