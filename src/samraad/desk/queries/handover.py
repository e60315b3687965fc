"""What the next holder of a seat must know: what it owes, what is asked of it, what was decided lately."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from samraad.accounts.models import User
from samraad.commitment.models import Commitment
from samraad.commitment.permissions import visible_commitments
from samraad.commitment.queries import with_overdue_first
from samraad.commitment.states import CommitmentStatus
from samraad.council import permissions as may
from samraad.council.models import Appointment, Decision, Forum, Function, Meeting, Seat
from samraad.look.danish import antal


@dataclass(frozen=True)
class HandoverPage:
    """What somebody who takes a seat must know, of that which a reader may read."""

    seat: Seat
    forum: Forum
    holders: list[Appointment]
    owed: list[Commitment]
    asked: list[Commitment]
    inside: bool
    decided: list[tuple[Meeting, list[Decision]]]
    coming: list[Meeting]
    secretaries: list[Appointment]
    fora: list[Forum]
    contacts: list[Any]

    @property
    def eyebrow(self) -> str:
        """Of which forum it is a seat."""
        return f"Overdragelse i {self.forum}"

    @property
    def lead(self) -> str:
        """How much the seat owes and is asked."""
        owed = antal(len(self.owed), "åbent løfte,åbne løfter")
        asked = antal(len(self.asked), "spørgsmål venter på svar,spørgsmål venter på svar")
        return f"{owed}, {asked}."


def handover_page(seat: Seat, user: User, today: date) -> HandoverPage:
    """What a seat's next holder must know, of that which `user` may read."""
    forum = seat.forum
    promises = visible_commitments(user, forum.district)
    if seat.organisation:
        own = promises.filter(owner=seat.organisation)
        fora = list(Forum.objects.of_district(forum.district).filter(municipalities=seat.organisation))
    else:
        own = promises.filter(forum=forum)
        fora = []
    running = Appointment.objects.current(today)
    secretaries = running.filter(seat__forum=forum, function=Function.SECRETARY)
    inside = may.see_inside.allows(user, forum)
    return HandoverPage(
        seat=seat,
        forum=forum,
        holders=list(running.filter(seat=seat).select_related("user")),
        owed=with_overdue_first(own.open(), today),
        asked=list(own.filter(status=CommitmentStatus.PROPOSED)),
        inside=inside,
        decided=_decided_lately(forum) if inside else [],
        coming=list(Meeting.objects.filter(forum=forum).coming(today)[:4]),
        secretaries=list(secretaries.select_related("user", "seat")),
        fora=fora,
        contacts=list(forum.district.contact_points.all()),
    )


def _decided_lately(forum: Forum) -> list[tuple[Meeting, list[Decision]]]:
    """The last four meetings with their decisions, the latest first."""
    held = Meeting.objects.filter(forum=forum).held().order_by("-starts_at")
    told = []
    for meeting in held.prefetch_related("items__decisions")[:4]:
        decisions: list[Decision] = []
        for item in meeting.items.all():
            decisions.extend(item.decisions.all())
        told.append((meeting, decisions))
    return told
