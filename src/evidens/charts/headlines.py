"""A title that says the finding, within what the sentences may claim, in at most fifteen words."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from evidens import trend
from evidens.answers import Answer, Change, Level, Missing, Redefined
from evidens.counts import Counts
from evidens.offences import Choice
from evidens.periods import PER_YEAR, Span
from evidens.places import Place
from evidens.reservations import SMALL
from evidens.sentence.words import capital, number

MOST_WORDS = 15
Words = dict[str, str]


class Form(NamedTuple):
    """A finding as a title, and with fewer words for two periods a year apart."""

    whole: Words
    in_a_year: Words


MOVED = Form(
    {
        "da": "{subject} {verb} fra {before} i {first} til {after} i {second}",
        "en": "{subject} {verb} from {before} in {first} to {after} in {second}",
    },
    {
        "da": "{subject} {verb} fra {before} til {after} på ét år",
        "en": "{subject} {verb} from {before} to {after} in a year",
    },
)
STOOD = Form(
    {
        "da": "{subject}: {after} i {second}, ingen klar ændring fra {before} i {first}",
        "en": "{subject}: {after} in {second}, no clear change from {before} in {first}",
    },
    {
        "da": "{subject}: {after}, ingen klar ændring fra {before} året før",
        "en": "{subject}: {after}, no clear change from {before} a year before",
    },
)
BESIDE = Form(
    {
        "da": "{subject}: {after} i {second} og {before} i {first}",
        "en": "{subject}: {after} in {second} and {before} in {first}",
    },
    {
        "da": "{subject}: {after}, og {before} året før",
        "en": "{subject}: {after}, and {before} a year before",
    },
)
COUNT = {"da": "{subject}: {after} i {second}", "en": "{subject}: {after} in {second}"}
COUNT_ALONE = {"da": "{subject}: {after}", "en": "{subject}: {after}"}
VERBS = {"da": ("faldt", "steg"), "en": ("fell", "rose")}
Known = Change | Level | Redefined
_REMARK = re.compile(r"\s*\([^)]*\)")


def headline(counts: Counts, offence: Choice, place: Place, span: Span, lang: str) -> str:
    """What the last year of a span says against the year before; the subject alone where that is unknown."""
    per_year = PER_YEAR[counts.freq]
    if len(span) < 2 * per_year:
        return brief(subjects(offence, place, lang))
    last = Span(span.last.next(1 - per_year), span.last)
    return finding(trend.change(counts, offence, place, last, last.year_before()), lang)


def brief(variants: Iterable[str]) -> str:
    """The first of several titles that has at most fifteen words; the last where none has.

    >>> brief(["en " * 16, "to ord"])
    'to ord'
    """
    found = ""
    for found in variants:
        if len(found.split()) <= MOST_WORDS:
            return found
    return found


def subjects(offence: Choice, place: Place, lang: str) -> list[str]:
    """What a title is about: with its place, without, and without the publisher's remarks."""
    name = capital(offence.words(lang))
    return [f"{name} {place.at(lang)}", name, _REMARK.sub("", name)]


def finding(answer: Answer, lang: str) -> str:
    """The finding of an answer as a title."""
    about = subjects(answer.offence, answer.place, lang)
    if isinstance(answer, Missing):
        return brief(about)
    return brief(_said(answer, about, lang))


def _said(answer: Known, about: list[str], lang: str) -> Iterator[str]:
    """The finding with ever fewer words; at last what it is about."""
    words = {"after": number(answer.after, lang), "second": answer.span.words(lang)}
    forms = [COUNT, COUNT_ALONE]
    if isinstance(answer, Change) and max(answer.before, answer.after) >= SMALL:
        words |= _earlier(answer, lang)
        form = _form(answer)
        forms = [form.whole, COUNT_ALONE]
        if answer.against == answer.span.year_before():
            forms.insert(1, form.in_a_year)
    for one in forms:
        for subject in about:
            yield one[lang].format(subject=subject, **words)
    yield about[-1]


def _earlier(answer: Change, lang: str) -> Words:
    """What the other period had, and the word for the way from there."""
    verb = VERBS[lang][answer.after >= answer.before]
    return {"before": number(answer.before, lang), "first": answer.against.words(lang), "verb": verb}


def _form(answer: Change) -> Form:
    if answer.has("no_history"):
        return BESIDE
    if answer.clear:
        return MOVED
    return STOOD
