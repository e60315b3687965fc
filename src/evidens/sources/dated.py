"""The periods of an own extract: codes, words, or days that count for their month."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from evidens import period_words
from evidens.counts import Array
from evidens.errors import BadRequest, Problem
from evidens.periods import PER_YEAR, Freq, Period
from evidens.sources.columns import distinct

FEWEST_QUARTERS = 3
QUARTER_BEGINS = (1, 4, 7, 10)


@dataclass(frozen=True)
class Periods:
    """Periods in order of appearance, each row's number among them, and what refuses the file or is told."""

    periods: list[Period]
    index: Array
    refused: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def periods(texts: Sequence[str], lines: Array, column: str, dates: Freq | None) -> Periods:
    """The periods of a column; `dates` is what a day counts for (None: not said, and then its month)."""
    number: dict[Period, int] = {}
    words, of_row = distinct(texts)
    at = np.zeros(len(words), np.int64)
    found = Periods([], of_row)
    days = list(map(period_words.date_parts, words))
    for n, word in enumerate(words):
        try:
            period = _period(word, days[n], dates)
        except BadRequest as error:
            line = int(lines[np.argmax(of_row == n)])
            found.refused.append(Problem("bad_period", str(error), "", line, column, word))
            continue
        at[n] = number.setdefault(period, len(number))
    if len({period.freq for period in number}) > 1:
        text = "Udtrækket blander slags perioder."
        found.refused.append(Problem("mixed_periods", text, "Lav et udtræk med én slags.", column=column))
    said = list(filter(None, days))
    if said and dates is None:
        found.refused.extend(_perhaps_quarters(said, column))
        example = words[days.index(said[0])]
        found.warnings.append(_as_months(example, column))
    return Periods(list(number), at[of_row], found.refused, found.warnings)


def _period(word: str, day: tuple[int, int, int] | None, freq: Freq | None) -> Period:
    if freq is None:
        freq = "M"
    if day is None:
        return Period.parse(word)
    year, month, number = day
    if not (1 <= month <= 12 and 1 <= number <= 31):
        raise BadRequest(f"“{word}” er ikke en dag. Skriv den som 2021-03-14 eller 14.3.2021.")
    per_year = PER_YEAR[freq]
    return Period.parse(str(year)).at(freq, (month - 1) * per_year // 12)


def _perhaps_quarters(days: list[tuple[int, int, int]], column: str) -> list[Problem]:
    """Only first days of quarters: they may be months or quarters, and nobody can see which."""
    begins = set()
    for year, month, day in days:
        if day != 1 or month not in QUARTER_BEGINS:
            return []
        begins.add((year, month))
    if len(begins) < FEWEST_QUARTERS:
        return []
    text = "Alle dage er den første i et kvartal. Gælder tallene kvartaler eller måneder?"
    mend = 'Skriv dates = "quarter" eller dates = "month" under [source] i oversættelsen.'
    return [Problem("dates", text, mend, column=column)]


def _as_months(example: str, column: str) -> Problem:
    text = f"Perioden er skrevet som dage, fx {example}; hver er talt med i sin måned (dag før måned)."
    return Problem(
        "dates", text, 'Skriv dates = "month" under [source] for at undgå beskeden.', column=column
    )
