"""Commitments: who is bound, what is late, what comes back."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Denied, Refused, Stale, frame
from samraad.commitment.actions import commitment as acts
from samraad.commitment.actions.commitment import next_due
from samraad.commitment.actions.extra_meeting import ask_for_extra_meeting
from samraad.commitment.models import Commitment
from samraad.commitment.permissions import report
from samraad.commitment.states import COMMITMENT, CommitmentStatus
from samraad.council.models import Forum
from samraad.demo.cast import Entered, at, org

Person = Callable[[str], User]
TODAY = date(2022, 1, 28)


def propose(cast: Entered, by: User, owner: str = "hjoerring", **fields: object) -> Commitment:
    """A commitment of the kredsråd to an organisation."""
    return acts.propose(
        forum=cast.kredsraad,
        text="Se på skolevejene",
        owner=Organisation.objects.get(slug=owner),
        by=by,
        **fields,
    )


def test_it_has_every_status_in_the_table() -> None:
    assert set(COMMITMENT) == set(CommitmentStatus)


def test_it_binds_nobody_but_its_owner(cast: Entered, person: Person) -> None:
    commitment = propose(cast, person("signe"))
    assert commitment.status == CommitmentStatus.PROPOSED
    for key, says in (
        ("poul", "Kun Hjørring Kommune"),
        ("else", "Du kan forberede svaret"),
        ("lars", "Kun Hjørring Kommune"),
    ):
        with pytest.raises(Denied, match=says):
            acts.accept(commitment=commitment, by=person(key))
    assert acts.accept(commitment=commitment, by=person("maja")).status == CommitmentStatus.ACCEPTED


def test_it_is_accepted_at_once_when_one_promises_oneself(cast: Entered, person: Person) -> None:
    assert propose(cast, person("poul"), owner="nordjylland").status == CommitmentStatus.ACCEPTED


def test_it_lets_the_secretariat_speak_for_a_body_outside(cast: Entered, person: Person) -> None:
    commitment = propose(
        cast, person("signe"), owner="vejdirektoratet", outside=True, expected="tre kommuner"
    )
    acts.accept(commitment=commitment, by=person("signe"))
    acts.report(
        commitment=commitment,
        light="yellow",
        text="Kun Aalborg",
        real="én kommune",
        now=at("2022-01-28"),
        by=person("signe"),
    )
    commitment.refresh_from_db()
    assert (commitment.expected, commitment.real) == ("tre kommuner", "én kommune")


def test_it_keeps_the_reason_of_a_no_and_can_be_put_again(cast: Entered, person: Person) -> None:
    commitment = propose(cast, person("signe"))
    acts.decline(commitment=commitment, reason="Ingen penge i år", by=person("maja"))
    assert commitment.closed_because == "Ingen penge i år"
    acts.propose_again(commitment=commitment, text="Se på to skoleveje", by=person("signe"))
    assert commitment.status == CommitmentStatus.PROPOSED
    with pytest.raises(IntegrityError, match="commitment_ended_has_a_reason"), transaction.atomic(), frame():
        Commitment.objects.filter(pk=commitment.pk).update(status="declined", closed_because="")


def test_it_asks_why_when_it_is_late(cast: Entered, person: Person) -> None:
    commitment = propose(cast, person("signe"), due_on=date(2022, 1, 27))
    acts.accept(commitment=commitment, by=person("maja"))
    assert commitment.is_late(TODAY)
    assert not commitment.is_late(date(2022, 1, 27))
    with pytest.raises(Refused, match="hvorfor det er forsinket"):
        acts.report(commitment=commitment, light="red", text="Nej", now=at("2022-01-28"), by=person("maja"))
    acts.report(
        commitment=commitment,
        light="red",
        text="Nej",
        late_because="Sne",
        now=at("2022-01-28"),
        by=person("else"),
    )
    assert commitment.status == CommitmentStatus.IN_PROGRESS


def test_it_is_public_only_when_released_by_who_decides(cast: Entered, person: Person) -> None:
    commitment = propose(cast, person("signe"))
    acts.accept(commitment=commitment, by=person("maja"))
    progress = acts.report(
        commitment=commitment, light="green", text="Går godt", now=at("2022-01-28"), by=person("else")
    )
    assert progress.released_at is None
    with pytest.raises(Denied, match="beslutter"):
        acts.release(commitment=commitment, now=at("2022-01-28"), by=person("else"))
    assert acts.release(commitment=commitment, now=at("2022-01-28"), by=person("maja")) == 1


def test_it_needs_a_second_person_where_that_was_asked(cast: Entered, person: Person) -> None:
    commitment = propose(cast, person("signe"), confirm=True)
    acts.accept(commitment=commitment, by=person("maja"))
    acts.report(
        commitment=commitment, light="green", text="Gjort", done=True, now=at("2022-01-28"), by=person("maja")
    )
    assert commitment.status == CommitmentStatus.REPORTED
    with pytest.raises(Denied, match="En anden skal bekræfte"):
        acts.confirm(commitment=commitment, by=person("maja"))
    assert acts.confirm(commitment=commitment, by=person("else")).status == CommitmentStatus.DONE


def test_it_comes_back_when_it_recurs(cast: Entered, person: Person) -> None:
    commitment = propose(
        cast, person("poul"), owner="nordjylland", due_on=date(2022, 3, 31), recurrence="quarterly"
    )
    acts.report(
        commitment=commitment,
        light="green",
        text="Fortalt",
        done=True,
        now=at("2022-01-28"),
        by=person("poul"),
    )
    following = Commitment.objects.get(previous=commitment)
    assert (following.due_on, following.status) == (date(2022, 6, 30), CommitmentStatus.ACCEPTED)


def test_it_waits_for_its_condition_and_is_never_late_meanwhile(cast: Entered, person: Person) -> None:
    commitment = propose(cast, person("signe"), condition="forsøget er lykkedes", due_on=date(2022, 1, 1))
    acts.accept(commitment=commitment, by=person("maja"))
    assert commitment.status == CommitmentStatus.WAITING
    assert not commitment.is_late(TODAY)
    acts.meet_condition(commitment=commitment, due_on=date(2022, 5, 1), by=person("signe"))
    assert commitment.status == CommitmentStatus.ACCEPTED


def test_it_keeps_the_old_date_when_it_is_moved(cast: Entered, person: Person) -> None:
    commitment = propose(cast, person("signe"), due_on=date(2022, 2, 1))
    moved = acts.move_due(
        commitment=commitment,
        due_on=date(2022, 3, 1),
        reason="Byrådet mødes senere",
        version=1,
        now=at("2022-01-28"),
        by=person("signe"),
    )
    assert [(c.old, c.new, c.reason) for c in moved.due_changes.all()] == [
        (date(2022, 2, 1), date(2022, 3, 1), "Byrådet mødes senere")
    ]
    with pytest.raises(Stale):
        acts.move_due(
            commitment=commitment,
            due_on=date(2022, 4, 1),
            reason="x",
            version=1,
            now=at("2022-01-28"),
            by=person("tage"),
        )


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.sampled_from(["monthly", "quarterly", "yearly"]))
def test_it_never_skips_or_repeats_a_month(day: date, recurrence: str) -> None:
    following = next_due(day, recurrence)
    apart = (following.year - day.year) * 12 + following.month - day.month
    assert apart == {"monthly": 1, "quarterly": 3, "yearly": 12}[recurrence]
    assert following.day <= day.day


def test_it_accepts_for_nobody_by_the_back_door(cast: Entered, person: Person) -> None:
    proposed = propose(cast, person("signe"))
    with pytest.raises(Refused, match="venter ikke"):
        acts.meet_condition(commitment=proposed, due_on=None, by=person("signe"))
    with pytest.raises(Refused, match="svarer selv"):
        acts.propose(forum=cast.kredsraad, text="X", owner=org("hjoerring"), outside=True, by=person("signe"))
    acts.accept(commitment=proposed, by=person("maja"))
    for act in (acts.confirm, acts.send_back):
        with pytest.raises(Denied, match="ikke meldt udført"):
            act(commitment=proposed, by=person("signe"))


def test_it_lets_a_local_leader_report_only_what_is_hers(cast: Entered, person: Person) -> None:
    police = acts.propose(forum=cast.kredsraad, text="Fonde", owner=org("nordjylland"), by=person("poul"))
    seat = Forum.objects.get(slug="lokalraad-vesthimmerlands").seats.get(title="Lokalpolitileder i Aars")
    hours = acts.propose(
        forum=cast.kredsraad, text="Tider", owner=org("nordjylland"), owner_seat=seat, by=person("poul")
    )
    assert not report.allows(person("lise"), police)
    assert report.allows(person("lise"), hours)


def test_it_ties_a_commitment_to_a_seat_of_its_owner_and_no_other(
    cast: Entered, as_: Callable[[str], Client]
) -> None:
    seat = Forum.objects.get(slug="lokalraad-vesthimmerlands").seats.get(title="Lokalpolitileder i Aars")
    path = f"/nordjylland/arbejde/loefter/nyt/{cast.kredsraad.pk}/"
    data = {"text": "Bekræfte tiderne", "owner": org("hjoerring").pk, "owner_seat": seat.pk}
    assert "Pladsen hører til Nordjyllands Politi" in as_("signe").post(path, data).content.decode()
    assert as_("signe").post(path, data | {"owner": org("nordjylland").pk}).status_code == 302
    assert Commitment.objects.get(text="Bekræfte tiderne").owner_seat == seat


def test_it_asks_for_an_extra_meeting(cast: Entered, person: Person) -> None:
    wish = ask_for_extra_meeting(
        forum=cast.kredsraad, reason="Uro i natteliv", now=at("2022-01-28"), by=person("maja")
    )
    assert (wish.due_on, wish.status) == (date(2022, 2, 11), "accepted")
