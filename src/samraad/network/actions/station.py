"""A station: opened, its hours confirmed, its contacts and monthly counts."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TypedDict, Unpack

from django.utils.html import format_html

from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, Stale, action, record, save_over
from samraad.audit.actor import Actor
from samraad.audit.bin import put_in_bin
from samraad.council.permissions import register_forum
from samraad.network import permissions as may
from samraad.network.models import (
    ContactCorrection,
    Partner,
    Station,
    StationContact,
    StationCount,
    StationHours,
)

Hours = list[tuple[int, time, time]]  # (weekday, opens, closes)


class StationFacts(TypedDict, total=False):
    """What is known of a station when it is opened."""

    address: str
    phone: str
    opened_on: date | None
    officers: str
    hours_confirmed_on: date | None


@action
def open_station(
    *,
    district: Organisation,
    municipality: Organisation,
    name: str,
    slug: str,
    by: Actor,
    **facts: Unpack[StationFacts],
) -> Station:
    """Register a nærstation."""
    register_forum.check(by, district)
    station = Station.objects.create(
        district=district, municipality=municipality, name=name, slug=slug, **facts
    )
    record("network.station_opened", station, by=by)
    return station


@action
def set_hours(
    *,
    station: Station,
    hours: Hours,
    on: date,
    version: int,
    by: Actor,
    phone: str = "",
    officers: str = "",
) -> Station:
    """Replace the opening hours and confirm them as of a day."""
    may.keep_station.check(by, station)
    rows = []
    for weekday, opens, closes in hours:
        rows.append(StationHours(station=station, weekday=weekday, opens=opens, closes=closes))
    try:
        save_over(
            station,
            version=version,
            hours_confirmed_on=on,
            phone=phone or station.phone,
            officers=officers or station.officers,
        )
    except Stale as meanwhile:
        meanwhile.mine += _told(rows)
        meanwhile.theirs += _told(station.hours.all())
        raise
    if any(row.closes <= row.opens for row in rows):
        raise Refused("En station kan ikke lukke, før den åbner. Ret klokkeslættet.")
    station.hours.all().delete()
    StationHours.objects.bulk_create(rows)
    record("network.station_hours_set", station, by=by, days=len(rows))
    return station


def _told(rows: Iterable[StationHours]) -> str:
    """Opening hours as a paragraph."""
    said = ", ".join(str(row) for row in rows)
    return format_html("<p>Åbningstider: {}</p>", said or "ikke skrevet")


@action
def touch(*, station: Station, partner: Partner, on: date | None, note: str, by: Actor) -> StationContact:
    """Write down that a station has been in contact with a partner; without a day it is only wished for.

    Earlier contacts stay.
    """
    may.keep_station.check(by, station)
    _check_contact(station, partner, on)
    contact = StationContact.objects.create(station=station, partner=partner, on=on, note=note)
    record("network.station_contact", contact, by=by, station=station.pk)
    return contact


@action
def correct_contact(
    *,
    contact: StationContact,
    partner: Partner | None,
    on: date | None,
    note: str,
    version: int,
    now: datetime,
    by: User,
) -> StationContact:
    """Put a contact right; what it said before stays beside it."""
    may.keep_station.check(by, contact.station)
    if partner is None and contact.partner is not None:
        raise Refused("Vælg den partner, I talte med.")
    _check_contact(contact.station, partner, on)
    before = ContactCorrection(
        contact=contact, partner=str(contact), on=contact.on, note=contact.note, at=now
    )
    if (contact.partner, contact.on, contact.note) == (partner, on, note):
        return contact
    save_over(contact, version=version, partner=partner, on=on, note=note)
    before.save()
    record("network.station_contact_corrected", contact, by=by, station=contact.station_id)
    return contact


@action
def remove_contact(*, contact: StationContact, now: datetime, by: User) -> None:
    """Take a contact away; it lies with its corrections in the station's bin for 30 days."""
    may.keep_station.check(by, contact.station)
    if contact.partner is not None:
        # should the partner be gone when the contact comes back, its name is kept
        contact.partner_name = contact.partner.name
        contact.save(update_fields=["partner_name"])
    put_in_bin(thing=contact, place=f"station:{contact.station_id}", now=now, by=by)


def tie_contact(contact: StationContact, by: Actor) -> None:
    """A contact that is back finds its partner again, if the partner came back before it."""
    if contact.partner is not None:
        return
    partners = Partner.objects.filter(municipality=contact.station.municipality)
    contact.partner = partners.filter(name=contact.partner_name).first()
    contact.save(update_fields=["partner"])


def _check_contact(station: Station, partner: Partner | None, on: date | None) -> None:
    if partner is not None and partner.municipality_id != station.municipality_id:
        raise Refused(f"{partner} hører til {partner.municipality}, stationen til {station.municipality}.")
    if on is not None and on > clock.today():
        raise Refused("Dagen ligger ude i fremtiden. Skriv kontakten ind, når I har talt sammen.")


@action
def count(*, station: Station, month: date, citizens: int, joint: int, by: Actor) -> StationCount:
    """Type in a month's contacts; a second number replaces the first; both are in the chain."""
    may.keep_station.check(by, station)
    if month.replace(day=1) > clock.today():
        raise Refused("Måneden er ikke begyndt. Skriv tallet ind, når det er talt.")
    row, created = StationCount.objects.update_or_create(
        station=station, month=month.replace(day=1), defaults={"citizens": citizens, "joint": joint}
    )
    record("network.station_counted", row, by=by, station=station.pk, corrected=not created)
    return row
