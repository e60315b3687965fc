"""Twice the rows, the same number of queries: every page that shows many things."""

from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samraad.commitment.models import Commitment
from samraad.council.models import Meeting
from samraad.demo.cast import Entered
from samraad.demo.reference import addresses
from samraad.guide.models import Guide
from samraad.network.models import Partner, Station
from samraad.plan.models import Agreement, Answer, FocusArea, Plan
from tests.people import CITIZEN, client_of
from tests.twice import double

Page = tuple[str, dict[str, Any]]
READERS = ("signe", "lise", CITIZEN)
DOUBLED = (Commitment, Meeting, Partner, Station, Guide, Answer)


def of_many(entered: Entered) -> list[Page]:
    """All pages that need no number, and the ones that show many things under one."""
    district = {"district": entered.district.slug}
    free = [
        (name, district if "district" in pattern else {})
        for name, pattern in addresses().items()
        if pattern.count("<") == ("<slug:district>" in pattern)
    ]
    plan = Plan.objects.get(year=2022, kind="cooperation")
    action = Plan.objects.get(year=2022, forum__slug="lokalraad-vesthimmerlands")
    meeting = Meeting.objects.get(status="minutes_sent")
    published = Meeting.objects.exclude(published_at=None)[0]
    under = {
        "council:meeting": meeting,
        "council:forum": entered.kredsraad,
        "plan:plan": plan,
        "plan:matrix": plan,
        "plan:check": plan,
        "plan:agreement": Agreement.objects.all()[0],
        "network:station": Station.objects.get(slug="aars"),
        "desk:handovers": entered.kredsraad,
    }
    return [
        *free,
        *((name, {**district, "pk": thing.pk}) for name, thing in under.items()),
        ("plan:plan", {**district, "pk": action.pk}),
        ("plan:answer", {**district, "pk": action.pk, "area_pk": plan.areas.get(number="5").pk}),
        ("public:plan", {**district, "year": 2022}),
        ("public:meeting", {**district, "pk": published.pk}),
        ("public:area", {**district, "year": 2022, "pk": FocusArea.objects.get(plan=plan, number="5").pk}),
        ("public:municipality", {**district, "slug": "vesthimmerlands"}),
        ("accounts:people", {"slug": district["district"]}),
        ("accounts:mails", {"slug": district["district"]}),
    ]


def asked(client: Client, page: Page) -> int | None:
    """How many queries a page takes to make when it was asked for before; None when it is not for her."""
    name, things = page
    url = reverse(name, kwargs=things)
    if client.get(url).status_code != 200:
        return None
    cache.clear()  # what is kept asks for little, however much there is
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


def numbers(page: Page) -> list[str]:
    """The numbers in an address, to tell two pages of one name apart."""
    return [str(value) for value in page[1].values() if isinstance(value, int)]


def measured(pages: list[Page]) -> dict[str, int]:
    """Reader and page -> queries."""
    found = {}
    for reader in READERS:
        client = client_of(reader)
        for page in pages:
            number = asked(client, page)
            if number is not None:
                found[" ".join([page[0], *numbers(page), reader])] = number
    return found


def _seen(page: Page, found: dict[str, int]) -> bool:
    """Did somebody get to read it?"""
    name = " ".join([page[0], *numbers(page)])
    return any(f"{name} {reader}" in found for reader in READERS)


def test_it_asks_no_more_when_there_is_more(demo: Entered) -> None:
    pages = of_many(demo)
    rows = {model: model.objects.count() for model in DOUBLED}
    before = measured(pages)
    assert not [page for page in pages if numbers(page) and not _seen(page, before)]
    double(demo)
    assert [model for model in DOUBLED if model.objects.count() < 2 * rows[model]] == []
    after = measured(pages)
    rising = {page: after[page] - before[page] for page in before if after[page] > before[page]}
    assert rising == {}
