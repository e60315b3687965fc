"""`./run manage disconnect E-MAIL`: let a person sign in with a password of ours again."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samraad.accounts import elsewhere
from samraad.accounts.models import User
from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM


class Command(BaseCommand):
    help = "Fjerner en persons forbindelse til loginudbyderen (e-mail)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        parser.add_argument("who", metavar="E-MAIL")

    def handle(self, *args: str, who: str, **options: object) -> None:
        """Disconnect, and say what she does now."""
        user = User.objects.filter(email__iexact=who).first()
        if user is None:
            raise CommandError(f"Ingen logger ind som “{who}”. Se e-mailen på organisationens side.")
        try:
            elsewhere.disconnect(user=user, by=SYSTEM)
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user} er ikke længere forbundet og vælger en adgangskode på login-siden.")
