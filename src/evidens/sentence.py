"""The sentence that a result allows, in Danish and English, with its reservations.

The rules are those of the design: no change is claimed where the interval holds 1, no percentage alone below 25 cases, no
"unlike the country" from two separate tests, and what is not available is said to be so.
"""

from evidens.reservations import SMALL
from evidens.trend import Change, Comparison

WIDEST_BAND = 30  # per cent points: a wider band of what the country's figure may be tells nobody anything


def number(value: float, lang: str = "da", decimals: int = 0) -> str:
    """A number as the language writes it.

    >>> number(12814), number(12814, "en"), number(0.75, "da", 2)
    ('12.814', '12,814', '0,75')
    """
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "da" else text


def percent(value: float, lang: str = "da", sign: bool = False) -> str:
    """ "-42 %" (da), "-42%" (en); a decimal below 10 per cent."""
    shown = value if sign else abs(value)
    decimals = 0 if abs(shown) >= 9.95 or abs(shown - round(shown)) < 0.05 else 1
    return number(shown, lang, decimals).replace("-", "\u2212") + (" %" if lang == "da" else "%")


def change(result: Change, lang: str = "da") -> str:
    """What may be said of a change (or of one span's count)."""
    if not result.available:
        return _unavailable(result, lang)
    if result.against is None:
        return _level(result, lang)
    parts = [_main(result, lang)]
    if result.compare is not None:
        parts.append(_beside(result, result.compare, lang))
    if result.earlier is not None and not result.has("definition"):
        span, count, pct = result.earlier
        large = pct is not None and min(count, result.after or 0) >= SMALL
        shown = f" (ændring derfra {percent(pct or 0, lang, sign=True)})" if large and lang == "da" else ""
        shown = f" (change from there {percent(pct or 0, lang, sign=True)})" if large and lang == "en" else shown
        parts.append(
            f"Corona præger sammenligningen: i {span.words()} var tallet {number(count)}{shown}."
            if lang == "da"
            else f"The comparison is marked by corona: in {span.words('en')} the count was {number(count, 'en')}{shown}."
        )
    elif result.has("covid"):
        parts.append("Coronarestriktioner præger sammenligningen." if lang == "da" else "The comparison is marked by corona restrictions.")
    if result.has("provisional"):
        parts.append("Den nyeste periode er foreløbig." if lang == "da" else "The newest period is provisional.")
    return " ".join(part for part in parts if part)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _what(result: Change, lang: str) -> str:
    return _capital(result.offence.name if lang == "da" else result.offence.name_en)


def _level(result: Change, lang: str) -> str:
    count = number(result.after or 0, lang)
    text = (
        f"{_what(result, lang)} i {result.place.words()}: {count} anmeldelser i {result.span.words()}."
        if lang == "da"
        else f"{_what(result, lang)} in {result.place.words('en')}: {count} reports in {result.span.words('en')}."
    )
    if result.rate_after is not None:
        rate = number(result.rate_after, lang, 1)
        text += f" Det er {rate} pr. 1.000 indbyggere om året." if lang == "da" else f" That is {rate} per 1,000 inhabitants a year."
    return text


def _main(result: Change, lang: str) -> str:
    if result.against is None or result.before is None or result.after is None:
        return _level(result, lang)
    before, after = number(result.before, lang), number(result.after, lang)
    what, where = _what(result, lang), result.place.words(lang)
    first, second = result.against.words(lang), result.span.words(lang)
    if lang == "da":
        counts = f"{before} i {first} og {after} i {second}"
        if result.has("definition"):
            return f"{what} i {where}: {counts}. Tallene kan ikke sammenlignes: {_reason(result)}"
        if not result.clear:
            small = " Tallene er for små til en procent." if min(result.before, result.after) < SMALL else ""
            return f"{what} i {where}: {counts}; ingen klar ændring.{small}"
        verb = "faldt" if (result.change_pct or 0) < 0 else "steg"
        if result.change_pct is None or result.before < SMALL:
            return f"{what} i {where} {verb} fra {before} i {first} til {after} i {second}."
        size = f"{percent(result.change_pct)} ({_band(result, lang)})"
        return f"{what} i {where} {verb} med {size}, fra {before} i {first} til {after} i {second}."
    counts = f"{before} in {first} and {after} in {second}"
    if result.has("definition"):
        return f"{what} in {where}: {counts}. The figures cannot be compared: {_reason(result, 'en')}"
    if not result.clear:
        small = " The counts are too small for a percentage." if min(result.before, result.after) < SMALL else ""
        return f"{what} in {where}: {counts}; no clear change.{small}"
    verb = "fell" if (result.change_pct or 0) < 0 else "rose"
    if result.change_pct is None or result.before < SMALL:
        return f"{what} in {where} {verb} from {before} in {first} to {after} in {second}."
    size = f"{percent(result.change_pct, 'en')} ({_band(result, lang)})"
    return f"{what} in {where} {verb} by {size}, from {before} in {first} to {after} in {second}."


def _reason(result: Change, lang: str = "da") -> str:
    return next(getattr(r, f"text_{lang}") for r in result.reservations if r.code == "definition")


def _band(result: Change | Comparison, lang: str) -> str:
    """ "95 %-interval 35-48 %" in the direction of the change."""
    low, high = result.low or 0.0, result.high
    if high is None:
        return "95 %-interval uden øvre grænse" if lang == "da" else "95% interval without upper limit"
    ends = sorted((abs(low), abs(high))) if low * high > 0 else [low, high]
    shown = " til ".join(number(end, lang).replace("-", "\u2212") for end in ends)
    if lang == "en":
        return f"95% interval {shown.replace(' til ', ' to ')}%"
    return f"95 %-interval {shown} %"


def _beside(result: Change, other: Comparison, lang: str) -> str:
    if not other.available:
        return _not_comparable(other, lang)
    if other.before is None or other.after is None:
        return ""
    where = other.place.words(lang)
    pct = percent(other.change_pct or 0, lang, sign=True)
    before, after = number(other.before, lang), number(other.after, lang)
    text = f"I {where}: {pct} ({before} til {after})." if lang == "da" else f"In {where}: {pct} ({before} to {after})."
    if other.ratio_of_ratios is None or result.has("definition"):
        return text
    ratio, low, high, _ = other.ratio_of_ratios
    inside = set(result.place.members) <= set(other.place.members)
    if other.place.kind == "country":
        than = ("i resten af landet", "in the rest of the country")
    else:
        than = (f"i {'resten af ' if inside else ''}{other.place.name}", f"in {'the rest of ' if inside else ''}{other.place.name}")
    if low <= 1 <= high:
        shown = (
            f" Forskellen til udviklingen {than[0]} er ikke klar."
            if lang == "da"
            else f" The difference from the trend {than[1]} is not clear."
        )
        return text + shown
    if result.clear and (result.change_pct or 0) < 0 and ratio < 1:
        return text + (f" Faldet er større end {than[0]}." if lang == "da" else f" The fall is larger than {than[1]}.")
    if result.clear and (result.change_pct or 0) > 0 and ratio > 1:
        return text + (f" Stigningen er større end {than[0]}." if lang == "da" else f" The rise is larger than {than[1]}.")
    more = ("lavere", "lower") if ratio < 1 else ("højere", "higher")
    return text + (f" Udviklingen er {more[0]} end {than[0]}." if lang == "da" else f" The development is {more[1]} than {than[1]}.")


def _not_comparable(other: Comparison, lang: str) -> str:
    five, bounds = other.known.get("five_regions"), other.known.get("bounds_pct")
    if bounds and (bounds[0] is None or bounds[1] is None or bounds[1] - bounds[0] > WIDEST_BAND):
        bounds = None
    if lang == "da":
        text = f"Tallet for {other.place.words()} foreligger ikke på denne afgrænsning."
        if five and five["change_pct"] is not None:
            text += (
                f" De fem regioner tilsammen, uden sager med uoplyst kommune, gik fra {number(five['before'])} til {number(five['after'])}"
            )
            text += f" ({percent(five['change_pct'], sign=True)}), men det er ikke hele landet"
            text += f"; mellem {percent(bounds[0], sign=True)} og {percent(bounds[1], sign=True)} er muligt." if bounds else "."
        return text
    text = f"The figure for {other.place.words('en')} is not available on this definition."
    if five and five["change_pct"] is not None:
        text += f" The five regions together, without reports of unknown place, went from {number(five['before'], 'en')} to "
        text += f"{number(five['after'], 'en')} ({percent(five['change_pct'], 'en', sign=True)}), which is not the country"
        text += f"; between {percent(bounds[0], 'en', sign=True)} and {percent(bounds[1], 'en', sign=True)} is possible." if bounds else "."
    return text


def _unavailable(result: Change, lang: str) -> str:
    if lang == "en":
        return f"{_what(result, lang)} in {result.place.words('en')}: not available. {result.reason_en}"
    return f"{_what(result, lang)} i {result.place.words()}: tallet foreligger ikke. {result.reason_da}"
