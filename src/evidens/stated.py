"""What a text says in numbers, with the definition as stated, read from a file."""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evidens.errors import BadRequest

Kind = Literal["change_pct", "count", "same"]
KINDS: dict[str, Kind] = {"change_pct": "change_pct", "count": "count", "same_as": "same"}
WORDS = ("text", "offence", "place", "span")
MOST_DECIMALS = 6
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


@dataclass(frozen=True)
class Claim:
    """What a text says, with the definition as stated.

    `value` is in per cent for "change_pct", a number of reports for "count", and for "same" the change (in
    per cent) that this one is said to be level with (0: level with the earlier span). `decimals` is how
    exactly the text states it.
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


def load(path: Path) -> list[Claim]:
    """Claims from a TOML file ([[claim]]) or a JSON list.

    Raises BadRequest with the number of the claim that does not hold.

    A claim needs text, offence, place, span, and either `change_pct`, `count` or `same_as` (per cent).
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
        missing = ["netop én af change_pct, count og same_as"]
    if missing:
        raise _Faulty(f" mangler {', '.join(missing)}.")
    name = given[0]
    written = _written(row[name], name)
    against, line = row.get("against"), row.get("line")
    if against is not None:
        against = str(against)
    if not isinstance(line, int):
        line = None
    return Claim(
        text=str(row["text"]),
        kind=KINDS[name],
        value=float(written),
        offence=str(row["offence"]),
        place=str(row["place"]),
        span=str(row["span"]),
        against=against,
        decimals=_decimals(row, written, name),
        source=str(row.get("source", "")),
        line=line,
    )


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


def _decimals(row: dict[str, Any], written: str, name: str) -> int:
    """How exactly the text states the number, where the claim does not say it itself."""
    decimals = row.get("decimals")
    if "decimals" not in row:
        decimals = 0
        if not isinstance(row[name], int):
            decimals = len(written.partition(".")[2])
    if isinstance(decimals, bool) or not isinstance(decimals, int) or not 0 <= decimals <= MOST_DECIMALS:
        raise _Faulty(f": decimals skal være et helt tal fra 0 til {MOST_DECIMALS}.")
    return decimals
