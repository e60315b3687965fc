"""What stands around a forum: agreements that run out, events, advice that has not reached everybody."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Denied, Refused
from samraad.audit.actor import SYSTEM
from samraad.audit.models import Removed
from samraad.demo.cast import Entered, at
from samraad.network.actions import around as network
from samraad.network.models import (
    Advice,
    LocalEvent,
    Pact,
)
from samraad.network.queries.register import unreached

Person = Callable[[str], User]
As = Callable[[str], Client]
TODAY, NOW = date(2022, 1, 28), at("2022-01-28")
WORK = "/nordjylland/arbejde"


def test_it_knows_when_an_agreement_has_run_out(cast: Entered, person: Person) -> None:
    fields = {"title": "Natteliv", "partners": "værtshuse", "starts_on": date(2021, 1, 1)}
    pact = network.enter(
        kind=Pact, forum=cast.kredsraad, ends_on=date(2021, 12, 31), by=person("signe"), **fields
    )
    assert isinstance(pact, Pact)
    assert pact.over(TODAY)
    with pytest.raises(Refused, match="før den første"):
        network.enter(kind=Pact, forum=cast.kredsraad, ends_on=date(2020, 1, 1), by=person("signe"), **fields)
    with pytest.raises(Denied):
        network.enter(kind=Pact, forum=cast.kredsraad, ends_on=TODAY, by=person("maja"), **fields)


def test_it_tells_which_municipalities_advice_has_not_reached(cast: Entered, person: Person) -> None:
    assert unreached(cast.kredsraad) == []
    aalborg = Organisation.objects.get(slug="aalborg")
    network.enter(
        kind=Advice,
        forum=cast.kredsraad,
        on=TODAY,
        municipality=aalborg,
        receiver="krisecenter",
        topic="stalking",
        by=person("signe"),
    )
    assert len(unreached(cast.kredsraad)) == 8
    with pytest.raises(Refused, match="fremtiden"):
        network.enter(
            kind=Advice,
            forum=cast.kredsraad,
            on=date(2022, 1, 29),
            receiver="skole",
            topic="vold",
            by=person("signe"),
        )


@pytest.mark.parametrize(
    ("what", "kind", "fields", "change", "seen"),
    [
        (
            "aftale",
            Pact,
            {"title": "Natteliv", "partners": "værter", "starts_on": TODAY, "ends_on": TODAY},
            {"title": "Byliv"},
            "Byliv",
        ),
        (
            "begivenhed",
            LocalEvent,
            {"title": "Karneval", "on": TODAY},
            {"place": "Kildeparken"},
            "Kildeparken",
        ),
        (
            "begivenhed",
            LocalEvent,
            {"title": "Festival", "on": date(2021, 7, 1)},
            {"note": "fri bane"},
            "1 tidligere begivenhed",
        ),
        (
            "raadgivning",
            Advice,
            {"on": TODAY, "receiver": "skole", "topic": "vold", "count": 3},
            {"topic": "stalking"},
            "stalking",
        ),
    ],
)
def test_it_puts_an_entry_right_takes_it_away_and_back(
    what: str,
    kind: type[Pact],
    fields: dict[str, object],
    change: dict[str, str],
    seen: str,
    cast: Entered,
    as_: As,
) -> None:
    thing = network.enter(kind=kind, forum=cast.kredsraad, by=SYSTEM, **fields)
    home = f"{WORK}/fora/{cast.kredsraad.pk}/"
    signe = as_("signe")
    page = signe.get(home).content.decode()
    assert f"{WORK}/fora/{what}/{thing.pk}/ret/" in page
    assert f"{WORK}/fora/{what}/{thing.pk}/fjern/" in page
    answer = signe.post(
        f"{WORK}/fora/{what}/{thing.pk}/ret/", {**fields, **change, "version": 1}, follow=True
    )
    assert seen in answer.content.decode()
    stale = signe.post(f"{WORK}/fora/{what}/{thing.pk}/ret/", {**fields, "version": 1})
    assert stale.status_code == 409
    assert as_("maja").get(f"{WORK}/fora/{what}/{thing.pk}/ret/").status_code == 403
    signe.post(f"{WORK}/fora/{what}/{thing.pk}/fjern/")
    assert not kind.objects.exists()
    signe.post(f"{WORK}/fora/papirkurv/{Removed.objects.get().pk}/saet-paa-plads/")
    thing.refresh_from_db()
    assert [getattr(thing, name) for name in change] == list(change.values())


def test_it_shows_an_event_that_is_going_on(cast: Entered, as_: As) -> None:
    network.enter(
        kind=LocalEvent,
        forum=cast.kredsraad,
        title="Festival",
        on=date(2022, 1, 27),
        until=date(2022, 1, 29),
        by=SYSTEM,
    )
    page = as_("signe").get(f"{WORK}/fora/{cast.kredsraad.pk}/").content.decode()
    assert "Festival" in page
    assert "tidligere begivenhed" not in page


def test_it_corrects_no_entry_into_nonsense(cast: Entered, person: Person) -> None:
    pact = network.enter(
        kind=Pact, forum=cast.kredsraad, title="A", partners="B", starts_on=TODAY, ends_on=TODAY, by=SYSTEM
    )
    assert isinstance(pact, Pact)
    with pytest.raises(Refused, match="før den første"):
        network.correct(
            thing=pact, version=1, title="A", starts_on=TODAY, ends_on=date(2021, 1, 1), by=person("signe")
        )
