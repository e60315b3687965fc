"""A number that a text claims, against the data: it reproduces, it does not, or it cannot be checked.

The definition stated in the text is used as it stands. It is never changed until the claim fits, and a claim that does not
reproduce is never shown as if it had been computed.
"""

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from evidens import places, trend
from evidens.counts import Counts
from evidens.errors import BadRequest
from evidens.sentence import capital, number, percent, signed

Kind = Literal["change_pct", "count", "same"]
Verdict = Literal["reproduces", "does_not_reproduce", "cannot_be_checked"]
SAME_MARGIN = 5.0
WORDS = {
    "reproduces": ("kan genfindes", "reproduces"),
    "does_not_reproduce": ("kan ikke genfindes", "does not reproduce"),
    "cannot_be_checked": ("kan ikke efterprøves", "cannot be checked"),
}
REASONS = {
    "source": (
        "Teksten kan bygge på en anden kilde, fx politiets sagssystem.",
        "The text may rest on another source, such as the police's case system.",
    ),
    "yearly": (
        "Den årlige tabel STRAF22 ligger 4-7 % over kvartalerne i STRAF11.",
        "The yearly table STRAF22 lies 4-7% above STRAF11's quarters.",
    ),
    "date": (
        "Tallene kan være trukket på en anden dag og siden rettet.",
        "The figures may have been drawn on another day and revised since.",
    ),
    "sections": ("Teksten kan regne andre paragraffer med.", "The text may count other sections of the law."),
}


@dataclass(frozen=True)
class Claim:
    """What a text says, with the definition as stated.

    `value` is in per cent for "change_pct", a number of reports for "count", and for "same" the change (in per cent) that this
    one is said to be level with (0: level with the earlier span). `decimals` is how exactly the text states it.
    """

    text: str
    kind: Kind
    value: float
    offence: str
    place: str
    span: str
    against: str | None = None
    decimals: int = 0
    source: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Checked:
    """The verdict, with both figures. `gap` is computed minus claimed (per cent points, or reports)."""

    claim: Claim
    verdict: Verdict
    result: trend.Change
    computed: float | None
    gap: float | None
    reasons: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "text": self.claim.text,
            "line": self.claim.line,
            "verdict": self.verdict,
            "claimed": self.claim.value,
            "computed": self.computed,
            "gap": self.gap,
            "stated_source": self.claim.source,
            "reasons": [{"code": code, "text_da": REASONS[code][0]} for code in self.reasons],
            "sentence_da": self.sentence("da"),
            "sentence_en": self.sentence("en"),
            "result": self.result.as_dict(),
        }

    def sentence(self, lang: str = "da") -> str:
        """Both figures, both definitions, the gap and what may lie behind it."""
        word = WORDS[self.verdict][0 if lang == "da" else 1]
        head = f"“{self.claim.text}” {word}."
        if self.claim.kind == "same" and self.verdict != "cannot_be_checked":
            level = number(SAME_MARGIN, lang)
            head += (
                f" Samme niveau er her højst {level} procentpoint fra {percent(self.claim.value, lang, sign=True)}."
                if lang == "da"
                else f" Same level means at most {level} percentage points from {percent(self.claim.value, lang, sign=True)}."
            )
        r = self.result
        if self.verdict == "cannot_be_checked":
            return f"{head} {r.reason_da if lang == 'da' else r.reason_en}{_known(r, lang)}".strip()
        found = self._figure(r, lang)
        if self.verdict == "reproduces":
            return f"{head} {found}"
        reasons = " ".join(REASONS[code][0 if lang == "da" else 1] for code in self.reasons)
        lead = "Mulige grunde, ingen af dem vist:" if lang == "da" else "Possible reasons, none shown:"
        return f"{head} {found} {lead} {reasons}"

    def _figure(self, r: trend.Change, lang: str) -> str:
        where = f"{capital(r.offence.name if lang == 'da' else r.offence.name_en)}, {r.place.words(lang)}"
        credit = r.credit if lang == "da" else r.credit_en
        if self.claim.kind == "count" or r.against is None:
            said = (
                f"{number(r.after or 0, lang)} i {r.span.words()}"
                if lang == "da"
                else f"{number(r.after or 0, lang)} in {r.span.words('en')}"
            )
            return f"{where}: {said} ({credit})."
        change = percent(r.change_pct or 0, lang, sign=True)
        if abs(r.change_pct or 0) < 100 and self.verdict == "does_not_reproduce":
            change = signed(r.change_pct or 0, lang, 1) + (" %" if lang == "da" else "%")
        link = "til" if lang == "da" else "to"
        spans = f"{r.against.words(lang)} {link} {r.span.words(lang)}"
        return f"{where}, {spans}: {number(r.before or 0, lang)} {link} {number(r.after or 0, lang)}, {change} ({credit})."


def _known(result: trend.Change, lang: str) -> str:
    five = result.known.get("five_regions")
    if not five or five["change_pct"] is None:
        return ""
    bounds = result.known.get("bounds_pct")
    pct = percent(five["change_pct"], lang, sign=True)
    if lang == "en":
        text = f" The five regions together give {pct}, but they are not the country"
        return text + (
            f" (which may be anything from {percent(bounds[0], lang, True)} to {percent(bounds[1], lang, True)})."
            if bounds
            else "."
        )
    text = f" De fem regioner tilsammen giver {pct}, men de er ikke hele landet"
    return text + (
        f" (som kan være alt fra {percent(bounds[0], lang, True)} til {percent(bounds[1], lang, True)})."
        if bounds
        else "."
    )


def check(counts: Counts, claim: Claim, groups: Path | None = None) -> Checked:
    """The verdict on one claim; raises BadRequest when the claim itself makes no sense (unknown place, span, offence)."""
    span = counts.span(claim.span)
    against = (
        counts.span(claim.against)
        if claim.against
        else (None if claim.kind == "count" else span.year_before())
    )
    where = places.place(claim.place)
    result = trend.change(counts, trend.choose(claim.offence, counts, groups), where, span, against)
    if not result.available or result.has("definition"):
        return Checked(claim, "cannot_be_checked", _with_reason(result), None, None, ())
    if claim.kind == "count":
        computed = float(result.after or 0)
        return _verdict(
            claim, result, computed, round(computed, claim.decimals) == round(claim.value, claim.decimals)
        )
    if result.change_pct is None or result.before is None or result.after is None:
        reason = "Ændringen fra 0 kan ikke siges i procent."
        gone = replace(result, reason_da=reason, reason_en="A change from 0 has no percentage.")
        return Checked(claim, "cannot_be_checked", gone, None, None, ())
    exact = 100 * (result.after / result.before - 1)
    if claim.kind == "same":
        level = abs(exact - claim.value) <= SAME_MARGIN and not (claim.value == 0 and result.clear)
        return _verdict(claim, result, exact, level)
    return _verdict(
        claim, result, exact, _rounded(exact, claim.decimals) == _rounded(claim.value, claim.decimals)
    )


def _rounded(value: float, decimals: int) -> float:
    """Half away from zero, as people round."""
    scale = 10.0**decimals
    return float((abs(value) * scale + 0.5 + 1e-9) // 1 / scale * (1 if value >= 0 else -1))


def _with_reason(result: trend.Change) -> trend.Change:
    if result.reason_da or not result.has("definition"):
        return result
    change = next(r for r in result.reservations if r.code == "definition")
    return replace(result, reason_da=change.text_da, reason_en=change.text_en)


def _verdict(claim: Claim, result: trend.Change, computed: float, same: bool) -> Checked:
    gap = round(computed - claim.value, 2)
    if same:
        return Checked(claim, "reproduces", result, round(computed, 2), gap, ())
    table = result.source["table"]
    reasons = ["source"] if table.startswith("STRAF") and table.lower() not in claim.source.lower() else []
    if (
        table == "STRAF11"
        and len(result.span) % 4 == 0
        and claim.kind == "count"
        and 0.9 <= claim.value / max(computed, 1) <= 1.1
    ):
        reasons.append("yearly")
    return Checked(
        claim, "does_not_reproduce", result, round(computed, 2), gap, (*reasons, "date", "sections")
    )


def check_all(counts: Counts, claims: Iterable[Claim], groups: Path | None = None) -> list[Checked]:
    """Verdicts in the order of the claims."""
    found = []
    for number_, claim in enumerate(claims, 1):
        try:
            found.append(check(counts, claim, groups))
        except BadRequest as error:
            raise BadRequest(f"Påstand {number_} (“{claim.text}”): {error}") from None
    return found


def load(path: Path) -> list[Claim]:
    """Claims from a TOML file ([[claim]]) or a JSON list; raises BadRequest with the number of the claim that does not hold.

    A claim needs text, offence, place, span, and either `change_pct`, `count` or `same_as` (per cent).
    """
    try:
        text = path.read_text("utf-8")
        rows = json.loads(text) if path.suffix == ".json" else tomllib.loads(text).get("claim", [])
        rows = rows if isinstance(rows, list) else [rows]
    except OSError as error:
        raise BadRequest(f"{path} kan ikke læses: {error.strerror}.") from None
    except ValueError as error:
        raise BadRequest(f"{path} er hverken TOML eller JSON ({error}).") from None
    if not rows:
        raise BadRequest(
            f"{path} har ingen påstande. Skriv hver som [[claim]] med text, offence, place, span og change_pct."
        )
    return [claim_from(row, number) for number, row in enumerate(rows, 1)]


def claim_from(row: Any, number_: int = 1) -> Claim:
    """One claim from its fields; raises BadRequest that names the claim and the field."""
    names: dict[str, Kind] = {"change_pct": "change_pct", "count": "count", "same_as": "same"}
    if not isinstance(row, dict):
        raise BadRequest(
            f"Påstand {number_} er ikke en samling felter. Skriv den som [[claim]] med text, offence, place, span og et tal."
        )
    given = [name for name in names if name in row]
    missing = [name for name in ("text", "offence", "place", "span") if name not in row]
    if missing or len(given) != 1:
        lack = ", ".join(missing) or "netop én af change_pct, count og same_as"
        raise BadRequest(f"Påstand {number_} mangler {lack}.")
    written = str(row[given[0]]).replace("\u2212", "-").replace(" ", "").replace("%", "")
    if given[0] == "count" and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written):
        written = written.replace(".", "")
    if isinstance(row[given[0]], bool) or not re.fullmatch(r"-?\d+(?:[.,]\d+)?", written):
        raise BadRequest(f"Påstand {number_}: “{row[given[0]]}” er ikke et tal.")
    decimals = row.get(
        "decimals",
        len(written.replace(",", ".").partition(".")[2]) if not isinstance(row[given[0]], int) else 0,
    )
    if written.startswith("-") and given[0] == "count":
        raise BadRequest(f"Påstand {number_}: et antal kan ikke være negativt.")
    if not isinstance(decimals, int) or isinstance(decimals, bool) or not 0 <= decimals <= 6:
        raise BadRequest(f"Påstand {number_}: decimals skal være et helt tal fra 0 til 6.")
    text = {name: str(row[name]) for name in ("text", "offence", "place", "span")}
    against = None if row.get("against") is None else str(row["against"])
    line = row.get("line") if isinstance(row.get("line"), int) else None
    return Claim(
        kind=names[given[0]], value=float(written.replace(",", ".")), against=against, decimals=decimals,
        source=str(row.get("source", "")), line=line, **text,
    )  # fmt: skip
