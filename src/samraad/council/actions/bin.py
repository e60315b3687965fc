"""What of a forum's things can be put back from its bin: by whom, and what follows."""

from typing import Any

from samraad.accounts.models import Organisation
from samraad.audit.actions import Refused
from samraad.audit.bin import RULES, Rule, fields_of
from samraad.audit.models import Removed
from samraad.council.actions.network import find_around, find_partner, tie_contact
from samraad.council.models import AgendaItem, Forum, Meeting, Station
from samraad.council.permissions import (
    AROUND,
    edit_agenda,
    enter_seminar,
    keep_network,
    keep_partners,
    keep_station,
    propose_commitment,
    see_inside,
)
from samraad.council.states import MeetingStatus


def _meeting_of(removed: Removed) -> Meeting | None:
    """The meeting that a removed item or paper was for; none while a paper's own item is gone."""
    fields = fields_of(removed)
    if "item" in fields:
        item = AgendaItem.objects.filter(pk=fields["item"]).select_related("meeting__forum").first()
        return item.meeting if item else None
    return Meeting.objects.select_related("forum").get(pk=fields["meeting"])


def _reads_agenda(user: Any, removed: Removed) -> bool:
    meeting = _meeting_of(removed)
    return meeting is not None and see_inside.allows(user, meeting.forum)


def _writes_agenda(user: Any, removed: Removed) -> None:
    meeting = _meeting_of(removed)
    if meeting is None:
        raise Refused("Punktet, som bilaget hang på, er væk. Sæt punktet på plads først.")
    edit_agenda.check(user, meeting)


def _on_agenda_again(item: AgendaItem, by: Any) -> None:
    if item.meeting.status != MeetingStatus.PLANNED:  # the others have got an agenda without it
        item.supplementary = True
        item.save(update_fields=["supplementary"])


def _forum_of(removed: Removed) -> Forum:
    return Forum.objects.get(pk=fields_of(removed)["forum"])


def _reads_around(user: Any, removed: Removed) -> bool:
    forum = _forum_of(removed)
    return see_inside.allows(user, forum) or keep_network.allows(user, forum)


def _writes_around(user: Any, removed: Removed) -> None:
    keep_network.check(user, _forum_of(removed))


def _municipality_of(removed: Removed) -> Organisation:
    return Organisation.objects.get(pk=fields_of(removed)["municipality"])


def _station_of(removed: Removed) -> Station:
    return Station.objects.select_related("district", "municipality").get(pk=fields_of(removed)["station"])


RULES.update(
    {
        "council.agendaitem": Rule(_reads_agenda, _writes_agenda, after=_on_agenda_again),
        "council.paper": Rule(_reads_agenda, _writes_agenda),
        "council.commitment": Rule(
            lambda user, removed: see_inside.allows(user, _forum_of(removed)),
            lambda user, removed: propose_commitment.check(user, _forum_of(removed)),
        ),
        "council.partner": Rule(
            lambda user, removed: keep_partners.allows(user, _municipality_of(removed)),
            lambda user, removed: keep_partners.check(user, _municipality_of(removed)),
            after=find_partner,
        ),
        "council.stationcontact": Rule(
            lambda user, removed: keep_station.allows(user, _station_of(removed)),
            lambda user, removed: keep_station.check(user, _station_of(removed)),
            after=tie_contact,
        ),
        "council.seminar": Rule(
            _reads_around, lambda user, removed: enter_seminar.check(user, _forum_of(removed))
        ),
        **dict.fromkeys(AROUND, Rule(_reads_around, _writes_around, after=find_around)),
    }
)
