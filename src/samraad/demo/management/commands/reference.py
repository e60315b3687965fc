"""`./run docs`: write docs/reference/ and the ratchets from the code; `--check` fails on a stale page."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samraad.demo import ratchets
from samraad.demo.reference import FOLDER, pages


class Command(BaseCommand):
    help = "Skriver docs/reference/ ud fra koden."

    def add_arguments(self, parser: CommandParser) -> None:
        """Write or only look."""
        parser.add_argument("--check", action="store_true", help="sig til, hvis en side er gammel")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the pages, or name the stale ones."""
        stale = []
        for name, text in pages().items():
            file = FOLDER / name
            if options["check"]:
                if not file.is_file() or file.read_text("utf-8") != text:
                    stale.append(name)
            else:
                FOLDER.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
        if not options["check"]:
            ratchets.FILE.write_text(ratchets.lowered(ratchets.stored(), ratchets.measured()), "utf-8")
        if stale:
            raise CommandError(f"docs/reference/ er gammel: {', '.join(stale)}. Skriv: ./run docs")
