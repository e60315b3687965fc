"""Counts: one tidy table (place, offence, period, count) with its provenance, and what it does not hold.

Three values are kept apart: a count, a zero, and "not known here" (NaN in arrays). A sum over places,
offences and periods is given only when every cell of it is known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from evidens import places as register
from evidens.errors import BadRequest, Problem, Unavailable
from evidens.periods import Freq, Period, Span
from evidens.places import Place

if TYPE_CHECKING:
    import pyarrow as pa

Array = np.ndarray[Any, np.dtype[Any]]
COMPUTED = {"da": "Egne beregninger baseret på tal fra ", "en": "Own calculations based on figures from "}
SHOWN = {"da": "Kilde: ", "en": "Source: "}
REPORTS = {"da": "anmeldelser", "en": "reports"}
CHARGES = {"da": "sigtelser", "en": "charges"}
CASES = {"da": "sager", "en": "cases"}
ONLY = {"da": ", kun ", "en": ", only "}
FEW = 4  # names that a sentence can hold


@dataclass(frozen=True)
class Source:
    """Where counts come from.

    `extracted_on` is the day the publisher gave them out, where it is known; `sha256` is that of the bytes
    that were read. `part` says what part of all the figures are ("kun KØN=M"); empty: all of them.
    """

    publisher: str
    table: str
    file: str
    sha256: str
    extracted_on: date | None = None
    official: bool = True
    part: str = ""

    def credit(self, lang: str = "da", computed: bool = True) -> str:
        """The line that must stand with figures; `computed` for sums, changes and rates.

        >>> Source("Danmarks Statistik", "STRAF11", "x.csv", "").credit()
        'Egne beregninger baseret på tal fra Danmarks Statistik, statistikbanken.dk/straf11'
        """
        where = self.publisher
        if self.publisher == "Danmarks Statistik" and not self.table:
            where += ", statistikbanken.dk"
        elif self.publisher == "Danmarks Statistik":
            where += f", statistikbanken.dk/{self.table.lower()}"
        elif self.table:
            where += f", {self.table}"
        if lang == "en":
            where = where.replace("Danmarks Statistik", "Statistics Denmark")
        if self.extracted_on:
            where += f" ({self.extracted_on.isoformat()})"
        if self.part:
            where += f", {self.part}".replace(", kun ", ONLY[lang])
        if computed:
            return COMPUTED[lang] + where
        return SHOWN[lang] + where

    def as_dict(self) -> dict[str, Any]:
        """For JSON, with the credit line."""
        day = None
        if self.extracted_on:
            day = self.extracted_on.isoformat()
        return {
            "publisher": self.publisher,
            "table": self.table,
            "file": self.file,
            "extracted_on": day,
            "sha256": self.sha256,
            "part": self.part,
            "credit": self.credit(),
        }


@dataclass(frozen=True)
class Counts:
    """What `evidens.sources.read` gives.

    `codes_place`, `codes_offence`, `codes_period` are int arrays, one per row, into the tuples `places`,
    `offences`, `periods`; `values` the counts. `complete` says that a missing row within the tuples means 0
    (an extract that leaves zeros out); otherwise it means "not known". `silent` are the cells (numbers into
    `places` and `offences`) that would be such zeros, but look as if they were not delivered: not known.
    `provisional` are the periods that the publisher marked so.
    """

    places: tuple[str, ...]
    offences: tuple[str, ...]
    periods: tuple[Period, ...]
    codes_place: Array
    codes_offence: Array
    codes_period: Array
    values: Array
    source: Source
    warnings: tuple[Problem, ...] = ()
    complete: bool = False
    kind: str = field(default="reported")
    provisional: frozenset[Period] = frozenset()
    silent: tuple[tuple[int, int, Period], ...] = ()

    def __len__(self) -> int:
        return len(self.values)

    def told(self, warnings: Iterable[Problem]) -> "Counts":
        """The same counts with other warnings; the cube is not built again."""
        other = replace(self, warnings=tuple(warnings))
        if "cube" in self.__dict__:
            other.__dict__["cube"] = self.cube
        return other

    @property
    def freq(self) -> Freq:
        """The kind of period: "Y", "Q", "M" or "W"."""
        return self.periods[0].freq

    @cached_property
    def latest(self) -> Period:
        """The newest period that has any figure."""
        return max(self.periods[number] for number in np.unique(self.codes_period))

    @property
    def noun(self) -> dict[str, str]:
        """What is counted, by language."""
        if not self.source.official:
            return CASES
        if self.kind == "charged":
            return CHARGES
        return REPORTS

    @cached_property
    def table(self) -> "pa.Table":
        """The tidy Arrow table: place, offence, period (dictionary-encoded strings) and count (int64)."""
        import pyarrow as pa

        def column(index: Array, words: Sequence[str]) -> pa.DictionaryArray:
            return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int32)), pa.array(list(words)))

        return pa.table(
            {
                "place": column(self.codes_place, self.places),
                "offence": column(self.codes_offence, self.offences),
                "period": column(self.codes_period, [str(period) for period in self.periods]),
                "count": pa.array(self.values.astype(np.int64)),
            }
        )

    @cached_property
    def cube(self) -> Array:
        """float64[place, offence, time], NaN where not known.

        Time runs without gap from the first to the last period.
        """
        first = min(self.periods).ordinal
        columns = np.array([period.ordinal - first for period in self.periods])
        shape = (len(self.places), len(self.offences), int(columns.max()) + 1)
        cube = np.full(shape, np.nan)
        if self.complete:
            cube = np.zeros(shape)
        for place, offence, period in self.silent:
            cube[place, offence, period.ordinal - first] = np.nan
        cube[self.codes_place, self.codes_offence, columns[self.codes_period]] = self.values
        return cube

    @cached_property
    def kept(self) -> dict[object, object]:
        """What is computed once per table, by what it answers."""
        return {}

    @cached_property
    def _row(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(self.places)}

    @cached_property
    def _column(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(self.offences)}

    @property
    def first(self) -> Period:
        """The first period of the cube's time axis."""
        return min(self.periods)

    def span(self, text: str) -> Span:
        """A span in the data's own kind of period; raises BadRequest."""
        return Span.parse(text, self.freq)

    def axis(self) -> list[Period]:
        """The periods of the cube's last dimension."""
        return [self.first.next(step) for step in range(self.cube.shape[2])]

    def cells(self, place: Place, codes: Iterable[str]) -> Array:
        """float64[member, offence, time] that add up to the place.

        Its own row if the publisher counts it, else those of its municipalities.

        Missing rows and columns are NaN. The country is the publisher's own row and nothing else:
        municipalities do not add up to it, since reports of unknown place are in no municipality.
        """
        codes = tuple(codes)
        own = place.code is not None and place.code in self._row
        if place.code is None or not (own or place.kind == "country"):
            return self._cut(place.members, codes)
        cut = self._cut((place.code,), codes)
        if own and place.kind == "region" and np.isnan(cut).any():
            whole = self._cut(place.members, codes).sum(axis=0, keepdims=True)
            cut = np.where(np.isnan(cut), whole, cut)
        return cut

    def _cut(self, rows: Sequence[str], codes: Sequence[str]) -> Array:
        """Some rows and columns of the cube, NaN where the table has no such row or column."""
        cut = np.full((len(rows), len(codes), self.cube.shape[2]), np.nan)
        for i, row in enumerate(rows):
            for j, column in enumerate(codes):
                if row in self._row and column in self._column:
                    cut[i, j] = self.cube[self._row[row], self._column[column]]
        return cut

    def series(self, place: Place, codes: Iterable[str]) -> Array:
        """float64[time]: the place's sum of the codes per period; NaN where any part is unknown."""
        return self.cells(place, codes).sum(axis=(0, 1))

    def positions(self, span: Span) -> Array:
        """Positions of a span's periods on the time axis; those outside are negative or beyond the end."""
        if span.first.freq != self.freq:
            raise BadRequest(
                f"Tallene er i en anden slags perioder end {span}. De går fra {self.first} til {self.latest}."
            )
        return np.arange(span.first.ordinal, span.last.ordinal + 1) - self.first.ordinal

    def count(self, place: Place, codes: Sequence[str], span: Span) -> int:
        """The number of reports.

        Raises Unavailable (with the reason, and what is known) unless every cell of it is known.
        """
        where = self.positions(span)
        if where[0] < 0 or where[-1] >= self.cube.shape[2]:
            raise Unavailable(
                f"Tallene går fra {self.first.words()} til {self.latest.words()}, "
                f"så {span.words()} er ikke med.",
                f"The figures run from {self.first} to {self.latest}, so {span.words('en')} is not there.",
                {"first": str(self.first), "last": str(self.latest)},
            )
        cells = self.cells(place, codes)[:, :, where]
        if np.isnan(cells).any():
            raise self._missing(place, codes, span, cells)
        return int(cells.sum())

    def _missing(self, place: Place, codes: Sequence[str], span: Span, cells: Array) -> Unavailable:
        """Why a sum cannot be given: which places, codes and periods are lacking, in words."""
        unknown: Array = np.isnan(cells)
        rows = list(place.members)
        if len(cells) == 1 and place.code:
            rows = [place.code]
        lacking = list(compress(rows, _any(unknown, 1, 2)))
        codes_gone = list(compress(codes, _any(unknown, 0, 2)))
        periods_gone = list(compress(map(str, span.periods()), _any(unknown, 0, 1)))
        what, when = ", ".join(codes_gone), _list(periods_gone)
        if place.kind == "country":
            reason = f"Tallet for hele landet er ikke offentliggjort her for {what} i {when}"
            english = f"The country's figure is not published here for {what} in {when}"
        else:
            named, more = _named(lacking)
            reason = f"{named}{more} mangler {what} i {when}"
            english = f"{named} lacks {what} in {when}"
            if len(cells) > 1:
                reason += f", så en sum for {place.words()} kan ikke laves af de øvrige"
        known = {"missing_places": lacking, "missing_offences": codes_gone, "missing_periods": periods_gone}
        return Unavailable(reason + ".", english + ".", known)

    def outline(self) -> dict[str, Any]:
        """What the table holds, for a person: rows, sum, places, offences, periods, and source."""
        return {
            "rows": len(self),
            "sum": int(self.values.sum()),
            "places": len(self.places),
            "offences": len(self.offences),
            "periods": len(self.periods),
            "first": str(self.first),
            "last": str(self.latest),
            "kind": self.kind,
            "known_cells": int((~np.isnan(self.cube)).sum()),
            "all_cells": int(self.cube.size),
            "source": self.source.as_dict(),
        }


def _any(unknown: Array, *axes: int) -> list[bool]:
    return np.atleast_1d(unknown.any(axis=axes)).tolist()


def _named(codes: list[str]) -> tuple[str, str]:
    """The names of the first few places, and how many more there are."""
    known = register.codes()
    named = ", ".join(known[code].name for code in codes[:FEW] if code in known)
    if len(codes) <= FEW:
        return named, ""
    return named, f" og {len(codes) - FEW} steder til"


def _list(words: list[str]) -> str:
    if len(words) <= FEW:
        return ", ".join(words)
    return f"{words[0]} … {words[-1]} ({len(words)} perioder)"
