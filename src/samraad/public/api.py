"""JSON of what was released, with OpenAPI at /api/openapi.json."""

from typing import Annotated, Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.urls import URLPattern
from ninja import NinjaAPI, Path, Schema, Status
from pydantic import Field

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.public.queries import released

api = NinjaAPI(
    title="Samråd",
    version="1",
    docs_url=None,
    description="Offentliggjorte planer. Kun det, der er frigivet.",
)
Slug = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
Year = Annotated[int, Field(ge=2007, le=2100)]
Number = Annotated[int, Field(ge=1, le=9999)]


class Problem(Schema):
    """What is wrong, in a sentence."""

    detail: str


class EditionRow(Schema):
    """An edition in the list."""

    year: int
    number: int
    title: str
    public_from: str
    sha256: str
    note: str
    withdrawn_because: str


class EditionList(Schema):
    """A page of editions."""

    count: int
    items: list[EditionRow]


class EditionWhole(EditionRow):
    """An edition with its content; its SHA-256 is that of the content's canonical JSON."""

    content: dict[str, Any]


def addresses() -> tuple[list[Any], str, str]:
    """The addresses of the API, open to anyone: what it gives was released."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = login_not_required(pattern.callback)
    return patterns, app_name, namespace


def _row(edition: Any) -> dict[str, Any]:
    return {
        "year": edition.plan.year,
        "number": edition.number,
        "title": edition.content["title"],
        "public_from": edition.public_from.isoformat(),
        "sha256": edition.sha256,
        "note": edition.note,
        "withdrawn_because": edition.withdrawn_because,
    }


def _district(slug: str) -> Organisation | None:
    return Organisation.objects.districts().filter(slug=slug).first()


@api.get("/{slug}/editions", response={200: EditionList, 404: Problem, 422: Any}, auth=None)
def editions(
    request: HttpRequest,
    slug: Path[Slug],
    limit: Annotated[int, Field(ge=1, le=500)] = 100,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> Any:
    """The public editions of a district's plans, newest first."""
    district = _district(slug)
    if district is None:
        return Status(404, {"detail": "Kredsen findes ikke."})
    rows = released.editions(district, clock.now())
    return Status(200, {"count": rows.count(), "items": [_row(row) for row in rows[offset : offset + limit]]})


@api.get("/{slug}/editions/{year}/{number}", response={200: EditionWhole, 404: Problem, 422: Any}, auth=None)
def edition(request: HttpRequest, slug: Path[Slug], year: Path[Year], number: Path[Number]) -> Any:
    """One edition, whole."""
    district = _district(slug)
    found = (
        released.editions(district, clock.now()).filter(plan__year=year, number=number).first()
        if district
        else None
    )
    if found is None:
        return Status(404, {"detail": "Udgaven findes ikke, eller den er ikke offentlig endnu."})
    return Status(200, {**_row(found), "content": found.content})
