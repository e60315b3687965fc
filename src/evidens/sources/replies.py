"""Answers of StatBank: how many rows came, whether all did, and the zeros that a bulk answer leaves out."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from evidens import offences, places
from evidens.counts import Array, Counts
from evidens.errors import BadRequest
from evidens.periods import Period
from evidens.sources.tables import TableInfo

AXES = ("place", "offence", "period")
OF_ROWS = ("incomplete", "identical_periods")  # warnings that hold no longer once the zeros are there


@dataclass(frozen=True)
class Reply:
    """A data answer: its bytes, how many rows, and when it was given out.

    `query` is what it answers (codes, all variables).
    """

    table: TableInfo
    format: str
    body: bytes
    rows: int
    extracted_on: date | None
    query: dict[str, list[str]]
    cached: bool = False


def row_count(body: bytes) -> int:
    """The rows of a CSV, without its head; a last line without line break is one too."""
    lines = body.count(b"\n")
    if not body.endswith(b"\n"):
        lines += 1
    return lines - 1


def cut_off(body: bytes, form: str, cells: int, fields: int) -> str:
    """What is missing, or nothing.

    A whole CSV has one row per cell; a whole BULK ends with a line break after a full row.
    """
    if not body.endswith(b"\n"):
        return "Svaret er skåret over: det slutter midt i en linje."
    last = body.rstrip(b"\r\n").rpartition(b"\n")[2]
    if last.count(b";") + 1 != fields:
        return "Svaret er skåret over: den sidste linje mangler felter."
    if form == "CSV" and row_count(body) != cells:
        return f"Svaret er ikke helt: {row_count(body)} af {cells} rækker kom."
    return ""


def with_zeros(found: Counts, reply: Reply) -> Counts:
    """The asked-for cells that BULK leaves out are zeros; cells that were not asked for stay unknown."""
    asked = _axes(reply)
    periods = tuple(map(Period.parse, asked["period"]))
    place = _numbers(found.places, asked["place"])
    offence = _numbers(found.offences, asked["offence"])
    period = np.array([periods.index(one) for one in found.periods])
    dense = np.zeros((len(asked["place"]), len(asked["offence"]), len(periods)), np.int64)
    dense[place[found.codes_place], offence[found.codes_offence], period[found.codes_period]] = found.values
    index = np.indices(dense.shape).reshape(3, -1)
    return replace(
        found,
        warnings=tuple(warning for warning in found.warnings if warning.code not in OF_ROWS),
        places=asked["place"],
        offences=asked["offence"],
        periods=periods,
        codes_place=index[0],
        codes_offence=index[1],
        codes_period=index[2],
        values=dense.ravel(),
    )


def _axes(reply: Reply) -> dict[str, tuple[str, ...]]:
    """Which variable of the query is place, offence and period.

    Raises BadRequest when another has several values.
    """
    found: dict[str, tuple[str, ...]] = {}
    for code, values in reply.query.items():
        if all(value in places.codes() for value in values):
            found["place"] = tuple(values)
        elif all(value in offences.tree() for value in values):
            found["offence"] = tuple(values)
        elif reply.table.variable(code).time:
            found["period"] = tuple(values)
        elif len(values) > 1:
            raise BadRequest(f"{code} har flere værdier. Vælg én, så tallene ikke blandes.")
    if set(found) != set(AXES):
        raise BadRequest("Et stort udtræk skal have netop sted, overtrædelse og periode.")
    return found


def _numbers(codes: tuple[str, ...], asked: tuple[str, ...]) -> Array:
    return np.array([asked.index(code) for code in codes])
