"""A question to a release and its answer: what a page of figures shows, every number from `evidens`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from evidens import places as register
from evidens import sentence, trend
from evidens.answers import Answer, Change, Level, Missing
from evidens.charts import Drawn, change_chart, trend_chart
from evidens.charts.saying import alphabet
from evidens.counts import Counts
from evidens.errors import BadRequest, Unavailable
from evidens.offences import Choice
from evidens.periods import Period, Span
from evidens.places import Place
from evidens.rolling import YearsOf, side_by_side
from evidens.sentence.comparison import beside
from evidens.sentence.parts import certainty, headline
from evidens.sentence.words import number
from samraad.figures.models import Release, Series, SeriesVersion
from samraad.figures.queries.release import counts_of, table_at
from samraad.look.danish import kortdato

YEARS = 7  # the same periods of so many years stand beside each other
WIDE, NARROW = 640, 320  # pixels
QUARTERS = 8  # single quarters that can be chosen
LABELS = {  # of what must be known beside a figure, by evidens' own codes
    "covid": "Corona",
    "provisional": "Foreløbigt",
    "definition": "Afgrænsning",
    "definition_part": "Afgrænsning",
    "season": "Årstid",
    "small": "Små tal",
    "no_history": "Kort historie",
    "short_history": "Kort historie",
    "few_places": "Få steder",
    "zero_or_suppressed": "Nul",
    "charged": "Tæller",
    "reported": "Tæller",
    "overdispersion": "Udsving",
    "population": "Indbyggere",
}
SAID_ELSEWHERE = {"overdispersion"}  # its consequence is in the interval, which the page tells in words


@dataclass(frozen=True)
class Question:
    """Which series, in which meaning, where, when, and against when."""

    series: Series
    version: SeriesVersion
    place: Place
    span: Span
    against: Span

    @property
    def choice(self) -> Choice:
        """The codes, under the name that the series has here."""
        title = self.series.title
        return Choice(tuple(self.version.codes), title[:1].lower() + title[1:], title)


@dataclass(frozen=True)
class Picture:
    """The same picture twice: for a wide page, and for a phone."""

    wide: Drawn
    narrow: Drawn


@dataclass(frozen=True)
class Line:
    """A count of a place and of the span before, as a row of a table shows them."""

    place: Place
    answer: Answer

    @property
    def before(self) -> str:
        """The earlier count, or that it is not known."""
        if isinstance(self.answer, Missing | Level):
            return "ikke opgjort"
        return number(self.answer.before)

    @property
    def after(self) -> str:
        """The count, or that it is not known."""
        if isinstance(self.answer, Missing):
            return "ikke opgjort"
        return number(self.answer.after)

    @property
    def says(self) -> str:
        """What may be said: fallen, risen, no clear change, or why nothing can be."""
        if isinstance(self.answer, Missing):
            return "kan ikke opgøres"
        if not isinstance(self.answer, Change):
            return "kan ikke sammenlignes"
        if not max(self.answer.before, self.answer.after):
            return "for få til at sige noget"
        if not self.answer.clear:
            return "ingen klar ændring"
        if self.answer.after < self.answer.before:
            return "klart fald"
        return "klar stigning"


@dataclass(frozen=True)
class Finding:
    """The answer to a question from one release, with all that must stand beside it."""

    question: Question
    release: Release
    answer: Answer
    family: tuple[Answer, ...]

    @property
    def headline(self) -> str:
        """What moved, without its interval."""
        return headline(self.answer)

    @property
    def short(self) -> str:
        """The headline in a list, where a clear change has its interval beside it."""
        if not isinstance(self.answer, Change) or not self.answer.clear:
            return self.headline
        return f"{self.headline}. {certainty(self.answer)}".rstrip(".")

    @property
    def quote(self) -> str:
        """What somebody who is asked may say, in whole sentences."""
        answer = self.answer
        if not isinstance(answer, Change):
            return f"{self.headline}."
        if answer.clear:
            return f"{self.headline}. {certainty(answer)}"
        told = (
            f"Anmeldelserne gik fra {number(answer.before)} til {number(answer.after)}, "
            "men tallene svinger for meget til at kalde det en klar ændring."
        )
        calm = answer.earlier
        if calm is not None and calm.high is not None and calm.high < 0:
            told += f" Siden {calm.span.first.year}, før corona, er faldet klart: fra {number(calm.count)}"
            told += f" til {number(answer.after)}."
        return told

    @property
    def sentence(self) -> str:
        """The whole sentence, as it may be quoted."""
        return sentence.change(self.answer)

    @property
    def available(self) -> bool:
        """Is there a count?"""
        return self.answer.available

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What must be read beside the headline, a line each."""
        return list(self._facts())

    def _facts(self) -> Iterator[tuple[str, str]]:
        answer = self.answer
        if isinstance(answer, Missing):
            yield "Hvorfor", self._why_not
        if isinstance(answer, Change):
            yield "Usikkerhed", certainty(answer)
        if not isinstance(answer, Level | Missing) and answer.compare is not None:
            yield answer.compare.place.name, beside(answer, answer.compare, "da")
        for told in answer.reservations:
            if told.code == "covid":
                yield LABELS["covid"], self._corona(told.text_da)
            elif told.code not in SAID_ELSEWHERE:
                yield LABELS.get(told.code, "Bemærk"), told.text_da

    @property
    def _why_not(self) -> str:
        """Why there is no figure, without the source's own codes."""
        question, counts = self.question, counts_of(self.release)
        span = question.span.words()
        if question.place.kind == "country":
            return f"Kilden har ikke offentliggjort tallet for hele landet på denne afgrænsning i {span}."
        what = f"{question.choice.name} {question.place.at()}"
        return (
            f"Udgivelse {self.release.number} har ikke {what} i alle perioder af {span} og "
            f"{question.against.words()}. Tallene går fra {counts.first.words()} til {counts.latest.words()}."
        )

    def _corona(self, usual: str) -> str:
        """Corona with the count of the calm year, where there is one."""
        if isinstance(self.answer, Change) and self.answer.earlier is not None:
            calm = self.answer.earlier
            return f"{usual} I {calm.span.words()} var tallet {number(calm.count)}."
        return usual

    @cached_property
    def lines(self) -> list[Line]:
        """The municipalities, by name: there is no ranking."""
        found = [Line(answer.place, answer) for answer in self.family]
        return sorted(found, key=lambda line: alphabet(line.place.name))

    @property
    def zeros(self) -> bool:
        """Is there a zero among the municipalities, which the source writes for what it hides too?"""
        return any(answer.has("zero_or_suppressed") for answer in self.family)

    @cached_property
    def course(self) -> Picture | None:
        """The counts of the last years as a line; None when nothing is known of them."""
        counts, span = counts_of(self.release), self.question.span
        first = max(span.year_before(YEARS - 1).first, counts.first, key=_ordinal)
        over = Span(first.at(counts.freq), span.last)
        draw = partial(trend_chart, counts, self.question.choice, self.question.place, over)
        return pictured(partial(draw, about=self.answer))

    @property
    def course_rows(self) -> list[tuple[str, str]]:
        """The line's periods and counts, for its table."""
        rows = []
        if self.course is not None:
            for row in self.course.wide.table:
                shown = "ikke opgjort"
                if row["count"] is not None:
                    shown = number(row["count"])
                rows.append((row["period"], shown))
        return rows

    @cached_property
    def change(self) -> Picture | None:
        """The change with what it may be, and the country's beside it; None where there is no change."""
        if not isinstance(self.answer, Change):
            return None
        return pictured(partial(change_chart, [self.answer]))

    @cached_property
    def changes(self) -> Picture | None:
        """The municipalities' changes with what they may be; None where they cannot stand in one picture."""
        if not self.family:
            return None
        return pictured(partial(change_chart, self.family))

    @property
    def source_name(self) -> str:
        """The publisher and its table."""
        return f"{self.answer.source.publisher}, {self.answer.source.table}"

    @property
    def release_words(self) -> str:
        """Which release, and since when it is public."""
        return f"Nr. {self.release.number}, offentlig fra {kortdato(self.release.public_at)}"

    @cached_property
    def years(self) -> YearsOf:
        """The same periods of the last years."""
        return years_of(self.release, self.question)

    @property
    def year_rows(self) -> list[tuple[str, str]]:
        """Each year and its count, for the table."""
        rows = []
        for span, count in zip(self.years.spans, self.years.counts, strict=True):
            shown = "ikke opgjort"
            if count is not None:
                shown = number(count)
            rows.append((span.words(), shown))
        return rows

    @property
    def credit(self) -> str:
        """The line of the source, which stands with every figure."""
        return f"{self.answer.source.credit()}. Udgivelse {self.release.number}."


def pictured(draw: Callable[..., Drawn]) -> Picture | None:
    """A picture for both widths; None when there is nothing to draw."""
    try:
        return Picture(draw(width=WIDE, alone=False), draw(width=NARROW, alone=False))
    except (Unavailable, BadRequest):
        return None


def _ordinal(period: Period) -> int:
    return period.ordinal


def years_of(release: Release, question: Question) -> YearsOf:
    """The same periods of up to seven years, as far back as the release goes."""
    counts = counts_of(release)
    years = min(YEARS, question.span.first.year - counts.first.year + 1)
    return side_by_side(counts, question.choice, question.place, question.span, max(years, 1))


def ask(release: Release, question: Question) -> Finding:
    """The answer, with the country beside it, and each municipality as one of a declared family."""
    about = question.choice, question.place, question.span, question.against
    answer, family = _answered(release.content.name, release.content_sha, *about)
    return Finding(question, release, answer, family)


@lru_cache(maxsize=500)
def _answered(
    file: str, content_sha: str, offence: Choice, place: Place, span: Span, against: Span
) -> tuple[Answer, tuple[Answer, ...]]:
    """Content, codes, place and time decide the answer: it is computed once per process."""
    counts = table_at(file, content_sha)
    compare = None
    if place.kind != "country":
        compare = register.place("country")
    answer = trend.change(counts, offence, place, span, against, compare=compare)
    if place.kind != "district":
        return answer, ()
    return answer, tuple(trend.table(counts, offence, register.municipalities(place), span, against))


def newest_span(counts: Counts) -> Span:
    """The newest whole year, or its first three quarters once they are there."""
    latest = counts.latest
    if counts.freq != "Q" or latest.number >= 3:
        return Span(latest.next(1 - latest.number), latest)
    end = latest.next(-latest.number)
    return Span(end.next(-3), end)


def spans_of(counts: Counts) -> list[Span]:
    """What can be chosen: the newest, whole years, and the last single quarters."""
    newest = newest_span(counts)
    found = [newest]
    for back in range(1, YEARS):
        year = counts.span(str(counts.latest.year - back))
        if year.first.ordinal >= counts.first.ordinal:
            found.append(year)
    latest = counts.latest
    found += [Span(latest.next(-back), latest.next(-back)) for back in range(QUARTERS)]
    return list(dict.fromkeys(found))


def in_force(versions: Iterable[SeriesVersion]) -> SeriesVersion:
    """The meaning of a series today: the newest that was approved; the first came with the software."""
    seen = [version for version in versions if version.number == 1 or version.approved_by_id]
    return max(seen, key=lambda version: version.number)
