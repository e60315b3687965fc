"""What was entered around the fora can be put right and taken away: partners, entries, seminars, a station's contacts."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Denied, Refused, Stale, frame
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import put_back
from samraad.audit.models import Event, Removed
from samraad.demo.actions import at
from samraad.demo.cast import Entered
from samraad.network.actions import around as network
from samraad.network.actions import seminar as place
from samraad.network.actions.partner import add_partner, correct_partner, remove_partner
from samraad.network.actions.station import correct_contact, open_station, remove_contact, touch
from samraad.network.models import (
    Advice,
    LocalEvent,
    Pact,
    Partner,
    Seminar,
    Station,
    StationContact,
)
from samraad.network.queries import contacts
from samraad.search.models import Entry

Person = Callable[[str], User]
As = Callable[[str], Client]
TODAY, NOW = date(2022, 1, 28), at("2022-01-28")
WORK = "/nordjylland/arbejde"


@pytest.fixture
def aars(cast: Entered) -> Station:
    """A station in Vesthimmerlands."""
    where = Organisation.objects.get(slug="vesthimmerlands")
    return open_station(district=cast.district, municipality=where, name="Aars", slug="aars", by=SYSTEM)


@pytest.fixture
def club(aars: Station) -> Partner:
    """A partner there."""
    return add_partner(municipality=aars.municipality, kind="association", name="Boldklubben", by=SYSTEM)


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
    assert "Slags: Forening" not in page, "only what differs is shown"
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


def test_it_puts_a_seminar_right_with_whom_it_reached(cast: Entered, person: Person, as_: As) -> None:
    reach = [("lærere", None, 40), ("betjente", None, 12)]
    seminar = place.hold_seminar(
        forum=cast.kredsraad, kind="webinar", title="Tegn", on=TODAY, reach=reach, by=SYSTEM
    )
    address = f"{WORK}/seminarer/{seminar.pk}/ret/"
    page = as_("signe").get(address).content.decode()
    assert 'value="betjente"' in page
    form = {"kind": "seminar", "title": "Tegn på vold", "on": "2022-01-28", "place": "Aars", "version": 1}
    pairs = {
        "profession_1": "betjente",
        "count_1": 14,
        "profession_2": "lærere",
        "count_2": "",
        "profession": "sygeplejersker",
        "count": 5,
    }
    as_("signe").post(address, {**form, **pairs})
    seminar.refresh_from_db()
    assert seminar.title == "Tegn på vold"
    assert [(row.profession, row.count) for row in seminar.reach.all()] == [
        ("betjente", 14),
        ("sygeplejersker", 5),
    ]  # type: ignore[attr-defined]
    with pytest.raises(Stale) as stale:
        place.correct_seminar(
            seminar=seminar,
            kind="webinar",
            title="Andet",
            on=TODAY,
            reach=reach,
            version=1,
            by=person("signe"),
        )
    assert "14 betjente, 5 sygeplejersker" in stale.value.theirs
    assert "40 lærere, 12 betjente" in stale.value.mine
    with pytest.raises(Denied):
        place.remove_seminar(seminar=seminar, now=NOW, by=person("maja"))


def test_it_takes_a_seminar_away_and_puts_it_back_with_whom_it_reached(
    cast: Entered, person: Person, as_: As
) -> None:
    seminar = place.hold_seminar(
        forum=cast.kredsraad, kind="webinar", title="Tegn", on=TODAY, reach=[("lærere", None, 40)], by=SYSTEM
    )
    page = as_("signe").post(f"{WORK}/seminarer/{seminar.pk}/fjern/", follow=True).content.decode()
    assert "papirkurv" in page
    assert not Seminar.objects.exists()
    with pytest.raises(Denied):
        put_back(removed=Removed.objects.get(), now=NOW, by=person("maja"))
    assert "Tegn" in as_("signe").get(f"{WORK}/fora/{cast.kredsraad.pk}/papirkurv/").content.decode()
    put_back(removed=Removed.objects.get(), now=NOW, by=person("signe"))
    assert Seminar.objects.get().reach.get().count == 40  # type: ignore[attr-defined]
