"""What goes on around the fora: entered, corrected where nobody has saved meanwhile, removed into the bin."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.urls import reverse

from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record, save_over
from samraad.audit.bin import put_in_bin
from samraad.council.models import (
    Advice,
    ContactCorrection,
    Forum,
    LocalEvent,
    Pact,
    Partner,
    Station,
    StationContact,
    StationCount,
)
from samraad.council.permissions import keep_network as may_prepare
from samraad.council.permissions import keep_partners as may_keep_partners
from samraad.council.permissions import keep_station as may_keep_station
from samraad.search.actions import forget, index

# What stands around a forum -> (what it is called, the fields it is found by besides its name)
FOUND_BY: dict[type[models.Model], tuple[str, tuple[str, ...]]] = {
    Pact: ("Aftale", ("partners", "text")),
    LocalEvent: ("Begivenhed", ("place", "note")),
    Advice: ("Rådgivning", ("profession",)),
}


@action
def enter(
    *, kind: type[Pact | LocalEvent | Advice], forum: Forum, by: User | None, **fields: Any
) -> models.Model:
    """Enter an agreement, an event or advice that was given, for a forum."""
    if by is not None:
        may_prepare.check(by, forum)
    _check_days(kind, fields)
    thing = kind.objects.create(forum=forum, **fields)
    record(f"council.{kind._meta.model_name}_entered", thing, by=by, forum=forum.pk)
    find_around(thing, by)
    return thing


@action
def correct(*, thing: Pact | LocalEvent | Advice, version: int, by: User, **fields: Any) -> models.Model:
    """Put an entry of a forum right."""
    may_prepare.check(by, thing.forum)
    _check_days(type(thing), fields)
    save_over(thing, version=version, **fields)
    record(f"council.{thing._meta.model_name}_corrected", thing, by=by, forum=thing.forum_id)
    find_around(thing, by)
    return thing


def _check_days(kind: type[models.Model], fields: dict[str, Any]) -> None:
    begins, ends = fields.get("starts_on") or fields.get("on"), fields.get("ends_on") or fields.get("until")
    if begins and ends and ends < begins:
        raise Refused("Den sidste dag ligger før den første. Ret datoerne.")
    if kind is Advice and fields["on"] > clock.today():
        raise Refused("Dagen ligger ude i fremtiden. Skriv rådgivningen ind, når den er givet.")


def find_around(thing: Any, by: User | None) -> None:
    """Make an agreement, an event or advice findable for its forum."""
    word, fields = FOUND_BY[type(thing)]
    index(
        thing=thing,
        district=thing.forum.district.slug,
        kind=f"{word}, {thing.forum}",
        title=str(thing),
        text=" ".join(getattr(thing, name) for name in fields),
        url=reverse("council:forum", args=[thing.forum.district.slug, thing.forum_id])
        + f"#{thing._meta.model_name}-{thing.pk}",
        forum_id=thing.forum_id,
        by=by,
    )


@action
def add_partner(*, municipality: Organisation, by: User | None, **fields: Any) -> Partner:
    """Register a partner of a municipality, by role."""
    if by is not None:
        may_keep_partners.check(by, municipality)
    _check_name(municipality, fields["name"])
    partner = Partner.objects.create(municipality=municipality, **fields)
    record("council.partner_added", partner, by=by, municipality=municipality.pk)
    find_partner(partner, by)
    return partner


@action
def correct_partner(
    *, partner: Partner, municipality: Organisation, version: int, by: User, **fields: Any
) -> Partner:
    """Put a partner right; one that a station has been in touch with stays in its municipality."""
    may_keep_partners.check(by, partner.municipality)
    may_keep_partners.check(by, municipality)
    _check_name(municipality, fields["name"], but=partner)
    if municipality != partner.municipality and partner.station_contacts.exists():
        raise Refused(
            f"En nærstation har skrevet kontakter med {partner} ind. Partneren bliver under {partner.municipality}."
        )
    save_over(partner, version=version, municipality=municipality, **fields)
    record("council.partner_corrected", partner, by=by, municipality=municipality.pk)
    find_partner(partner, by)
    return partner


@action
def remove_partner(*, partner: Partner, district: Organisation, now: datetime, by: User) -> None:
    """Take a partner off the list, into the district's bin of partners; stations' contacts with it stay and keep its name."""
    may_keep_partners.check(by, partner.municipality)
    partner.station_contacts.update(partner_name=partner.name)
    forget(thing=partner, by=by)
    put_in_bin(thing=partner, place=f"partners:{district.pk}", now=now, by=by)


def _check_name(municipality: Organisation, name: str, but: Partner | None = None) -> None:
    if Partner.objects.filter(municipality=municipality, name=name).exclude(pk=but.pk if but else 0).exists():
        raise Refused(f"{name} står allerede under {municipality}.")


def find_partner(partner: Partner, by: User | None) -> None:
    """Make a partner findable in the districts of its municipality."""
    for place in partner.municipality.district_places.filter(valid_to=None).select_related("district"):
        index(
            thing=partner,
            district=place.district.slug,
            kind=f"Partner, {partner.municipality.short_name}",
            title=partner.name,
            text=f"{partner.get_kind_display()} {partner.about} {partner.role}",
            url=reverse("council:partners", args=[place.district.slug]) + f"#partner-{partner.pk}",
            by=by,
        )


@action
def touch(
    *, station: Station, partner: Partner, on: date | None, note: str, by: User | None
) -> StationContact:
    """Write down that a station has been in contact with a partner; earlier contacts stay. Without a day it is only wished for."""
    if by is not None:
        may_keep_station.check(by, station)
    _check_contact(station, partner, on)
    contact = StationContact.objects.create(station=station, partner=partner, on=on, note=note)
    record("council.station_contact", contact, by=by, station=station.pk)
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
    may_keep_station.check(by, contact.station)
    if partner is None and contact.partner is not None:
        raise Refused("Vælg den partner, I talte med.")
    _check_contact(contact.station, partner, on)
    before = ContactCorrection(
        contact=contact, partner=str(contact), on=contact.on, note=contact.note, at=now
    )
    was = (contact.partner, contact.on, contact.note)
    save_over(contact, version=version, partner=partner, on=on, note=note)
    if was != (contact.partner, contact.on, contact.note):
        before.save()
        record("council.station_contact_corrected", contact, by=by, station=contact.station_id)
    return contact


@action
def remove_contact(*, contact: StationContact, now: datetime, by: User) -> None:
    """Take a contact away; it lies with its corrections in the station's bin for 30 days."""
    may_keep_station.check(by, contact.station)
    if (
        contact.partner is not None
    ):  # its name is kept, should the partner be gone when the contact comes back
        contact.partner_name = contact.partner.name
        contact.save(update_fields=["partner_name"])
    put_in_bin(thing=contact, place=f"station:{contact.station_id}", now=now, by=by)


def tie_contact(contact: StationContact, by: User | None) -> None:
    """A contact that is back finds its partner again, if the partner came back before it."""
    if contact.partner is None:
        contact.partner = Partner.objects.filter(
            municipality=contact.station.municipality, name=contact.partner_name
        ).first()
        contact.save(update_fields=["partner"])


def _check_contact(station: Station, partner: Partner | None, on: date | None) -> None:
    if partner is not None and partner.municipality_id != station.municipality_id:
        raise Refused(f"{partner} hører til {partner.municipality}, stationen til {station.municipality}.")
    if on is not None and on > clock.today():
        raise Refused("Dagen ligger ude i fremtiden. Skriv kontakten ind, når I har talt sammen.")


@action
def count(*, station: Station, month: date, citizens: int, joint: int, by: User | None) -> StationCount:
    """Type in a month's contacts; a second number for the month replaces the first, and both are in the chain."""
    if by is not None:
        may_keep_station.check(by, station)
    if month.replace(day=1) > clock.today():
        raise Refused("Måneden er ikke begyndt. Skriv tallet ind, når det er talt.")
    row, created = StationCount.objects.update_or_create(
        station=station, month=month.replace(day=1), defaults={"citizens": citizens, "joint": joint}
    )
    record("council.station_counted", row, by=by, station=station.pk, corrected=not created)
    return row


@action
def remove(*, thing: Pact | LocalEvent | Advice, now: datetime, by: User) -> None:
    """Take an entry of a forum away; it lies in the forum's bin for 30 days."""
    may_prepare.check(by, thing.forum)
    forget(thing=thing, by=by)
    put_in_bin(thing=thing, place=f"forum:{thing.forum_id}", now=now, by=by)
