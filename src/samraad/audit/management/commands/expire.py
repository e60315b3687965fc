"""`./run manage expire`: seal the months that are over, and let those go whose time is."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM
from samraad.audit.keys import keys
from samraad.audit.models import Stream
from samraad.audit.proof import of_stream
from samraad.audit.roles import as_owner
from samraad.audit.segments import due, expire, seal_months


class Command(BaseCommand):
    help = "Sætter segl på de måneder, der er forbi, og sletter dem, hvis frist er ude. Kør den hver nat."

    def handle(self, **options: object) -> None:
        """Stream by stream; one without a time is left alone."""
        try:
            with as_owner():
                for stream in Stream.objects.exclude(keep_days=None):
                    self._one(stream)
        except Refused as error:
            raise CommandError(str(error)) from error

    def _one(self, stream: Stream) -> None:
        """Nothing is sealed or goes from a stream that does not hold: it would hide what was done."""
        today, source = timezone.localdate(), keys()
        wrong = list(of_stream(stream.name))
        if wrong:
            raise Refused("\n".join(["Intet er slettet. Det holder ikke:", *wrong]))
        sealed = seal_months(stream=stream, source=source, today=today, by=SYSTEM)
        self.stdout.write(f"{stream}: {sealed} måneder fik segl.")
        segment = due(stream, today)
        while segment is not None:
            expire(segment=segment, by=SYSTEM)
            self.stdout.write(f"{stream}: hændelse {segment.first}-{segment.last} er slettet efter fristen.")
            segment = due(stream, today)
