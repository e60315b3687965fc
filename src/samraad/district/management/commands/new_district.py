"""`./run manage new_district SLUG --email … --name …`: open its councils, invite its administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samraad import clock
from samraad.accounts.actions import invite, load_places
from samraad.accounts.models import Membership, Organisation, User
from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM
from samraad.council.actions.forum import appoint
from samraad.council.models import Function
from samraad.district.actions import begin, open_councils
from samraad.look.danish import antal


class Command(BaseCommand):
    help = "Åbner kredsråd og lokalråd for en politikreds og inviterer sekretariatet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which district, and who begins."""
        parser.add_argument("district", help="kredsens navn i adresser, fx nordjylland")
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the councils; print the personal link of the first person."""
        load_places(by=SYSTEM)
        district = Organisation.objects.districts().filter(slug=options["district"]).first()
        if district is None:
            names = ", ".join(Organisation.objects.districts().values_list("slug", flat=True))
            raise CommandError(f"Kredsen “{options['district']}” findes ikke. Vælg en af: {names}.")
        try:
            kredsraad = open_councils(district=district, by=SYSTEM)
        except Refused as error:
            raise CommandError(f"{district} er allerede åbnet.") from error
        today = clock.today()
        user, token = invite(
            organisation=district,
            email=options["email"],
            name=options["name"],
            title="Sekretariat",
            right=Membership.Right.ADMINISTRATOR,
            today=today,
            by=SYSTEM,
        )
        plan = begin(kredsraad=kredsraad, today=today, by=SYSTEM)
        seat = kredsraad.seats.get(title="Sekretariatet for kredsrådet")
        appoint(seat=seat, user=user, function=Function.SECRETARY, starts_on=today, by=SYSTEM)
        places = Organisation.objects.of_district(district, today).count()
        self.stdout.write(
            f"{district} er åbnet med {antal(places, 'kommune,kommuner')}, en tom {plan} "
            "og et årshjul af det, loven kræver."
        )
        self.stdout.write(f"{user.name} {_way_in(user, token)}.")


def _way_in(user: User, token: str) -> str:
    """How the first person comes in."""
    if token:
        return f"kommer ind på /invitation/{token}/ (gælder i 14 dage)"
    if user.has_usable_password():
        return "logger allerede ind"
    return "får sit link i en mail, for en anden organisation har også inviteret"
