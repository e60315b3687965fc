"""The sentences of an answer: what moved, from where to where, and what must be known beside it."""

from evidens.answers import Answer, Change, Compared, Level, Missing, Redefined
from evidens.reservations import SMALL
from evidens.sentence.comparison import beside
from evidens.sentence.words import capital, limits, number, percent

GONE = {"da": "{subject}: tallet foreligger ikke. {reason}", "en": "{subject}: not available. {reason}"}
LEVEL = {"da": "{subject}: {count} {noun} i {span}.", "en": "{subject}: {count} {noun} in {span}."}
RATE = {
    "da": "Det er {rate} pr. 1.000 indbyggere om året.",
    "en": "That is {rate} per 1,000 inhabitants a year.",
}
COUNTS = {
    "da": "{subject}: {before} i {first} og {after} i {second}",
    "en": "{subject}: {before} in {first} and {after} in {second}",
}
REDEFINED = {"da": "Tallene kan ikke sammenlignes", "en": "The figures cannot be compared"}
NOT_CLEAR = {"da": "ingen klar ændring", "en": "no clear change"}
TOO_SMALL = {"da": "Tallene er for små til en procent.", "en": "The counts are too small for a percentage."}
FROM_TO = {
    "da": "fra {before} i {first} til {after} i {second}",
    "en": "from {before} in {first} to {after} in {second}",
}
FELL = {"da": "faldt", "en": "fell"}
ROSE = {"da": "steg", "en": "rose"}
BY = {"da": "med", "en": "by"}
CHANCE_ALONE = {"da": " ved ren tilfældighed", "en": " by chance alone"}
PROVISIONAL = {"da": "Den nyeste periode er foreløbig.", "en": "The newest period is provisional."}
CORONA = {
    "da": "Coronarestriktioner præger sammenligningen.",
    "en": "The comparison is marked by corona restrictions.",
}
CALM_YEAR = {
    "da": "Corona præger sammenligningen: i {span} var tallet {count}{since}.",
    "en": "The comparison is marked by corona: in {span} the count was {count}{since}.",
}
SINCE = {"da": "; derfra til nu {size}", "en": "; from there to now {size}"}


def change(result: Answer, lang: str = "da") -> str:
    """What may be said of an answer."""
    if isinstance(result, Missing):
        return GONE[lang].format(subject=_subject(result, lang), reason=result.reason(lang))
    if isinstance(result, Level):
        return _level(result, lang)
    parts = [_main(result, lang)]
    if result.compare is not None:
        parts.append(beside(result, result.compare, lang))
    parts.append(_corona(result, lang))
    if result.has("provisional"):
        parts.append(PROVISIONAL[lang])
    return " ".join(part for part in parts if part)


def _subject(result: Answer, lang: str) -> str:
    return f"{capital(result.offence.words(lang))} {result.place.at(lang)}"


def _level(result: Level, lang: str) -> str:
    text = LEVEL[lang].format(
        subject=_subject(result, lang),
        count=number(result.after, lang),
        noun=result.noun[lang],
        span=result.span.words(lang),
    )
    if result.rate_after is None:
        return text
    rate = RATE[lang].format(rate=number(result.rate_after.value, lang, 1))
    return f"{text} {rate}"


def _main(result: Compared, lang: str) -> str:
    named = {
        "subject": _subject(result, lang),
        "before": number(result.before, lang),
        "after": number(result.after, lang),
        "first": result.against.words(lang),
        "second": result.span.words(lang),
    }
    counts = COUNTS[lang].format(**named)
    if isinstance(result, Redefined):
        return f"{counts}. {REDEFINED[lang]}: {_new_definition(result, lang)}"
    if result.clear:
        return _moved(result, named["subject"], FROM_TO[lang].format(**named), lang)
    text = f"{counts}; {NOT_CLEAR[lang]}."
    if min(result.before, result.after) < SMALL:
        text += f" {TOO_SMALL[lang]}"
    return text


def _new_definition(result: Redefined, lang: str) -> str:
    return next(found.text(lang) for found in result.reservations if found.code == "definition")


def _moved(result: Change, subject: str, from_to: str, lang: str) -> str:
    """A change that is clear, with percentage and interval where the counts bear one."""
    verb = ROSE[lang]
    if result.after < result.before:
        verb = FELL[lang]
    if result.change_pct is None or result.before < SMALL:
        return f"{subject} {verb} {from_to}."
    size = percent(result.change_pct, lang)
    interval = limits(result.low, result.high, lang)
    if result.has("no_history"):
        interval += CHANCE_ALONE[lang]
    return f"{subject} {verb} {BY[lang]} {size} ({interval}), {from_to}."


def _corona(result: Compared, lang: str) -> str:
    if not result.has("covid") or isinstance(result, Redefined):
        return ""
    earlier = result.earlier
    if earlier is None:
        return CORONA[lang]
    since = ""
    if earlier.change_pct is not None and min(earlier.count, result.after) >= SMALL:
        size = percent(earlier.change_pct, lang, sign=True)
        interval = limits(earlier.low, earlier.high, lang, sign=True)
        since = SINCE[lang].format(size=f"{size} ({interval})")
    return CALM_YEAR[lang].format(
        span=earlier.span.words(lang), count=number(earlier.count, lang), since=since
    )
