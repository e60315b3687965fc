"""The way of cases: which steps follow each other, how long it takes, and what may be shown of it.

What leaves is aggregated: `logs` reads the cases, `ways` and `throughput` measure them, and here counts are
rounded and small ones left out.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

import numpy as np

from evidens.errors import BadRequest
from evidens.logs import Log, from_arrow, read
from evidens.practice import Practice, reporting_practice
from evidens.throughput import Throughput, durations, throughput
from evidens.ways import Edge, conformance, edges, exact_fit, variants

__all__ = [
    "Edge",
    "Log",
    "Practice",
    "ProcessMap",
    "Throughput",
    "analyse",
    "conformance",
    "durations",
    "edges",
    "exact_fit",
    "from_arrow",
    "read",
    "reporting_practice",
    "rounded",
    "throughput",
    "variants",
]

FEWEST = 3  # no threshold below this protects anybody
MANY = 50  # cases: below this a share tells the counts behind it


@dataclass(frozen=True)
class ProcessMap:
    """What may be shown of a log.

    Counts are rounded to the nearest `base`; ways, courses and municipalities of fewer than `base` cases are
    left out (None). No total is given that the parts do not add up to, days are whole, and shares are rounded
    to a twentieth: what is hidden cannot be found by taking the shown from a sum.
    """

    cases: int
    base: int
    today: date
    by_municipality: tuple[tuple[str, int | None], ...]
    edges: tuple[Edge, ...]
    variants: tuple[tuple[tuple[str, ...], int], ...]
    open_share: float | None
    median_days: int | None
    p90_days: int | None
    within_90: tuple[float, ...] | None
    notes_da: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


def analyse(log: Log, ends: Sequence[str], today: date, *, threshold: int = 5) -> ProcessMap:
    """The map of a log, protected by leaving out and rounding.

    Raises BadRequest when the log holds fewer than `threshold` cases.
    """
    if threshold < FEWEST:
        raise BadRequest(f"Grænsen er mindst {FEWEST}; under den kan en enkelt sag kendes.")
    if log.cases < threshold:
        raise BadRequest(f"Loggen har under {threshold} sager. Det er for få til at vise noget.")
    time = throughput(log, ends, today)
    volumes = _volumes(log, threshold)
    ended = time.closed >= threshold
    shares = ended and log.cases >= MANY
    open_share, within, median, p90 = None, None, None, None
    if ended:
        median, p90 = _whole(time.median_days), _whole(time.p90_days)
    if shares:
        open_share, within = _twentieth(time.open / log.cases), _within(time)
    return ProcessMap(
        cases=sum(shown or 0 for _, shown in volumes),
        base=threshold,
        today=today,
        by_municipality=volumes,
        edges=tuple(_shown(edge, threshold) for edge in edges(log) if edge.cases >= threshold),
        variants=_frequent(log, threshold),
        open_share=open_share,
        median_days=median,
        p90_days=p90,
        within_90=within,
        notes_da=_notes(threshold, ended, median),
    )


def _volumes(log: Log, threshold: int) -> tuple[tuple[str, int | None], ...]:
    """Cases per municipality; None where they are few."""
    cases = np.bincount(log.municipality[log.first], minlength=len(log.municipalities))
    found: list[tuple[str, int | None]] = []
    for code, n in zip(log.municipalities, cases.tolist(), strict=True):
        shown = None
        if n >= threshold:
            shown = rounded(n, threshold)
        found.append((code, shown))
    return tuple(found)


def _frequent(log: Log, threshold: int) -> tuple[tuple[tuple[str, ...], int], ...]:
    """The courses that are not few."""
    return tuple((way, rounded(n, threshold)) for way, n in variants(log) if n >= threshold)


def _whole(days: float | None) -> int | None:
    if days is None:
        return None
    return round(days)


def _within(time: Throughput) -> tuple[float, ...] | None:
    """The share within 90 days and its limits; None where nobody was followed so long."""
    if time.within_90 is None or time.within_90_low is None or time.within_90_high is None:
        return None
    return _twentieth(time.within_90), _twentieth(time.within_90_low), _twentieth(time.within_90_high)


def _twentieth(share: float) -> float:
    return round(round(share * 20) / 20, 2)


def _shown(edge: Edge, threshold: int) -> Edge:
    """An edge with rounded counts; days whole where the edge is not frequent."""
    decimals = 0
    if edge.count >= MANY:
        decimals = 1
    return replace(
        edge,
        count=rounded(edge.count, threshold),
        cases=rounded(edge.cases, threshold),
        median_days=round(edge.median_days, decimals),
        p90_days=round(edge.p90_days, decimals),
    )


def _notes(base: int, ended: bool, median: int | None) -> tuple[str, ...]:
    """What must be said beside the map, made of what is shown alone."""
    if not ended:
        time = f"Under {base} sager er afsluttet; det er for få til at sige noget om tiden."
    elif median is None:
        time = "Under halvdelen er afsluttet endnu, når åbne sager regnes med."
    else:
        time = f"Halvdelen er afsluttet inden {median} dage, når åbne sager regnes med."
    return (
        time,
        f"Antal er afrundet til nærmeste {base}; veje, forløb og kommuner med under {base} sager er udeladt.",
        "Gennemsnittet af afsluttede sager alene vises ikke: i et ungt forsøg er det altid for lavt.",
    )


def rounded(n: int, base: int) -> int:
    """To the nearest multiple of `base`, halves up.

    >>> rounded(12, 5), rounded(13, 5), rounded(2, 5)
    (10, 15, 0)
    """
    return (2 * n + base) // (2 * base) * base
