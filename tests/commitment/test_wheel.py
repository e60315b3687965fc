"""The annual wheel: duties become occurrences, find their meeting, and show their holes."""

from collections.abc import Callable
from datetime import date

import pytest

from samraad.accounts.models import User
from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import put_back
from samraad.audit.models import Removed
from samraad.commitment.actions import commitment as commitments
from samraad.commitment.actions import duty as wheel
from samraad.commitment.actions.duty import add_duty
from samraad.commitment.forms import DutyForm
from samraad.commitment.models import Duty, Occurrence
from samraad.commitment.queries import duties_of_year, places, waiting_duties
from samraad.council.actions import agenda
from samraad.council.actions import meeting as meetings
from samraad.council.models import AgendaItem, Meeting
from samraad.council.queries.proposal import proposals
from samraad.demo.cast import Entered, at, org

Person = Callable[[str], User]
TODAY = date(2022, 1, 28)


def duty(cast: Entered, rule: str, **fields: object) -> Duty:
    """A duty of the kredsråd."""
    return wheel.add_duty(forum=cast.kredsraad, title="Pligten", rule=rule, by=SYSTEM, **fields)


@pytest.mark.parametrize(
    ("rule", "fields", "windows"),
    [
        ("quarter", {"quarter": 2}, [((4, 1), (6, 30))]),
        ("quarter", {"quarter": 4}, [((10, 1), (12, 31))]),
        (
            "times",
            {"times": 4},
            [((1, 1), (3, 31)), ((4, 1), (6, 30)), ((7, 1), (9, 30)), ((10, 1), (12, 31))],
        ),
        ("times", {"times": 1}, [((1, 1), (12, 31))]),
        ("date", {"month": 1, "day": 31, "lead_days": 30}, [((1, 1), (1, 31))]),
        ("condition", {"condition": "loven er på plads"}, []),
    ],
)
def test_it_knows_when(
    cast: Entered,
    rule: str,
    fields: dict[str, object],
    windows: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    made = duty(cast, rule, **fields)
    found = [(o.starts_on, o.due_on) for o in made.occurrences.filter(year=2022)]
    assert found == [(date(2022, *start), date(2022, *due)) for start, due in windows]


@pytest.mark.parametrize("rule", Duty.Rule)
def test_every_rule_is_asked_for_and_falls_due(rule: Duty.Rule) -> None:
    made = Duty(rule=rule, month=5, day=1, quarter=2, times=2, lead_days=30, condition="loven er på plads")
    assert rule in DutyForm.NEEDS
    assert bool(list(wheel.windows(made, 2022))) == (rule != Duty.Rule.CONDITION)


def test_it_makes_29_february_of_every_year(cast: Entered) -> None:
    made = duty(cast, "date", month=2, day=29)
    assert made.occurrences.get(year=2022).due_on == date(2022, 2, 28)
    wheel.make_occurrences(duty=made, year=2024, by=SYSTEM)
    assert made.occurrences.get(year=2024).due_on == date(2024, 2, 29)


def test_it_does_not_make_what_exists_twice(cast: Entered) -> None:
    made = duty(cast, "quarter", quarter=2)
    assert wheel.make_occurrences(duty=made, year=2022, by=SYSTEM) == []
    assert made.occurrences.filter(year=2022).count() == 1


def test_it_shows_a_hole_and_then_the_meeting(cast: Entered, person: Person) -> None:
    duty(cast, "quarter", quarter=2)
    assert [row.state for row in duties_of_year(cast.kredsraad, 2022)] == ["hole"]
    meeting = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-06-14"), ends_at=at("2022-06-14", 15), by=person("signe")
    )
    assert [row.state for row in duties_of_year(cast.kredsraad, 2022)] == ["proposed"]
    (proposal,) = proposals(meeting, TODAY)
    agenda.take_proposal(meeting=meeting, key=proposal.key, by=person("signe"))
    assert [row.state for row in duties_of_year(cast.kredsraad, 2022)] == ["placed"]
    assert proposals(meeting, TODAY) == []


def test_it_proposes_what_is_late_and_forgets_what_was_dropped(cast: Entered, person: Person) -> None:
    commitment = commitments.propose(
        forum=cast.kredsraad,
        text="Svar fra fonde",
        owner=org("nordjylland"),
        due_on=date(2022, 1, 15),
        by=person("poul"),
    )
    meeting = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    (proposal,) = proposals(meeting, TODAY)
    assert proposal.key == commitment.key
    agenda.drop_proposal(meeting=meeting, key=commitment.key, reason="Tages i juni", by=person("signe"))
    assert proposals(meeting, TODAY) == []


def test_it_wakes_when_its_condition_is_met(cast: Entered, person: Person) -> None:
    made = duty(cast, "condition", condition="loven er på plads")
    assert list(waiting_duties(cast.kredsraad)) == [made]
    occurrence = wheel.meet_duty_condition(duty=made, by=person("signe"))
    assert occurrence.starts_on == TODAY
    with pytest.raises(Refused, match="allerede markeret"):
        wheel.meet_duty_condition(duty=made, by=person("signe"))
    meeting = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    assert [p.key for p in proposals(meeting, TODAY)] == [occurrence.key]


def test_it_keeps_the_reason_when_a_duty_is_taken_out(cast: Entered, person: Person) -> None:
    occurrence = Occurrence.objects.get(duty=duty(cast, "quarter", quarter=2), year=2022)
    wheel.remove_occurrence(occurrence=occurrence, reason="Drøftet i 1. kvartal", by=person("signe"))
    assert [row.state for row in duties_of_year(cast.kredsraad, 2022)] == ["removed"]


def test_it_frees_the_duties_of_a_cancelled_meeting(cast: Entered, person: Person) -> None:
    add_duty(forum=cast.kredsraad, title="Unge", rule="quarter", quarter=2, by=SYSTEM)
    june = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-06-14"), ends_at=at("2022-06-14", 15), by=person("signe")
    )
    occurrence = Occurrence.objects.get(year=2022)
    agenda.take_proposal(meeting=june, key=occurrence.key, by=person("signe"))
    meetings.cancel_meeting(meeting=june, reason="x", to=None, by=person("signe"))
    assert places([occurrence]) == {}


@pytest.fixture
def meeting(cast: Entered, person: Person) -> Meeting:
    """A planned meeting of the kredsråd with one item, three days ago."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-25"), ends_at=at("2022-01-25", 15), by=person("signe")
    )
    agenda.add_item(meeting=planned, kind="discussion", title="Trygge skoleveje", by=person("signe"))
    return planned


def test_it_puts_an_item_back_with_its_duty_and_marks_it_after_the_call(
    meeting: Meeting, person: Person
) -> None:
    duty = add_duty(forum=meeting.forum, title="Pligt", rule="quarter", quarter=1, by=SYSTEM)
    occurrence = duty.occurrences.get(year=2022)
    pk = agenda.take_proposal(meeting=meeting, key=occurrence.key, by=person("signe")).pk
    agenda.withdraw_item(item=AgendaItem.objects.get(pk=pk), by=person("signe"))
    assert places([occurrence]) == {}
    meetings.call_meeting(meeting=meeting, now=at("2022-01-11"), by=person("signe"))
    put_back(removed=Removed.objects.get(), now=at("2022-01-28"), by=person("signe"))
    assert meeting.items.get(pk=pk).supplementary
    assert places([occurrence])[occurrence.key].pk == pk


def test_it_does_not_take_a_duty_from_the_item_it_was_put_on_since(meeting: Meeting, person: Person) -> None:
    duty = add_duty(forum=meeting.forum, title="Pligt", rule="quarter", quarter=1, by=SYSTEM)
    occurrence = duty.occurrences.get(year=2022)
    first = agenda.take_proposal(meeting=meeting, key=occurrence.key, by=person("signe"))
    agenda.withdraw_item(item=first, by=person("signe"))
    occurrence.refresh_from_db()
    second = agenda.take_proposal(meeting=meeting, key=occurrence.key, by=person("signe"))
    put_back(removed=Removed.objects.get(), now=at("2022-01-28"), by=person("signe"))
    assert places([occurrence])[occurrence.key] == second
