"""How much municipalities report, seen against several denominators side by side."""

from dataclasses import dataclass

import numpy as np

from evidens.errors import BadRequest
from evidens.funnel import Funnel, funnel


@dataclass(frozen=True)
class Practice:
    """One denominator's funnel of reports per municipality.

    Codes, rates per 1,000 of the denominator, and which lie outside.
    """

    denominator: str
    codes: tuple[str, ...]
    funnel: Funnel


def reporting_practice(reports: dict[str, int], denominators: dict[str, dict[str, float]]) -> list[Practice]:
    """A funnel for each denominator (control cases, recipients, inhabitants).

    A place outside under all of them is worth a talk; outside under one alone may be the denominator. Raises
    BadRequest when a denominator lacks a municipality.
    """
    codes = tuple(sorted(reports))
    counts = [reports[code] for code in codes]
    found = []
    for name, values in denominators.items():
        missing = [code for code in codes if not values.get(code)]
        if missing:
            raise BadRequest(f"{name} mangler for {', '.join(missing)}.")
        exposure = np.array([values[code] for code in codes]) / 1000
        found.append(Practice(name, codes, funnel(counts, exposure)))
    return found
