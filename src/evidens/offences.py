"""The offence tree of STRAF11, the groups that plans use, and where a definition changed.

A group is a name that texts use for codes ("indbrud i private hjem" for 1320). The register is dated data
(data/groups.toml); a district extends it with a file of its own.
"""

import csv
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from evidens.errors import BadRequest
from evidens.periods import Period, Span


@dataclass(frozen=True)
class Offence:
    """A code of the tree; `parent` is None for the total."""

    code: str
    parent: str | None
    name: str
    name_en: str


@dataclass(frozen=True)
class Group:
    """What a name stands for: the codes, since when, and on whose word."""

    name: str
    also: tuple[str, ...]
    codes: tuple[str, ...]
    name_en: str
    valid_from: str
    source: str


@dataclass(frozen=True)
class Break:
    """A change of law or registration: counts before and from `at` on are not of the same thing.

    With `part` only a small part is not. `kind` is "law" or "registration"; `source` says where it stands.
    """

    codes: tuple[str, ...]
    at: Period
    text_da: str
    text_en: str
    part: bool = False
    kind: str = "law"
    source: str = ""

    def text(self, lang: str) -> str:
        """What changed, in a language."""
        return {"da": self.text_da, "en": self.text_en}[lang]


@dataclass(frozen=True)
class Choice:
    """What was asked: codes to add up, the name in a sentence, and `own` changes beside the register's."""

    codes: tuple[str, ...]
    name: str
    name_en: str
    own: tuple[Break, ...] = ()

    def breaks_within(self, span: Span, against: Span) -> list[Break]:
        """The changes between two spans by the register and by the district's own file."""
        return _within((*breaks(), *self.own), self.codes, span, against)

    def words(self, lang: str) -> str:
        """The name in a language."""
        return {"da": self.name, "en": self.name_en}[lang]


@cache
def tree() -> dict[str, Offence]:
    """All codes of data/offences.csv."""
    text = files("evidens").joinpath("data/offences.csv").read_text("utf-8")
    return {
        row["code"]: Offence(row["code"], row["parent"] or None, row["name"], row["name_en"])
        for row in csv.DictReader(text.splitlines())
    }


def ancestors(code: str) -> list[str]:
    """From the parent up to the total.

    >>> ancestors("1252")
    ['12', '1', 'TOT']
    """
    found = []
    while (parent := tree()[code].parent) is not None:
        found.append(parent)
        code = parent
    return found


@cache
def names() -> dict[str, str]:
    """Danish and English texts in lower case to codes, with older texts.

    "(Udgået 2013)" and the like may be left out.
    """
    found = {}
    for row in tree().values():
        for name in (row.name, row.name_en):
            found[plain(name)] = row.code
    return found | {plain(old): code for old, code in _OLDER.items()}


def plain(name: str) -> str:
    """A text to match by: lower case, without remarks in brackets and without signs."""
    without_remarks = _REMARK.sub("", name).lower()
    return _SIGNS.sub(" ", without_remarks).strip()


_REMARK = re.compile(r"\((?:Udgået|Ny fra|New from|Repealed|R)[^)]*\)?")
_SIGNS = re.compile(r"[^\wæøå]+")
_OLDER = {
    "Penal Code, total": "1",
    "Penal Code, unspecified": "1000",
    "Coercive control": "1250",
    "Sexual offences, total": "11",
    "Straffeloven i alt": "1",
    "Særlove i alt": "3",
}


@cache
def groups(path: Path | None = None) -> tuple[Group, ...]:
    """The register of groups; those of `path`, a TOML file of the same shape, come first.

    Raises BadRequest on a bad file.
    """
    text = files("evidens").joinpath("data/groups.toml").read_text("utf-8")
    found = _groups(text, "data/groups.toml")
    if path is None:
        return found
    try:
        return (*_groups(path.read_text("utf-8"), path.name), *found)
    except (OSError, UnicodeError) as error:
        raise BadRequest(f"{path} kan ikke læses ({error}).") from None


def _groups(text: str, name: str) -> tuple[Group, ...]:
    try:
        rows = tomllib.loads(text).get("group", [])
        found = tuple(_group(row) for row in rows)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadRequest(
            f"{name} kan ikke læses ({error}). Hver [[group]] skal have name, codes, valid_from og source."
        ) from None
    for group in found:
        _checked(group.codes, f"{name}, gruppen {group.name}")
    return found


def _group(row: dict[str, Any]) -> Group:
    return Group(
        row["name"],
        tuple(row.get("also", ())),
        tuple(row["codes"]),
        row.get("name_en", row["name"]),
        str(row["valid_from"]),
        row["source"],
    )


def choose(text: str, extra: Path | None = None) -> Choice:
    """The offence that a text names; `extra` is a district's own file of groups and of changes (breaks).

    The codes of "1320", of "1252,1255" or of a group's name.

    Raises BadRequest on unknown codes and on a code with its own parent.

    >>> choose("1252,1255").codes, choose("Indbrud i private hjem").codes
    (('1252', '1255'), ('1320',))
    """
    found = _choice(text, extra)
    if extra is None:
        return found
    return replace(found, own=_breaks(extra.read_text("utf-8"), extra.name))


def _choice(text: str, extra: Path | None) -> Choice:
    wanted = text.strip().lower()
    for group in groups(extra):
        if wanted in map(str.lower, (group.name, *group.also)):
            return Choice(group.codes, group.name, group.name_en)
    parts = [part.strip().upper() for part in text.split(",")]
    codes = _checked(tuple(filter(None, parts)), f"“{text}”")
    for group in groups(extra):
        if set(group.codes) == set(codes):
            return Choice(codes, group.name, group.name_en)
    danish = [tree()[code].name.lower() for code in codes]
    english = [tree()[code].name_en.lower() for code in codes]
    return Choice(codes, _and(danish, "og"), _and(english, "and"))


def _and(words: list[str], link: str) -> str:
    *first, last = words
    if not first:
        return last
    return f"{', '.join(first)} {link} {last}"


def _checked(codes: tuple[str, ...], where: str) -> tuple[str, ...]:
    if not codes:
        raise BadRequest(f"{where}: der mangler en kode, fx 1320 eller 1252,1255.")
    for code in codes:
        if code not in tree():
            known = ", ".join(sorted(group.name for group in groups()))
            raise BadRequest(
                f"{where}: koden {code} findes ikke. "
                f"Skriv en kode fra STRAF11, fx 1320, eller en gruppe: {known}."
            )
        if double := set(ancestors(code)) & set(codes):
            raise BadRequest(
                f"{where}: {code} er en del af {double.pop()}, så sagerne ville tælle to gange. Vælg den ene."
            )
    if len(set(codes)) < len(codes):
        raise BadRequest(f"{where}: en kode står to gange. Skriv hver kode én gang.")
    return codes


@cache
def breaks() -> tuple[Break, ...]:
    """The register of changed definitions (data/breaks.toml)."""
    text = files("evidens").joinpath("data/breaks.toml").read_text("utf-8")
    return _breaks(text, "data/breaks.toml")


def _breaks(text: str, name: str) -> tuple[Break, ...]:
    try:
        rows = tomllib.loads(text).get("break", [])
        return tuple(_break(row) for row in rows)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadRequest(
            f"{name} kan ikke læses ({error}). Hver [[break]] skal have codes, at, text_da og source."
        ) from None


def _break(row: dict[str, Any]) -> Break:
    return Break(
        tuple(row["codes"]),
        Period.parse(row["at"]),
        row["text_da"],
        row.get("text_en", row["text_da"]),
        row.get("part", False),
        row.get("kind", "law"),
        row["source"],
    )


def breaks_within(codes: Iterable[str], span: Span, against: Span) -> list[Break]:
    """The changes of definition between two spans.

    Those after the start of the earlier span and before the end of the later one.

    >>> [b.at for b in breaks_within(["1120"], Span.parse("2014Q1"), Span.parse("2013Q1"))]
    [Period('2013Q3')]
    """
    return _within(breaks(), codes, span, against)


def _within(register: Iterable[Break], codes: Iterable[str], span: Span, against: Span) -> list[Break]:
    first = min(span.first.first_day(), against.first.first_day())
    end = max(span.last.next().first_day(), against.last.next().first_day())
    asked = set(codes)
    found = []
    for change in register:
        if asked & set(change.codes) and first < change.at.first_day() < end:
            found.append(change)
    return found
