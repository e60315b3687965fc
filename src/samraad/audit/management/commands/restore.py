"""`./run manage restore FILE --yes`: put a backup back, then verify the chain of events."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from samraad.audit.backup import load
from samraad.audit.dumps import BackupProblem
from samraad.audit.roles import as_owner


class Command(BaseCommand):
    help = "Lægger en sikkerhedskopi tilbage i stedet for det, der er. Stop siden først."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and that one means it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="ja, erstat det, der er nu")

    def handle(self, *args: Any, **options: Any) -> None:
        """Put it back and verify."""
        if not options["yes"]:
            raise CommandError(
                "Det erstatter alt, hvad der er nu. Stop siden, og skriv --yes, hvis det er meningen."
            )
        try:
            with as_owner():
                manifest = load(options["file"])
        except BackupProblem as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Lagt tilbage: kopien fra {manifest['made_at'][:16].replace('T', ' ')}.")
        call_command(
            "migrate", verbosity=0
        )  # one from an older version is brought up to this one; the site's role gets its rights
        call_command("verify", stdout=self.stdout)
