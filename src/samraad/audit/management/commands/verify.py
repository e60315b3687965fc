"""`./run manage verify`: does what is kept hold? Says each thing that does not, and where."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from samraad.audit import heads, roles, triggers
from samraad.audit.models import Event
from samraad.audit.proof import faults
from samraad.audit.queries import streams
from samraad.audit.seals import lawfully_gone


class Command(BaseCommand):
    help = "Efterprøver udløserne, kæden af hændelser og de frosne udgaver, og siger, hvad der ikke holder."

    def add_arguments(self, parser: CommandParser) -> None:
        """What else to do."""
        parser.add_argument("--triggers", action="store_true", help="sæt databasens udløsere på igen")
        parser.add_argument("--heads", type=Path, metavar="STI", help="hold kæden op mod gemte ender")

    def handle(self, **options: Any) -> None:
        """Look through everything; what is wrong is said in one go."""
        if options["triggers"]:
            self._install()
        found = [*roles.faults(), *faults()]
        if options["heads"]:
            found += heads.missing(options["heads"])
        if found:
            raise CommandError("\n".join(["Det holder ikke:", *found]))
        if options["heads"]:
            self.stdout.write("Kæden når mindst så langt som de gemte ender, og de er uændrede.")
        self.stdout.write(
            f"Udløserne er på, kæden holder ({Event.objects.count()} hændelser), og udgaverne er uændrede."
        )
        for gone in lawfully_gone(streams()):
            self.stdout.write(gone)
        less = roles.guards_less()
        if less:
            self.stdout.write(f"Bemærk: {less}")

    def _install(self) -> None:
        with roles.as_owner():
            triggers.install(connection)
        self.stdout.write("Udløserne er sat på.")
