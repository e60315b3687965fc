"""Municipalities, police districts, regions, the country; a region is not a district.

The register is data/places.csv (Danmarks Statistik's codes; districts by DAGI's codes) with validity dates.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from evidens.errors import BadRequest

COUNTRY, UNKNOWN = "000", "998"
ON = {
    "Læsø",
    "Samsø",
    "Fanø",
    "Ærø",
    "Bornholm",
    "Langeland",
    "Lolland",
    "Frederiksberg",
    "Christiansø",
}  # Danish says "på"
KINDS = ("municipality", "district", "region", "country")


@dataclass(frozen=True)
class Entry:
    """A row of the register."""

    code: str
    kind: str
    name: str
    name_en: str
    district: str
    region: str
    tile: tuple[int, int] | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Place:
    """A place one can ask about. `members` are the codes of its municipalities (and Christiansø in its region).

    `code` is the publisher's own code where the publisher counts the place itself; a police district has none in StatBank.
    """

    key: str
    kind: str
    name: str
    members: tuple[str, ...]
    code: str | None

    def words(self, lang: str = "da") -> str:
        """The name in a sentence."""
        if self.kind == "country":
            return "hele landet" if lang == "da" else "the whole country"
        if self.kind == "district":
            return (
                f"{self.name.removesuffix(' Politi')} politikreds"
                if lang == "da"
                else f"the police district {self.name}"
            )
        if lang == "en" and self.code in codes():
            return codes()[self.code].name_en
        return self.name

    def at(self, lang: str = "da") -> str:
        """ "i Aalborg", "på Læsø", "in Aalborg".

        >>> place("municipality:825").at(), place("district:1460").at("en")
        ('på Læsø', 'in the police district Nordjyllands Politi')
        """
        if lang == "en":
            return f"in {self.words('en')}"
        return f"{'på' if self.name in ON else 'i'} {self.words()}"


@cache
def register() -> tuple[Entry, ...]:
    """All rows of data/places.csv."""
    text = files("evidens").joinpath("data/places.csv").read_text("utf-8")
    return tuple(
        Entry(
            row["code"],
            row["kind"],
            row["name"],
            row["name_en"],
            row["district"],
            row["region"],
            (int(row["row"]), int(row["column"])) if row["row"] else None,
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    )


def entries(kind: str, on: date | None = None) -> list[Entry]:
    """Rows of a kind that are valid `on` a day (None: now, that is with no end)."""
    return [row for row in register() if row.kind == kind and _valid(row, on)]


def _valid(row: Entry, on: date | None) -> bool:
    if on is None:
        return row.valid_to is None
    return row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)


@cache
def codes() -> dict[str, Entry]:
    """Every code that a table of counts may hold in its place column (districts are not among them)."""
    return {row.code: row for row in register() if row.kind != "district"}


@cache
def names() -> dict[str, str]:
    """Danish and English names in lower case to codes, with the older and longer ways of writing."""
    found = {
        "uoplyst": UNKNOWN,
        "unknown municipality": UNKNOWN,
        "denmark": COUNTRY,
        "danmark": COUNTRY,
        "københavns": "101",
    }
    for row in codes().values():
        for name in (row.name, row.name_en):
            found[name.lower()] = row.code
            if row.kind == "municipality":
                found[f"{name} kommune".lower()] = found[f"{name.removesuffix('s')}s kommune".lower()] = (
                    row.code
                )
    return found


def place(text: str, on: date | None = None) -> Place:
    """The place that "municipality:851", "district:1460", "region:081" or "country" names; raises BadRequest.

    >>> place("district:1460").name, len(place("district:1460").members), len(place("region:081").members)
    ('Nordjyllands Politi', 9, 11)
    """
    kind, _, code = text.strip().partition(":")
    if kind == "country" and not code:
        members = tuple(
            row.code for row in register() if row.kind in ("municipality", "area") and _valid(row, on)
        )
        return Place("country", "country", "Hele landet", members, COUNTRY)
    if kind not in KINDS or not code:
        raise BadRequest(
            f"“{text}” er ikke et sted. Skriv fx municipality:851, district:1460, region:081 eller country."
        )
    row = next(
        (
            row
            for row in entries(kind, on)
            if code in (row.code, row.code.lstrip("0")) or code.lower() == row.name.lower()
        ),
        None,
    )
    if row is None:
        known = ", ".join(f"{row.code} {row.name}" for row in entries(kind, on)[:12])
        raise BadRequest(f"“{text}” kendes ikke. Blandt de kendte er {known}.")
    key = f"{kind}:{row.code}"
    if kind == "municipality":
        return Place(key, kind, row.name, (row.code,), row.code)
    inside = tuple(
        other.code
        for other in register()
        if (other.district if kind == "district" else other.region) == row.code
        and _valid(other, on)
        and other.kind != "district"
    )
    return Place(key, kind, row.name, inside, row.code if kind == "region" else None)


def several(text: str, on: date | None = None) -> list[Place]:
    """The places of "district:1460/municipalities", or of a list joined by commas.

    >>> [p.name for p in several("district:1471/municipalities,country")]
    ['Bornholm', 'Hele landet']
    """
    found: list[Place] = []
    for part in text.split(","):
        whole, slash, what = part.strip().partition("/")
        if slash and what not in ("municipalities", "kommuner"):
            raise BadRequest(f"“{part}”: efter skråstregen kan kun stå municipalities.")
        one = place(whole, on)
        found += (
            [
                place(f"municipality:{code}", on)
                for code in one.members
                if codes()[code].kind == "municipality"
            ]
            if slash
            else [one]
        )
    return list(dict.fromkeys(found))


def guess(text: str) -> str | None:
    """The one code whose name fits a name with lost letters (U+FFFD for each), or None when none or several fit.

    >>> guess("Br\\ufffdnderslev"), guess("S\\ufffdr\\ufffd")
    ('810', None)
    """
    pattern = re.compile(
        "".join("[æøåéöä]" if letter == "\ufffd" else re.escape(letter) for letter in text.lower())
    )
    found = {code for name, code in names().items() if pattern.fullmatch(name)}
    return found.pop() if len(found) == 1 else None
