"""`./run manage first_administrator SLUG --email … --name …`: who begins in an organisation."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samraad import clock
from samraad.accounts import notices
from samraad.accounts.actions import hash_token, invite
from samraad.accounts.models import Invitation, Membership, Organisation
from samraad.audit.actor import SYSTEM


class Command(BaseCommand):
    help = "Inviterer en organisations første administrator; de næste inviterer hun eller han selv."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which organisation, and who begins."""
        parser.add_argument("organisation", help="organisationens navn i adresser, fx rebild")
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *args: str, **options: str) -> None:
        """Invite the person, unless the organisation has an administrator; the link goes to her alone."""
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(
                f"Der er ingen organisation, der hedder “{options['organisation']}” i adresser. "
                "Skriv for eksempel rebild."
            )
        today = clock.today()
        right = Membership.Right.ADMINISTRATOR
        if Membership.objects.current(today).filter(organisation=organisation, right=right).exists():
            raise CommandError(f"{organisation} har en administrator. Bed hende eller ham om at invitere.")
        user, token = invite(
            organisation=organisation,
            email=options["email"],
            name=options["name"],
            title="Administrator",
            right=right,
            today=today,
            by=SYSTEM,
        )
        if token:
            notices.invited(Invitation.objects.get(token_hash=hash_token(token)), token, SYSTEM)
        self.stdout.write(f"{user.name} er administrator for {organisation} og får besked i en mail.")
