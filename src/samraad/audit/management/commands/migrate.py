"""`./run manage migrate`: Django's own, but a database that is too old is refused in words.

One from before the migrations began anew cannot be brought up to date.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections

from samraad.audit.roles import as_owner, grant

# A table of 0.1.0 that no later version has: what was promised lay in the room `council` then.
OLD_TABLE = "council_commitment"


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the database up to date; nothing is changed in one that is too old."""
        if OLD_TABLE in connections[options["database"]].introspection.table_names():
            raise CommandError(self._refusal())
        with as_owner() as site:
            super().handle(*args, **options)
            if site:
                grant(site)

    def _refusal(self) -> str:
        what = "Databasen er fra Samråd 0.1.0 og kan ikke bruges af denne udgave. Intet i den er ændret. "
        if settings.SAMRAAD_DEMO:
            return what + "Begynd demoen forfra: ./run demo --fresh"
        return what + (
            f"Flyt mappen {settings.SAMRAAD_DATA}, "
            "eller peg SAMRAAD_DATA eller SAMRAAD_DATABASE et andet sted hen, og start igen."
        )
