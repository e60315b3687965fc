"""Questions about stations and advice: whom one has not met for long, which municipalities had no advice yet."""

from datetime import date

from samraad.accounts.models import Organisation
from samraad.council.models import (
    Forum,
)
from samraad.network.models import Station, StationContact


def unreached(forum: Forum) -> list[Organisation]:
    """Municipalities of a forum that has given advice, which have not had any yet."""
    if not forum.advice.exists():
        return []
    return list(
        forum.municipalities.exclude(pk__in=forum.advice.exclude(municipality=None).values("municipality"))
    )


def contacts(station: Station) -> list[tuple[StationContact, list[StationContact]]]:
    """Each partner's latest contact with a station and the earlier ones; those one has not met the longest come first."""
    by_partner: dict[int | str, list[StationContact]] = {}
    for contact in station.contacts.select_related("partner").prefetch_related("corrections"):  # type: ignore[attr-defined]
        by_partner.setdefault(contact.partner_id or contact.partner_name, []).append(contact)
    rows = [(found[0], found[1:]) for found in by_partner.values()]
    return sorted(rows, key=lambda row: (row[0].on is not None, row[0].on or date.min))
