"""The same sentences one by one, for a page that gives each a line of its own: what moved, how sure it is."""

from evidens.answers import Answer, Change, Level, Missing, Redefined
from evidens.reservations import SMALL
from evidens.sentence.words import ENDLESS, PERCENT_SIGN, TO, number, percent, signed

NOT_THERE = {"da": "Tallet foreligger ikke", "en": "The figure is not available"}
ONE_COUNT = {"da": "{after} i {second}", "en": "{after} in {second}"}
TWO_COUNTS = {
    "da": "{before} i {first} og {after} i {second}",
    "en": "{before} in {first} and {after} in {second}",
}
NOT_CLEAR = {"da": "{counts}: ingen klar ændring", "en": "{counts}: no clear change"}
NOT_COMPARABLE = {"da": "{counts}: kan ikke sammenlignes", "en": "{counts}: cannot be compared"}
MOVED = {
    "da": "{moved}: fra {before} i {first} til {after} i {second}",
    "en": "{moved}: from {before} in {first} to {after} in {second}",
}
FALL = {"da": "Et fald", "en": "A fall"}
RISE = {"da": "En stigning", "en": "A rise"}
OF = {"da": "{way} på {size}", "en": "{way} of {size}"}
CLEAR = {
    "da": "{way} er klar{t}, men kan være alt fra {limits}.",
    "en": "{way} is clear, but may be anything from {limits}.",
}
UNDECIDED = {
    "da": "Målt i procent er det {size}, men det kan være alt fra {limits}. "
    "Om der er sket en ændring, kan tallene ikke afgøre.",
    "en": "In per cent it is {size}, but it may be anything from {limits}. "
    "The figures cannot tell whether there was a change.",
}
TOO_FEW = {
    "da": "Der er for få sager til en procent, og om der er sket en ændring, kan tallene ikke afgøre.",
    "en": "There are too few cases for a percentage, and the figures cannot tell whether there was a change.",
}
IN_FAMILY = {
    "da": "Intervallet udelader netop 0, men når man ser {family} steder på én gang, "
    "vil ét let stikke ud ved et tilfælde.",
    "en": "The interval just leaves out 0, but among {family} places one easily stands out by chance.",
}


def headline(result: Answer, lang: str = "da") -> str:
    """What moved, in one short sentence without its interval: `certainty` must stand below it.

    >>> from evidens import example, offence, place, change
    >>> counts = example()
    >>> headline(change(counts, offence("1320"), place("district:1460"), counts.span("2021"), None))
    '703 i 2021'
    """
    if isinstance(result, Missing):
        return NOT_THERE[lang]
    named = {"after": number(result.after, lang), "second": result.span.words(lang)}
    if isinstance(result, Level):
        return ONE_COUNT[lang].format(**named)
    named |= {"before": number(result.before, lang), "first": result.against.words(lang)}
    counts = TWO_COUNTS[lang].format(**named)
    if isinstance(result, Redefined):
        return NOT_COMPARABLE[lang].format(counts=counts)
    if not result.clear:
        return NOT_CLEAR[lang].format(counts=counts)
    return MOVED[lang].format(moved=_way(result, lang), **named)


def _way(result: Change, lang: str) -> str:
    way = RISE[lang]
    if result.after < result.before:
        way = FALL[lang]
    if result.change_pct is None or result.before < SMALL:
        return way
    return OF[lang].format(way=way, size=percent(result.change_pct, lang))


def certainty(result: Change, lang: str = "da") -> str:
    """How sure a change is, in words that a reader without statistics can repeat."""
    if result.change_pct is None or min(result.before, result.after) < SMALL:
        return TOO_FEW[lang]
    if not result.clear:
        told = UNDECIDED[lang].format(
            size=percent(result.change_pct, lang, sign=True), limits=_limits(result, lang, sign=True)
        )
        if result.family > 1 and _leaves_out_zero(result):
            told += f" {IN_FAMILY[lang].format(family=result.family)}"
        return told
    way, ending = "Stigningen", ""
    if result.after < result.before:
        way, ending = "Faldet", "t"
    if lang == "en":
        way = RISE[lang].replace("A ", "The ")
        if result.after < result.before:
            way = FALL[lang].replace("A ", "The ")
    return CLEAR[lang].format(way=way, t=ending, limits=_limits(result, lang))


def _leaves_out_zero(result: Change) -> bool:
    return result.low > 0 or (result.high is not None and result.high < 0)


def _limits(result: Change, lang: str, *, sign: bool = False) -> str:
    """ "0,1 til 67 %"; a decimal only where the end is under half a per cent."""
    if result.high is None:
        return f"{signed(result.low, lang)}{PERCENT_SIGN[lang]} {TO[lang]} {ENDLESS[lang]}"
    ends = [result.low, result.high]
    if not sign:
        ends = sorted((abs(result.low), abs(result.high)))
    first, last = (percent(end, lang, sign=sign).removesuffix(PERCENT_SIGN[lang]) for end in ends)
    return f"{first} {TO[lang]} {last}{PERCENT_SIGN[lang]}"
