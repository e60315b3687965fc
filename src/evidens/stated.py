"""What a text says in numbers, with the definition as stated, read from a file."""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evidens import relations
from evidens.errors import BadRequest

Kind = Literal["change_pct", "count", "same", "direction", "share_pct", "rate", "extreme", "rest"]
KINDS: dict[str, Kind] = {
    "change_pct": "change_pct",
    "count": "count",
    "same_as": "same",
    "share_pct": "share_pct",
    "rate": "rate",
    "extreme": "extreme",
    "rest": "rest",
}
# Claims whose field holds a word and no number, and what each word stands for.
SPOKEN: dict[Kind, dict[str, float]] = {
    "extreme": {"lavest": -1.0, "lowest": -1.0, "højest": 1.0, "highest": 1.0},
    "rest": {"mere": 1.0, "more": 1.0, "mindre": -1.0, "less": -1.0},
}
FEWEST_YEARS = 2
# Sizes that have words of their own: "en tredjedel færre" is a change.
IN_WORDS: dict[Kind, tuple[dict[str, float], ...]] = {
    "change_pct": (relations.CHANGES, relations.SHARES),
    "share_pct": (relations.SHARES,),
}
WORDS = ("text", "offence", "place", "span")
MOST_DECIMALS = 6
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
Row = dict[str, Any]
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


@dataclass(frozen=True)
class Claim:
    """What a text says, with the definition as stated.

    `value` is in per cent for "change_pct", a number of reports for "count", and for "same" the change (in
    per cent) that this one is said to be level with (0: level with the earlier span). For "direction" it is
    -1 (a fall) or 1, for "share_pct" the share in per cent of all reports of `of`, for "rate" per 1,000
    inhabitants and year. For "extreme" it is -1 (the lowest of so many `years`) or 1 (the highest), for
    "rest" 1 (a change larger than that of the rest of `compare`) or -1.

    `decimals` is how exactly the text states it, `relation` what the word before it says (relations.WORDS).
    `turned` says that the sign follows the text ("42 % færre") and not the number.
    """

    text: str
    kind: Kind
    value: float
    offence: str
    place: str
    span: str
    against: str | None = None
    decimals: int = 0
    source: str = ""
    line: int | None = None
    relation: str = "equal"
    turned: bool = False
    of: str | None = None
    years: int = 0
    compare: str = "country"


def load(path: Path) -> list[Claim]:
    """Claims from a TOML file ([[claim]]) or a JSON list.

    Raises BadRequest with the number of the claim that does not hold.

    A claim needs text, offence, place, span, and one of `change_pct`, `count`, `same_as` (per cent) and
    `share_pct` (with `of`, the offence that it is a share of). A number may begin with a word: "over -40".
    """
    try:
        rows = _rows(path)
    except OSError as error:
        raise BadRequest(f"{path} kan ikke læses: {error.strerror}.") from None
    except ValueError as error:
        raise BadRequest(f"{path} er hverken TOML eller JSON ({error}).") from None
    if not rows:
        raise BadRequest(
            f"{path} har ingen påstande. "
            "Skriv hver som [[claim]] med text, offence, place, span og change_pct."
        )
    return [claim_from(row, number) for number, row in enumerate(rows, 1)]


def _rows(path: Path) -> list[Any]:
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        rows = json.loads(text)
    else:
        rows = tomllib.loads(text).get("claim", [])
    if isinstance(rows, list):
        return rows
    return [rows]


def claim_from(row: Any, number: int = 1) -> Claim:
    """One claim from its fields; raises BadRequest that names the claim and the field."""
    try:
        return _claim(row)
    except _Faulty as fault:
        raise BadRequest(f"Påstand {number}{fault}") from None


class _Faulty(Exception):
    """What is wrong with a claim, as the end of a sentence that begins with its number."""


def _claim(row: Any) -> Claim:
    if not isinstance(row, dict):
        raise _Faulty(
            " er ikke en samling felter. Skriv den som [[claim]] med text, offence, place, span og et tal."
        )
    given = [name for name in KINDS if name in row]
    missing = [name for name in WORDS if name not in row]
    if not missing and len(given) != 1:
        missing = [f"netop én af {', '.join(KINDS)}"]
    if not missing and given == ["share_pct"] and "of" not in row:
        missing = ["of (den overtrædelse, det er en andel af)"]
    if not missing and given == ["extreme"] and not _years(row):
        missing = ["years (hvor mange år, mindst 2)"]
    if missing:
        raise _Faulty(f" mangler {', '.join(missing)}.")
    name = given[0]
    read = _read(row, name)
    against, line = row.get("against"), row.get("line")
    if against is not None:
        against = str(against)
    if not isinstance(line, int):
        line = None
    return Claim(
        text=str(row["text"]),
        kind=read.kind,
        value=read.value,
        offence=str(row["offence"]),
        place=str(row["place"]),
        span=str(row["span"]),
        against=against,
        decimals=_decimals(row, read.written, name),
        source=str(row.get("source", "")),
        line=line,
        relation=read.relation,
        turned=read.turned,
        of=row.get("of"),
        years=_years(row),
        compare=str(row.get("compare", "country")),
    )


def _years(row: Row) -> int:
    """How many years a claim speaks of; 0 where it does not say a number that makes sense."""
    years = row.get("years")
    if isinstance(years, bool) or not isinstance(years, int) or years < FEWEST_YEARS:
        return 0
    return years


@dataclass(frozen=True)
class _Read:
    """A number as a claim states it: its kind and value, the word before it, and how it is written."""

    kind: Kind
    value: float
    written: str
    relation: str = "equal"
    turned: bool = False


def _read(row: Row, name: str) -> _Read:
    """The number of a claim, with the words that stand with it in its field or in its text."""
    kind, text = KINDS[name], str(row["text"])
    if kind in SPOKEN:
        words = SPOKEN[kind]
        if row[name] not in words:
            raise _Faulty(f": {name} kan være {', '.join(words)}.")
        return _Read(kind, words[row[name]], "0")
    told = relations.leading(str(row[name]))
    if "relation" in row:
        told = relations.leading(f"{row['relation']} {row[name]}")
        if told.relation == "equal":
            raise _Faulty(f": relation kan være {', '.join(relations.WORDS)}.")
    in_words = _in_words(str(row[name]), kind)
    if in_words is not None:
        return in_words
    written = _written(told.rest, name)
    value, relation = float(written), told.relation
    if relation == "equal":
        relation = _in_text(text, kind, written)
    turned = kind == "change_pct" and relations.direction(text) * value < 0
    if turned:
        value = -value
    return _Read(kind, value, written, relation, turned)


def _in_words(text: str, kind: Kind) -> _Read | None:
    """A change or a share without digits: "mere end halveret", "faldet", "hver tredje"."""
    sizes = {"change_pct": relations.CHANGES, "share_pct": relations.SHARES}.get(kind)
    if sizes is None:
        return None
    if kind == "change_pct" and text.strip().lower() in relations.DIRECTIONS:
        return _Read("direction", float(relations.DIRECTIONS[text.strip().lower()]), "0")
    spoken = relations.spoken(text, sizes)
    if spoken is None:
        return None
    return _Read(kind, spoken[1], "0", spoken[0])


def _in_text(text: str, kind: Kind, written: str) -> str:
    """The relation that the text states of the number, with its digits or with a word such as "halveret"."""
    size = written.lstrip("-")
    for digits in {size, size.replace(".", ",")}:
        relation = relations.before(text, digits)
        if relation != "equal":
            return relation
    for sizes in IN_WORDS.get(kind, ()):
        spoken = relations.spoken(text, sizes)
        if spoken is not None and abs(abs(spoken[1]) - float(size)) < 1:
            return spoken[0]
    return "equal"


def _written(value: Any, name: str) -> str:
    """The number as written, with a decimal point.

    "−17,5 %" and a count of "10.380" are taken as a Dane means them.
    """
    text = str(value).replace("\u2212", "-").replace(" ", "").replace("%", "")
    if name == "count" and _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    if isinstance(value, bool) or not _NUMBER.fullmatch(text):
        raise _Faulty(f": “{value}” er ikke et tal.")
    if name == "count" and text.startswith("-"):
        raise _Faulty(": et antal kan ikke være negativt.")
    return text.replace(",", ".")


def _decimals(row: Row, written: str, name: str) -> int:
    """How exactly the text states the number, where the claim does not say it itself."""
    decimals = row.get("decimals")
    if "decimals" not in row:
        decimals = 0
        if not isinstance(row[name], int):
            decimals = len(written.partition(".")[2])
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= MOST_DECIMALS:
        raise _Faulty(f": decimals skal være et helt tal fra 0 til {MOST_DECIMALS}.")
    return decimals
