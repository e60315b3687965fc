"""What the public is told of a commitment."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from samraad.accounts.models import User
from samraad.commitment.actions import commitment as acts
from samraad.commitment.models import Commitment
from samraad.demo.cast import Entered, at, org
from samraad.public.queries.standing import commitments_now
from tests.databases import DAY

Person = Callable[[str], User]


@pytest.fixture
def proposed(cast: Entered, person: Person) -> Commitment:
    return acts.propose(
        forum=cast.kredsraad,
        text="Skoleveje",
        owner=org("hjoerring"),
        due_on=date(2022, 3, 1),
        by=person("signe"),
    )


class Shown:
    """An edition that holds one commitment."""

    def __init__(self, commitment: Commitment) -> None:
        promise = {"id": commitment.pk, "due_on": "2022-03-01", "condition": ""}
        self.content: Any = {"areas": [{"title": "", "commitments": [promise]}], "sections": []}


def test_it_shows_the_public_only_what_was_released(
    cast: Entered, person: Person, proposed: Commitment
) -> None:
    acts.accept(commitment=proposed, by=person("maja"))
    acts.report(
        commitment=proposed,
        light="green",
        text="Gjort",
        done=True,
        real="fem",
        now=at("2022-01-28"),
        by=person("else"),
    )
    assert commitments_now(Shown(proposed), DAY)[proposed.pk].word == "Ikke startet"  # type: ignore[arg-type]
    acts.release(commitment=proposed, now=at("2022-01-28"), by=person("maja"))
    now = commitments_now(Shown(proposed), DAY)[proposed.pk]  # type: ignore[arg-type]
    assert (now.word, now.real) == ("Udført", "fem")
