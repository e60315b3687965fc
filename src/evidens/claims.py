"""A number that a text claims, against the data: it reproduces, it does not, or it cannot be checked.

The definition stated in the text is used as it stands. It is never changed until the claim fits, and a claim
that does not reproduce is never shown as if it had been computed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from evidens import comparatives, places, record, relations, trend
from evidens.answers import Answer, Change, Level, Missing, Redefined
from evidens.counts import Counts
from evidens.elsewhere import Fit, elsewhere
from evidens.errors import BadRequest, Unavailable
from evidens.offences import Choice
from evidens.periods import Span
from evidens.places import Place
from evidens.relations import rounded
from evidens.sentence.words import PERCENT_SIGN, TO, capital, limits, number, percent, signed
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
    "reversed": {
        "da": "Størrelsen passer, men fortegnet er vendt om.",
        "en": "The size fits, but the sign is reversed.",
    },
}
MARGIN = {
    "da": "Ordet foran tallet er her taget som højst {margin} procentpoint fra {value}.",
    "en": "The word before the number is taken as at most {margin} percentage points from {value}.",
}
TURNED = {
    "da": "Tallet er skrevet med det modsatte fortegn af teksten; teksten er fulgt.",
    "en": "The number is written with the opposite sign of the text; the text is followed.",
}
NOT_SURE = {
    "da": "Retningen passer, men tallene kan ikke afgøre den: {limits} er muligt.",
    "en": "The direction fits, but the figures cannot decide it: {limits} is possible.",
}
RATE = {
    "da": "{where}: {rate} pr. 1.000 indbyggere om året i {span} ({credit}).",
    "en": "{where}: {rate} per 1,000 inhabitants a year in {span} ({credit}).",
}
NO_POPULATION = {
    "da": "Der er ikke givet et folketal, der dækker stedet og perioden (--population).",
    "en": "No population was given that covers the place and the span (--population).",
}
SHARE = {
    "da": "{where}: {part} af {whole} i {span}, {size} ({credit}).",
    "en": "{where}: {part} of {whole} in {span}, {size} ({credit}).",
}
MAY_BE = {"da": "Mulige grunde (ikke undersøgt):", "en": "Possible reasons, none shown:"}
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

    `reasons` are codes of REASONS for a claim that does not reproduce, and `fits` are other places and spans
    that the number is true of; `why`, by language, is there for one that cannot be checked. `whole` is what a
    share is of, `said` what the figures say of a claim without a number of its own, by language.
    """

    claim: Claim
    verdict: Verdict
    result: Answer
    computed: float | None = None
    gap: float | None = None
    reasons: tuple[str, ...] = ()
    why: dict[str, str] | None = None
    fits: tuple[Fit, ...] = ()
    whole: int = 0
    said: dict[str, str] | None = None

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "text": self.claim.text,
            "line": self.claim.line,
            "verdict": self.verdict,
            "claimed": self.claim.value,
            "relation": self.claim.relation,
            "computed": self.computed,
            "gap": self.gap,
            "stated_source": self.claim.source,
            "fits": [{"place": fit.place.key, "span": str(fit.span)} for fit in self.fits],
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
        if self.claim.kind in ("change_pct", "share_pct") and relations.margin(
            self.claim.relation, self.claim.value
        ):
            margin = number(relations.margin(self.claim.relation, self.claim.value), lang, 1)
            value = percent(self.claim.value, lang, sign=True)
            parts.append(MARGIN[lang].format(margin=margin, value=value))
        if self.said is not None:
            return " ".join([*parts, self.said[lang], f"({self.result.source.credit(lang)})."])
        if self.claim.turned:
            parts.append(TURNED[lang])
        parts.append(self._figure(lang))
        return " ".join([*parts, *self._perhaps(lang)])

    def _perhaps(self, lang: str) -> list[str]:
        """What may lie behind a number that does not reproduce: a sign, a place or span, and the rest."""
        seen = [REASONS[code][lang] for code in self.reasons if code == "reversed"]
        seen += [fit.text(lang) for fit in self.fits]
        others = [REASONS[code][lang] for code in self.reasons if code != "reversed"]
        if others:
            return [*seen, MAY_BE[lang], *others]
        return seen

    def _figure(self, lang: str) -> str:
        result = self.result
        where = f"{capital(result.offence.words(lang))}, {result.place.words(lang)}"
        credit = result.source.credit(lang)
        if self.claim.kind == "count" and not isinstance(result, Missing):
            after = number(result.after, lang)
            return COUNT[lang].format(where=where, after=after, span=result.span.words(lang), credit=credit)
        if self.claim.kind == "share_pct" and not isinstance(result, Missing):
            return SHARE[lang].format(
                where=where,
                part=number(result.after, lang),
                whole=number(self.whole, lang),
                span=result.span.words(lang),
                size=percent(100 * result.after / self.whole, lang),
                credit=credit,
            )
        if self.claim.kind == "rate" and self.computed is not None:
            rate = number(self.computed, lang, max(1, self.claim.decimals))
            return RATE[lang].format(where=where, rate=rate, span=result.span.words(lang), credit=credit)
        if not isinstance(result, Change):
            raise TypeError(result)
        spans = f"{result.against.words(lang)} {TO[lang]} {result.span.words(lang)}"
        counts = f"{number(result.before, lang)} {TO[lang]} {number(result.after, lang)}"
        return f"{where}, {spans}: {counts}, {self._size(result, lang)} ({credit})."

    def _size(self, result: Change, lang: str) -> str:
        """The computed change with the claim's digits; with a decimal where it is off: the gap shows."""
        change = result.change_pct or 0.0
        if abs(change) < 100 and (self.verdict == "does_not_reproduce" or self.claim.relation != "equal"):
            return signed(rounded(change, 1), lang, 1) + PERCENT_SIGN[lang]
        if self.claim.kind == "change_pct":
            decimals = self.claim.decimals
            return signed(rounded(change, decimals), lang, decimals) + PERCENT_SIGN[lang]
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


def check(
    counts: Counts, claim: Claim, groups: Path | None = None, population: Counts | None = None
) -> Checked:
    """The verdict on one claim; a rate needs the `population`.

    Raises BadRequest when the claim itself makes no sense (unknown place, span, offence).
    """
    span = counts.span(claim.span)
    offence = trend.choose(claim.offence, counts, groups)
    place, compare = places.place(claim.place), None
    if claim.kind == "rest":
        compare = places.place(claim.compare)
    if claim.kind == "extreme":
        return _extreme(counts, claim, offence, place, span)
    against = _against(counts, claim, span)
    result = trend.change(counts, offence, place, span, against, compare=compare, population=population)
    if isinstance(result, Missing):
        return _cannot(claim, result, {"da": result.reason_da, "en": result.reason_en})
    if isinstance(result, Redefined):
        broken = next(told for told in result.reservations if told.code == "definition")
        return _cannot(claim, result, {"da": broken.text_da, "en": broken.text_en})
    if claim.kind == "count":
        same = relations.holds(claim.relation, claim.value, float(result.after), claim.decimals)
        return _verdict(claim, result, float(result.after), same)
    if claim.kind == "rate":
        if result.rate_after is None:
            return _cannot(claim, result, NO_POPULATION)
        rate = result.rate_after.value
        same = relations.holds(claim.relation, claim.value, rate, claim.decimals)
        return _verdict(claim, result, rate, same)
    if claim.kind == "share_pct":
        return _share(counts, claim, result, groups)
    if isinstance(result, Level) or result.change_pct is None:
        return _cannot(claim, result, FROM_NOTHING)
    exact = 100 * (result.after / result.before - 1)
    if claim.kind == "same":
        return _verdict(claim, result, exact, _level_with(claim, result, exact))
    if claim.kind == "rest":
        return _comparative(claim, result, comparatives.against_the_rest(result, claim.value))
    if claim.kind == "direction":
        return _direction(claim, result, exact)
    same = relations.holds(claim.relation, claim.value, exact, claim.decimals)
    found = _verdict(claim, result, exact, same)
    if same:
        return found
    if relations.holds(claim.relation, -claim.value, exact, claim.decimals):
        found = replace(found, reasons=("reversed", *found.reasons))
    return replace(found, fits=elsewhere(counts, claim, result))


def _direction(claim: Claim, result: Change, exact: float) -> Checked:
    """A fall or rise without a number: true where it is clear, and not to be decided where it is not."""
    if exact * claim.value <= 0:
        return replace(_verdict(claim, result, exact, same=False), gap=None)
    if result.clear:
        return replace(_verdict(claim, result, exact, same=True), gap=None)
    why = {}
    for lang in ("da", "en"):
        why[lang] = NOT_SURE[lang].format(limits=limits(result.low, result.high, lang, sign=True))
    return _cannot(claim, result, why)


def _extreme(counts: Counts, claim: Claim, offence: Choice, place: Place, span: Span) -> Checked:
    """The lowest or highest in so many years."""
    result = trend.change(counts, offence, place, span, None)
    found = comparatives.extreme(counts, offence, place, span, claim.years, claim.value)
    return _comparative(claim, result, found)


def _comparative(claim: Claim, result: Answer, found: comparatives.Comparative) -> Checked:
    if found.holds is None:
        return _cannot(claim, result, found.said)
    if found.holds:
        return Checked(claim, "reproduces", result, said=found.said)
    return Checked(claim, "does_not_reproduce", result, said=found.said)


def _share(counts: Counts, claim: Claim, result: Answer, groups: Path | None) -> Checked:
    """One offence's share of another (`of`) in the same place and span."""
    whole = trend.choose(str(claim.of), counts, groups)
    try:
        of = counts.count(result.place, whole.codes, result.span)
    except Unavailable as gone:
        return _cannot(claim, result, {"da": gone.reason, "en": gone.reason_en})
    if isinstance(result, Missing) or not of:
        return _cannot(claim, result, FROM_NOTHING)
    share = 100 * result.after / of
    same = relations.holds(claim.relation, claim.value, share, claim.decimals)
    return replace(_verdict(claim, result, share, same), whole=of)


def _level_with(claim: Claim, result: Change, exact: float) -> bool:
    """Within the margin; a clear change is never called unchanged."""
    if claim.value == 0 and result.clear:
        return False
    return abs(exact - claim.value) <= SAME_MARGIN


def _against(counts: Counts, claim: Claim, span: Span) -> Span | None:
    """The earlier span: the one stated, else the year before; a count has none."""
    if claim.against:
        return counts.span(claim.against)
    if claim.kind in ("count", "share_pct", "rate"):
        return None
    return span.year_before()


def _cannot(claim: Claim, result: Answer, why: dict[str, str]) -> Checked:
    return Checked(claim, "cannot_be_checked", result, why=why)


def _verdict(claim: Claim, result: Answer, computed: float, same: bool) -> Checked:
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


def check_all(
    counts: Counts, claims: Iterable[Claim], groups: Path | None = None, population: Counts | None = None
) -> list[Checked]:
    """Verdicts in the order of the claims."""
    found = []
    for position, claim in enumerate(claims, 1):
        try:
            found.append(check(counts, claim, groups, population))
        except BadRequest as error:
            raise BadRequest(f"Påstand {position} (“{claim.text}”): {error}") from None
    return found
