"""A forum meets, decides and promises: fora, seats, meetings, decisions, commitments, the annual wheel, stations."""

from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "samraad.council"
    label = "council"

    def ready(self) -> None:
        from samraad.council.actions import bin  # noqa: F401  (its rules are known from the start)
