"""Promises: who is bound, what is late, what comes back."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Denied, Refused, Stale, frame
from samraad.commitment.actions import commitment as promises
from samraad.commitment.actions.commitment import next_due
from samraad.commitment.models import Commitment
from samraad.commitment.states import COMMITMENT, CommitmentStatus
from samraad.demo.cast import Entered, at

Person = Callable[[str], User]
TODAY = date(2022, 1, 28)


def propose(cast: Entered, by: User, owner: str = "hjoerring", **fields: object) -> Commitment:
    """A promise of the kredsråd to an organisation."""
    return promises.propose(
        forum=cast.kredsraad,
        text="Se på skolevejene",
        owner=Organisation.objects.get(slug=owner),
        by=by,
        **fields,
    )


def test_it_has_every_status_in_the_table() -> None:
    assert set(COMMITMENT) == set(CommitmentStatus)


def test_it_binds_nobody_but_its_owner(cast: Entered, person: Person) -> None:
    promise = propose(cast, person("signe"))
    assert promise.status == CommitmentStatus.PROPOSED
    for key, says in (
        ("poul", "Kun Hjørring Kommune"),
        ("else", "Du kan forberede svaret"),
        ("lars", "Kun Hjørring Kommune"),
    ):
        with pytest.raises(Denied, match=says):
            promises.accept(commitment=promise, by=person(key))
    assert promises.accept(commitment=promise, by=person("maja")).status == CommitmentStatus.ACCEPTED


def test_it_is_accepted_at_once_when_one_promises_oneself(cast: Entered, person: Person) -> None:
    assert propose(cast, person("poul"), owner="nordjylland").status == CommitmentStatus.ACCEPTED


def test_it_lets_the_secretariat_speak_for_a_body_outside(cast: Entered, person: Person) -> None:
    promise = propose(cast, person("signe"), owner="vejdirektoratet", outside=True, expected="tre kommuner")
    promises.accept(commitment=promise, by=person("signe"))
    promises.report(
        commitment=promise,
        light="yellow",
        text="Kun Aalborg",
        real="én kommune",
        now=at("2022-01-28"),
        by=person("signe"),
    )
    promise.refresh_from_db()
    assert (promise.expected, promise.real) == ("tre kommuner", "én kommune")


def test_it_keeps_the_reason_of_a_no_and_can_be_put_again(cast: Entered, person: Person) -> None:
    promise = propose(cast, person("signe"))
    promises.decline(commitment=promise, reason="Ingen penge i år", by=person("maja"))
    assert promise.closed_because == "Ingen penge i år"
    promises.propose_again(commitment=promise, text="Se på to skoleveje", by=person("signe"))
    assert promise.status == CommitmentStatus.PROPOSED
    with pytest.raises(IntegrityError, match="commitment_ended_has_a_reason"), transaction.atomic(), frame():
        Commitment.objects.filter(pk=promise.pk).update(status="declined", closed_because="")


def test_it_asks_why_when_it_is_late(cast: Entered, person: Person) -> None:
    promise = propose(cast, person("signe"), due_on=date(2022, 1, 27))
    promises.accept(commitment=promise, by=person("maja"))
    assert promise.is_late(TODAY)
    assert not promise.is_late(date(2022, 1, 27))
    with pytest.raises(Refused, match="hvorfor det er forsinket"):
        promises.report(commitment=promise, light="red", text="Nej", now=at("2022-01-28"), by=person("maja"))
    promises.report(
        commitment=promise,
        light="red",
        text="Nej",
        late_because="Sne",
        now=at("2022-01-28"),
        by=person("else"),
    )
    assert promise.status == CommitmentStatus.IN_PROGRESS


def test_it_is_public_only_when_released_by_who_decides(cast: Entered, person: Person) -> None:
    promise = propose(cast, person("signe"))
    promises.accept(commitment=promise, by=person("maja"))
    progress = promises.report(
        commitment=promise, light="green", text="Går godt", now=at("2022-01-28"), by=person("else")
    )
    assert progress.released_at is None
    with pytest.raises(Denied, match="beslutter"):
        promises.release(commitment=promise, now=at("2022-01-28"), by=person("else"))
    assert promises.release(commitment=promise, now=at("2022-01-28"), by=person("maja")) == 1


def test_it_needs_a_second_person_where_that_was_asked(cast: Entered, person: Person) -> None:
    promise = propose(cast, person("signe"), confirm=True)
    promises.accept(commitment=promise, by=person("maja"))
    promises.report(
        commitment=promise, light="green", text="Gjort", done=True, now=at("2022-01-28"), by=person("maja")
    )
    assert promise.status == CommitmentStatus.REPORTED
    with pytest.raises(Denied, match="En anden skal bekræfte"):
        promises.confirm(commitment=promise, by=person("maja"))
    assert promises.confirm(commitment=promise, by=person("else")).status == CommitmentStatus.DONE


def test_it_comes_back_when_it_recurs(cast: Entered, person: Person) -> None:
    promise = propose(
        cast, person("poul"), owner="nordjylland", due_on=date(2022, 3, 31), recurrence="quarterly"
    )
    promises.report(
        commitment=promise, light="green", text="Fortalt", done=True, now=at("2022-01-28"), by=person("poul")
    )
    following = Commitment.objects.get(previous=promise)
    assert (following.due_on, following.status) == (date(2022, 6, 30), CommitmentStatus.ACCEPTED)


def test_it_waits_for_its_condition_and_is_never_late_meanwhile(cast: Entered, person: Person) -> None:
    promise = propose(cast, person("signe"), condition="forsøget er lykkedes", due_on=date(2022, 1, 1))
    promises.accept(commitment=promise, by=person("maja"))
    assert promise.status == CommitmentStatus.WAITING
    assert not promise.is_late(TODAY)
    promises.meet_condition(commitment=promise, due_on=date(2022, 5, 1), by=person("signe"))
    assert promise.status == CommitmentStatus.ACCEPTED


def test_it_keeps_the_old_date_when_it_is_moved(cast: Entered, person: Person) -> None:
    promise = propose(cast, person("signe"), due_on=date(2022, 2, 1))
    moved = promises.move_due(
        commitment=promise,
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
        promises.move_due(
            commitment=promise,
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
