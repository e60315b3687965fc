"""Questions about what was released: editions, open minutes, guides, accounts, and the coming meetings."""

from datetime import date, datetime
from operator import attrgetter

from django.db.models import Q, QuerySet

from samraad.accounts.models import DistrictPlace, Organisation
from samraad.audit.queries import latest
from samraad.council.models import AgendaItem, Forum, Meeting
from samraad.council.models.meeting import MeetingQuerySet
from samraad.figures.models import Release
from samraad.guide.models import GuideEdition
from samraad.plan.models import Edition, Plan


def stamp(district: Organisation, moment: datetime, today: date) -> str:
    """What the public pages of a district stand on; while it is the same, they read the same.

    It is the last thing that happened, the day, and how many editions, accounts and releases of figures are
    public by now (an embargo ends by itself).
    """
    public = Edition.objects.public(moment).filter(plan__forum__district=district)
    figures = Release.objects.public(moment).filter(source__district=district)
    return f"{latest()}-{today}-{public.count()}-{figures.count()}"


def editions(district: Organisation, moment: datetime) -> QuerySet[Edition]:
    """The public editions of the district's cooperation plans, newest year and number first."""
    return (
        Edition.objects.public(moment)
        .filter(plan__forum__district=district, plan__kind=Plan.Kind.COOPERATION)
        .select_related("plan__forum__district")
        .order_by("-plan__year", "-number")
    )


def newest(district: Organisation, moment: datetime, year: int | None = None) -> Edition | None:
    """The edition in force of the plan of a year, or of the last year that has one."""
    rows = editions(district, moment)
    if year:
        return _in_force(rows.filter(plan__year=year))
    return rows.filter(withdrawn_because="").first()


def _in_force(rows: QuerySet[Edition]) -> Edition | None:
    """The newest that stands; when all are withdrawn, the newest of those, which says why."""
    standing = rows.filter(withdrawn_because="").first()
    if standing is None:
        return rows.first()
    return standing


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
    """The action plan in force of the municipality's lokalråd."""
    rows = (
        Edition.objects.public(moment)
        .filter(
            plan__kind=Plan.Kind.ACTION,
            plan__forum__district=district,
            plan__forum__municipalities=organisation,
        )
        .select_related("plan__forum")
        .order_by("-plan__year", "-number")
    )
    return _in_force(rows)


def open_meetings(district: Organisation) -> QuerySet[Meeting]:
    """Meetings whose open part was published."""
    return (
        Meeting.objects.filter(forum__district=district)
        .exclude(published_at=None)
        .select_related("forum")
        .order_by("-starts_at")
    )


def shown_meetings(district: Organisation) -> QuerySet[Meeting]:
    """Those whose open part is published, or was and is withdrawn: the page says why."""
    shown = ~Q(published_at=None) | ~Q(withdrawn_because="")
    return Meeting.objects.filter(shown, forum__district=district).select_related("forum")


def coming_meetings(district: Organisation, today: date) -> MeetingQuerySet:
    """When the kredsråd meets next, and what of that is cancelled; only the day and the place."""
    return (
        Meeting.objects.filter(forum__district=district, forum__kind=Forum.Kind.KREDSRAAD)
        .listed(today)
        .select_related("forum", "host")
    )


def open_items(meeting: Meeting) -> list[AgendaItem]:
    """The open items of a published meeting, with decisions and what was promised by then.

    Of one that is withheld only its title and outcome: the rest is not read.
    """
    told = meeting.items.told_to_all().prefetch_related("decisions")
    withheld = meeting.items.filter(closed=False, withheld=True).defer("text", "minute")
    return sorted([*told, *withheld], key=attrgetter("position"))


def guides(district: Organisation) -> list[GuideEdition]:
    """The newest edition of each guide, where anyone may read it."""
    rows = GuideEdition.objects.filter(guide__district=district).select_related("guide")
    newest_of: dict[int, GuideEdition] = {}
    for row in rows.order_by("-number"):
        newest_of.setdefault(row.guide_id, row)
    public = [row for row in newest_of.values() if row.public]
    return sorted(public, key=lambda row: str(row.content["title"]))


def guide(district: Organisation, slug: str) -> GuideEdition | None:
    """The newest edition of a guide that anyone may read."""
    return next((edition for edition in guides(district) if edition.guide.slug == slug), None)


def accounts(district: Organisation, moment: datetime) -> QuerySet[Edition]:
    """Released yearly accounts, newest first."""
    rows = Edition.objects.public(moment).filter(
        plan__forum__district=district, plan__kind=Plan.Kind.ACCOUNT, withdrawn_because=""
    )
    return rows.select_related("plan__forum__district").order_by("-plan__year", "-number")
