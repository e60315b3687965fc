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
# Danish says "på" of these.
ON = {"Læsø", "Samsø", "Fanø", "Ærø", "Bornholm", "Langeland", "Lolland", "Frederiksberg", "Christiansø"}
WHOLE_COUNTRY = {"da": "hele landet", "en": "the whole country"}
NO_MUNICIPALITY = {"da": "uoplyst kommune", "en": "an unknown municipality"}
KINDS = ("municipality", "district", "region", "country")


@dataclass(frozen=True)
class Entry:
    """A row of the register.

    Districts and municipalities have a slug for addresses. A municipality also has its tile (row, column) on
    the district's map, and its position in the order in which the district prints its own.
    """

    code: str
    kind: str
    name: str
    name_en: str
    district: str
    region: str
    tile: tuple[int, int] | None
    valid_from: date
    valid_to: date | None
    short_name: str
    slug: str
    position: int


@dataclass(frozen=True)
class Place:
    """A place one can ask about.

    `members` are the codes of its municipalities (and Christiansø in its region).

    `code` is the publisher's own code where the publisher counts the place itself; a police district has none
    in StatBank.
    """

    key: str
    kind: str
    name: str
    members: tuple[str, ...]
    code: str | None

    def words(self, lang: str = "da") -> str:
        """The name in a sentence."""
        if self.kind == "unknown":
            return NO_MUNICIPALITY[lang]
        if self.kind == "country":
            return WHOLE_COUNTRY[lang]
        if self.kind == "district" and lang == "en":
            return f"the police district {self.name}"
        if self.kind == "district":
            return f"{self.name.removesuffix(' Politi')} politikreds"
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
        if self.name in ON:
            return f"på {self.words()}"
        return f"i {self.words()}"


@cache
def register() -> tuple[Entry, ...]:
    """All rows of data/places.csv."""
    text = files("evidens").joinpath("data/places.csv").read_text("utf-8")
    return tuple(_entry(row) for row in csv.DictReader(text.splitlines()))


def _entry(row: dict[str, str]) -> Entry:
    tile, valid_to, position = None, None, 0
    if row["row"]:
        tile = (int(row["row"]), int(row["column"]))
    if row["valid_to"]:
        valid_to = date.fromisoformat(row["valid_to"])
    if row["position"]:
        position = int(row["position"])
    return Entry(
        row["code"],
        row["kind"],
        row["name"],
        row["name_en"],
        row["district"],
        row["region"],
        tile,
        date.fromisoformat(row["valid_from"]),
        valid_to,
        row["short_name"] or row["name"],
        row["slug"],
        position,
    )


def entries(kind: str, on: date | None = None) -> list[Entry]:
    """Rows of a kind that are valid `on` a day (None: now, that is with no end)."""
    return [row for row in register() if row.kind == kind and _valid(row, on)]


def printed(district: str, on: date | None = None) -> list[Entry]:
    """A district's municipalities in the order in which it prints them.

    >>> [row.name for row in printed("1460")][:2]
    ['Frederikshavn', 'Læsø']
    """
    inside = [row for row in entries("municipality", on) if row.district == district]
    return sorted(inside, key=lambda row: row.position)


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
                found[f"{name} kommune".lower()] = row.code
                found[f"{name.removesuffix('s')}s kommune".lower()] = row.code
    return found


def place(text: str, on: date | None = None) -> Place:
    """The place that "municipality:851", "district:1460", "region:081", "country" or "unknown" names.

    "unknown" are the reports of which no municipality is known (998). Raises BadRequest.

    >>> place("district:1460").name, len(place("district:1460").members), len(place("region:081").members)
    ('Nordjyllands Politi', 9, 11)
    """
    kind, _, code = text.strip().partition(":")
    if kind == "country" and not code:
        return Place("country", "country", "Hele landet", _members(kind, "", on), COUNTRY)
    if text.strip() in ("unknown", f"municipality:{UNKNOWN}"):
        return Place("unknown", "unknown", codes()[UNKNOWN].name, (UNKNOWN,), UNKNOWN)
    if kind not in KINDS or not code:
        raise BadRequest(
            f"“{text}” er ikke et sted. Skriv fx municipality:851, district:1460, region:081, "
            "country eller unknown."
        )
    row = _named(kind, code, on)
    if row is None:
        known = ", ".join(f"{row.code} {row.name}" for row in entries(kind, on)[:12])
        raise BadRequest(f"“{text}” kendes ikke. Blandt de kendte er {known}.")
    key = f"{kind}:{row.code}"
    if kind == "municipality":
        return Place(key, kind, row.name, (row.code,), row.code)
    inside = _members(kind, row.code, on)
    if kind == "region":
        return Place(key, kind, row.name, inside, row.code)
    return Place(key, kind, row.name, inside, None)


def district(code: str, on: date | None = None) -> Place:
    """The police district of a code; raises BadRequest.

    >>> district("1460").name
    'Nordjyllands Politi'
    """
    return place(f"district:{code}", on)


def municipality(code: str, on: date | None = None) -> Place:
    """The municipality of a code; raises BadRequest.

    >>> municipality("851").name
    'Aalborg'
    """
    return place(f"municipality:{code}", on)


def _named(kind: str, name: str, on: date | None) -> Entry | None:
    """The row of a kind with that code (without leading zeros too) or name."""
    for row in entries(kind, on):
        if name in (row.code, row.code.lstrip("0")) or name.lower() == row.name.lower():
            return row
    return None


def _members(kind: str, code: str, on: date | None) -> tuple[str, ...]:
    """The municipalities (and Christiansø) of a district, a region or the country."""
    found = []
    for row in register():
        if row.kind not in ("municipality", "area") or not _valid(row, on):
            continue
        if _inside(row, kind, code):
            found.append(row.code)
    return tuple(found)


def _inside(row: Entry, kind: str, code: str) -> bool:
    if kind == "district":
        return row.district == code
    if kind == "region":
        return row.region == code
    return True


def inside(one: Place, other: Place) -> bool:
    """Whether a place is a part of another; reports of unknown municipality are a part of the country.

    >>> inside(place("municipality:851"), place("district:1460")), inside(place("unknown"), place("country"))
    (True, True)
    """
    if one.kind == "unknown":
        return other.kind in ("country", "unknown")
    return set(one.members) <= set(other.members)


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
        if slash:
            found += municipalities(one, on)
        else:
            found.append(one)
    return list(dict.fromkeys(found))


def municipalities(whole: Place, on: date | None = None) -> list[Place]:
    """The municipalities of a place, each a place of its own."""
    found = []
    for code in whole.members:
        if codes()[code].kind == "municipality":
            found.append(place(f"municipality:{code}", on))
    return found


def guess(text: str) -> str | None:
    """The one code whose name fits a name with lost letters (U+FFFD for each).

    None when none or several fit.

    >>> guess("Br\\ufffdnderslev"), guess("S\\ufffdr\\ufffd")
    ('810', None)
    """
    pattern = re.compile(re.escape(text.lower()).replace("\ufffd", "[æøåéöä]"))
    found = {code for name, code in names().items() if pattern.fullmatch(name)}
    if len(found) != 1:
        return None
    return found.pop()
