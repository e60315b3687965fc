"""What is owed, by whom and when: commitments (løfter), and the duties that come back every year (the wheel).

Plans, decisions and agreements hang their commitments here; what is late proposes itself for the next agenda.
"""

from django.apps import AppConfig


class CommitmentConfig(AppConfig):
    name = "samraad.commitment"
    label = "commitment"
