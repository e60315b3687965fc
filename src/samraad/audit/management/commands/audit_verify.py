"""`./run manage audit_verify`: does the chain of events hold? Names the first broken one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samraad.audit.models import Event
from samraad.audit.queries import first_broken


class Command(BaseCommand):
    help = "Efterprøver kæden af hændelser og nævner den første, der er brudt."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = first_broken()
        if broken:
            raise CommandError(
                f"Kæden er brudt ved hændelse {broken.pk} ({broken.at:%Y-%m-%d %H:%M}, {broken.verb})."
            )
        self.stdout.write(f"Kæden holder: {Event.objects.count()} hændelser.")
