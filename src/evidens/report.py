"""Results as plain tables for a terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from evidens.sentence import against_rest, capital, number
from evidens.sentence import change as sentence_of

if TYPE_CHECKING:
    from evidens.counts import Counts
    from evidens.process import ProcessMap
    from evidens.trend import Change
    from evidens.warning import Attention
    from evidens.youth import YouthAnalysis


def grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns in line: the first to the left, the others to the right.

    >>> print(grid(["Sted", "n"], [["Læsø", "1"], ["Aalborg", "178"]]))
    Sted       n
    Læsø       1
    Aalborg  178
    """
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    lines = []
    for row in (head, *rows):
        first = row[0].ljust(widths[0])
        lines.append(
            "  ".join(
                [first, *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
            ).rstrip()
        )
    return "\n".join(lines)


def _pct(value: float | None, lang: str) -> str:
    return (
        "-"
        if value is None
        else number(value, lang, 1).replace("-", "\u2212") + (" %" if lang == "da" else "%")
    )


def _p(p: float, lang: str) -> str:
    return f"{p:.2g}".replace(".", ",") if lang == "da" else f"{p:.2g}"


def _between(low: float | None, high: float | None, lang: str) -> str:
    if high is None:
        return f"{_pct(low, lang)} {'og opefter' if lang == 'da' else 'and up'}"
    return f"{_pct(low, lang)} {'til' if lang == 'da' else 'to'} {_pct(high, lang)}"


def change(result: "Change", lang: str = "da") -> str:
    """Counts, interval, method, reservations and source of one change."""
    danish = lang == "da"
    lines = []
    if result.p is not None and result.exact is not None:
        own, chance = (
            ("Interval ved phi", "Interval ved ren tilfældighed")
            if danish
            else ("Interval at phi", "Interval by chance alone")
        )
        lines = [
            f"{own} = {number(result.phi, lang, 1)}: {_between(result.low, result.high, lang)}; p = {_p(result.p, lang)}"
        ]
        if result.phi > 1:
            lines.append(f"{chance}: {_between(*result.exact, lang)}")
    if result.power and result.power.smallest_fall_pct is not None:
        fall = number(result.power.smallest_fall_pct, lang)
        lines.append(
            f"Med {result.power.before} før kunne et fald på {fall} % og derover ses, hvis tallene kun svingede tilfældigt."
            if danish
            else f"From {result.power.before} a fall of {fall}% or more could have been seen, if the counts varied by chance alone."
        )
    if result.rate_after is not None:
        name = "Pr. 1.000 indbyggere om året" if danish else "Per 1,000 inhabitants a year"
        before = (
            ""
            if result.rate_before is None
            else f"{number(result.rate_before, lang, 2)} {'til' if danish else 'to'} "
        )
        lines.append(f"{name}: {before}{number(result.rate_after, lang, 2)}")
    lines += [f"- {r.text_da if danish else r.text_en}" for r in result.reservations]
    return "\n".join([*lines, result.credit if danish else result.credit_en])


def table(rows: "Sequence[Change]", lang: str = "da") -> str:
    """One line per place; below it what could not be given, and the source once."""
    head = (
        ["Sted", "Før", "Nu", "Ændring", "95 %-interval", "Klar"]
        if lang == "da"
        else ["Place", "Before", "Now", "Change", "95% interval", "Clear"]
    )
    rates = any(row.rate_after is not None for row in rows)
    cells = []
    for row in rows:
        if not row.available:
            cells.append([capital(row.place.words(lang)), "-", "-", "-", "-", "-", *(["-"] if rates else [])])
            continue
        small = row.before is None or row.p is None or min(row.before, row.after or 0) < 25
        cells.append(
            [
                capital(row.place.words(lang)),
                "-" if row.before is None else number(row.before, lang),
                number(row.after or 0, lang),
                "-" if small else _pct(row.change_pct, lang),
                "-" if small else _between(row.low, row.high, lang),
                "-" if row.p is None else ("ja", "nej", "yes", "no")[(lang == "en") * 2 + (not row.clear)],
                *([number(row.rate_after, lang, 2) if row.rate_after is not None else "-"] if rates else []),
            ]
        )
    if rates:
        head = [*head, "Nu pr. 1.000 om året" if lang == "da" else "Now per 1,000 a year"]
    gone = [sentence_of(row, lang) for row in rows if not row.available]
    reserved = _once(rows, lang)
    family = max((row.family for row in rows), default=1)
    told = [
        f"“Klar” er regnet samlet for {family} steder (Benjamini-Hochberg), så et interval uden 0 kan stå ved et nej."
        if lang == "da"
        else f"“Clear” is judged together for {family} places (Benjamini-Hochberg): an interval without 0 may stand beside a no."
    ] * (family > 1)
    beside = [
        f"{capital(row.place.at(lang))}: {against_rest(row, row.compare, lang)}"
        for row in rows
        if row.compare and row.compare.differs
    ]
    return "\n".join(
        [
            grid(head, cells),
            "",
            *beside,
            *gone,
            *told,
            *(f"- {text}" for text in reserved),
            rows[0].credit if lang == "da" else rows[0].credit_en,
        ]
    )


def _once(rows: "Sequence[Change]", lang: str) -> list[str]:
    """Each reservation once; of the dispersion the smallest and the largest."""
    texts = {r.code: (r.text_da if lang == "da" else r.text_en) for row in rows for r in row.reservations}
    wide = [row.phi for row in rows if row.phi > 1]
    if len(wide) > 1 and max(wide) - min(wide) >= 0.1:
        between = f"{number(min(wide), lang, 1)}-{number(max(wide), lang, 1)}"
        texts["overdispersion"] = (
            f"Tallene svinger mere end ren tilfældighed (phi {between}); intervallerne er gjort bredere."
            if lang == "da"
            else f"The counts vary more than chance alone (phi {between}); the intervals are widened."
        )
    return list(texts.values())


def attention_dict(found: "Attention", counts: "Counts") -> dict[str, Any]:
    """For JSON."""
    rows = [
        {"place": row.place.key, "place_name": row.place.name, "offence": row.offence, "period": str(row.period), "count": row.count,
         "expected": row.expected, "upper": row.upper, "p": row.p, "method": row.method} for row in found.rows
    ]  # fmt: skip
    return {
        "period": str(found.period), "list": rows, "looked_at": found.looked_at, "left_out": list(found.left_out), "method": found.method,
        "text_da": found.limits_da, "source": counts.source.credit(),
    }  # fmt: skip


def attention(found: "Attention", counts: "Counts") -> str:
    """The list, or that there is nothing on it, and what could not be looked at."""
    lines = [f"{capital(found.period.words())}: set på {found.looked_at} serier."]
    if found.rows:
        rows = [
            [
                row.place.name,
                row.offence,
                str(row.count),
                number(row.expected, "da", 1),
                number(row.upper, "da", 1),
            ]
            for row in found.rows
        ]
        lines.append(grid(["Sted", "Overtrædelse", "Antal", "Ventet", "Grænse"], rows))
    else:
        lines.append("Ingen af dem ligger over det, man kunne vente.")
    if found.left_out:
        more = f" og {len(found.left_out) - 5} til" if len(found.left_out) > 5 else ""
        lines.append(f"Uden tal nok til at se på: {', '.join(found.left_out[:5])}{more}.")
    return "\n".join([*lines, found.limits_da, counts.source.credit()])


def youth(found: "YouthAnalysis") -> str:
    """Rates per municipality with interval, shrunken rate and whether the place lies outside the funnel."""
    rows = []
    for row in found.rows:
        if row.rate is None:
            rows.append([row.name, row.band, "for få", "-", "-", "-", "-"])
            continue
        between = f"{number(row.low or 0, 'da', 1)}-{number(row.high or 0, 'da', 1)}"
        rows.append(
            [row.name, row.band, number(row.count or 0), number(row.rate, "da", 1), between,
             number(row.shrunk or 0, "da", 1), {True: "ja", False: "nej", None: "kan ikke siges"}[row.outside]]
        )  # fmt: skip
    head = ["Kommune", "Alder", "Antal", "Pr. 1.000", "95 %", "Udjævnet", "Uden for tragten"]
    return "\n".join([grid(head, rows), "", *found.notes_da])


def process(found: "ProcessMap") -> str:
    """Steps, edges with median and 90th percentile, and throughput."""
    edges = [
        [
            f"{edge.source} → {edge.target}",
            str(edge.count),
            number(edge.median_days, "da"),
            number(edge.p90_days, "da"),
        ]
        for edge in found.edges
    ]
    share = "" if found.open_share is None else f"; omkring {number(100 * found.open_share)} % er åbne"
    lines = [f"Omkring {number(found.cases)} sager i de kommuner, der vises, pr. {found.today}{share}.", ""]
    lines.append(
        grid(["Vej", "Antal", "Median dage", "90 % inden"], edges)
        if edges
        else "Ingen vej er taget af sager nok til at blive vist."
    )
    return "\n".join([*lines, "", *found.notes_da])
