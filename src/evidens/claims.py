"""A number that a text claims, against the data: it reproduces, it does not, or it cannot be checked.

The definition stated in the text is used as it stands. It is never changed until the claim fits, and a claim
that does not reproduce is never shown as if it had been computed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evidens import places, record, trend
from evidens.answers import Answer, Change, Level, Missing, Redefined
from evidens.counts import Counts
from evidens.errors import BadRequest
from evidens.periods import Span
from evidens.sentence.words import PERCENT_SIGN, TO, capital, number, percent, signed
from evidens.stated import Claim, claim_from, load

__all__ = ["Checked", "Claim", "check", "check_all", "claim_from", "load"]

Verdict = Literal["reproduces", "does_not_reproduce", "cannot_be_checked"]
SAME_MARGIN = 5.0
WORDS = {
    "reproduces": {"da": "kan genfindes", "en": "reproduces"},
    "does_not_reproduce": {"da": "kan ikke genfindes", "en": "does not reproduce"},
    "cannot_be_checked": {"da": "kan ikke efterprøves", "en": "cannot be checked"},
}
REASONS = {
    "source": {
        "da": "Teksten kan bygge på en anden kilde, fx politiets sagssystem.",
        "en": "The text may rest on another source, such as the police's case system.",
    },
    "yearly": {
        "da": "Den årlige tabel STRAF22 ligger 4-7 % over kvartalerne i STRAF11.",
        "en": "The yearly table STRAF22 lies 4-7% above STRAF11's quarters.",
    },
    "date": {
        "da": "Tallene kan være trukket på en anden dag og siden rettet.",
        "en": "The figures may have been drawn on another day and revised since.",
    },
    "sections": {
        "da": "Teksten kan regne andre paragraffer med.",
        "en": "The text may count other sections of the law.",
    },
}
MAY_BE = {"da": "Mulige grunde, ingen af dem vist:", "en": "Possible reasons, none shown:"}
SAME_LEVEL = {
    "da": "Samme niveau er her højst {margin} procentpoint fra {value}.",
    "en": "Same level means at most {margin} percentage points from {value}.",
}
COUNT = {"da": "{where}: {after} i {span} ({credit}).", "en": "{where}: {after} in {span} ({credit})."}
FIVE_REGIONS = {
    "da": "De fem regioner tilsammen giver {size}, men de er ikke hele landet",
    "en": "The five regions together give {size}, but they are not the country",
}
MAY_LIE = {
    "da": "(som kan være alt fra {low} til {high})",
    "en": "(which may be anything from {low} to {high})",
}
FROM_NOTHING = {
    "da": "Ændringen fra 0 kan ikke siges i procent.",
    "en": "A change from 0 has no percentage.",
}


@dataclass(frozen=True)
class Checked:
    """The verdict, with both figures. `gap` is computed minus claimed (per cent points, or reports).

    `reasons` are codes of REASONS for a claim that does not reproduce; `why`, by language, is there for one
    that cannot be checked.
    """

    claim: Claim
    verdict: Verdict
    result: Answer
    computed: float | None = None
    gap: float | None = None
    reasons: tuple[str, ...] = ()
    why: dict[str, str] | None = None

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "text": self.claim.text,
            "line": self.claim.line,
            "verdict": self.verdict,
            "claimed": self.claim.value,
            "computed": self.computed,
            "gap": self.gap,
            "stated_source": self.claim.source,
            "reasons": [{"code": code, "text_da": REASONS[code]["da"]} for code in self.reasons],
            "sentence_da": self.sentence("da"),
            "sentence_en": self.sentence("en"),
            "result": record.change(self.result),
        }

    def sentence(self, lang: str = "da") -> str:
        """Both figures, both definitions, the gap and what may lie behind it."""
        parts = [f"“{self.claim.text}” {WORDS[self.verdict][lang]}."]
        if self.why is not None:
            parts += [self.why[lang], _known(self.result, lang)]
            return " ".join(filter(None, parts))
        if self.claim.kind == "same":
            level = percent(self.claim.value, lang, sign=True)
            parts.append(SAME_LEVEL[lang].format(margin=number(SAME_MARGIN, lang), value=level))
        parts.append(self._figure(lang))
        if self.reasons:
            parts.append(MAY_BE[lang])
        parts += [REASONS[code][lang] for code in self.reasons]
        return " ".join(parts)

    def _figure(self, lang: str) -> str:
        result = self.result
        where = f"{capital(result.offence.words(lang))}, {result.place.words(lang)}"
        credit = result.source.credit(lang)
        if self.claim.kind == "count" and not isinstance(result, Missing):
            after = number(result.after, lang)
            return COUNT[lang].format(where=where, after=after, span=result.span.words(lang), credit=credit)
        if not isinstance(result, Change):
            raise TypeError(result)
        spans = f"{result.against.words(lang)} {TO[lang]} {result.span.words(lang)}"
        counts = f"{number(result.before, lang)} {TO[lang]} {number(result.after, lang)}"
        return f"{where}, {spans}: {counts}, {self._size(result, lang)} ({credit})."

    def _size(self, result: Change, lang: str) -> str:
        """The computed change; with a decimal where the claim is off, so that the gap shows."""
        change = result.change_pct or 0.0
        if abs(change) < 100 and self.verdict == "does_not_reproduce":
            return signed(change, lang, 1) + PERCENT_SIGN[lang]
        return percent(change, lang, sign=True)


def _known(result: Answer, lang: str) -> str:
    """What the five regions say of a country that is not published."""
    if not isinstance(result, Missing):
        return ""
    five = result.known.get("five_regions")
    if not five or five["change_pct"] is None:
        return ""
    text = FIVE_REGIONS[lang].format(size=percent(five["change_pct"], lang, sign=True))
    bounds = result.known.get("bounds_pct")
    if bounds:
        low, high = (percent(bound, lang, sign=True) for bound in bounds)
        text += " " + MAY_LIE[lang].format(low=low, high=high)
    return f"{text}."


def check(counts: Counts, claim: Claim, groups: Path | None = None) -> Checked:
    """The verdict on one claim.

    Raises BadRequest when the claim itself makes no sense (unknown place, span, offence).
    """
    span = counts.span(claim.span)
    offence = trend.choose(claim.offence, counts, groups)
    result = trend.change(counts, offence, places.place(claim.place), span, _against(counts, claim, span))
    if isinstance(result, Missing):
        return _cannot(claim, result, {"da": result.reason_da, "en": result.reason_en})
    if isinstance(result, Redefined):
        broken = next(told for told in result.reservations if told.code == "definition")
        return _cannot(claim, result, {"da": broken.text_da, "en": broken.text_en})
    if claim.kind == "count":
        same = result.after == round(claim.value, claim.decimals)
        return _verdict(claim, result, float(result.after), same)
    if isinstance(result, Level) or result.change_pct is None:
        return _cannot(claim, result, FROM_NOTHING)
    exact = 100 * (result.after / result.before - 1)
    if claim.kind == "same":
        return _verdict(claim, result, exact, _level_with(claim, result, exact))
    same = _rounded(exact, claim.decimals) == _rounded(claim.value, claim.decimals)
    return _verdict(claim, result, exact, same)


def _level_with(claim: Claim, result: Change, exact: float) -> bool:
    """Within the margin; a clear change is never called unchanged."""
    if claim.value == 0 and result.clear:
        return False
    return abs(exact - claim.value) <= SAME_MARGIN


def _against(counts: Counts, claim: Claim, span: Span) -> Span | None:
    """The earlier span: the one stated, else the year before; a count has none."""
    if claim.against:
        return counts.span(claim.against)
    if claim.kind == "count":
        return None
    return span.year_before()


def _cannot(claim: Claim, result: Answer, why: dict[str, str]) -> Checked:
    return Checked(claim, "cannot_be_checked", result, why=why)


def _rounded(value: float, decimals: int) -> float:
    """Half away from zero, as people round."""
    scale = 10.0**decimals
    size = (abs(value) * scale + 0.5 + 1e-9) // 1 / scale
    if value < 0:
        return -size
    return size


def _verdict(claim: Claim, result: Level | Change, computed: float, same: bool) -> Checked:
    gap = round(computed - claim.value, 2)
    computed = round(computed, 2)
    if same:
        return Checked(claim, "reproduces", result, computed, gap)
    reasons = []
    table = result.source.table
    if table.startswith("STRAF") and table.lower() not in claim.source.lower():
        reasons.append("source")
    whole_years = claim.kind == "count" and len(result.span) % 4 == 0
    if table == "STRAF11" and whole_years and 0.9 <= claim.value / max(computed, 1) <= 1.1:
        reasons.append("yearly")
    reasons += ["date", "sections"]
    return Checked(claim, "does_not_reproduce", result, computed, gap, tuple(reasons))


def check_all(counts: Counts, claims: Iterable[Claim], groups: Path | None = None) -> list[Checked]:
    """Verdicts in the order of the claims."""
    found = []
    for position, claim in enumerate(claims, 1):
        try:
            found.append(check(counts, claim, groups))
        except BadRequest as error:
            raise BadRequest(f"Påstand {position} (“{claim.text}”): {error}") from None
    return found
