"""`./run manage check_plan FILE

NUMBER`: what the plan check finds.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from manuscript import report
from manuscript.errors import Unreadable
from manuscript.reading import read_file
from manuscript.report import Told
from samraad import clock
from samraad.plan.findings import findings
from samraad.plan.models import Plan


class Command(BaseCommand):
    help = (
        "Tjekker en plan: en fil (.txt, .md, .docx, .odt, .rtf, .html, .pdf) "
        "eller nummeret på en plan, der bliver skrevet her."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """A file's path or a plan's number."""
        parser.add_argument("plan", help="fil eller nummer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line per finding; end with how many stop a release."""
        name: str = options["plan"]
        rows = self._of_plan(int(name)) if name.isdigit() else self._of_file(Path(name))
        for line in report.findings(rows):
            self.stdout.write(line)

    def _of_plan(self, number: int) -> list[Told]:
        plan = Plan.objects.filter(pk=number).first()
        if plan is None:
            raise CommandError(f"Der er ingen plan med nummer {number}.")
        return [
            Told(placed.finding.code, placed.where, placed.finding.message)
            for placed in findings(plan, clock.today())
            if placed.waiver is None
        ]

    def _of_file(self, file: Path) -> list[Told]:
        try:
            return report.findings_of(read_file(file))
        except Unreadable as error:
            raise CommandError(str(error)) from error
