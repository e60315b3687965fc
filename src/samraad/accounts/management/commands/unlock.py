"""`./run manage unlock E-MAIL` or `… ADDRESS`: let somebody, or everybody at a place, sign in again."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samraad.accounts import lockout
from samraad.accounts.models import User
from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM


class Command(BaseCommand):
    help = "Låser login op for en person (e-mail) eller for et sted (IP-adresse)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, or where."""
        parser.add_argument("who", metavar="E-MAIL eller IP-ADRESSE")

    def handle(self, *args: str, who: str, **options: object) -> None:
        """Open, and say what was opened."""
        if "@" in who:
            self.stdout.write(f"{self._person(who)} kan logge ind igen og får besked i en mail.")
            return
        try:
            address = lockout.place_of(who)
        except ValueError as error:
            raise CommandError(
                f"“{who}” er hverken en e-mail eller en IP-adresse. Skriv for eksempel 192.0.2.7."
            ) from error
        tries = lockout.unlock_place(address=address, by=SYSTEM)
        self.stdout.write(f"Stedet {address} er låst op; {tries} forkerte forsøg er glemt.")

    def _person(self, email: str) -> User:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Ingen logger ind som “{email}”. Se e-mailen på organisationens side.")
        try:
            return lockout.unlock_person(user=user, by=SYSTEM)
        except Refused as error:
            raise CommandError(str(error)) from error
