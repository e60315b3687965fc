"""`./run manage access_log`: who came in, who did not, and what was refused, the last 90 days."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from samraad.audit.models import AccessNote

WORDS = "tid\thvad\tperson\tadresse\tnummer"


class Command(BaseCommand):
    help = "Skriver adgangsloggen: login, forkerte login og afvisninger, de nyeste sidst."

    def add_arguments(self, parser: CommandParser) -> None:
        """Of whom, of what, since when."""
        parser.add_argument("--person", type=int, metavar="NUMMER", help="kun en person, ved hendes nummer")
        parser.add_argument("--kind", choices=AccessNote.Kind.values, help="kun den slags")
        parser.add_argument("--days", type=int, default=90, metavar="DAGE", help="så mange dage tilbage (90)")

    def handle(
        self, *args: object, days: int, person: int | None, kind: str | None, **options: object
    ) -> None:
        """A line each."""
        notes = AccessNote.objects.filter(at__gt=timezone.now() - timedelta(days=days))
        if person is not None:
            notes = notes.filter(person=person)
        if kind is not None:
            notes = notes.filter(kind=kind)
        self.stdout.write(WORDS)
        for note in notes.iterator():
            self.stdout.write(_line(note))


def _line(note: AccessNote) -> str:
    """A note with tabs between."""
    at = f"{timezone.localtime(note.at):%Y-%m-%d %H:%M:%S}"
    numbers = [str(number) for number in (note.person, note.number)]
    person, number = [text.replace("None", "-") for text in numbers]
    return "\t".join([at, note.get_kind_display(), person, note.route, number])
