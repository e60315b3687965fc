"""`./run manage read_plan FILE [--json]`: what a plan file holds; nothing is stored."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samraad.documents.text import shortened
from samraad.plan.check import RULES
from samraad.plan.queries.reading import KINDS
from samraad.plan.reading.plan_text import read
from samraad.plan.reading.source import Unreadable


class Command(BaseCommand):
    help = (
        "Læser en plan fra en fil (.txt, .docx, .html, .pdf) og viser, hvad der er i den. Intet bliver gemt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and how to print."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json", help="skriv JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found, or a sentence on why the file cannot be read."""
        file: Path = options["file"]
        try:
            found, _ = read(file.read_bytes(), file.name)
        except OSError as error:
            raise CommandError(f"Filen {file} kunne ikke åbnes. Står navnet rigtigt?") from error
        except Unreadable as error:
            raise CommandError(f"{file.name}: {error}") from error
        if options["as_json"]:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
            return
        place = found.district["name"] if found.district else found.forum or "ukendt"
        self.stdout.write(f"{found.title} ({KINDS[found.kind]}, {found.year or 'uden år'}, {place})")
        self.stdout.write(f"Kommuner: {', '.join(found.municipalities) or 'ingen fundet'}")
        for section in found.sections:
            self.stdout.write(f"  linje {section['line']:>4}  {section['number']:<6} {section['title']}")
        for row in found.commitments:
            who = ", ".join(row["who"]) or "ingen ansvarlig"
            self.stdout.write(
                f"  linje {row['line']:>4}  løfte: {shortened(row['text'], 90)} ({who}; {row['when'] or 'uden frist'})"
            )
        for row in found.findings:
            self.stdout.write(f"  linje {row['line']:>4}  {RULES[row['code']][1]}: {row['message']}")
        self.stdout.write(
            f"{len(found.sections)} afsnit, {len(found.focus_areas)} indsatsområder, {len(found.commitments)} løfter, "
            f"{len(found.figures)} tal, {len(found.fora)} fora, {len(found.findings)} steder at se på."
        )
        if found.not_a_plan:
            self.stdout.write(found.not_a_plan)
