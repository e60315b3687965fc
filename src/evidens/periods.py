"""Years, quarters, months and weeks, and spans of them.

>>> Span.parse("2021Q1..2021Q3").year_before()
Span('2020Q1..2020Q3')
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from evidens import period_words
from evidens.errors import BadRequest

Freq = Literal["Y", "Q", "M", "W"]
PER_YEAR: dict[Freq, int] = {"Y": 1, "Q": 4, "M": 12, "W": 52}
_TEXT = re.compile(r"(\d{4})(?:[- ]?([KQMUW])\.? ?(\d{1,2}))?", re.IGNORECASE)
_LETTER: dict[str, Freq] = {"K": "Q", "Q": "Q", "M": "M", "U": "W", "W": "W"}
_QUARTER = {"da": "{number}. kvartal {year}", "en": "Q{number} {year}"}
_QUARTERS = {"da": "{first}.-{last}. kvartal {year}", "en": "Q{first}-Q{last} {year}"}
_WEEK = {"da": "uge", "en": "week"}
_KINDS = {"Y": "år", "Q": "kvartaler", "M": "måneder", "W": "uger"}


@dataclass(frozen=True, order=True)
class Period:
    """One year, quarter, month or week. `ordinal` counts periods since year 0, so neighbours differ by 1.

    A year is taken to hold 52 weeks; week 53 is refused, since it has no counterpart a year before.

    >>> Period.parse("2021K3"), Period.parse("2021Q3").next(2), Period.parse("2021M02").year
    (Period('2021Q3'), Period('2022Q1'), 2021)
    """

    freq: Freq
    ordinal: int

    @classmethod
    def parse(cls, text: str) -> "Period":
        """From "2021", "2021Q3", "2021K3" (Danish), "2021M02", "2021U07", or in words: "3. kvartal 2021".

        Raises BadRequest with what would be right.
        """
        found = _TEXT.fullmatch(text.strip())
        in_words = period_words.period(text)
        if found is None and in_words is not None:
            found = _TEXT.fullmatch(in_words)
        if found is None:
            raise BadRequest(
                f"“{text}” er ikke en periode. Skriv fx 2021, 2021Q3 (eller 2021K3) eller 2021M02."
            )
        year, letter, number = found.groups()
        if not 1900 <= int(year) <= 2100:
            raise BadRequest(f"“{text}”: året skal ligge mellem 1900 og 2100.")
        freq: Freq = "Y"
        nth = 1
        if letter:
            freq, nth = _LETTER[letter.upper()], int(number)
        if not 1 <= nth <= PER_YEAR[freq]:
            raise BadRequest(f"“{text}”: et år har {PER_YEAR[freq]} af den slags perioder, ikke {nth}.")
        return cls(freq, int(year) * PER_YEAR[freq] + nth - 1)

    def at(self, freq: Freq, number: int = 0) -> "Period":
        """The finer period that is `number` after the first one within this.

        >>> Period.parse("2021").at("M", 2)
        Period('2021M03')
        """
        return Period(freq, self.ordinal * PER_YEAR[freq] // PER_YEAR[self.freq] + number)

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.ordinal // PER_YEAR[self.freq]

    @property
    def number(self) -> int:
        """The number within the year, from 1."""
        return self.ordinal % PER_YEAR[self.freq] + 1

    def next(self, steps: int = 1) -> "Period":
        """The period `steps` later (earlier when negative)."""
        return Period(self.freq, self.ordinal + steps)

    def __str__(self) -> str:
        if self.freq == "Y":
            return str(self.year)
        if self.freq == "Q":
            return f"{self.year}Q{self.number}"
        return f"{self.year}{self.freq}{self.number:02d}"

    def __repr__(self) -> str:
        return f"Period('{self}')"

    def words(self, lang: str = "da") -> str:
        """ "3. kvartal 2021", "februar 2021", "uge 7 2021", "2021"."""
        if self.freq == "Q":
            return _QUARTER[lang].format(number=self.number, year=self.year)
        if self.freq == "M":
            return f"{period_words.MONTHS[lang].split()[self.number - 1]} {self.year}"
        if self.freq == "W":
            return f"{_WEEK[lang]} {self.number} {self.year}"
        return str(self.year)

    def first_day(self) -> date:
        """The first day; of a week: 1 January plus whole weeks."""
        if self.freq == "W":
            return date.fromordinal(date(self.year, 1, 1).toordinal() + 7 * (self.number - 1))
        return date(self.year, (self.number - 1) * 12 // PER_YEAR[self.freq] + 1, 1)


@dataclass(frozen=True)
class Span:
    """Periods of one kind from `first` to `last`, both included."""

    first: Period
    last: Period

    @classmethod
    def parse(cls, text: str, freq: Freq | None = None) -> "Span":
        """From "2021Q1..2021Q3", "2021", "2021Q3", "1.-3. kvartal 2021" or a school year "2021/22".

        `freq` is the data's: "2021" on quarterly data means its four quarters. A quarter asked of monthly
        data means its three months. Raises BadRequest when a finer period is asked than the data have.

        >>> Span.parse("2021", "Q"), Span.parse("2021Q2", "M"), Span.parse("2021/22", "M")
        (Span('2021Q1..2021Q4'), Span('2021M04..2021M06'), Span('2021M08..2022M07'))
        """
        if school := re.fullmatch(r"(\d{4})/(\d{2}|\d{4})", text.strip()):
            start = int(school[1])
            if freq is None:
                return school_year(start)
            return school_year(start, freq)
        in_words = period_words.span(text)
        if in_words is not None:
            text = "..".join(in_words)
        head, _, tail = text.partition("..")
        first, last = Period.parse(head), Period.parse(tail or head)
        if first.freq != last.freq:
            raise BadRequest(f"“{text}” blander to slags perioder. Skriv fx 2021Q1..2021Q3.")
        span = cls(first, last)
        if last.ordinal < first.ordinal:
            raise BadRequest(f"“{text}” slutter, før det begynder. Skriv den tidligste periode først.")
        if freq is None:
            return span
        return span.at(freq)

    def at(self, freq: Freq) -> "Span":
        """The same time in finer periods; raises BadRequest when `freq` is coarser."""
        if freq == self.first.freq:
            return self
        mine, theirs = PER_YEAR[self.first.freq], PER_YEAR[freq]
        if theirs < mine or theirs % mine or (freq == "W" and mine != 1):
            kind = _KINDS[freq]
            raise BadRequest(f"Tallene er i {kind}, så {self} kan ikke tages ud. Spørg om {kind}.")
        factor = theirs // mine
        first = Period(freq, self.first.ordinal * factor)
        return Span(first, Period(freq, self.last.ordinal * factor + factor - 1))

    def periods(self) -> list[Period]:
        """All periods in order."""
        return [Period(self.first.freq, n) for n in range(self.first.ordinal, self.last.ordinal + 1)]

    def __len__(self) -> int:
        return self.last.ordinal - self.first.ordinal + 1

    @property
    def years(self) -> float:
        """Exposure in years: three quarters are 0.75."""
        return len(self) / PER_YEAR[self.first.freq]

    def year_before(self, years: int = 1) -> "Span":
        """The same periods `years` earlier."""
        back = -years * PER_YEAR[self.first.freq]
        return Span(self.first.next(back), self.last.next(back))

    def overlaps(self, other: "Span") -> bool:
        """Whether any period is in both (of the same kind)."""
        return self.first.ordinal <= other.last.ordinal and other.first.ordinal <= self.last.ordinal

    def __str__(self) -> str:
        if self.first == self.last:
            return str(self.first)
        return f"{self.first}..{self.last}"

    def __repr__(self) -> str:
        return f"Span('{self}')"

    def words(self, lang: str = "da") -> str:
        """ "1.-3. kvartal 2021"; whole years as the year.

        >>> Span.parse("2021Q1..2021Q3").words(), Span.parse("2021", "Q").words()
        ('1.-3. kvartal 2021', '2021')
        >>> Span.parse("2020Q4..2021Q1").words()
        '4. kvartal 2020 - 1. kvartal 2021'
        """
        first, last, per = self.first, self.last, PER_YEAR[self.first.freq]
        one_year = first.year == last.year
        if first.number == 1 and last.number == per:
            if one_year:
                return str(first.year)
            return f"{first.year}-{last.year}"
        if first == last:
            return first.words(lang)
        if first.freq == "Q" and one_year:
            return _QUARTERS[lang].format(first=first.number, last=last.number, year=first.year)
        if first.freq == "M" and one_year:
            return f"{first.words(lang).split()[0]}-{last.words(lang)}"
        return f"{first.words(lang)} - {last.words(lang)}"


def school_year(start: int, freq: Freq = "M") -> Span:
    """August to July. Quarters cannot hold a school year: raises BadRequest then."""
    if freq != "M":
        raise BadRequest(
            "Et skoleår løber fra august til juli og kræver månedstal. Spørg om kvartaler eller år i stedet."
        )
    return Span(Period.parse(f"{start}M08"), Period.parse(f"{start + 1}M07"))


COVID = Span(Period.parse("2020Q1"), Period.parse("2021Q2"))


def in_covid(span: Span, covid: Span = COVID) -> bool:
    """Whether a period of the span lies in the corona restrictions (2020Q1-2021Q2 by default).

    >>> in_covid(Span.parse("2020")), in_covid(Span.parse("2019Q1..2019Q3"))
    (True, False)
    """
    days = (covid.first.first_day(), covid.last.next().first_day())
    return span.first.first_day() < days[1] and span.last.next().first_day() > days[0]
