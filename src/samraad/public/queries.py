"""What was released, and nothing else: every page and the JSON read through here."""

from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from samraad.accounts.models import DistrictPlace, Organisation
from samraad.commitment.models import Commitment, Progress
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import AgendaItem, Forum, Meeting
from samraad.guide.models import GuideEdition
from samraad.plan.models import Edition, Plan
from samraad.plan.queries import newest_editions
from samraad.plan.states import CellState

CLASSES = {"initiative": "I", "covered": "D", "not_here": "N", "none": "M"}
ICONS = {"initiative": "flag-fill", "covered": "check", "not_here": "minus", "none": "hourglass"}


def editions(district: Organisation, moment: datetime) -> QuerySet[Edition]:
    """The public editions of the district's cooperation plans, newest year and number first."""
    return (
        Edition.objects.public(moment)
        .filter(plan__forum__district=district, plan__kind=Plan.Kind.COOPERATION)
        .select_related("plan__forum__district")
        .order_by("-plan__year", "-number")
    )


def newest(district: Organisation, moment: datetime, year: int | None = None) -> Edition | None:
    """The newest public edition of the plan of a year (or of the last year that has one)."""
    rows = editions(district, moment)
    return rows.filter(plan__year=year).first() if year else rows.filter(withdrawn_because="").first()


def whole_areas(edition: Edition) -> list[dict[str, Any]]:
    """The main areas of an edition with `promises`: their own and those of their parts."""
    areas = edition.content["areas"]
    own = [area for area in areas if not area["parent"]]
    return [
        {
            **area,
            "promises": sum(
                len(each["commitments"]) for each in areas if area["id"] in (each["id"], each["parent"])
            ),
        }
        for area in own
    ]


def _promised(edition: Edition) -> list[tuple[dict[str, Any], str]]:
    """Each promise of an edition with the title of the area or section it stands in."""
    parts = [*edition.content["areas"], *edition.content["sections"]]
    return [(commitment, part["title"]) for part in parts for commitment in part.get("commitments", [])]


def commitments_now(edition: Edition, today: date) -> dict[int, dict[str, Any]]:
    """How the promises of an edition go: only what their owners released, and that a public date has passed."""
    ids = [c["id"] for c, _ in _promised(edition)]
    rows = Commitment.objects.filter(pk__in=ids).prefetch_related(
        Prefetch("progress", Progress.objects.exclude(released_at=None).order_by("-at"), to_attr="released")
    )
    return {row.pk: _now(row, today) for row in rows}


def _now(row: Any, today: date) -> dict[str, Any]:
    report = row.released[0] if row.released else None
    begun = CommitmentStatus.WAITING if row.condition else CommitmentStatus.ACCEPTED
    status = CommitmentStatus(report.status) if report else begun
    if row.status == CommitmentStatus.DROPPED:  # the council let it go: that is no news of the owner's
        status = CommitmentStatus.DROPPED
    overdue = row.due_on is not None and row.due_on < today
    late = overdue and status in (CommitmentStatus.ACCEPTED, CommitmentStatus.IN_PROGRESS)
    return {
        "code": "late" if late else str(status),
        "word": "Forsinket" if late else str(status.label),
        "report": report.text if report else "",
        "reported_on": report.at if report else None,
        "expected": row.expected,
        "real": next((each.real for each in row.released if each.real), ""),
    }


def answers_by_area(edition: Edition, moment: datetime) -> dict[int, list[dict[str, Any]]]:
    """For each area of an edition: every addressed lokalråd with its released answer, or "uden svar"."""
    released = {
        e.plan.forum_id: e
        for e in newest_editions(Plan.objects.action().filter(district_plan=edition.plan), moment)
    }
    out: dict[int, list[dict[str, Any]]] = {}
    for area in edition.content["areas"]:
        out[area["id"]] = [
            _answer(each["name"], released.get(each["id"]), area["id"]) for each in area["addressees"]
        ]
    return out


def _answer(forum: str, edition: Edition | None, area: int) -> dict[str, Any]:
    found = next((a for a in edition.content["answers"] if a["area"] == area), None) if edition else None
    kind = found["kind"] if found else "none"
    return {
        "forum": forum,
        "short": forum.removeprefix("Lokalråd "),
        "kind": kind,
        "word": CellState(kind).label if found else "Intet offentliggjort endnu",
        "letter": CLASSES[kind],
        "icon": ICONS[kind],
        "text": found["text"] if found else "",
    }


def places(district: Organisation) -> list[DistrictPlace]:
    """The district's municipalities with their tile on the map, by name."""
    return list(
        DistrictPlace.objects.filter(district=district, valid_to=None)
        .select_related("municipality")
        .order_by("municipality__name")
    )


def municipality(district: Organisation, slug: str) -> Organisation | None:
    """A municipality of the district."""
    return Organisation.objects.filter(slug=slug, district_places__district=district).first()


def action_plan(district: Organisation, organisation: Organisation, moment: datetime) -> Edition | None:
    """The newest public action plan of the municipality's lokalråd."""
    return (
        Edition.objects.public(moment)
        .filter(
            plan__kind=Plan.Kind.ACTION,
            plan__forum__district=district,
            plan__forum__municipalities=organisation,
        )
        .select_related("plan__forum")
        .order_by("-plan__year", "-number")
        .first()
    )


def promises_here(edition: Edition, organisation: Organisation, today: date) -> list[dict[str, Any]]:
    """The promises of an edition that this municipality owns, with how they go."""
    status = commitments_now(edition, today)
    own = set(Commitment.objects.filter(pk__in=status, owner=organisation).values_list("pk", flat=True))
    return [{**c, **status[c["id"]], "area": title} for c, title in _promised(edition) if c["id"] in own]


def open_meetings(district: Organisation) -> QuerySet[Meeting]:
    """Meetings whose open part was published."""
    return (
        Meeting.objects.filter(forum__district=district)
        .exclude(published_at=None)
        .select_related("forum")
        .order_by("-starts_at")
    )


def coming_meetings(district: Organisation, today: date) -> QuerySet[Meeting]:
    """When the kredsråd meets next; only the day and the place."""
    return (
        Meeting.objects.filter(forum__district=district, forum__kind=Forum.Kind.KREDSRAAD)
        .coming(today)
        .select_related("forum", "host")
    )


def open_items(meeting: Meeting) -> list[AgendaItem]:
    """The open items of a published meeting, with decisions and the promises that were accepted."""
    accepted = Commitment.objects.exclude(status__in=["draft", "proposed", "declined"]).select_related(
        "owner"
    )
    return list(
        meeting.items.filter(closed=False).prefetch_related(Prefetch("decisions__commitments", accepted))
    )


def guides(district: Organisation) -> list[GuideEdition]:
    """The newest edition of each guide, where anyone may read it."""
    rows = (
        GuideEdition.objects.filter(guide__district=district)
        .select_related("guide")
        .order_by("guide__title", "-number")
    )
    newest_of: dict[int, GuideEdition] = {}
    for row in rows:
        newest_of.setdefault(row.guide_id, row)
    return [row for row in newest_of.values() if row.public]


def accounts(district: Organisation, moment: datetime) -> QuerySet[Edition]:
    """Released yearly accounts, newest first."""
    rows = Edition.objects.public(moment).filter(
        plan__forum__district=district, plan__kind=Plan.Kind.ACCOUNT, withdrawn_because=""
    )
    return rows.select_related("plan__forum__district").order_by("-plan__year", "-number")
