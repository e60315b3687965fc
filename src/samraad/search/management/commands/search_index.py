"""Make the search's index again."""

from django.core.management.base import BaseCommand

from samraad.audit.actor import SYSTEM
from samraad.look.danish import antal
from samraad.search.actions import index_again


class Command(BaseCommand):
    help = (
        "Lav søgningens register igen af det, rummene har. Imens finder ingen noget; det tager få minutter."
    )

    def handle(self, *args: object, **options: object) -> None:
        found = index_again(by=SYSTEM)
        self.stdout.write(f"Registret er lavet igen: {antal(found, 'ting,ting')} kan findes.")
