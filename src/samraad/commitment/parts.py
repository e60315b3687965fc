"""What the room shows and asks on a meeting's pages.

Commitments stand under a decision or an item, in the Word file, on the form of a decision.
"""

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from django import forms

from samraad.accounts.models import Organisation
from samraad.audit.actor import Actor
from samraad.audit.rooms import Ask, Part
from samraad.commitment import permissions as may
from samraad.commitment.actions.commitment import propose
from samraad.commitment.models import Commitment
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import AgendaItem, Decision, Forum, Meeting
from samraad.documents.model import Block, Table
from samraad.look.forms import DayField, TextField

NOT_AGREED = (CommitmentStatus.PROPOSED, CommitmentStatus.DECLINED)


def of_decisions(meeting: Meeting) -> dict[int, list[Commitment]]:
    """The commitments that follow from a meeting's decisions, by decision."""
    found: dict[int, list[Commitment]] = {}
    rows = Commitment.objects.filter(decision__item__meeting=meeting).select_related("owner", "owner_seat")
    for row in rows:
        found.setdefault(row.decision_id or 0, []).append(row)
    return found


def on_meeting(meeting: Meeting, reader: Actor) -> Iterator[Part]:
    """Under a decision what follows from it; under an item the commitment it takes up."""
    for decision, rows in of_decisions(meeting).items():
        yield Part(f"decision-{decision}", "commitment/_of_decision.html", {"commitments": rows})
    for item, commitment in _taken_up(meeting):
        yield Part(f"item-{item.pk}", "commitment/_on_item.html", {"commitment": commitment})


def _taken_up(meeting: Meeting) -> Iterator[tuple[AgendaItem, Commitment]]:
    """The items that took a commitment up, with it."""
    items = {item.proposal: item for item in meeting.items.all()}
    prefix = "commitment-"
    numbers = [key.removeprefix(prefix) for key in items if key.startswith(prefix)]
    for commitment in Commitment.objects.filter(pk__in=numbers):
        yield items[commitment.key], commitment


def on_forum(forum: Forum, reader: Actor) -> Iterator[Part]:
    """A member may ask for an extra meeting; the secretariat owes an answer, as a commitment."""
    if may.ask_for_extra_meeting.allows(reader, forum):
        yield Part("forum-acts", "commitment/_forum_acts.html", {})


def in_minutes(meeting: Meeting, open_only: bool) -> Mapping[str, list[Block]]:
    """Under a decision the commitments that follow.

    The open part tells of none that its owner has not said yes to; once it is published, it stays as it was.
    """
    told = _by_now(meeting, open_only)
    if open_only and meeting.published_at:
        told = _published(meeting)
    found: dict[str, list[Block]] = {}
    for decision, lines in told.items():
        if lines:
            found[f"decision-{decision}"] = [Table(["Løfte", "Ansvarlig", "Frist"], lines)]
    return found


def _published(meeting: Meeting) -> dict[int, list[list[str]]]:
    """The lines under each decision, as anyone reads them."""
    found = {}
    for decision in Decision.objects.filter(item__meeting=meeting):
        found[decision.pk] = list(map(list, map(itemgetter("text", "owner", "due"), decision.promises)))
    return found


def _by_now(meeting: Meeting, open_only: bool) -> dict[int, list[list[str]]]:
    """The lines under each decision, as they are to be published or worked with."""
    found = {}
    for decision, rows in of_decisions(meeting).items():
        found[decision] = [_line(row) for row in rows if row.status not in NOT_AGREED or not open_only]
    return found


def _line(row: Commitment) -> list[str]:
    """What, who, by when: a line of the table in the minutes."""
    text = row.text
    if row.status in NOT_AGREED:
        text = f"{text} ({row.get_status_display().lower()})"
    return [text, row.owner_words, row.due_words]


def _fields(item: AgendaItem) -> dict[str, forms.Field]:
    """What follows from a decision: one commitment, if any."""
    district = item.meeting.forum.district
    owners = Organisation.objects.filter(seats__forum__district=district).distinct()
    return {
        "commitment": TextField(
            label="Løfte, der følger af det",
            required=False,
            help_text="Hvad skal gøres? Lad stå tomt, hvis intet skal gøres.",
        ),
        "owner": forms.ModelChoiceField(owners, label="Hvem gør det?", required=False),
        "owner_role": TextField(label="Ansvarlig rolle", required=False, max_length=120),
        "due_on": DayField(label="Frist", required=False),
    }


def _propose(decision: Decision, data: Mapping[str, Any], by: Actor) -> None:
    """Write the commitment down as a proposal to its owner."""
    if not data["commitment"]:
        return
    propose(
        forum=decision.item.meeting.forum,
        text=data["commitment"],
        owner=data["owner"],
        owner_role=data["owner_role"],
        due_on=data["due_on"],
        decision=decision,
        by=by,
    )


FROM_DECISION = Ask(_fields, _propose)
