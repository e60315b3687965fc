"""What the public pages of figures show: the list of series, one finding, what was corrected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from evidens import places as register
from evidens.counts import Counts
from evidens.errors import BadRequest
from evidens.places import Place
from samraad.accounts.models import Organisation
from samraad.figures.models import Release, Series, SeriesVersion, Source
from samraad.figures.queries.finding import Finding, Line, Question, ask, in_force, newest_span, spans_of
from samraad.figures.queries.release import counts_of, current, public_series
from samraad.figures.states import ReleaseStatus
from samraad.look.danish import naar

COUNTRY = "landet"


@dataclass(frozen=True)
class Door:
    """A series in the list, with what may be said of the district now."""

    series: Series
    finding: Finding | None


@dataclass(frozen=True)
class FiguresPage:
    """The district's figures, and when there are new ones."""

    doors: list[Door]
    newest: Release | None
    next_at: datetime | None
    corrections: list[Release]

    @property
    def next_words(self) -> str:
        """When new figures come, where that is known."""
        if self.next_at is None:
            return ""
        return naar(self.next_at)


def figures_page(district: Organisation, now: datetime) -> FiguresPage:
    """The list of series of a district."""
    place = _district_place(district)
    doors: list[Door] = []
    newest: Release | None = None
    for series in public_series(district):
        release = current(series.source, now)
        finding = None
        if release is not None:
            newest = release
            finding = _newest(release, series, place)
        doors.append(Door(series, finding))
    source = Source.objects.filter(district=district).first()
    next_at = None
    if source is not None:
        next_at = source.next_at
    return FiguresPage(doors, newest, next_at, list(corrections(district, now)[:3]))


def _newest(release: Release, series: Series, place: Place) -> Finding | None:
    """The newest of a series; None where the release has nothing of it."""
    span = newest_span(counts_of(release))
    question = Question(series, in_force(series.versions.all()), place, span, span.year_before())
    try:
        return ask(release, question)
    except BadRequest:
        return None


def corrections(district: Organisation, now: datetime) -> QuerySet[Release]:
    """Revisions, corrections and withdrawals that anyone may read of, the newest first."""
    changed = Q(kind__in=[Release.Kind.REVISION, Release.Kind.CORRECTION], status=ReleaseStatus.APPROVED)
    withdrawn = Q(status=ReleaseStatus.WITHDRAWN)
    rows = Release.objects.filter(changed | withdrawn, source__district=district, public_at__lte=now)
    return rows.select_related("source__district").order_by("-public_at")


@dataclass(frozen=True)
class Choice:
    """Something that can be chosen, by its word in the address."""

    word: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class FindingPage:
    """A finding with what else can be chosen, and whether a newer release has come."""

    district: Organisation
    finding: Finding
    pinned: bool
    newest: Release

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.finding.question

    @property
    def place_word(self) -> str:
        """The place as addresses name it."""
        return word_of(self.district, self.question.place)

    @property
    def fixed_address(self) -> str:
        """Where exactly this figure always stands."""
        question = self.question
        numbers = [self.finding.release.number, question.version.number]
        asked = [question.series.slug, self.place_word, question.span, question.against]
        return reverse("public:fixed_finding", args=[self.district.slug, *numbers, *asked])

    @property
    def address(self) -> str:
        """Where the newest answer to the question stands, and the files below it."""
        question = self.question
        asked = [question.series.slug, self.place_word, question.span, question.against]
        return reverse("public:finding_against", args=[self.district.slug, *asked])

    @property
    def bar(self) -> str:
        """What a fixed address says when the figure has been replaced or withdrawn since."""
        release = self.finding.release
        if not self.pinned:
            return ""
        if release.status == ReleaseStatus.WITHDRAWN:
            return f"Tallet er trukket tilbage: {release.withdrawn_because}"
        if release.pk == self.newest.pk:
            return ""
        return f"Der er kommet nye tal siden: udgivelse {self.newest.number}."

    @property
    def places(self) -> list[Choice]:
        """The district, its municipalities by name, and the country."""
        whole = _district_place(self.district)
        inside = sorted(register.municipalities(whole), key=lambda place: place.name)
        return list(map(self._place, [whole, *inside, register.place("country")]))

    def _place(self, place: Place) -> Choice:
        chosen = place.key == self.question.place.key
        return Choice(word_of(self.district, place), place.words().capitalize(), chosen)

    @property
    def series(self) -> list[Choice]:
        """The series of the same source."""
        rows = Series.objects.filter(source=self.question.series.source_id)
        return [Choice(one.slug, one.title, one.pk == self.question.series.pk) for one in rows]

    @property
    def spans(self) -> list[Choice]:
        """The periods that can be chosen."""
        asked = str(self.question.span)
        found = [Choice(str(span), span.words(), str(span) == asked) for span in spans_of(self._counts)]
        if any(choice.chosen for choice in found):
            return found
        return [Choice(asked, self.question.span.words(), True), *found]

    @property
    def against(self) -> list[Choice]:
        """The same periods of the years before."""
        asked = str(self.question.against)
        found = []
        for back in range(1, self._counts.latest.year - self._counts.first.year + 1):
            chosen = str(self.question.span.year_before(back)) == asked
            name = f"samme tid {back} år før"
            if back == 1:
                name = "samme tid året før"
            found.append(Choice(str(back), name, chosen))
        return found

    @property
    def _counts(self) -> Counts:
        return counts_of(self.finding.release)

    @property
    def municipality_lines(self) -> Iterator[tuple[Line, str]]:
        """Each municipality's counts, and the address of its own page of the same question."""
        question = self.question
        for line in self.finding.lines:
            args = [self.district.slug, question.series.slug, word_of(self.district, line.place)]
            more = [question.span, question.against]
            yield line, reverse("public:finding_against", args=[*args, *more])


def finding_page(
    district: Organisation, slug: str, now: datetime, place: str = "", span: str = "", against: str = ""
) -> FindingPage | None:
    """The newest answer to a question; None when there are no public figures yet. Raises BadRequest."""
    series = series_of(district, slug)
    release = current(series.source, now)
    if release is None:
        return None
    version = in_force(series.versions.all())
    question = _question(district, release, series, version, place=place, span=span, against=against)
    return FindingPage(district, ask(release, question), False, release)


def fixed_page(
    district: Organisation, slug: str, now: datetime, number: int, version: int, **asked: str
) -> FindingPage:
    """The answer as one release gave it; what is not public is not there. Raises BadRequest."""
    series = series_of(district, slug)
    newest = current(series.source, now)
    stands = Q(status__in=[ReleaseStatus.APPROVED, ReleaseStatus.WITHDRAWN], public_at__lte=now)
    release = Release.objects.filter(stands, source=series.source, number=number).first()
    meaning = series.versions.filter(number=version).first()
    if release is None or meaning is None:
        raise Http404
    question = _question(district, release, series, meaning, **asked)
    if newest is None:
        newest = release
    return FindingPage(district, ask(release, question), True, newest)


def series_of(district: Organisation, slug: str) -> Series:
    """The series of an address; 404 for one that is not there."""
    for series in public_series(district):
        if series.slug == slug:
            return series
    raise Http404


def _question(
    district: Organisation,
    release: Release,
    series: Series,
    version: SeriesVersion,
    *,
    place: str,
    span: str,
    against: str,
) -> Question:
    """The question of an address; what is left out is the district, the newest, and the year before."""
    counts = counts_of(release)
    over = newest_span(counts)
    if span:
        over = counts.span(span)
    before = over.year_before()
    if against:
        before = counts.span(against)
    return Question(series, version, place_of(district, place), over, before)


def _district_place(district: Organisation) -> Place:
    return register.district(str(district.code))


def place_of(district: Organisation, word: str) -> Place:
    """The place that a word of an address names; 404 for one that is not of the district."""
    whole = _district_place(district)
    if word in ("", district.slug):
        return whole
    if word == COUNTRY:
        return register.place("country")
    for row in register.printed(str(district.code)):
        if row.slug == word:
            return register.municipality(row.code)
    raise Http404


def word_of(district: Organisation, place: Place) -> str:
    """The word by which addresses name a place."""
    if place.kind == "district":
        return district.slug
    if place.kind == "country":
        return COUNTRY
    return next(row.slug for row in register.printed(str(district.code)) if row.code == place.code)
