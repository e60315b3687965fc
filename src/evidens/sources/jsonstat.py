"""A JSON-stat 1 answer (StatBank's dialect: id, size and role inside `dimension`)."""

import io
import json
from itertools import product
from math import prod
from typing import Any

from evidens.counts import Counts
from evidens.errors import SourceDown
from evidens.sources.opening import open_bytes
from evidens.sources.statfile import read_statfile

MEASURE = "ContentsCode"
UNKNOWN = ".."


def read_jsonstat(content: bytes, name: str = "svar.json") -> Counts:
    """Counts of the answer; raises SourceDown when it is not whole, and BadFile through the CSV reader.

    The answer is written out as StatBank's own CSV in codes and read like any file, so that the same checks
    run on it.
    """
    try:
        dataset = json.loads(content.decode("utf-8-sig"))["dataset"]
        dimension = dataset["dimension"]
        names = dimension["id"]
        axes = [_codes(dimension[title]) for title in names]
        values = dataset["value"]
    except (ValueError, KeyError, TypeError) as error:
        raise SourceDown(f"{name} er ikke JSON-stat, eller det er ikke helt ({error}).") from None
    cells = prod(map(len, axes))
    if cells != len(values):
        raise SourceDown(f"{name} er ikke helt: {len(values)} af {cells} tal kom.")
    return read_statfile(open_bytes(_csv(names, axes, values), name))


def _codes(dimension: dict[str, Any]) -> list[str]:
    """The codes of a dimension in its own order."""
    index = dimension["category"]["index"]
    return sorted(index, key=index.get)


def _csv(names: list[str], axes: list[list[str]], values: list[Any]) -> bytes:
    kept = [number for number, title in enumerate(names) if title != MEASURE]
    text = io.StringIO()
    text.write(";".join([*(names[number].upper() for number in kept), "INDHOLD"]) + "\n")
    for codes, value in zip(product(*axes), values, strict=True):
        if value is None:
            value = UNKNOWN
        text.write(";".join([*(codes[number] for number in kept), str(value)]) + "\n")
    return text.getvalue().encode()
