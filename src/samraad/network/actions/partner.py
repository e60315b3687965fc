"""Partners of a municipality: registered, corrected, taken off the list."""

from datetime import datetime

from django.urls import reverse

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record, save_over
from samraad.audit.actor import Actor
from samraad.audit.bin import put_in_bin
from samraad.network import permissions as may
from samraad.network.models import Partner
from samraad.search.actions import forget, index


@action
def add_partner(
    *, municipality: Organisation, kind: str, name: str, by: Actor, role: str = "", about: str = ""
) -> Partner:
    """Register a partner of a municipality, by role."""
    may.keep_partners.check(by, municipality)
    _check_name(municipality, name)
    partner = Partner.objects.create(municipality=municipality, kind=kind, name=name, role=role, about=about)
    record("network.partner_added", partner, by=by, municipality=municipality.pk)
    index_partner(partner, by)
    return partner


@action
def correct_partner(
    *,
    partner: Partner,
    municipality: Organisation,
    kind: str,
    name: str,
    version: int,
    by: User,
    role: str = "",
    about: str = "",
) -> Partner:
    """Put a partner right; one that a station has been in touch with stays in its municipality."""
    may.keep_partners.check(by, partner.municipality)
    may.keep_partners.check(by, municipality)
    _check_name(municipality, name, but=partner)
    if municipality != partner.municipality and partner.station_contacts.exists():
        raise Refused(
            f"En nærstation har skrevet kontakter med {partner} ind. "
            f"Partneren bliver under {partner.municipality}."
        )
    save_over(
        partner, version=version, municipality=municipality, kind=kind, name=name, role=role, about=about
    )
    record("network.partner_corrected", partner, by=by, municipality=municipality.pk)
    index_partner(partner, by)
    return partner


@action
def remove_partner(*, partner: Partner, district: Organisation, now: datetime, by: User) -> None:
    """Take a partner off the list, into the district's bin of partners.

    Stations' contacts with it stay and keep its name.
    """
    may.keep_partners.check(by, partner.municipality)
    partner.station_contacts.update(partner_name=partner.name)
    forget(thing=partner, by=by)
    put_in_bin(thing=partner, place=f"partners:{district.pk}", now=now, by=by)


def _check_name(municipality: Organisation, name: str, but: Partner | None = None) -> None:
    same = Partner.objects.filter(municipality=municipality, name=name)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise Refused(f"{name} står allerede under {municipality}.")


def index_partner(partner: Partner, by: Actor) -> None:
    """Make a partner findable in the districts of its municipality."""
    for place in partner.municipality.district_places.filter(valid_to=None).select_related("district"):
        index(
            thing=partner,
            district=place.district.slug,
            kind=f"Partner, {partner.municipality.short_name}",
            title=partner.name,
            text=f"{partner.get_kind_display()} {partner.about} {partner.role}",
            url=reverse("network:partners", args=[place.district.slug]) + f"#partner-{partner.pk}",
            by=by,
        )
