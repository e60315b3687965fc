"""What the pages at work show: what waits, a source with its releases, one release with its check."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localtime

from evidens import places as register
from evidens.errors import BadRequest
from evidens.periods import Period
from evidens.sentence.words import number
from samraad.accounts.models import Organisation, User
from samraad.figures import permissions as may
from samraad.figures.models import Release, Source
from samraad.figures.permissions import visible_sources
from samraad.figures.queries.finding import Question, ask, in_force, newest_span
from samraad.figures.queries.release import counts_of, current, public_series
from samraad.figures.states import ReleaseStatus
from samraad.look.danish import antal

WAITS = (ReleaseStatus.LOADED, ReleaseStatus.SUBMITTED, ReleaseStatus.RETURNED)


@dataclass(frozen=True)
class ReleaseRow:
    """A release in a list: where it is, by now."""

    release: Release
    code: str
    word: str


def row_of(release: Release, newest: Release | None, now: datetime) -> ReleaseRow:
    """Where a release is: what is public says so, and what came before it was replaced."""
    if release.status != ReleaseStatus.APPROVED:
        codes: dict[str, str] = {ReleaseStatus.SUBMITTED: "waiting", ReleaseStatus.WITHDRAWN: "stopped"}
        return ReleaseRow(release, codes.get(release.status, "draft"), release.get_status_display())
    if not release.is_public(now):
        return ReleaseRow(release, "planned", f"Offentlig fra {release.public_words}")
    if newest is not None and newest.number > release.number:
        return ReleaseRow(release, "archived", f"Erstattet af udgivelse {newest.number}")
    return ReleaseRow(release, "published", "Offentlig")


@dataclass(frozen=True)
class SourceRow:
    """A source in the list, with its newest public release."""

    source: Source
    newest: Release | None

    @property
    def newest_words(self) -> str:
        """Which release, and how far it goes."""
        if self.newest is None:
            return "Ingen endnu"
        return f"Nr. {self.newest.number}, til og med {Period.parse(self.newest.last).words()}"


@dataclass(frozen=True)
class ReleasesPage:
    """What waits and the sources, for one who works with figures."""

    waiting: list[ReleaseRow]
    sources: list[SourceRow]
    may_begin: bool

    @property
    def lead(self) -> str:
        """How much waits."""
        if not self.sources:
            return "Her kommer kredsens tal ind. To personer ser dem, før de bliver offentlige."
        if not self.waiting:
            return "Alt er godkendt."
        return f"{antal(len(self.waiting), 'tabel venter,tabeller venter')}."


def releases_page(district: Organisation, user: User, now: datetime) -> ReleasesPage:
    """The list of one who works with the district's figures."""
    sources = list(visible_sources(user, district).select_related("district", "owner"))
    rows = [SourceRow(source, current(source, now)) for source in sources]
    ahead = Q(status__in=WAITS) | Q(status=ReleaseStatus.APPROVED, public_at__gt=now)
    waiting = Release.objects.filter(ahead, source__in=sources).select_related("source__district")
    return ReleasesPage(
        [row_of(release, None, now) for release in waiting],
        rows,
        may.begin_source.allows(user, district) and not sources,
    )


@dataclass(frozen=True)
class SourcePage:
    """A source with all that was brought in."""

    source: Source
    rows: list[ReleaseRow]
    series: list[tuple[str, str]]
    why_not_load: str

    @property
    def may_fetch(self) -> bool:
        """Is there a publisher to ask?"""
        return bool(settings.SAMRAAD_STATBANK)


def source_page(source: Source, user: User, now: datetime) -> SourcePage:
    """The page of a source."""
    newest = current(source, now)
    releases = source.releases.at_work().select_related("source__district")  # type: ignore[attr-defined]
    series = []
    for one in source.series.prefetch_related("versions"):
        codes = ", ".join(in_force(one.versions.all()).codes)
        series.append((one.title, f"{one.counts} (kode {codes})"))
    return SourcePage(
        source,
        [row_of(release, newest, now) for release in releases],
        series,
        may.load.reason(user, source),
    )


@dataclass(frozen=True)
class Turned:
    """A sentence of the district, as the public reads it now and as it will read."""

    title: str
    before: str
    after: str

    @property
    def turns(self) -> bool:
        """Does it say something else?"""
        return self.before != self.after


@dataclass(frozen=True)
class ReleasePage:
    """A release with what its check found, what it says otherwise, and what may be done."""

    release: Release
    row: ReleaseRow
    facts: list[tuple[str, str]]
    sentences: list[Turned]
    against: Release | None
    why_not_submit: str
    why_not_approve: str
    now: datetime

    @property
    def may_submit(self) -> bool:
        """Is it on the desk of the one who brought it in?"""
        return not self.why_not_submit and self.release.status in (
            ReleaseStatus.LOADED,
            ReleaseStatus.RETURNED,
        )

    @property
    def may_call_back(self) -> bool:
        """May the one who brought it in still take it back?"""
        return self.submitted and not self.why_not_submit

    @property
    def submitted(self) -> bool:
        """Does it wait for approval?"""
        return self.release.status == ReleaseStatus.SUBMITTED

    @property
    def may_approve(self) -> bool:
        """May the reader approve it?"""
        return self.submitted and not self.why_not_approve

    @property
    def may_take_back(self) -> bool:
        """Is it approved and not public yet?"""
        approved = self.release.status == ReleaseStatus.APPROVED
        return approved and not self.release.is_public(self.now) and not self.why_not_approve

    @property
    def may_withdraw(self) -> bool:
        """Is it public?"""
        return self.release.is_public(self.now) and not self.why_not_approve


def announced(source: Source, now: datetime) -> dict[str, object]:
    """The moment that was announced for the next figures, as an approval begins with it."""
    if source.next_at is None or source.next_at <= now:
        return {}
    moment = localtime(source.next_at)
    return {"when": "later", "day": moment.date(), "hour": moment.time()}


def replaces(release: Release, now: datetime) -> str:
    """What the public reads until then."""
    newest = current(release.source, now)
    told = "Det bliver de første offentlige tal fra kilden."
    if newest is not None:
        told = f"{release.name} afløser udgivelse {newest.number} på alle offentlige sider."
    if release.gone:
        return f"{told} {release.gone_words}"
    return told


def release_page(release: Release, user: User, now: datetime) -> ReleasePage:
    """The page of a release."""
    newest = current(release.source, now)
    return ReleasePage(
        release,
        row_of(release, newest, now),
        _facts(release),
        _sentences(release, newest),
        newest,
        may.hand_in.reason(user, release),
        may.approve.reason(user, release),
        now,
    )


def _facts(release: Release) -> list[tuple[str, str]]:
    """What is in the file."""
    counts = counts_of(release)
    span = f"{counts.first.words()} til {counts.latest.words()}"
    loaded = "Samråd"
    if release.loaded_by is not None:
        loaded = str(release.loaded_by)
    return [
        ("Fil", release.file_name),
        ("Rækker", number(release.rows)),
        ("Perioder", span),
        ("Steder", str(len(counts.places))),
        ("Sum", number(int(counts.values.sum()))),
        ("Lagt ind af", loaded),
        ("Fingeraftryk", release.content_sha[:16]),
    ]


def _sentences(release: Release, newest: Release | None) -> list[Turned]:
    """The district's sentence of each series, now and with this release."""
    district = release.source.district
    place = register.district(str(district.code))
    found = []
    for series in public_series(district):
        if series.source_id != release.source_id:
            continue
        span = newest_span(counts_of(release))
        before = ""
        try:
            question = Question(series, in_force(series.versions.all()), place, span, span.year_before())
            after = ask(release, question).headline
            if newest is not None and newest.pk != release.pk:
                before = ask(newest, question).headline
        except BadRequest as error:
            after = str(error)
        found.append(Turned(series.title, before, after))
    return found
