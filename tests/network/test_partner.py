"""Partners of a municipality: registered once, put right, taken off the list and put back."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actions import Denied, Refused
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import put_back
from samraad.audit.models import Removed
from samraad.demo.cast import Entered, at
from samraad.network.actions.partner import add_partner, correct_partner, remove_partner
from samraad.network.actions.station import remove_contact, touch
from samraad.network.models import (
    Partner,
    Station,
    StationContact,
)
from samraad.search.models import Entry

Person = Callable[[str], User]
As = Callable[[str], Client]
TODAY, NOW = date(2022, 1, 28), at("2022-01-28")
WORK = "/nordjylland/arbejde"


def test_it_puts_a_partner_right_on_a_page_and_finds_it_under_its_new_name(club: Partner, as_: As) -> None:
    page = as_("lise").get(f"{WORK}/partnere/").content.decode()
    assert f"{WORK}/partnere/{club.pk}/ret/" in page
    assert f"{WORK}/partnere/{club.pk}/fjern/" in page
    assert f"{WORK}/partnere/{club.pk}/ret/" not in as_("birk").get(f"{WORK}/partnere/").content.decode(), (
        "Birk keeps another list"
    )
    form = {
        "municipality": club.municipality_id,
        "kind": "association",
        "name": "Idrætsforeningen",
        "role": "formanden",
        "version": 1,
    }
    answer = as_("lise").post(f"{WORK}/partnere/{club.pk}/ret/", form, follow=True)
    assert "Rettelsen er gemt." in answer.content.decode()
    assert Entry.objects.get(object_type="network.partner", object_id=club.pk).title == "Idrætsforeningen"
    assert as_("birk").get(f"{WORK}/partnere/{club.pk}/ret/").status_code == 403


def test_it_shows_both_texts_when_somebody_saved_meanwhile(club: Partner, person: Person, as_: As) -> None:
    old = {"municipality": club.municipality, "kind": "association", "name": "Boldklubben", "about": ""}
    correct_partner(partner=club, by=person("signe"), version=1, **{**old, "role": "kassereren"})
    form = {
        "municipality": club.municipality_id,
        "kind": "association",
        "name": "Boldklubben",
        "role": "<formanden>",
        "version": 1,
    }
    answer = as_("lise").post(f"{WORK}/partnere/{club.pk}/ret/", form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hvem man ringer til: kassereren" in page
    assert "Hvem man ringer til: &lt;formanden&gt;" in page
    assert "Type: Forening" not in page, "only what differs is shown"
    assert 'name="version" value="2"' in page
    club.refresh_from_db()
    assert club.role == "kassereren"


def test_it_keeps_one_name_once_in_a_municipality(club: Partner, person: Person) -> None:
    other = add_partner(municipality=club.municipality, kind="business", name="Kiosken", by=SYSTEM)
    with pytest.raises(Refused, match="står allerede under"):
        correct_partner(
            partner=other,
            municipality=club.municipality,
            kind="business",
            name="Boldklubben",
            version=1,
            by=person("lise"),
        )


def test_it_takes_a_partner_away_while_the_stations_contacts_stay_readable(
    club: Partner, aars: Station, cast: Entered, person: Person, as_: As
) -> None:
    contact = touch(station=aars, partner=club, on=TODAY, note="lys på banen", by=SYSTEM)
    with pytest.raises(Denied):
        remove_partner(partner=club, district=cast.district, now=NOW, by=person("birk"))
    as_("lise").post(f"{WORK}/partnere/{club.pk}/fjern/")
    assert not Partner.objects.exists()
    assert not Entry.objects.filter(object_type="network.partner").exists()
    page = as_("lise").get(f"{WORK}/stationer/{aars.pk}/").content.decode()
    assert "Boldklubben" in page
    assert "fjernet fra listen" in page
    assert "Boldklubben" in as_("lise").get(f"{WORK}/partnere/papirkurv/").content.decode()
    assert "Boldklubben" not in as_("birk").get(f"{WORK}/partnere/papirkurv/").content.decode()
    removed = Removed.objects.get()
    assert as_("birk").post(f"{WORK}/partnere/papirkurv/{removed.pk}/saet-paa-plads/").status_code == 404
    as_("lise").post(f"{WORK}/partnere/papirkurv/{removed.pk}/saet-paa-plads/")
    contact.refresh_from_db()
    assert contact.partner == club
    assert Entry.objects.filter(object_type="network.partner").exists()


def test_it_ties_a_contact_to_its_partner_in_whatever_order_they_come_back(
    club: Partner, aars: Station, cast: Entered, person: Person
) -> None:
    contact = touch(station=aars, partner=club, on=TODAY, note="", by=SYSTEM)
    remove_partner(partner=club, district=cast.district, now=NOW, by=person("lise"))
    contact.refresh_from_db()
    remove_contact(contact=contact, now=NOW, by=person("lise"))
    for kind in ("network.partner", "network.stationcontact"):
        put_back(removed=Removed.objects.get(object_type=kind), now=NOW, by=person("lise"))
    assert StationContact.objects.get().partner == Partner.objects.get(name="Boldklubben")
