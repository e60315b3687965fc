"""Questions about stations and advice: whom one has not met for long, which municipalities had no advice."""

from datetime import date

from samraad.accounts.models import Organisation
from samraad.council.models import Forum
from samraad.network.models import Station, StationContact


def unreached(forum: Forum) -> list[Organisation]:
    """Municipalities of a forum that has given advice, which have not had any yet."""
    if not forum.advice.exists():
        return []
    return list(
        forum.municipalities.exclude(pk__in=forum.advice.exclude(municipality=None).values("municipality"))
    )


def contacts(station: Station) -> list[tuple[StationContact, list[StationContact]]]:
    """Each partner's latest contact with a station and the earlier ones.

    Those one has not met the longest come first.
    """
    by_partner: dict[int | str, list[StationContact]] = {}
    every = StationContact.objects.filter(station=station).select_related("partner")
    for contact in every.prefetch_related("corrections"):
        by_partner.setdefault(contact.partner_id or contact.partner_name, []).append(contact)
    return sorted(((latest, earlier) for latest, *earlier in by_partner.values()), key=_how_long_ago)


def _how_long_ago(row: tuple[StationContact, list[StationContact]]) -> tuple[bool, date]:
    """Sorts those one has never met before all others, then by the day of the latest contact."""
    latest, _ = row
    return latest.on is not None, latest.on or date.min
