"""S3: what anyone may read is an edition; whoever writes on changes no byte of it."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, models, transaction
from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actions import frame
from samraad.audit.actor import SYSTEM
from samraad.commitment.actions import commitment as commitments
from samraad.commitment.models import Commitment
from samraad.commitment.states import CommitmentStatus
from samraad.council.actions import publication
from samraad.council.models import Decision, Meeting
from samraad.demo.cast import Entered, at, org
from samraad.guide.actions import reviewed
from samraad.guide.models import Guide, GuideEdition
from samraad.plan.models import (
    Answer,
    Edition,
    FocusArea,
    Indicator,
    Initiative,
    LocalNeed,
    Measurement,
    Plan,
    Section,
)
from tests.databases import DAY

Person = Callable[[str], User]
PAGES = [
    "/nordjylland/",
    "/nordjylland/planer/",
    "/nordjylland/planer/2022/",
    "/nordjylland/planer/2022/plan.docx",
    "/nordjylland/planer/2022/plan.pdf",
    "/nordjylland/planer/2022/udgaver/1/",
    "/nordjylland/min-kommune/hjoerring/",
    "/nordjylland/min-kommune/aalborg/",
    "/nordjylland/moeder/",
    "/nordjylland/vejledninger/",
    "/nordjylland/data/",
    "/api/nordjylland/editions",
    "/api/nordjylland/editions/2022/1",
]
ONCE = re.compile(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"')
WRITTEN_ON = [
    Plan,
    Section,
    FocusArea,
    Answer,
    LocalNeed,
    Initiative,
    Indicator,
    Measurement,
    Commitment,
    Guide,
]
# Where a thing stands, and by which address it is found: no action changes them.
ITS_PLACE = {"id", "year", "kind", "forum", "district", "district_plan", "slug", "plan", "area", "indicator"}


def _public() -> dict[str, bytes]:
    """What anyone reads: each kind of page, the Word file and the JSON, by its address."""
    cache.clear()
    client = Client()
    return {address: _lasting(_found(client, address)) for address in _addresses()}


def _addresses() -> Iterator[str]:
    yield from PAGES
    edition = Edition.objects.filter(plan__kind="cooperation", plan__year=2022)[0]
    for area in edition.content["areas"][-3:]:
        yield f"/nordjylland/planer/2022/omraade/{area['id']}/"
    for guide in GuideEdition.objects.filter(public=True)[:1]:
        yield f"/nordjylland/vejledninger/{guide.guide.slug}/"
    for meeting in Meeting.objects.exclude(published_at=None)[:1]:
        yield f"/nordjylland/moeder/{meeting.pk}/"


def _found(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content


def _lasting(content: bytes) -> bytes:
    """The content but for what is made anew for each request."""
    if content.startswith(b"%PDF"):
        return content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as word:
            return word.read("word/document.xml")
    return ONCE.sub("", content.decode()).encode()


def _fields(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    for field in model._meta.concrete_fields:
        if field.name not in ITS_PLACE:
            yield field


def _other(field: models.Field[Any, Any], value: Any) -> Any:
    """Another value of the field's kind."""
    if field.is_relation:
        pks = field.related_model._default_manager.exclude(pk=value)  # type: ignore[union-attr]
        return pks.values_list("pk", flat=True).first()
    if field.choices:
        return next(code for code, _ in field.flatchoices if code not in (value, ""))
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return at("2023-03-03")
    if isinstance(field, models.DateField):
        return (value or DAY) + timedelta(days=400)
    if isinstance(field, (models.IntegerField, models.DecimalField)):
        return (value or 0) + 1
    return "ændret"


def _change(row: models.Model, field: models.Field[Any, Any]) -> bool:
    """Change one field by itself; a constraint may say no."""
    value = _other(field, getattr(row, field.attname))
    try:
        with transaction.atomic(), frame():
            type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: value})
    except IntegrityError:
        return False
    return True


def test_s3_no_public_byte_changes_with_a_working_row(demo: Entered) -> None:
    before = _public()
    for model in WRITTEN_ON:
        rows = list(model._base_manager.all())
        changed = {field.name for field in _fields(model) for row in rows if _change(row, field)}
        assert changed, f"{model.__name__} er ikke prøvet"
        for related in model._meta.many_to_many:
            with frame():
                related.remote_field.through._base_manager.all().delete()  # type: ignore[attr-defined]
    after = _public()
    assert {address for address in before if after[address] != before[address]} == set()


@pytest.fixture
def promise(demo: Entered, person: Person) -> Commitment:
    """One that the newest edition tells of."""
    plan = Plan.objects.get(kind="cooperation", year=2022)
    told = plan.editions.first().content  # type: ignore[union-attr]
    ids = [each["id"] for area in told["areas"] for each in area["commitments"]]
    return Commitment.objects.filter(pk__in=ids, status=CommitmentStatus.ACCEPTED)[0]


def _plan_page() -> str:
    cache.clear()
    return Client().get("/nordjylland/planer/2022/").content.decode()


def test_s3_a_promise_that_the_council_let_go_is_told_by_the_chain(
    promise: Commitment, person: Person
) -> None:
    before = _plan_page().count("Udgået")
    commitments.drop(commitment=promise, reason="Det er ikke nødvendigt mere", by=person("signe"))
    page = _plan_page()
    assert page.count("Udgået") == before + 1
    assert "Det er ikke nødvendigt mere" not in page


def _minutes_page(meeting: Meeting) -> str:
    cache.clear()
    return Client().get(f"/nordjylland/moeder/{meeting.pk}/").content.decode()


def test_s3_published_minutes_tell_of_promises_as_they_stood(demo: Entered, person: Person) -> None:
    meeting = Meeting.objects.filter(forum=demo.kredsraad, status="approved", published_at=None).first()
    if meeting is None:
        meeting = Meeting.objects.filter(forum=demo.kredsraad, status="approved")[0]
        with frame():
            Meeting.objects.filter(pk=meeting.pk).update(published_at=None)
        meeting.refresh_from_db()
    with frame():
        decision = Decision.objects.create(item=meeting.items.filter(closed=False)[0], text="Vi gør det")
        owed = {
            "forum": demo.kredsraad,
            "decision": decision,
            "owner": org("hjoerring"),
            "due_on": date(2022, 5, 1),
        }
        agreed = Commitment.objects.create(text="Fem lygter", status=CommitmentStatus.ACCEPTED, **owed)
        Commitment.objects.create(text="Endnu ikke aftalt", status=CommitmentStatus.PROPOSED, **owed)
    publication.publish_open_part(meeting=meeting, now=at("2022-01-28"), by=SYSTEM)
    before = _minutes_page(meeting)
    assert "Fem lygter" in before
    assert "1. maj 2022" in before
    assert "Endnu ikke aftalt" not in before
    with frame():
        Commitment.objects.update(text="Noget helt andet", status="accepted", due_on=date(2023, 1, 1))
    assert _lasting(_minutes_page(meeting).encode()) == _lasting(before.encode())
    agreed.refresh_from_db()
    assert agreed.text == "Noget helt andet"


def test_s3_a_guide_that_was_looked_through_tells_its_new_day_without_an_edition(
    demo: Entered, person: Person
) -> None:
    edition = next(each for each in Guide.objects.all() if each.editions.filter(public=True)).editions.all()[
        0
    ]
    address = f"/nordjylland/vejledninger/{edition.guide.slug}/"
    reviewed(guide=edition.guide, until=date(2023, 2, 3), today=DAY, by=SYSTEM)
    cache.clear()
    assert "3. februar 2023" in Client().get(address).content.decode()
