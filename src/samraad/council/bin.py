"""What of a forum's things can be put back from its bin: by whom, and what follows."""

from typing import Any

from django.db.models import Max

from samraad.audit.actions import Refused
from samraad.audit.actor import Actor
from samraad.audit.bin import Rule, fields_of
from samraad.audit.models import Removed
from samraad.council import permissions as may
from samraad.council.models import AgendaItem, Forum, Meeting
from samraad.council.states import MeetingStatus


def forum_of(removed: Removed) -> Forum:
    """The forum that a removed thing belonged to."""
    return Forum.objects.select_related("district").get(pk=fields_of(removed)["forum"])


def _meeting_of(removed: Removed) -> Meeting | None:
    """The meeting that a removed item or paper was for; none while a paper's own item is gone."""
    fields = fields_of(removed)
    if "item" in fields:
        item = AgendaItem.objects.filter(pk=fields["item"]).select_related("meeting__forum").first()
        return item.meeting if item else None
    return Meeting.objects.select_related("forum").get(pk=fields["meeting"])


def _reads_agenda(user: Any, removed: Removed) -> bool:
    meeting = _meeting_of(removed)
    return meeting is not None and may.see_inside.allows(user, meeting.forum)


def _writes_agenda(user: Any, removed: Removed) -> None:
    meeting = _meeting_of(removed)
    if meeting is None:
        raise Refused("Punktet, som bilaget hang på, er væk. Sæt punktet på plads først.")
    may.edit_agenda.check(user, meeting)


def _on_agenda_again(item: AgendaItem, by: Actor) -> None:
    """It stands last. What it proposed stays with the item it was put on since.

    After the call it is supplementary: the others have got an agenda without it.
    """
    others = item.meeting.items.exclude(pk=item.pk)
    item.position = (others.aggregate(last=Max("position"))["last"] or 0) + 1
    item.save(update_fields=["position"])
    if (
        item.proposal
        and AgendaItem.objects.filter(proposal=item.proposal, outcome="").exclude(pk=item.pk).exists()
    ):
        item.proposal = ""
        item.save(update_fields=["proposal"])
    if item.meeting.status != MeetingStatus.PLANNED:
        item.supplementary = True
        item.save(update_fields=["supplementary"])


def _writes_minutes(user: Any, removed: Removed) -> None:
    meeting = _meeting_of(removed)
    if meeting is None:
        raise Refused("Punktet, som beslutningen stod på, er væk.")
    may.write_minutes.check(user, meeting)


RULES = {
    "council.agendaitem": Rule(_reads_agenda, _writes_agenda, after=_on_agenda_again),
    "council.decision": Rule(_reads_agenda, _writes_minutes),
    "council.paper": Rule(_reads_agenda, _writes_agenda),
}
