"""The sentence that a result allows, in Danish and English, with its reservations.

The rules are those of the design: no change is claimed where the interval holds 1, no percentage alone below 25 cases, no
"unlike the country" from two separate tests, and what is not available is said to be so.
"""

from evidens.beside import Comparison
from evidens.reservations import SMALL
from evidens.trend import Change

WIDEST_BAND = 30  # per cent points: a wider band of what the country's figure may be tells nobody anything


def number(value: float, lang: str = "da", decimals: int = 0) -> str:
    """A number as the language writes it.

    >>> number(12814), number(12814, "en"), number(0.75, "da", 2)
    ('12.814', '12,814', '0,75')
    """
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "da" else text


def percent(value: float, lang: str = "da", sign: bool = False) -> str:
    """ "-42 %" (da), "-42%" (en); a decimal below 10 per cent.

    >>> percent(-41.92), percent(-0.04, sign=True), percent(2.53, "en")
    ('42 %', '0 %', '2.5%')
    """
    shown = value if sign else abs(value)
    decimals = 0 if abs(shown) >= 9.95 or abs(shown - round(shown)) < 0.05 else 1
    return signed(round(shown, decimals) + 0.0, lang, decimals) + (" %" if lang == "da" else "%")


def signed(value: float, lang: str = "da", decimals: int = 0) -> str:
    """A number with a real minus sign."""
    return number(value, lang, decimals).replace("-", "\u2212")


def change(result: Change, lang: str = "da") -> str:
    """What may be said of a change (or of one span's count)."""
    if not result.available:
        gone = "tallet foreligger ikke" if lang == "da" else "not available"
        return f"{_what(result, lang)} {result.place.at(lang)}: {gone}. {result.reason_da if lang == 'da' else result.reason_en}"
    if result.against is None:
        return _level(result, lang)
    parts = [_main(result, lang)]
    if result.compare is not None:
        parts.append(_beside(result, result.compare, lang))
    parts.append(_corona(result, lang))
    if result.has("provisional"):
        parts.append(
            "Den nyeste periode er foreløbig." if lang == "da" else "The newest period is provisional."
        )
    return " ".join(part for part in parts if part)


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _what(result: Change, lang: str) -> str:
    return capital(result.offence.name if lang == "da" else result.offence.name_en)


def _level(result: Change, lang: str) -> str:
    count, noun = number(result.after or 0, lang), result.noun[0 if lang == "da" else 1]
    text = f"{_what(result, lang)} {result.place.at(lang)}: {count} {noun} {'i' if lang == 'da' else 'in'} {result.span.words(lang)}."
    if result.rate_after is not None:
        rate = number(result.rate_after, lang, 1)
        text += (
            f" Det er {rate} pr. 1.000 indbyggere om året."
            if lang == "da"
            else f" That is {rate} per 1,000 inhabitants a year."
        )
    return text


def _main(result: Change, lang: str) -> str:
    if result.against is None or result.before is None or result.after is None:
        return _level(result, lang)
    before, after = number(result.before, lang), number(result.after, lang)
    first, second = result.against.words(lang), result.span.words(lang)
    subject = f"{_what(result, lang)} {result.place.at(lang)}"
    counts = (
        f"{before} i {first} og {after} i {second}"
        if lang == "da"
        else f"{before} in {first} and {after} in {second}"
    )
    if result.has("definition"):
        why = next(getattr(r, f"text_{lang}") for r in result.reservations if r.code == "definition")
        return f"{subject}: {counts}. {'Tallene kan ikke sammenlignes' if lang == 'da' else 'The figures cannot be compared'}: {why}"
    if not result.clear:
        small = (" Tallene er for små til en procent.", " The counts are too small for a percentage.")[
            0 if lang == "da" else 1
        ]
        tail = small if min(result.before, result.after) < SMALL else ""
        return f"{subject}: {counts}; {'ingen klar ændring' if lang == 'da' else 'no clear change'}.{tail}"
    fell = result.after < result.before
    moved = (
        f"fra {before} i {first} til {after} i {second}"
        if lang == "da"
        else f"from {before} in {first} to {after} in {second}"
    )
    verb = (("faldt", "fell") if fell else ("steg", "rose"))[0 if lang == "da" else 1]
    if result.change_pct is None or result.before < SMALL:
        return f"{subject} {verb} {moved}."
    by = "med" if lang == "da" else "by"
    alone = (
        (" ved ren tilfældighed", " by chance alone")[0 if lang == "da" else 1]
        if result.has("no_history")
        else ""
    )
    return f"{subject} {verb} {by} {percent(result.change_pct, lang)} ({_band(result.low, result.high, lang)}{alone}), {moved}."


def _band(low: float | None, high: float | None, lang: str, sign: bool = False) -> str:
    """ "95 %-interval 35 til 48 %": in the direction of the change, or with signs."""
    name, to, unit = ("95 %-interval", "til", " %") if lang == "da" else ("95% interval", "to", "%")
    low = -100.0 if low is None else low
    if high is None:
        return f"{name} {'uden øvre grænse' if lang == 'da' else 'without upper limit'}"
    ends = [low, high] if sign or low * high <= 0 else sorted((abs(low), abs(high)))
    decimals = 1 if any(0 < abs(end) < 0.5 for end in ends) else 0
    shown = [signed(round(end, decimals) + 0.0, lang, decimals) for end in ends]
    return f"{name} {shown[0]} {to} {shown[1]}{unit}"


def _beside(result: Change, other: Comparison, lang: str) -> str:
    if not other.available:
        return _not_comparable(other, lang)
    if other.before is None or other.after is None:
        return ""
    before, after = number(other.before, lang), number(other.after, lang)
    text = f"{capital(other.place.at(lang))}: {before} {'til' if lang == 'da' else 'to'} {after}"
    if other.change_pct is not None and min(other.before, other.after) >= SMALL:
        text += f", {percent(other.change_pct, lang, sign=True)} ({_band(other.low, other.high, lang, sign=True)})"
    return f"{text}. {against_rest(result, other, lang)}".strip()


def against_rest(result: Change, other: Comparison, lang: str) -> str:
    """What one test of the two together allows: larger, smaller, another, or not clear."""
    if other.ratio_of_ratios is None or other.rest is None or result.before is None or result.after is None:
        return other.reason_da if lang == "da" else other.reason_en
    rest = _rest(result, other, lang)
    if not other.differs:
        return (
            f"Forskellen til udviklingen {rest} er ikke klar."
            if lang == "da"
            else f"The difference from the trend {rest} is not clear."
        )
    mine, theirs = result.after - result.before, other.rest[1] - other.rest[0]
    if result.clear and mine * theirs > 0:
        larger = (other.ratio_of_ratios[0] < 1) == (mine < 0)
        thing = ("Faldet", "The fall") if mine < 0 else ("Stigningen", "The rise")
        size = ("større", "larger") if larger else ("mindre", "smaller")
        return (
            f"{thing[0]} er {size[0]} end {rest}."
            if lang == "da"
            else f"{thing[1]} is {size[1]} than {rest}."
        )
    counts = [number(count, lang) for count in other.rest]
    if lang == "da":
        return f"Det er klart en anden udvikling end {rest} ({counts[0]} til {counts[1]})."
    return f"It is clearly another development than {rest} ({counts[0]} to {counts[1]})."


def _rest(result: Change, other: Comparison, lang: str) -> str:
    if not set(result.place.members) <= set(other.place.members):
        return other.place.at(lang)
    if other.place.kind == "country":
        return "i resten af landet" if lang == "da" else "in the rest of the country"
    return (
        f"i resten af {other.place.words()}" if lang == "da" else f"in the rest of {other.place.words('en')}"
    )


def _corona(result: Change, lang: str) -> str:
    if not result.has("covid") or result.has("definition"):
        return ""
    earlier = result.earlier
    if earlier is None:
        return (
            "Coronarestriktioner præger sammenligningen."
            if lang == "da"
            else "The comparison is marked by corona restrictions."
        )
    band = ""
    if earlier.change_pct is not None and min(earlier.count, result.after or 0) >= SMALL:
        size = f"{percent(earlier.change_pct, lang, sign=True)} ({_band(earlier.low, earlier.high, lang, sign=True)})"
        band = f"; derfra til nu {size}" if lang == "da" else f"; from there to now {size}"
    if lang == "da":
        return f"Corona præger sammenligningen: i {earlier.span.words()} var tallet {number(earlier.count)}{band}."
    return f"The comparison is marked by corona: in {earlier.span.words('en')} the count was {number(earlier.count, 'en')}{band}."


def _not_comparable(other: Comparison, lang: str) -> str:
    five, bounds = other.known.get("five_regions"), other.known.get("bounds_pct")
    if bounds and (bounds[0] is None or bounds[1] is None or bounds[1] - bounds[0] > WIDEST_BAND):
        bounds = None
    if lang == "da":
        text = f"Tallet for {other.place.words()} foreligger ikke på denne afgrænsning."
        if five and five["change_pct"] is not None:
            text += f" De fem regioner tilsammen, uden sager med uoplyst kommune, gik fra {number(five['before'])} til {number(five['after'])}"
            text += f" ({percent(five['change_pct'], sign=True)}), men det er ikke hele landet"
            text += (
                f"; mellem {percent(bounds[0], sign=True)} og {percent(bounds[1], sign=True)} er muligt."
                if bounds
                else "."
            )
        return text
    text = f"The figure for {other.place.words('en')} is not available on this definition."
    if five and five["change_pct"] is not None:
        text += f" The five regions together, without reports of unknown place, went from {number(five['before'], 'en')} to "
        text += f"{number(five['after'], 'en')} ({percent(five['change_pct'], 'en', sign=True)}), which is not the country"
        text += (
            f"; between {percent(bounds[0], 'en', sign=True)} and {percent(bounds[1], 'en', sign=True)} is possible."
            if bounds
            else "."
        )
    return text
