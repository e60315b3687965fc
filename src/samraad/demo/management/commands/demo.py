"""`./run demo` calls this: fill the demo district once, then say who can sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from samraad.accounts.models import User
from samraad.audit.actor import SYSTEM
from samraad.audit.keys import KeyFolder
from samraad.audit.segments import keep
from samraad.demo.actions import fill
from samraad.demo.cast import email_of, table

FIVE_YEARS = 1825  # days


class Command(BaseCommand):
    help = "Fylder demokredsen første gang og viser, hvem der kan logge ind."

    def add_arguments(self, parser: CommandParser) -> None:
        """On which port the site will answer."""
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill, unless it was done before; print the cast."""
        if not settings.SAMRAAD_DEMO:
            raise CommandError(
                "Demoens personer har en kendt adgangskode og hører ikke til i drift. "
                "Start demoen med ./run demo; den har sin egen database."
            )
        cast = table("cast")
        if not User.objects.filter(email=email_of("signe")).exists():
            self.stdout.write("Fylder demokredsen …")
            fill(by=SYSTEM)
            _seal()
        self.stdout.write(f"\nSamråd svarer på http://localhost:{options['port']} (fredag 28. januar 2022)\n")
        self.stdout.write(f"Log ind med en af dem her; adgangskoden er {cast['password']}:\n")
        for person in cast["person"]:
            self.stdout.write(f"  {email_of(person['key']):<26} {person['name']}, {person['who']}")
        self.stdout.write("\nStop med Ctrl-C. Begynd forfra med ./run demo --fresh\n")


def _seal() -> None:
    """The demo has a time and a key of its own for its events, as an operator would give them."""
    folder = KeyFolder(settings.SAMRAAD_KEYS)
    if not folder.names("seal"):
        folder.make("seal", today=timezone.localdate())
    keep(stream="council", days=FIVE_YEARS, by=SYSTEM)
