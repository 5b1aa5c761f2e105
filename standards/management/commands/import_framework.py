"""`manage.py import_framework FILE --framework SLUG --language es`: a real document goes in, or its tree is shown."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from red_mpe.core.states import DomainError
from standards.actions.imports import ImportPlan, next_number, plan_import, write_import
from standards.models import Framework
from standards.readers import ReaderError, read_document


class Command(BaseCommand):
    """Import a Word or Markdown document into a framework, in one transaction. A second language is aligned by label."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and where it goes."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--framework", required=True, metavar="SLUG", help="begun when it does not exist yet")
        parser.add_argument("--language", required=True, choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--number", help="version, for instance 0.2; by default the draft that is open, else the next one")
        parser.add_argument("--dry-run", action="store_true", help="show the tree and every line that has no place; write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, plan, show, and write unless it is a dry run."""
        framework = Framework.objects.filter(slug=options["framework"]).first()
        number = options["number"] or next_number(framework)
        try:
            outline = read_document(options["file"].read_bytes(), options["file"].name)
            plan = plan_import(outline=outline, framework=framework, number=number, language=options["language"])
            self.show(plan)
            if options["dry_run"]:
                self.stdout.write("Dry run: nothing was written.")
                return
            version = write_import(actor=None, plan=plan, framework=framework, slug=options["framework"], number=number)
        except (OSError, ReaderError, DomainError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{version}: {len(plan.clauses) - len(plan.unknown)} clauses.")

    def show(self, plan: ImportPlan) -> None:
        """Print the tree, the problems and what has no partner."""
        signs = {"new": "+", "matched": "=", "unknown": "?"}
        for clause in plan.clauses:
            self.stdout.write(f"{signs[clause.fate]} {'  ' * (clause.entry.depth - 1)}{clause.entry.label}  {clause.words}")
        for problem in plan.problems:
            self.stdout.write(f"! {problem.line}: {problem.message} {problem.excerpt}")
        if plan.missing:
            self.stdout.write(f"! no words for: {', '.join(plan.missing)}")
        for refusal in plan.refusals:
            self.stdout.write(f"! {refusal}")
