"""The numbers of a municipality, as somebody may repeat them: reported crime, answers, promises."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial

from django.urls import reverse

from evidens import places as register
from evidens.answers import Change, Missing
from evidens.beside import Beside
from evidens.charts import columns_chart
from evidens.charts.drawing import Drawn
from evidens.errors import BadRequest, Unavailable
from evidens.sentence.words import number, percent
from samraad.accounts.models import Organisation
from samraad.figures.models import Release
from samraad.figures.queries.finding import Finding, Question, ask, in_force, newest_span
from samraad.figures.queries.release import counts_of, current, public_series
from samraad.look.danish import antal
from samraad.public.queries.pages import MunicipalityPage

SHOWN = 3  # series, in their order
KINDS = {
    "initiative": "indsats,indsatser",
    "covered": "dækket i forvejen,dækket i forvejen",
    "not_here": "ikke her,ikke her",
}
NARROW = 320  # pixels of the small columns


@dataclass(frozen=True)
class Card:
    """A number of a municipality with what may be said of it, and the district and the country beside it."""

    finding: Finding
    district: Finding
    address: str

    @property
    def title(self) -> str:
        """The series."""
        return self.finding.question.series.title

    @property
    def big(self) -> str:
        """The number itself."""
        if isinstance(self.finding.answer, Missing):
            return "ikke opgjort"
        return number(self.finding.answer.after)

    @property
    def says(self) -> str:
        """What may be said of it against the year before."""
        return _says(self.finding)

    @property
    def besides(self) -> list[str]:
        """The district, and the country where the source has it."""
        told = [f"Kredsen: {_says_short(self.district)}"]
        answer = self.district.answer
        compare = getattr(answer, "compare", None)
        country = "ikke opgjort"
        if isinstance(compare, Beside):
            country = _moved(compare)
        return [*told, f"Hele landet: {country}"]

    @cached_property
    def columns(self) -> Drawn | None:
        """The same periods of the last years as small columns."""
        question = self.finding.question
        counts = counts_of(self.finding.release)
        draw = partial(columns_chart, counts, question.choice, question.place, question.span)
        try:
            return draw(width=NARROW, alone=False)
        except (Unavailable, BadRequest):
            return None


def _says(finding: Finding) -> str:
    answer = finding.answer
    if isinstance(answer, Missing):
        return answer.reason_da
    if not isinstance(answer, Change):
        return "Kan ikke sammenlignes med året før: det, der tælles, er ændret."
    if not answer.clear:
        return f"Ingen klar ændring fra {number(answer.before)} året før."
    word = "Klar stigning"
    if answer.after < answer.before:
        word = "Klart fald"
    return f"{word} fra {number(answer.before)} året før."


def _says_short(finding: Finding) -> str:
    """ "fald på 42 % (885 → 514)"."""
    answer = finding.answer
    if not isinstance(answer, Change):
        return finding.headline
    counts = f"({number(answer.before)} → {number(answer.after)})"
    if not answer.clear or answer.change_pct is None:
        return f"ingen klar ændring {counts}"
    word = "stigning"
    if answer.after < answer.before:
        word = "fald"
    return f"{word} på {percent(answer.change_pct)} ({_limits(answer.low, answer.high)}) {counts}"


def _moved(compare: Beside) -> str:
    """The country's change, judged by its own interval."""
    counts = f"({number(compare.before)} → {number(compare.after)})"
    moved = compare.moved
    if moved is None or moved.change_pct is None or not moved.clear:
        return f"ingen klar ændring {counts}"
    word = "stigning"
    if compare.after < compare.before:
        word = "fald"
    return f"{word} på {percent(moved.change_pct)} {counts}"


def _limits(low: float, high: float | None) -> str:
    """ "0,1 til 67 %"; what has no upper limit says so."""
    if high is None:
        return "uden øvre grænse"
    least, most = sorted((abs(low), abs(high)))
    return f"{percent(least).removesuffix(' %')} til {percent(most)}"


@dataclass(frozen=True)
class Numbers:
    """The municipality's numbers on its page."""

    cards: list[Card]
    release: Release | None
    page: MunicipalityPage

    @property
    def lead(self) -> str:
        """How many of the numbers of crime have changed clearly."""
        named = []
        for card in self.cards:
            if getattr(card.finding.answer, "clear", False):
                named.append(card.title.lower())
        if not named:
            return "Ingen af tallene for kriminalitet har ændret sig klart på ét år."
        return f"Klar ændring på ét år: {' og '.join(named)}."

    @property
    def unclear_halving(self) -> Card | None:
        """A number that is about half of the year before, and yet no clear change: the page explains it."""
        for card in self.cards:
            answer = card.finding.answer
            if isinstance(answer, Change) and not answer.clear and 0 < answer.after <= 0.6 * answer.before:
                return card
        return None

    @property
    def span_words(self) -> str:
        """Which time the numbers are of."""
        if not self.cards:
            return ""
        question = self.cards[0].finding.question
        return f"{question.span.words()} mod samme tid året før"

    @property
    def credit(self) -> str:
        """Source and release."""
        return self.cards[0].finding.credit

    @property
    def answers(self) -> int:
        """How many areas of the plan the lokalråd has answered."""
        return len(self.page.answers)

    @property
    def answers_words(self) -> str:
        """Of which kinds they are."""
        kinds = Counter(answer.answer["kind"] for answer in self.page.answers)
        return ", ".join(antal(kinds[kind], words) for kind, words in KINDS.items() if kinds[kind])

    @property
    def promises_words(self) -> str:
        """How many promises are late."""
        return f"af {antal(len(self.page.promises), 'løfte,løfter')} er forsinket"

    @property
    def late(self) -> int:
        """Promises whose day has passed."""
        late = 0
        for promise in self.page.promises:
            if promise.now is not None and promise.now.code == "late":
                late += 1
        return late


def numbers(page: MunicipalityPage, district: Organisation, now: datetime) -> Numbers:
    """The numbers of a municipality."""
    found = cards(district, page.organisation, now)
    release = None
    if found:
        release = found[0].finding.release
    return Numbers(found, release, page)


def cards(district: Organisation, organisation: Organisation, now: datetime) -> list[Card]:
    """The first series, of a municipality that the district's source knows; none before there are figures."""
    found = []
    releases: dict[int, Release | None] = {}
    for series in public_series(district)[:SHOWN]:
        if series.source_id not in releases:
            releases[series.source_id] = current(series.source, now)
        release = releases[series.source_id]
        if release is None:
            continue
        span = newest_span(counts_of(release))
        version = in_force(series.versions.all())
        try:
            own = register.municipality(str(organisation.code))
            whole = register.district(str(district.code))
            here = ask(release, Question(series, version, own, span, span.year_before()))
            there = ask(release, Question(series, version, whole, span, span.year_before()))
        except BadRequest:
            continue
        asked = [series.slug, organisation.slug, span, span.year_before()]
        address = reverse("public:finding_against", args=[district.slug, *asked])
        found.append(Card(here, there, address))
    return found
