"""A station in Vesthimmerlands, and a partner there."""

import pytest

from samraad.accounts.models import Organisation
from samraad.audit.actor import SYSTEM
from samraad.demo.cast import Entered
from samraad.network.actions.partner import add_partner
from samraad.network.actions.station import open_station
from samraad.network.models import (
    Partner,
    Station,
)


@pytest.fixture
def aars(cast: Entered) -> Station:
    """A station in Vesthimmerlands."""
    where = Organisation.objects.get(slug="vesthimmerlands")
    return open_station(district=cast.district, municipality=where, name="Aars", slug="aars", by=SYSTEM)


@pytest.fixture
def club(aars: Station) -> Partner:
    """A partner there."""
    return add_partner(municipality=aars.municipality, kind="association", name="Boldklubben", by=SYSTEM)
