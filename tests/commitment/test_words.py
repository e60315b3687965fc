"""A commitment in words: who, by when, from where, what was said."""

from datetime import date

import pytest

from samraad.accounts.models import Organisation
from samraad.commitment.models import Commitment, DueChange
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import Forum, Seat

HJOERRING = Organisation(name="Hjørring Kommune")
FORUM = Forum(name="Kredsrådet")


@pytest.mark.parametrize(
    ("status", "owner", "says"),
    [
        (CommitmentStatus.DRAFT, HJOERRING, "Ingen er spurgt: planen er et udkast"),
        (CommitmentStatus.PROPOSED, HJOERRING, "Venter på Hjørring Kommune"),
        (CommitmentStatus.PROPOSED, None, "Venter på sekretariatet"),
        (CommitmentStatus.DECLINED, HJOERRING, "Afvist"),
        (CommitmentStatus.WAITING, HJOERRING, "Taget imod"),
        (CommitmentStatus.DONE, HJOERRING, "Taget imod"),
    ],
)
def test_it_says_what_its_owner_answered(
    status: CommitmentStatus, owner: Organisation | None, says: str
) -> None:
    assert Commitment(status=status, owner=owner).answer_words == says


@pytest.mark.parametrize(
    ("status", "heading", "words"),
    [
        (CommitmentStatus.DONE, "Udført", "1. februar 2022"),
        (CommitmentStatus.DROPPED, "Slut", "Udgået"),
        (CommitmentStatus.ACCEPTED, "Frist", "1. marts 2022"),
    ],
)
def test_it_says_how_it_ended_or_by_when_it_should(
    status: CommitmentStatus, heading: str, words: str
) -> None:
    made = Commitment(status=status, due_on=date(2022, 3, 1), closed_on=date(2022, 2, 1))
    assert (made.end_heading, made.end_words) == (heading, words)


def test_it_says_by_when_or_what_it_waits_for() -> None:
    assert Commitment(due_on=date(2022, 3, 1), condition="loven").due_words == "1. marts 2022"
    assert Commitment(condition="loven").due_words == "loven"
    assert Commitment().due_words == "uden frist"
    assert Commitment().end_words == "uden frist"


def test_it_names_its_owner_by_organisation_and_role_or_seat() -> None:
    seat = Seat(pk=1, title="Borgmester i Hjørring")
    assert Commitment(owner=HJOERRING, owner_role="vejchefen", owner_seat=seat).owner_text == (
        "Hjørring Kommune, vejchefen"
    )
    assert (
        Commitment(owner=HJOERRING, owner_seat=seat).owner_text == "Hjørring Kommune, Borgmester i Hjørring"
    )
    assert Commitment(owner_role="vejchefen").owner_text == "vejchefen"
    assert Commitment().facts == ["ingen ansvarlig"]
    assert Commitment(owner=HJOERRING, due_on=date(2022, 3, 1)).facts == [
        "Hjørring Kommune",
        "frist tirsdag 1. marts 2022",
    ]


def test_it_says_where_it_was_decided() -> None:
    assert Commitment(forum=FORUM).origin_words == "Kredsrådet"
    assert Commitment(forum=FORUM, origin_text="Planen 2021").short_origin == "Planen 2021"


def test_it_tells_the_date_it_was_moved_from() -> None:
    assert DueChange(old=date(2022, 3, 1), reason="Sne").told == "før 1. marts 2022: Sne"
    assert DueChange(old=None, reason="Sne").told == "før ingen: Sne"
