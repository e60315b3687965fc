"""`./run manage keep_events council --days 1825`: how long a stream's events are kept after their month."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM
from samraad.audit.models import Stream
from samraad.audit.roles import as_owner
from samraad.audit.segments import keep


class Command(BaseCommand):
    help = "Siger, hvor længe en strøms hændelser bliver gemt. Uden --days: hvad der gælder nu."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which stream, how long."""
        parser.add_argument("stream", nargs="?", default="council")
        parser.add_argument("--days", type=int, metavar="DAGE", help="dage efter månedens udgang")

    def handle(self, *args: object, stream: str, days: int | None, **options: object) -> None:
        """Set it, or tell."""
        if days is not None:
            try:
                with as_owner():
                    keep(stream=stream, days=days, by=SYSTEM)
            except Refused as error:
                raise CommandError(str(error)) from error
        for each in Stream.objects.all():
            self.stdout.write(_told(each))


def _told(stream: Stream) -> str:
    if stream.keep_days is None:
        return f"{stream}: for altid."
    return f"{stream}: {stream.keep_days} dage efter månedens udgang."
