"""Commitments in the minutes as Word, and what the open part tells of them."""

from collections.abc import Callable
from datetime import date

import pytest

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import frame
from samraad.audit.actor import SYSTEM
from samraad.commitment.actions import commitment as commitments
from samraad.commitment.models import Commitment
from samraad.council import papers
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import Meeting
from samraad.demo.cast import Entered, at
from tests.council.test_papers import words

Person = Callable[[str], User]


@pytest.fixture
def meeting(cast: Entered, person: Person) -> Meeting:
    """A held meeting with an open and a closed item, each with a decision and a commitment."""
    made = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-25"), ends_at=at("2022-01-25", 15), by=person("signe")
    )
    police = Organisation.objects.get(slug="nordjylland")
    for title, closed in (("Trygge skoleveje", False), ("HEMMELIG SAG", True)):
        item = agenda.add_item(
            meeting=made,
            kind="decision",
            title=title,
            text=f"<p>Om {title}.</p>",
            closed=closed,
            by=person("signe"),
        )
        decision = minutes.decide(item=item, text=f"Vi beslutter {title}.", by=SYSTEM)
        commitment = commitments.propose(
            forum=made.forum,
            text=f"Løfte om {title}",
            owner=police,
            due_on=date(2022, 6, 17),
            decision=decision,
            by=SYSTEM,
        )
        commitments.accept(commitment=commitment, by=person("poul"))
    meetings.call_meeting(meeting=made, now=at("2022-01-11"), by=person("signe"))
    return minutes.hold_meeting(meeting=made, presence={}, chaired_by=None, guests=[], by=person("signe"))


def test_it_shows_under_a_decision_who_promised_what_by_when(meeting: Meeting) -> None:
    whole, part = (words(papers.minutes(meeting, open_only=only)) for only in (False, True))
    for text in (whole, part):
        assert "Løfte om Trygge skoleveje | Nordjyllands Politi | 17. juni 2022" in text
    assert "Løfte om HEMMELIG SAG | Nordjyllands Politi | 17. juni 2022" in whole
    assert "HEMMELIG" not in part
    assert "2. Lukket punkt" in part


def test_it_tells_in_the_open_part_of_no_commitment_that_nobody_said_yes_to(meeting: Meeting) -> None:
    with frame():
        Commitment.objects.update(status="proposed")
    assert "Løfte om Trygge skoleveje (foreslået) |" in words(papers.minutes(meeting, open_only=False))
    assert "Løfte om" not in words(papers.minutes(meeting, open_only=True))
