"""Awaited figures are asked for on their morning, kept when whole and new, told of when not."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from samraad.accounts.models import Mail
from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM
from samraad.demo.cast import Entered, at
from samraad.figures import actions
from samraad.figures.fetching import fetch_due, fetched
from samraad.figures.models import Release, Source
from samraad.figures.states import ReleaseStatus
from tests.evidens.bank import Server
from tests.figures.files import begun
from tests.people import client_of, person_of

EIGHT = at("2022-02-11", 8)


@pytest.fixture
def bank(settings: Any) -> Iterator[Server]:
    """A little StatBank on loopback."""
    server = Server()
    settings.SAMRAAD_STATBANK = server.address
    yield server
    server.http.shutdown()
    server.http.server_close()


def awaited() -> Source:
    """A source whose figures are awaited at eight."""
    source = begun()
    return actions.expect(source=source, next_at=EIGHT, version=1, by=person_of("anton"))


def round_at(settings: Any, *, minutes: int) -> int:
    """What the worker does so many minutes past eight; returns how many releases came."""
    settings.SAMRAAD_TODAY = EIGHT + timedelta(minutes=minutes)
    return fetch_due(now=settings.SAMRAAD_TODAY, by=SYSTEM)


def asked_for_data(bank: Server) -> int:
    return sum(what == "data" for what, _ in bank.asked)


def test_it_keeps_what_came_as_a_release_that_waits_for_a_person(
    cast: Entered, bank: Server, settings: Any
) -> None:
    source = awaited()
    assert round_at(settings, minutes=-1) == 0
    assert round_at(settings, minutes=4) == 0
    assert not bank.asked
    assert round_at(settings, minutes=5) == 1
    release = Release.objects.get()
    assert (release.status, release.loaded_by, release.rows) == (ReleaseStatus.SUBMITTED, None, 162)
    source.refresh_from_db()
    assert source.next_at is None
    assert set(Mail.objects.values_list("user__name", flat=True)) == {"Anton", "Signe", "Tage"}
    actions.approve(release=release, now=settings.SAMRAAD_TODAY, by=person_of("anton"))


def test_it_asks_again_at_its_times_and_no_oftener(cast: Entered, bank: Server, settings: Any) -> None:
    awaited()
    bank.faults = ["html"] * 20
    for minutes in (5, 6, 19, 20, 21, 50, 51, 90, 119):
        assert round_at(settings, minutes=minutes) == 0
    assert asked_for_data(bank) == 4
    assert not Release.objects.exists()


def test_it_tells_the_analysts_once_when_nothing_has_come_by_ten(
    cast: Entered, bank: Server, settings: Any
) -> None:
    awaited()
    bank.faults = ["html"] * 20
    for minutes in (90, 119):
        round_at(settings, minutes=minutes)
    assert not Mail.objects.exists()
    for minutes in (120, 121, 180):
        round_at(settings, minutes=minutes)
    [mail] = Mail.objects.all()
    assert (mail.user, mail.subject) == (
        person_of("anton"),
        "Ventede tal er ikke kommet: Anmeldte forbrydelser",
    )


def test_it_makes_no_release_of_the_same_content(cast: Entered, bank: Server, settings: Any) -> None:
    source = awaited()
    assert round_at(settings, minutes=5) == 1
    actions.expect(source=source, next_at=EIGHT + timedelta(days=90), version=2, by=person_of("anton"))
    settings.SAMRAAD_TODAY = EIGHT + timedelta(days=90, minutes=5)
    assert fetch_due(now=settings.SAMRAAD_TODAY, by=SYSTEM) == 0
    assert Release.objects.count() == 1


def test_it_keeps_nothing_of_half_an_answer(cast: Entered, bank: Server, settings: Any) -> None:
    source = awaited()
    bank.faults = ["cut", "cut"]
    with pytest.raises(Refused, match="Intet er gemt"):
        fetched(source)
    assert not Release.objects.exists()


def test_it_shows_a_new_definition_to_the_one_who_approves(
    cast: Entered, bank: Server, settings: Any
) -> None:
    awaited()
    round_at(settings, minutes=5)
    source = Source.objects.get()
    actions.approve(release=Release.objects.get(), now=settings.SAMRAAD_TODAY, by=person_of("signe"))
    kept = [variable for variable in bank.info["variables"] if variable["id"] != "OVERTRÆD"]
    art = next(variable for variable in bank.info["variables"] if variable["id"] == "OVERTRÆD")
    bank.info = bank.info | {"variables": [kept[0], art | {"values": art["values"][1:]}, kept[1]]}
    actions.expect(source=source, next_at=EIGHT, version=source.version, by=person_of("anton"))
    assert round_at(settings, minutes=20) == 1
    release = Release.objects.get(number=2)
    assert (release.kind, release.gone) == (Release.Kind.REVISION, 54)
    assert release.reason == "Danmarks Statistik har taget tal ud af tabellen."


def test_it_is_off_until_the_operator_says_where_to_ask(cast: Entered, settings: Any) -> None:
    source = awaited()
    assert round_at(settings, minutes=5) == 0
    page = client_of("anton").get(source.get_absolute_url()).content.decode()
    assert "Hent hos udgiveren" not in page
    with pytest.raises(Refused, match="slået fra"):
        fetched(source)


def test_it_fetches_when_an_analyst_presses(cast: Entered, bank: Server, settings: Any) -> None:
    source = begun()
    settings.SAMRAAD_TODAY = EIGHT
    anton = client_of("anton")
    where = f"{source.get_absolute_url()}hent/"
    bank.faults = ["html"]
    page = anton.post(where, {"once": ""})
    assert "Statistikbanken svarede med en webside" in page.content.decode()
    page = anton.post(where, {"once": ""}, follow=True)
    assert "Udgivelse 1" in page.content.decode()
