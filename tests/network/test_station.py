"""A station: its contacts, which can be corrected and taken away, and its months."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Denied, Refused, Stale, frame
from samraad.audit.actor import SYSTEM
from samraad.audit.models import Event, Removed
from samraad.demo.cast import Entered, at
from samraad.network.actions.partner import add_partner, remove_partner
from samraad.network.actions.station import correct_contact, count, open_station, touch
from samraad.network.models import (
    Partner,
    Station,
    StationContact,
)
from samraad.network.queries.register import contacts

Person = Callable[[str], User]
As = Callable[[str], Client]
TODAY, NOW = date(2022, 1, 28), at("2022-01-28")
WORK = "/nordjylland/arbejde"


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


def test_it_corrects_a_contact_and_what_it_said_stays_to_be_read(
    club: Partner, aars: Station, person: Person, as_: As
) -> None:
    contact = touch(station=aars, partner=club, on=date(2022, 1, 3), note="tyveri", by=SYSTEM)
    touch(station=aars, partner=club, on=TODAY, note="stævnet", by=SYSTEM)
    address = f"{WORK}/stationer/kontakt/{contact.pk}/ret/"
    as_("lise").post(address, {"partner": club.pk, "on": "2022-01-04", "note": "lys på banen", "version": 1})
    page = as_("lise").get(f"{WORK}/stationer/{aars.pk}/").content.decode()
    assert "4. januar 2022: lys på banen" in page
    assert "Rettet 28. januar 2022. Før stod der: Boldklubben, 3. januar 2022, tyveri" in page
    assert f"{address}" not in as_("maja").get(f"{WORK}/stationer/{aars.pk}/").content.decode()
    assert as_("maja").get(address).status_code == 403
    as_("lise").post(address, {"partner": club.pk, "on": "2022-01-04", "note": "lys på banen", "version": 2})
    assert contact.corrections.count() == 1, "saved as it was, there is nothing to tell"  # type: ignore[attr-defined]
    with pytest.raises(Stale):
        correct_contact(
            contact=contact, partner=club, on=None, note="x", version=1, now=NOW, by=person("lise")
        )
    with pytest.raises(Refused, match="fremtiden"):
        correct_contact(
            contact=contact, partner=club, on=date(2022, 2, 1), note="", version=3, now=NOW, by=person("lise")
        )
    assert contact.corrections.count() == 1  # type: ignore[attr-defined]
    assert Event.objects.filter(verb="network.station_contact_corrected").count() == 1


def test_it_takes_a_contact_away_and_puts_it_back_with_its_corrections(
    club: Partner, aars: Station, person: Person, as_: As
) -> None:
    contact = touch(station=aars, partner=club, on=TODAY, note="a", by=SYSTEM)
    correct_contact(contact=contact, partner=club, on=TODAY, note="b", version=1, now=NOW, by=person("lise"))
    as_("lise").post(f"{WORK}/stationer/kontakt/{contact.pk}/fjern/")
    assert contacts(aars) == []
    assert as_("maja").get(f"{WORK}/stationer/{aars.pk}/papirkurv/").status_code == 403
    assert "Boldklubben" in as_("lise").get(f"{WORK}/stationer/{aars.pk}/papirkurv/").content.decode()
    as_("lise").post(f"{WORK}/stationer/papirkurv/{Removed.objects.get().pk}/saet-paa-plads/")
    assert [c.note for c in StationContact.objects.get().corrections.all()] == ["a"]  # type: ignore[attr-defined]


def test_it_lets_a_contact_keep_a_partner_who_is_off_the_list(
    club: Partner, aars: Station, cast: Entered, person: Person, as_: As
) -> None:
    contact = touch(station=aars, partner=club, on=TODAY, note="a", by=SYSTEM)
    address = f"{WORK}/stationer/kontakt/{contact.pk}/ret/"
    with pytest.raises(Refused, match="Vælg den partner"):
        correct_contact(
            contact=contact, partner=None, on=TODAY, note="b", version=1, now=NOW, by=person("lise")
        )
    remove_partner(partner=club, district=cast.district, now=NOW, by=person("lise"))
    assert "Boldklubben (fjernet fra listen)" in as_("lise").get(address).content.decode()
    as_("lise").post(address, {"partner": "", "on": "2022-01-28", "note": "b", "version": 1})
    contact.refresh_from_db()
    assert (str(contact), contact.note) == ("Boldklubben", "b")


def test_it_keeps_a_contact_with_somebody_in_the_database_too(club: Partner, aars: Station) -> None:
    with (
        pytest.raises(IntegrityError, match="station_contact_is_with_somebody"),
        transaction.atomic(),
        frame(),
    ):
        StationContact.objects.create(station=aars, partner=None)
