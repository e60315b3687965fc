"""Figures that defend themselves: with source, interval and reservations.

Pure functions from counts to frozen results.

    from evidens import example, offence, place, change
    counts = example()
    now, before = counts.span("2021Q1..2021Q3"), counts.span("2020Q1..2020Q3")
    change(counts, offence("1320"), place("district:1460"), now, before)

No Django, no clock; the network only in `evidens.sources.statbank`. Names are imported when first used, since
the numerical libraries take a second.
"""

from importlib import import_module
from typing import Any

_FACE = {
    "read": "evidens.sources",
    "example": "evidens.sources.example",
    "read_population": "evidens.sources.population",
    "StatBank": "evidens.sources.statbank",
    "place": "evidens.places",
    "offence": "evidens.offences:choose",
    "change": "evidens.trend",
    "table": "evidens.trend",
    "check": "evidens.claims",
    "Claim": "evidens.claims",
    "attention": "evidens.warning",
    "protect": "evidens.disclosure",
    "evaluate": "evidens.evaluation",
    "power_for": "evidens.evaluation",
    "link": "evidens.linkage.linking",
    "error_rates": "evidens.linkage.rates",
}
__all__ = list(_FACE)


def __getattr__(name: str) -> Any:
    if name not in _FACE:
        raise AttributeError(f"evidens har ikke {name}. Den har {', '.join(_FACE)}.")
    module, _, other = _FACE[name].partition(":")
    return getattr(import_module(module), other or name)
