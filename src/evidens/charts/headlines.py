"""A title that says the finding, within what the sentences may claim."""

from evidens import trend
from evidens.answers import Answer, Change, Missing
from evidens.counts import Counts
from evidens.offences import Choice
from evidens.periods import PER_YEAR, Span
from evidens.places import Place
from evidens.reservations import SMALL
from evidens.sentence.words import capital, number

MOVED = {
    "da": "{subject} {verb} fra {before} i {first} til {after} i {second}",
    "en": "{subject} {verb} from {before} in {first} to {after} in {second}",
}
STOOD = {
    "da": "{subject}: {after} i {second}, ingen klar ændring fra {before} i {first}",
    "en": "{subject}: {after} in {second}, no clear change from {before} in {first}",
}
BESIDE = {
    "da": "{subject}: {after} i {second} og {before} i {first}",
    "en": "{subject}: {after} in {second} and {before} in {first}",
}
COUNT = {"da": "{subject}: {after} i {second}", "en": "{subject}: {after} in {second}"}
VERBS = {"da": ("faldt", "steg"), "en": ("fell", "rose")}


def headline(counts: Counts, offence: Choice, place: Place, span: Span, lang: str) -> str:
    """What the last year of a span says against the year before; the subject alone where that is unknown."""
    subject = f"{capital(offence.words(lang))} {place.at(lang)}"
    per_year = PER_YEAR[counts.freq]
    if len(span) < 2 * per_year:
        return subject
    last = Span(span.last.next(1 - per_year), span.last)
    return said(trend.change(counts, offence, place, last, last.year_before()), subject, lang)


def said(answer: Answer, subject: str, lang: str) -> str:
    """The finding of an answer as a title."""
    if isinstance(answer, Missing):
        return subject
    words = {"subject": subject, "after": number(answer.after, lang), "second": answer.span.words(lang)}
    if not isinstance(answer, Change) or max(answer.before, answer.after) < SMALL:
        return COUNT[lang].format(**words)
    words |= {"before": number(answer.before, lang), "first": answer.against.words(lang)}
    if answer.has("no_history"):
        return BESIDE[lang].format(**words)
    if not answer.clear:
        return STOOD[lang].format(**words)
    fell, rose = VERBS[lang]
    if answer.after < answer.before:
        return MOVED[lang].format(verb=fell, **words)
    return MOVED[lang].format(verb=rose, **words)
