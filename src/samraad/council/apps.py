"""A forum meets, decides and promises: fora, seats, meetings, decisions, commitments, the annual wheel, stations."""

from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "samraad.council"
    label = "council"

    def ready(self) -> None:
        """Loads the bin's rules; a mail that speaks of a forum goes only to those who read there."""
        from samraad.accounts import outbox
        from samraad.council.actions import bin  # noqa: F401  (its rules are known from the start)
        from samraad.council.notices import still_reads

        outbox.gates.append(still_reads)
