"""Numbers, per cents and limits as a language writes them."""

PERCENT_SIGN = {"da": " %", "en": "%"}
SWAPPED = str.maketrans(",.", ".,")
NAME = {"da": "95 %-interval", "en": "95% interval"}
ENDLESS = {"da": "uden øvre grænse", "en": "without upper limit"}
TO = {"da": "til", "en": "to"}


def number(value: float, lang: str = "da", decimals: int = 0) -> str:
    """A number as the language writes it.

    >>> number(12814), number(12814, "en"), number(0.75, "da", 2)
    ('12.814', '12,814', '0,75')
    """
    text = f"{value:,.{decimals}f}"
    if lang == "da":
        return text.translate(SWAPPED)
    return text


def percent(value: float, lang: str = "da", sign: bool = False) -> str:
    """ "-42 %" (da), "-42%" (en); a decimal below 10 per cent.

    >>> percent(-41.92), percent(-0.04, sign=True), percent(2.53, "en")
    ('42 %', '0 %', '2.5%')
    """
    if not sign:
        value = abs(value)
    decimals = 1
    if abs(value) >= 9.95 or abs(value - round(value)) < 0.05:
        decimals = 0
    return signed(round(value, decimals) + 0.0, lang, decimals) + PERCENT_SIGN[lang]


def signed(value: float, lang: str = "da", decimals: int = 0) -> str:
    """A number with a real minus sign."""
    return number(value, lang, decimals).replace("-", "\u2212")


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def limits(low: float, high: float | None, lang: str, sign: bool = False) -> str:
    """ "95 %-interval 35 til 48 %": in the direction of the change, or with signs."""
    if high is None:
        return f"{NAME[lang]} {ENDLESS[lang]}"
    ends = [low, high]
    if not sign and low * high > 0:
        ends = sorted((abs(low), abs(high)))
    decimals = 0
    if any(0 < abs(end) < 0.5 for end in ends):
        decimals = 1
    first, last = (signed(round(end, decimals) + 0.0, lang, decimals) for end in ends)
    return f"{NAME[lang]} {first} {TO[lang]} {last}{PERCENT_SIGN[lang]}"
