"""`./run manage new_key seal`: a new key in the key folder, from now on the current one of its purpose."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from samraad.audit.actions import Refused
from samraad.audit.keys import PURPOSES, KeyFolder


class Command(BaseCommand):
    help = "Lægger en ny nøgle i mappen SAMRAAD_KEYS. De gamle bliver liggende til at efterprøve med."

    def add_arguments(self, parser: CommandParser) -> None:
        """What it is for."""
        parser.add_argument("purpose", choices=PURPOSES)

    def handle(self, *args: object, purpose: str, **options: object) -> None:
        """Make it and say where it is."""
        try:
            file = KeyFolder(settings.SAMRAAD_KEYS).make(purpose, today=timezone.localdate())
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Nøglen står i {file}. Gem den også et andet sted: uden den kan segl ikke efterprøves."
        )
