"""`./run manage read_plan FILE [--json]`: what a plan file holds; nothing is stored."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from manuscript import report
from manuscript.errors import Unreadable
from manuscript.reading import read_file


class Command(BaseCommand):
    help = (
        "Læser en plan fra en fil (.txt, .md, .docx, .odt, .rtf, .html, .pdf) og viser, hvad der er i den. "
        "Intet bliver gemt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and how to print."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json", help="skriv JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found, or a sentence on why the file cannot be read."""
        try:
            found = read_file(options["file"])
        except Unreadable as error:
            raise CommandError(str(error)) from error
        if options["as_json"]:
            self.stdout.write(report.as_json(found))
            return
        for line in report.whole(found):
            self.stdout.write(line)
