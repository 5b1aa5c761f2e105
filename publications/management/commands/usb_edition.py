"""Write the edition for memory sticks: of the whole public library, or of one collection."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publications.exports import usb
from publications.exports.describing import weight
from publications.models import Collection


class Command(BaseCommand):
    help = "Write an archive of static pages that opens in a browser without a network."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the file to write, for instance library.zip")
        parser.add_argument("--collection", default="", help="slug of a collection; without it the whole public library")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and say how much it holds."""
        collection = None
        if slug := options["collection"]:
            collection = Collection.objects.filter(slug=slug).first()
            if collection is None:
                raise CommandError(f"There is no collection “{slug}”.")
        edition = usb.gather(collection)
        there = usb.write(edition, options["path"].resolve())
        self.stdout.write(f"{len(edition.records)} records, {weight(there.stat().st_size)}: {options['path'].name}")
