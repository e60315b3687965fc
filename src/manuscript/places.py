"""Where a document belongs: its police district, its municipalities in the order of the page, its forum."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from manuscript.line import ITEM, Line

# The twelve districts and 98 municipalities; the platform's own list too.
PLACES = Path(__file__).with_name("places.toml")
POLICE = "s politi"  # how a district's name ends


class District(NamedTuple):
    """A police district: code, name, and the names of its municipalities."""

    code: str
    name: str
    towns: tuple[str, ...]


@cache
def districts() -> list[District]:
    """The districts of the reference data, in its order."""
    rows = tomllib.loads(PLACES.read_text("utf-8"))["district"]
    out = []
    for row in rows:
        towns = tuple(name for _, name, *_ in row["municipalities"])
        out.append(District(row["code"], row["name"], towns))
    return out


@cache
def towns() -> list[str]:
    """The names of all municipalities, district by district."""
    out: list[str] = []
    for district in districts():
        out += district.towns
    return out


def district_of(lines: list[Line]) -> District | None:
    """The police district the text names most; else the one its municipality lies in, or the one it names
    without "Politi"."""
    text = "\n".join(line.text for line in lines).lower()
    return _named_most(text, "") or _district_of_town(text[:4000]) or _named_most(text, POLICE)


def _named_most(text: str, ending: str) -> District | None:
    """The district whose name, without an ending, stands most often in the text."""
    times = {district: _times(district, ending, text) for district in districts()}
    most = max(times, key=times.__getitem__)
    if times[most] == 0:
        return None
    return most


def _times(district: District, ending: str, text: str) -> int:
    """How often a district is named: "sydøstjyllands" is not "østjyllands"."""
    name = district.name.lower().removesuffix(ending)
    times = text.count(name)
    for other in districts():
        longer = other.name.lower().removesuffix(ending)
        if name in longer and other != district:
            times -= text.count(longer)
    return times


def _district_of_town(head: str) -> District | None:
    for district in districts():
        for town in district.towns:
            name = re.escape(town.lower())
            if re.search(rf"\b{name} kommune\b|lokalråd(?:et)? (?:i|for) {name}\b", head):
                return district
    return None


def forum_of(title: Line | None, lines: list[Line]) -> str:
    """The lokalråd or kredsråd that the document belongs to, as it names itself."""
    head = "\n".join(line.text for line in lines[:60])
    low = head.lower()
    for town in towns():
        name = re.escape(town)
        own = rf"lokalråd(?:et)?(?: i| for)? {name}|{name}s? lokalråd"
        if town.lower() in low and re.search(own, head, re.IGNORECASE):
            return f"Lokalråd {town}"
    if title:
        low = title.text.lower() + low
    if "kredsråd" in low:
        return "Kredsråd"
    if "lokalråd" in low:
        return "Lokalråd"
    return ""


ENOUGH = 3  # names make a list


def municipalities_of(lines: list[Line], before: int) -> list[str]:
    """Municipalities in the order of the page: on lines of their own before line `before`, else in a list,
    else all that are named."""
    head = _alone(line.text for line in lines if line.number < before)
    if head:
        return head
    items = _alone(ITEM.sub("", line.text) for line in lines)
    if len(items) >= ENOUGH:
        return items
    return _listed(lines) or _named(lines)


def _alone(texts: Iterable[str]) -> list[str]:
    """The municipalities that have a line to themselves, each once."""
    names = {name.lower(): name for name in towns()}
    out: dict[str, None] = {}
    for text in texts:
        low = text.lower().rstrip(".")
        bare = low.removesuffix("kommune").rstrip()
        if bare != low and bare in names:
            out[f"{names[bare]} Kommune"] = None
    return list(out)


@cache
def _any_town() -> str:
    """The names as the inside of a pattern, the longest first; an s at the end may be the genitive's."""
    names = sorted(towns(), key=len, reverse=True)
    return "|".join(re.escape(name.removesuffix("s")) + "s?" for name in names)


def _listed(lines: list[Line]) -> list[str]:
    """Three or more names in a row on one line, or one in brackets on each of three lines."""
    one = re.compile(_any_town())
    row = re.compile(rf"(?:(?:{_any_town()})(?: [Kk]ommune)?(?:, | og |/| )?){{{ENOUGH},}}")
    rows = [one.findall(found[0]) for line in lines for found in row.finditer(line.text)]
    if rows:
        return [_full(name) for name in max(rows, key=len)]
    bracketed = list(_bracketed(lines))
    if len(bracketed) < ENOUGH:
        return []
    return list(dict.fromkeys(bracketed))


def _bracketed(lines: list[Line]) -> Iterator[str]:
    at_end = re.compile(rf"\(({_any_town()})\)\s*$")
    for line in lines:
        if match := at_end.search(line.text):
            yield _full(match[1])


def _full(name: str) -> str:
    """A municipality's whole name; its s at the end is told from the genitive's."""
    for own in towns():
        if own.removesuffix("s") == name.removesuffix("s"):
            return f"{own} Kommune"
    return f"{name} Kommune"


REGIONAL = re.compile(r"\b[A-ZÆØÅ][\wæøå]+s Regionskommune\b")


def _named(lines: list[Line]) -> list[str]:
    """All that the text names with "Kommune", in the order in which they first come."""
    text = "\n".join(line.text for line in lines)
    if regional := REGIONAL.search(text):
        return [regional[0]]
    found = []
    for name in towns():
        if match := re.search(rf"\b{re.escape(name)} [Kk]ommune\b", text):
            found.append((match.start(), f"{name} Kommune"))
    return [name for _, name in sorted(found)]
