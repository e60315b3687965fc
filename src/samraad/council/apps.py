"""A forum meets and decides.

Fora, seats and who holds them, meetings with agenda, papers, minutes and decisions.
"""

from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "samraad.council"
    label = "council"
