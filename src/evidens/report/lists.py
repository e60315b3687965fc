"""The attention list, the young by municipality, and the way of cases, as tables."""

from typing import TYPE_CHECKING

from evidens.report.grid import NOTHING, grid
from evidens.sentence.words import capital, number, signed

if TYPE_CHECKING:
    from evidens.counts import Counts
    from evidens.process import ProcessMap
    from evidens.revisions import Revisions
    from evidens.warning import Attention
    from evidens.youth import YouthAnalysis, YouthRow

FEW_NAMES = 5


def attention(found: "Attention", counts: "Counts") -> str:
    """The list, or that there is nothing on it, and what could not be looked at."""
    chance = number(found.by_chance, "da", 1)
    lines = [
        f"{capital(found.period.words())}: set på {found.looked_at} serier. "
        f"Ved ren tilfældighed ville omkring {chance} af dem stå her."
    ]
    rows = []
    for row in found.rows:
        expected, upper = number(row.expected, "da", 1), number(row.upper, "da", 1)
        rows.append([row.place.name, row.offence, str(row.count), expected, upper])
    if rows:
        lines.append(grid(["Sted", "Overtrædelse", "Antal", "Ventet", "Grænse"], rows))
    else:
        lines.append("Ingen af dem ligger over det, man kunne vente.")
    if found.left_out:
        lines.append(f"Uden tal nok til at se på: {_named(found.left_out)}.")
    lines += [found.limits_da, counts.source.credit()]
    return "\n".join(lines)


def revisions(found: "Revisions", most: int) -> str:
    """What was revised: how much in all, and the cells, the largest differences first."""
    if not found.both:
        return "De to udtræk har ingen felter fælles."
    lines = [
        f"{number(found.both)} felter står i begge; {number(len(found.changed))} er rettet "
        f"(i alt {signed(found.difference)}). {number(found.added)} er kun i det nye, "
        f"{number(found.gone)} kun i det gamle.",
        *_gone(found),
    ]
    rows = []
    for one in sorted(found.changed, key=lambda one: -abs(one.new - one.old))[:most]:
        rows.append([one.name, one.offence, str(one.period), str(one.old), str(one.new)])
    if rows:
        lines.append(grid(["Sted", "Overtrædelse", "Periode", "Før", "Nu"], rows))
    if len(found.changed) > most:
        lines.append(f"Og {number(len(found.changed) - most)} til; alle står i --json.")
    return "\n".join(lines)


def _gone(found: "Revisions") -> list[str]:
    """The codes and places that are gone altogether."""
    told = []
    for what, codes in (("overtrædelser", found.offences_gone), ("steder", found.places_gone)):
        if codes:
            told.append(f"Helt væk i det nye udtræk, og det er ikke 0: {what} {_named(codes)}.")
    return told


def _named(left_out: tuple[str, ...]) -> str:
    text = ", ".join(left_out[:FEW_NAMES])
    if len(left_out) > FEW_NAMES:
        text += f" og {len(left_out) - FEW_NAMES} til"
    return text


def youth(found: "YouthAnalysis") -> str:
    """Rates per municipality with interval, shrunken rate and whether the place lies outside the funnel."""
    head = ["Kommune", "Alder", "Antal", "Pr. 1.000", "95 %", "Udjævnet", "Uden for tragten"]
    rows = [_youth_row(row) for row in found.rows]
    return "\n".join([grid(head, rows), "", *found.notes_da])


def _youth_row(row: "YouthRow") -> list[str]:
    if row.count is None or row.rate is None or row.low is None or row.high is None or row.shrunk is None:
        return [row.name, row.band, "for få", NOTHING, NOTHING, NOTHING, NOTHING]
    return [
        row.name,
        row.band,
        number(row.count),
        number(row.rate, "da", 1),
        f"{number(row.low, 'da', 1)}-{number(row.high, 'da', 1)}",
        number(row.shrunk, "da", 1),
        _outside(row.outside),
    ]


def _outside(outside: bool | None) -> str:
    if outside is None:
        return "kan ikke siges"
    if outside:
        return "ja"
    return "nej"


def process(found: "ProcessMap") -> str:
    """Steps, edges with median and 90th percentile, and throughput."""
    share = ""
    if found.open_share is not None:
        share = f"; omkring {number(100 * found.open_share)} % er åbne"
    lines = [f"Omkring {number(found.cases)} sager i de kommuner, der vises, pr. {found.today}{share}.", ""]
    edges = []
    for edge in found.edges:
        days = [number(edge.median_days, "da"), number(edge.p90_days, "da")]
        edges.append([f"{edge.source} → {edge.target}", str(edge.count), *days])
    if edges:
        lines.append(grid(["Vej", "Antal", "Median dage", "90 % inden"], edges))
    else:
        lines.append("Ingen vej er taget af sager nok til at blive vist.")
    lines += ["", *found.notes_da]
    return "\n".join(lines)
