"""What a table of StatBank has: its variables and their values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from evidens.errors import BadRequest

FEW = 5  # values that a sentence can hold


@dataclass(frozen=True)
class Variable:
    """A table's dimension: its code, its text and its values as (code, text).

    `total_when_left_out` is StatBank's elimination.
    """

    code: str
    text: str
    values: tuple[tuple[str, str], ...]
    time: bool
    total_when_left_out: bool

    def chosen(self, wanted: Sequence[str]) -> list[str]:
        """The value codes that patterns mean.

        "*", "202*", "*K1", "(1)", "(-n+5)", ">=2020K1", "<=2021K3" and plain codes.

        Raises BadRequest.
        """
        codes = [code for code, _ in self.values]
        found: dict[str, None] = {}
        for pattern in wanted:
            matched = self._matching(pattern, codes)
            if not matched:
                few = ", ".join(codes[:FEW])
                if len(codes) > FEW:
                    few += f" … {codes[-1]}"
                raise BadRequest(f"{self.code} har ikke værdien {pattern}. Den har {few}.")
            found.update(dict.fromkeys(matched))
        return [code for code in codes if code in found]

    @staticmethod
    def _matching(pattern: str, codes: list[str]) -> list[str]:
        if newest := re.fullmatch(r"\((?:-n\+)?(\d+)\)", pattern):
            return codes[-int(newest[1]) :]
        if pattern and (between := re.fullmatch(r"(?:>=(\w+))?(?:<=(\w+))?", pattern)):
            low, high = between.groups()
            if low is not None:
                codes = [code for code in codes if low <= code]
            if high is not None:
                codes = [code for code in codes if code <= high]
            return codes
        if "*" in pattern:
            return [code for code in codes if fnmatchcase(code, pattern)]
        return [code for code in codes if code == pattern]


@dataclass(frozen=True)
class TableInfo:
    """What a table has. The named official of `contacts` is dropped before anything is kept."""

    id: str
    title: str
    unit: str
    updated: str
    suppressed_value: str
    footnote: str
    variables: tuple[Variable, ...]

    def variable(self, code: str) -> Variable:
        """By code, whatever the case; raises BadRequest."""
        for one in self.variables:
            if one.code.lower() == code.lower():
                return one
        known = ", ".join(one.code for one in self.variables)
        raise BadRequest(f"{self.id} har ikke variablen {code}. Den har {known}.")

    def text(self) -> str:
        """For a person."""
        lines = [f"{self.id}: {self.title}. Enhed: {self.unit}. Opdateret {self.updated[:10]}."]
        for one in self.variables:
            first_and_last = dict.fromkeys((*one.values[:1], *one.values[-1:]))
            ends = ", ".join(f"{code} {text}" for code, text in first_and_last)
            lines.append(f"  {one.code} ({one.text}): {len(one.values)} værdier, {ends}")
        return "\n".join([*lines, self.footnote]).strip()


def table_info(raw: Any) -> TableInfo:
    """From StatBank's own answer; raises KeyError or TypeError where it has another form."""
    variables = []
    for one in raw["variables"]:
        values = tuple((value["id"], value["text"]) for value in one["values"])
        time, elimination = bool(one.get("time")), bool(one.get("elimination"))
        variables.append(Variable(one["id"], one["text"], values, time, elimination))
    footnote = ""
    if raw.get("footnote"):
        footnote = raw["footnote"].get("text", "")
    return TableInfo(
        raw["id"],
        raw["text"],
        raw.get("unit", ""),
        raw.get("updated", ""),
        str(raw.get("suppressedDataValue", "")),
        " ".join(footnote.split()),
        tuple(variables),
    )
