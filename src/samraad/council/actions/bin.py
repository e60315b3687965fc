"""What of a forum's things can be put back from its bin, and what follows when it is."""

from typing import Any

from samraad.audit.bin import RULES, Rule
from samraad.council import permissions
from samraad.council.actions.network import find_around
from samraad.council.models import AgendaItem
from samraad.council.states import MeetingStatus


def _on_agenda_again(item: AgendaItem, by: Any) -> None:
    if item.meeting.status != MeetingStatus.PLANNED:  # the others have got an agenda without it
        item.supplementary = True
        item.save(update_fields=["supplementary"])


ON_AGENDA = permissions.reads_removed_from_agenda, permissions.put_back_on_agenda.check
RULES.update(
    {
        "council.agendaitem": Rule(*ON_AGENDA, after=_on_agenda_again),
        "council.paper": Rule(*ON_AGENDA),
        **dict.fromkeys(permissions.AROUND, Rule(permissions.reads_around, permissions.put_back_around.check, after=find_around)),
    }
)
