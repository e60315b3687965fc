"""`./run manage check_plan FILE | NUMBER`: what the plan check finds in a file or in a plan that is written here."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samraad import clock
from samraad.plan.check import FAULTS, RULES
from samraad.plan.check.native import findings
from samraad.plan.models import Plan
from samraad.plan.reading.plan_text import read
from samraad.plan.reading.source import Unreadable


class Command(BaseCommand):
    help = "Tjekker en plan: en fil (.txt, .docx, .html, .pdf) eller nummeret på en plan, der bliver skrevet her."

    def add_arguments(self, parser: CommandParser) -> None:
        """A file's path or a plan's number."""
        parser.add_argument("plan", help="fil eller nummer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line per finding; end with how many stop a release."""
        name: str = options["plan"]
        rows = self._of_plan(int(name)) if name.isdigit() else self._of_file(Path(name))
        for code, where, message in rows:
            self.stdout.write(f"{'!' if code in FAULTS else ' '} {where}  {RULES[code][1]}: {message}")
        stops = sum(code in FAULTS for code, _, _ in rows)
        self.stdout.write(
            f"{len(rows)} steder at se på, {stops} af dem skal rettes eller forklares før offentliggørelse."
        )

    def _of_plan(self, number: int) -> list[tuple[str, str, str]]:
        plan = Plan.objects.filter(pk=number).first()
        if plan is None:
            raise CommandError(f"Der er ingen plan med nummer {number}.")
        return [
            (p.finding.code, p.where, p.finding.message)
            for p in findings(plan, clock.today())
            if p.waiver is None
        ]

    def _of_file(self, file: Path) -> list[tuple[str, str, str]]:
        try:
            found, _ = read(file.read_bytes(), file.name)
        except OSError as error:
            raise CommandError(f"Filen {file} kunne ikke åbnes. Står navnet rigtigt?") from error
        except Unreadable as error:
            raise CommandError(f"{file.name}: {error}") from error
        return [(row["code"], f"linje {row['line']:>4}", row["message"]) for row in found.findings]
