"""What of stations, partners and what stands around a forum can be put back: by whom, and what follows."""

from typing import Any

from samraad.accounts.models import Organisation
from samraad.audit.bin import Rule, fields_of
from samraad.audit.models import Removed
from samraad.council.bin import forum_of
from samraad.council.permissions import see_inside
from samraad.network import permissions as may
from samraad.network.actions.around import index_around
from samraad.network.actions.partner import index_partner
from samraad.network.actions.station import tie_contact
from samraad.network.models import Station, Worry


def _reads_around(user: Any, removed: Removed) -> bool:
    forum = forum_of(removed)
    return see_inside.allows(user, forum) or may.keep_network.allows(user, forum)


def _writes_around(user: Any, removed: Removed) -> None:
    may.keep_network.check(user, forum_of(removed))


def _municipality_of(removed: Removed) -> Organisation:
    return Organisation.objects.get(pk=fields_of(removed)["municipality"])


def _station_of(removed: Removed) -> Station:
    return Station.objects.select_related("district", "municipality").get(pk=fields_of(removed)["station"])


def _place_of(removed: Removed) -> Organisation:
    """The municipality of a number that was taken away, or the district."""
    fields = fields_of(removed)
    if fields["municipality"]:
        return Organisation.objects.get(pk=fields["municipality"])
    return Worry.objects.select_related("district").get(pk=fields["worry"]).district


RULES = {
    "network.helpnumber": Rule(
        lambda user, removed: may.keep_numbers.allows(user, _place_of(removed)),
        lambda user, removed: may.keep_numbers.check(user, _place_of(removed)),
    ),
    "network.partner": Rule(
        lambda user, removed: may.keep_partners.allows(user, _municipality_of(removed)),
        lambda user, removed: may.keep_partners.check(user, _municipality_of(removed)),
        after=index_partner,
    ),
    "network.stationcontact": Rule(
        lambda user, removed: may.keep_station.allows(user, _station_of(removed)),
        lambda user, removed: may.keep_station.check(user, _station_of(removed)),
        after=tie_contact,
    ),
    "network.seminar": Rule(
        _reads_around, lambda user, removed: may.enter_seminar.check(user, forum_of(removed))
    ),
    **dict.fromkeys(may.AROUND, Rule(_reads_around, _writes_around, after=index_around)),
}
