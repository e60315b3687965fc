"""What goes on around the fora: agreements that run out, advice that has not reached everybody, a station's contacts."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Denied, Refused
from samraad.demo.cast import Entered
from samraad.network.actions import around as network
from samraad.network.actions.partner import add_partner
from samraad.network.actions.station import count, open_station, touch
from samraad.network.models import Advice, Pact
from samraad.network.queries import contacts, unreached

Person = Callable[[str], User]
TODAY = date(2022, 1, 28)


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


def test_it_keeps_a_station_s_contacts_and_its_months(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    place = Organisation.objects.get(slug="vesthimmerlands")
    station = open_station(
        district=cast.district, municipality=place, name="Aars", slug="aars", by=person("signe")
    )
    club = add_partner(municipality=place, kind="association", name="Boldklubben", by=person("lise"))
    other = add_partner(
        municipality=Organisation.objects.get(slug="aalborg"),
        kind="business",
        name="Kiosken",
        by=person("birk"),
    )
    touch(station=station, partner=club, on=TODAY, note="lys på banen", by=person("lise"))
    with pytest.raises(Refused, match="hører til"):
        touch(station=station, partner=other, on=TODAY, note="", by=person("lise"))
    with pytest.raises(Denied):
        add_partner(municipality=place, kind="business", name="Bageren", by=person("birk"))
    with pytest.raises(Refused, match="fremtiden"):
        touch(station=station, partner=club, on=date(2022, 1, 29), note="", by=person("lise"))
    touch(station=station, partner=club, on=date(2021, 11, 3), note="stævnet", by=person("lise"))
    school = add_partner(municipality=place, kind="education", name="Skolen", by=person("lise"))
    touch(station=station, partner=school, on=None, note="", by=person("lise"))
    first, second = contacts(station)
    assert (first[0].partner, first[1]) == (school, [])  # nobody has met it yet
    assert (second[0].note, [row.note for row in second[1]]) == ("lys på banen", ["stævnet"])
    page = as_("lise").get(f"/nordjylland/arbejde/stationer/{station.pk}/").content.decode()
    assert "1 tidligere kontakt" in page
    assert "stævnet" in page
    with pytest.raises(Refused, match="ikke begyndt"):
        count(station=station, month=date(2022, 2, 1), citizens=1, joint=0, by=person("lise"))
    count(station=station, month=date(2022, 1, 17), citizens=30, joint=4, by=person("lise"))
    count(station=station, month=date(2022, 1, 3), citizens=31, joint=4, by=person("lise"))
    assert [(row.month, row.citizens) for row in station.counts.all()] == [(date(2022, 1, 1), 31)]  # type: ignore[attr-defined]
