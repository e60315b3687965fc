"""One answer with its method and reservations, and a table of several."""

from collections.abc import Sequence

from evidens import sentence
from evidens.answers import Answer, Change, Compared, Missing
from evidens.beside import Beside
from evidens.report.grid import NOTHING, between, grid, per_cent
from evidens.reservations import SMALL
from evidens.sentence.words import TO, capital, number

AT_PHI = {"da": "Interval ved phi", "en": "Interval at phi"}
BY_CHANCE = {"da": "Interval ved ren tilfældighed", "en": "Interval by chance alone"}
POWER = {
    "da": "Med {before} før kunne et fald på {fall} % og derover ses, hvis tallene kun svingede tilfældigt.",
    "en": "From {before} a fall of {fall}% or more could have been seen, "
    "if the counts varied by chance alone.",
}
RATE = {"da": "Pr. 1.000 indbyggere om året", "en": "Per 1,000 inhabitants a year"}
HEAD = {
    "da": ["Sted", "Før", "Nu", "Ændring", "95 %-interval", "Klar"],
    "en": ["Place", "Before", "Now", "Change", "95% interval", "Clear"],
}
RATE_HEAD = {"da": "Nu pr. 1.000 om året", "en": "Now per 1,000 a year"}
YES = {"da": "ja", "en": "yes"}
NO = {"da": "nej", "en": "no"}
BY_CHANCE_ALONE = {"da": "ved ren tilfældighed", "en": "by chance alone"}
FAMILY = {
    "da": "“Klar” er regnet samlet for {family} steder (Benjamini-Hochberg), "
    "så et interval uden 0 kan stå ved et nej.",
    "en": "“Clear” is judged together for {family} places (Benjamini-Hochberg): "
    "an interval without 0 may stand beside a no.",
}
WIDE = {
    "da": "Tallene svinger mere end ren tilfældighed (phi {between}); intervallerne er gjort bredere.",
    "en": "The counts vary more than chance alone (phi {between}); the intervals are widened.",
}


def change(result: Answer, lang: str = "da") -> str:
    """Counts, interval, method, reservations and source of one answer."""
    lines = []
    if isinstance(result, Change):
        lines += _method(result, lang)
    if not isinstance(result, Missing):
        lines += _rates(result, lang)
    lines += [f"- {told.text(lang)}" for told in result.reservations]
    lines.append(result.source.credit(lang))
    return "\n".join(lines)


def _method(result: Change, lang: str) -> list[str]:
    """The interval and p-value, the interval by chance alone, and what fall could have been seen."""
    limits = between(result.low, result.high, lang)
    lines = [f"{AT_PHI[lang]} = {number(result.phi, lang, 1)}: {limits}; p = {_p(result.p, lang)}"]
    if result.phi > 1:
        lines.append(f"{BY_CHANCE[lang]}: {between(*result.exact, lang)}")
    power = result.power
    if power and power.smallest_fall_pct is not None:
        fall = number(power.smallest_fall_pct, lang)
        lines.append(POWER[lang].format(before=power.before, fall=fall))
    return lines


def _p(p: float, lang: str) -> str:
    text = f"{p:.2g}"
    if lang == "da":
        return text.replace(".", ",")
    return text


def _rates(result: Answer, lang: str) -> list[str]:
    if isinstance(result, Missing) or result.rate_after is None:
        return []
    text = number(result.rate_after.value, lang, 2)
    if isinstance(result, Change) and result.rate_before is not None:
        text = f"{number(result.rate_before.value, lang, 2)} {TO[lang]} {text}"
    return [f"{RATE[lang]}: {text}"]


def table(rows: Sequence[Answer], lang: str = "da") -> str:
    """One line per place; below it what could not be given, and the source once."""
    head = HEAD[lang]
    cells = [_cells(row, lang) for row in rows]
    if any(_rates(row, lang) for row in rows):
        head = [*head, RATE_HEAD[lang]]
        cells = [[*line, _rate_cell(row, lang)] for line, row in zip(cells, rows, strict=True)]
    gone = [sentence.change(row, lang) for row in rows if isinstance(row, Missing)]
    reserved = [f"- {text}" for text in _once(rows, lang)]
    below = [*_differing(rows, lang), *gone, *_family(rows, lang), *reserved]
    return "\n".join([grid(head, cells), "", *below, rows[0].source.credit(lang)])


def _cells(row: Answer, lang: str) -> list[str]:
    """Place, before, now, change, interval, clear; no percentage from small counts."""
    place = capital(row.place.words(lang))
    if isinstance(row, Missing):
        return [place, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]
    before, size, limits, clear = NOTHING, NOTHING, NOTHING, NOTHING
    after = number(row.after, lang)
    if isinstance(row, Compared):
        before = number(row.before, lang)
    if isinstance(row, Change):
        clear = is_clear(row, lang)
        if min(row.before, row.after) >= SMALL:
            size = per_cent(row.change_pct, lang)
            limits = between(row.low, row.high, lang)
    return [place, before, after, size, limits, clear]


def is_clear(row: Change, lang: str) -> str:
    """Yes or no; of a change whose variation could not be measured, that only chance was counted with."""
    if not row.clear:
        return NO[lang]
    if row.has("no_history"):
        return BY_CHANCE_ALONE[lang]
    return YES[lang]


def _rate_cell(row: Answer, lang: str) -> str:
    if isinstance(row, Missing) or row.rate_after is None:
        return NOTHING
    return number(row.rate_after.value, lang, 2)


def _differing(rows: Sequence[Answer], lang: str) -> list[str]:
    """The places that changed otherwise than the rest of the other place."""
    told = []
    for row in rows:
        if not isinstance(row, Compared) or not isinstance(row.compare, Beside):
            continue
        if row.compare.differs:
            said = sentence.against_rest(row, row.compare, lang)
            told.append(f"{capital(row.place.at(lang))}: {said}")
    return told


def _family(rows: Sequence[Answer], lang: str) -> list[str]:
    sizes = [row.family for row in rows if isinstance(row, Change)]
    family = max(sizes, default=1)
    if family == 1:
        return []
    return [FAMILY[lang].format(family=family)]


def _once(rows: Sequence[Answer], lang: str) -> list[str]:
    """Each reservation once; of the dispersion the smallest and the largest."""
    texts = {}
    for row in rows:
        for told in row.reservations:
            texts[told.code] = told.text(lang)
    wide = [row.phi for row in rows if isinstance(row, Change) and row.phi > 1]
    if len(wide) > 1 and max(wide) - min(wide) >= 0.1:
        between = f"{number(min(wide), lang, 1)}-{number(max(wide), lang, 1)}"
        texts["overdispersion"] = WIDE[lang].format(between=between)
    return list(texts.values())
