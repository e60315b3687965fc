"""Accident rows of a source: own CSV or Parquet, and the British STATS19, which is never shown beside
Danish rows.

Each fault names line, column, value and mend; a file is taken whole or refused whole. What a source calls
severity and road user is kept beside what it is in common (data/accidents.toml, versioned).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from evidens.counts import Array
from evidens.errors import BadFile, BadRequest, Problem
from evidens.sources import rows as tables
from evidens.sources.rows import Rows

KINDS = ("own", "stats19")
NEEDED = ("key", "date", "severity", "road_user")
OPTIONAL = ("time", "place", "x", "y", "municipality", "counterpart", "age", "sex")
STATS19 = {"key": "accident_index", "date": "date", "severity": "accident_severity", "time": "time"}
X, Y = (400_000, 900_000), (6_000_000, 6_500_000)  # EPSG:25832, whole metres
OLDEST = 120
ALONE = "en fodgængers fald uden andre tæller ikke som færdselsuheld"
ELECTRIC = "elløbehjul"


@dataclass(frozen=True)
class Accident:
    """One row as its source wrote it, and what it is in common.

    `x` and `y` are whole metres (EPSG:25832), both or none. `counted` is False where `why_not` says so; the
    row is kept. `code` tells apart what the common road user hides.
    """

    key: str
    day: date
    time: str
    place: str
    x: int | None
    y: int | None
    municipality: str
    road_user: str
    counterpart: str
    severity: str
    severity_raw: str
    age: int | None
    sex: str
    counted: bool
    why_not: str
    code: str
    line: int


@dataclass(frozen=True)
class Accidents:
    """The rows of a file, the country they are from ("DK" or "GB"), and the version of the words' table."""

    rows: tuple[Accident, ...]
    country: str
    file: str
    version: int

    def danish(self) -> tuple[Accident, ...]:
        """The rows, where they may be shown as Danish; raises BadRequest elsewhere."""
        if self.country != "DK":
            raise BadRequest(
                "Rækkerne er ikke danske (STATS19, Storbritannien) og vises aldrig ved siden af danske."
            )
        return self.rows


@cache
def words() -> tuple[int, dict[str, str], dict[str, str]]:
    """The version, and by a source's word the common severity and the common road user."""
    text = resources.files("evidens").joinpath("data/accidents.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return int(table["version"]), dict(table["severity"]), dict(table["road_user"])


def read(path: Path, today: date, kind: str = "own", columns: Mapping[str, str] | None = None) -> Accidents:
    """The rows of a file.

    `today` is the day it is read: later days are refused. `columns` says what the file calls key, date,
    severity, road_user, and, where it has them, time, place, x, y, municipality, counterpart, age and sex.
    Raises BadFile with every fault, and BadRequest on an unknown kind.
    """
    if kind not in KINDS:
        raise BadRequest(f"Filens slags {kind} kendes ikke. Vælg {' eller '.join(KINDS)}.")
    names = {name: name for name in (*NEEDED, *OPTIONAL)}
    if columns is not None:
        names |= columns
    needed, country = [names[name] for name in NEEDED], "DK"
    if kind == "stats19":
        names, needed, country = dict(STATS19), [STATS19[name] for name in ("key", "date", "severity")], "GB"
    found = _Reading(tables.read(path, needed), names, today)
    return Accidents(tuple(found.all()), country, path.name, words()[0])


class _Reading:
    """One pass over the rows; faults are gathered and told together."""

    def __init__(self, rows: Rows, names: Mapping[str, str], today: date) -> None:
        self.rows, self.names, self.today = rows, names, today
        self.problems: list[Problem] = []
        self.numbers = {name: self._numbers(name) for name in ("x", "y", "age")}

    def all(self) -> list[Accident]:
        """Every row; raises BadFile where one is faulty or stands twice."""
        found = [self._row(at) for at in range(len(self.rows))]
        self._twice()
        if self.problems:
            raise BadFile(*sorted(self.problems, key=lambda one: one.line or 0)[: tables.MOST])
        return [row for row in found if row is not None]

    def text(self, name: str, at: int) -> str:
        """A cell, empty where the file has no such column."""
        column = self.rows.columns.get(self.names.get(name, ""), [])
        if not column:
            return ""
        return column[at]

    def wrong(self, at: int, name: str, code: str, said: str, mend: str) -> None:
        """Note a fault."""
        column = self.names.get(name, name)
        self.problems.append(Problem(code, said, mend, self.rows.lines[at], column, self.text(name, at)))

    def _numbers(self, name: str) -> Array:
        title = self.names.get(name, "")
        if not self.rows.has(title):
            return np.full(len(self.rows), np.nan)
        try:
            return self.rows.numbers(title, blank=True)
        except BadFile as fault:
            self.problems += fault.problems
            return np.full(len(self.rows), np.nan)

    def _twice(self) -> None:
        seen: dict[str, int] = {}
        for at in range(len(self.rows)):
            key = self.text("key", at)
            first = seen.setdefault(key, self.rows.lines[at])
            if not key:
                self.wrong(at, "key", "missing_value", "Rækken har intet nummer.", "Giv den kildens eget.")
            elif first != self.rows.lines[at]:
                self.wrong(at, "key", "duplicate_rows", f"{key} står også på linje {first}.", "Behold én.")

    def _row(self, at: int) -> Accident | None:
        day = self._day(at)
        place = self._place(at)
        _, severities, road_users = words()
        severity = self._word(at, "severity", severities)
        road_user = self._word(at, "road_user", road_users)
        age = self.numbers["age"][at]
        if np.isfinite(age) and not 0 <= age <= OLDEST:
            self.wrong(at, "age", "bad_age", f"Alderen er {age:g}.", f"Den er mellem 0 og {OLDEST}.")
        counterpart = self.text("counterpart", at)
        if day is None or severity is None or road_user is None:
            return None
        why_not = ""
        if road_user == "fodgænger" and not counterpart:
            why_not = ALONE
        return Accident(
            key=self.text("key", at),
            day=day,
            time=self.text("time", at),
            place=self.text("place", at),
            x=place[0],
            y=place[1],
            municipality=self.text("municipality", at),
            road_user=road_user,
            counterpart=counterpart,
            severity=severity,
            severity_raw=self.text("severity", at),
            age=_whole(age),
            sex=self.text("sex", at),
            counted=not why_not,
            why_not=why_not,
            code=_code(self.text("road_user", at)),
            line=self.rows.lines[at],
        )

    def _day(self, at: int) -> date | None:
        text = self.text("date", at)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self.wrong(at, "date", "bad_day", f"“{text}” er ikke en dato.", "Skriv fx 2021-09-14.")
            return None
        if day > self.today:
            said = f"Datoen {day.isoformat()} ligger i fremtiden."
            self.wrong(at, "date", "future", said, f"I dag er {self.today.isoformat()}.")
            return None
        return day

    def _word(self, at: int, name: str, known: Mapping[str, str]) -> str | None:
        """What a source's word is in common; one that is not known is a fault and never a guess."""
        text = self.text(name, at)
        if text.lower() not in known:
            said = f"“{text}” kendes ikke."
            self.wrong(at, name, "unknown_word", said, f"Kendte ord: {', '.join(filter(None, known))}.")
            return None
        return known[text.lower()]

    def _place(self, at: int) -> tuple[int | None, int | None]:
        x, y = self.numbers["x"][at], self.numbers["y"][at]
        if np.isnan(x) and np.isnan(y):
            return None, None
        if np.isnan(x) or np.isnan(y):
            self.wrong(at, "x", "half_place", "Kun x eller y er der.", "Giv begge eller ingen.")
        elif abs(x) <= 180 and abs(y) <= 180:
            said = f"x = {self.text('x', at)} ligner grader."
            self.wrong(at, "x", "degrees", said, "Giv EPSG:25832 i hele meter.")
        elif X[0] <= y <= X[1] and Y[0] <= x <= Y[1]:
            self.wrong(at, "x", "swapped", "x og y er byttet om.", "x er østlig, y nordlig.")
        elif not (X[0] <= x <= X[1] and Y[0] <= y <= Y[1]):
            self.wrong(at, "x", "outside", "Stedet ligger uden for Danmark.", "Giv EPSG:25832 i hele meter.")
        else:
            return round(float(x)), round(float(y))
        return None, None


def _whole(value: float) -> int | None:
    if np.isnan(value):
        return None
    return int(value)


def _code(text: str) -> str:
    """What the common road user hides: an electric scooter stands under others with a code of its own."""
    if text.lower() == ELECTRIC:
        return ELECTRIC
    return ""
