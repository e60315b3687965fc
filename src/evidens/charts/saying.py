"""What a picture of changes says: which of them are clear, and which are not."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from evidens.answers import Answer, Change, Level
from evidens.beside import Beside
from evidens.charts.headlines import brief
from evidens.charts.moved import Moved, with_sign
from evidens.places import Place
from evidens.sentence.words import capital, limits, number

SWAP = str.maketrans("æøå", "{|}")  # the three after z
COUNTS = {
    "da": ("nul", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}
MOST_NAMED = 2  # places with a clear change that a title names
AND = {"da": " og ", "en": " and "}
IN_DISTRICT = {"da": "i kredsen", "en": "in the district"}
FALL = {"da": ("Faldet", "fald"), "en": ("The fall", "fall")}
RISE = {"da": ("Stigningen", "stigning"), "en": ("The rise", "rise")}
ONE_CLEAR = {"da": "{move} {here} er klar{t}", "en": "{move} {here} is clear"}
NOT_ONE = {"da": "Ingen klar ændring {here}", "en": "No clear change {here}"}
BOTH = {"da": "{move} er klar{t} {here} og {there}", "en": "{move} is clear {here} and {there}"}
OPPOSITE = {
    "da": "{move} {here} er klar{t}; {there} gik det klart den anden vej",
    "en": "{move} {here} is clear; {there} it clearly went the other way",
}
ONLY_ONE = {
    "da": "Klar{t} {way} {here}, uklart {there}",
    "en": "A clear {way} {here}, unclear {there}",
}
NEITHER = {
    "da": "Ingen klar ændring, hverken {here} eller {there}",
    "en": "No clear change, neither {here} nor {there}",
}
DIFFERENT = {"da": "; forskellen mellem dem er klar", "en": "; the difference between them is clear"}
ALIKE = {
    "da": "; forskellen mellem dem er ikke klar",
    "en": "; the difference between them is not clear",
}
NO_HISTORY = {
    "da": "Uden tidligere år kan ingen ændring kaldes klar",
    "en": "Without earlier years no change can be called clear",
}
NOT_THERE = {
    "da": "{name}: {why}, så ingen ændring kan vises",
    "en": "{name}: {why}, so no change can be shown",
}
NONE_THERE = {
    "da": "Ingen af de {all} kommuner har to tal, der kan sammenlignes",
    "en": "None of the {all} municipalities has two counts that can be compared",
}
NONE_OF = {
    "da": "Ingen af de {all} kommuner har en klar ændring for sig selv",
    "en": "None of the {all} municipalities has a clear change by itself",
}
ALL_OF = {
    "da": "Alle {all} kommuner har en klar ændring",
    "en": "All {all} municipalities have a clear change",
}
NAMED = {
    "da": "{names} har {what}; de {rest} andre har ingen klar ændring",
    "en": "{names} has {what}; the {rest} others have no clear change",
}
SEVERAL = {
    "da": "{some} af de {all} kommuner har en klar ændring",
    "en": "{some} of the {all} municipalities have a clear change",
}
WHAT = {
    "da": {True: "en klar stigning", False: "et klart fald", None: "en klar ændring"},
    "en": {True: "a clear rise", False: "a clear fall", None: "a clear change"},
}
SUBTITLE = {
    "da": "{name}: ændring i procent, {place}, fra {first} til {second}",
    "en": "{name}: change in per cent, {place}, from {first} to {second}",
}
ALPHABETICAL = {
    "da": "kommunerne efter alfabet",
    "en": "municipalities in the order of the alphabet",
}
BAND = {
    "da": "Punktet er ændringen, bjælken det, den kan være (95 %). Fed skrift: klar",
    "en": "The dot is the change, the bar what it may be (95%). Bold: clear",
}
OTHERS = {"da": "Det samme for andre steder", "en": "The same for other places"}
FAMILY = {
    "da": "Bjælken for {names} når ikke 0. Men når man ser {all} steder på én gang, vil ét let stikke ud "
    "ved et tilfælde. De er derfor regnet som én familie, og i den er ændringen ikke klar.",
    "en": "The bar of {names} does not reach 0. But of {all} places seen at once one will easily stand out "
    "by chance. So they are judged as one family, and in that the change is not clear.",
}
ROW_TOLD = {"da": "{name}: {size} ({limits})", "en": "{name}: {size} ({limits})"}


@dataclass(frozen=True)
class Said:
    """The words of a picture of changes."""

    title: str
    subtitle: str
    keys: list[tuple[str, str]]
    note: str
    source: str
    told: str


def said(answers: Sequence[Answer], rows: Sequence[Moved], family: bool, lang: str) -> Said:
    """All words of a picture: its title tells what is clear and what is not."""
    first = answers[0]
    if family:
        title = _family_title(answers, rows, lang)
        where = ALPHABETICAL[lang]
    else:
        title = _pair_title(first, rows, lang)
        where = first.place.words(lang)
    subtitle = capital(first.offence.words(lang))
    if not isinstance(first, Level) and first.against is not None:
        spans = {"first": first.against.words(lang), "second": first.span.words(lang)}
        subtitle = SUBTITLE[lang].format(name=subtitle, place=where, **spans)
    note = ""
    if family:
        note = _note(rows, lang)
    source = f"{first.source.credit(lang)}."
    told = ""
    for row in rows:
        told += f"{_row_told(row, lang)}. "
    return Said(title, subtitle, _keys(rows, lang), note, source, f"{told}{note} {source}".replace("  ", " "))


def _row_told(row: Moved, lang: str) -> str:
    if row.change is None:
        return f"{row.name}: {row.why}"
    size = with_sign(row.change, lang)
    return ROW_TOLD[lang].format(name=row.name, size=size, limits=limits(row.low, row.high, lang, sign=True))


def _keys(rows: Sequence[Moved], lang: str) -> list[tuple[str, str]]:
    kinds = {row.own for row in rows if row.change is not None}
    if kinds == {True, False}:
        return [("own", BAND[lang]), ("other", OTHERS[lang])]
    if True in kinds:
        return [("own", BAND[lang])]
    if kinds:
        return [("other", BAND[lang])]
    return []


def _note(rows: Sequence[Moved], lang: str) -> str:
    """Why a band that leaves out 0 is not clear in its family, where there is one."""
    names = [row.name for row in rows if row.outside and not row.clear]
    if not names:
        return ""
    return FAMILY[lang].format(names=AND[lang].join(names), all=spelled(len(rows), lang))


def _family_title(answers: Sequence[Answer], rows: Sequence[Moved], lang: str) -> str:
    clear = list(filter(attrgetter("clear"), rows))
    counts = {"all": spelled(len(rows), lang), "rest": spelled(len(rows) - len(clear), lang)}
    if any(map(_without_history, answers)) and not any(map(_judged, answers)):
        return NO_HISTORY[lang]
    if not any(map(_is_change, answers)):
        return NONE_THERE[lang].format(**counts)
    if not clear:
        return NONE_OF[lang].format(**counts)
    if len(clear) == len(rows):
        return ALL_OF[lang].format(**counts)
    some = capital(spelled(len(clear), lang))
    several = SEVERAL[lang].format(some=some, **counts)
    if len(clear) > MOST_NAMED or len(rows) - len(clear) == 1:
        return several
    ways = set(map(attrgetter("rose"), clear))
    what = WHAT[lang][None]
    if len(ways) == 1:
        what = WHAT[lang][clear[0].rose]
    names = AND[lang].join(map(attrgetter("name"), clear))
    return brief([NAMED[lang].format(names=names, what=what, **counts), several])


def _without_history(answer: Answer) -> bool:
    return answer.has("no_history")


def _is_change(answer: Answer) -> bool:
    return isinstance(answer, Change)


def _judged(answer: Answer) -> bool:
    return _is_change(answer) and not _without_history(answer)


def _pair_title(first: Answer, rows: Sequence[Moved], lang: str) -> str:
    """Of one place, and of another beside it."""
    if _without_history(first):
        return NO_HISTORY[lang]
    mine, *others = rows
    if not _is_change(first):
        return NOT_THERE[lang].format(name=mine.name, why=mine.why)
    told = [row for row in others if row.change is not None or row.clear]
    if len(others) > 1 or not told:
        return _alone(mine, lang)
    return brief([f"{_two(mine, told[0], lang)}{_difference(first, lang)}", _two(mine, told[0], lang)])


def _alone(row: Moved, lang: str) -> str:
    if not row.clear:
        return NOT_ONE[lang].format(here=_at(row.place, lang))
    return ONE_CLEAR[lang].format(here=_at(row.place, lang), **_move(row, lang))


def _two(mine: Moved, other: Moved, lang: str) -> str:
    here, there = _at(mine.place, lang), _at(other.place, lang)
    if mine.clear and other.clear and mine.rose == other.rose:
        form = BOTH
    elif mine.clear and other.clear:
        form = OPPOSITE
    elif mine.clear:
        form = ONLY_ONE
    elif other.clear:
        return ONLY_ONE[lang].format(here=there, there=here, **_move(other, lang))
    else:
        form = NEITHER
    return form[lang].format(here=here, there=there, **_move(mine, lang))


def _difference(first: Answer, lang: str) -> str:
    """What one test of the two allows; nothing where there is none, or where neither is clear."""
    if not isinstance(first, Change) or not isinstance(first.compare, Beside) or first.compare.test is None:
        return ""
    if first.compare.differs:
        return DIFFERENT[lang]
    return ALIKE[lang]


def _move(row: Moved, lang: str) -> dict[str, str]:
    if row.rose:
        move, way = RISE[lang]
        return {"move": move, "way": way, "t": ""}
    move, way = FALL[lang]
    return {"move": move, "way": way, "t": "t"}


def _at(place: Place, lang: str) -> str:
    if place.kind == "district":
        return IN_DISTRICT[lang]
    return place.at(lang)


def spelled(count: int, lang: str) -> str:
    """A small number as a word.

    >>> spelled(9, "da"), spelled(98, "da")
    ('ni', '98')
    """
    if count < len(COUNTS[lang]):
        return COUNTS[lang][count]
    return number(count, lang)


def alphabet(name: str) -> str:
    """A key that sorts as a Danish reader looks names up: æ, ø and å (also as aa) come last.

    >>> sorted(["Aalborg", "Ærø", "Brønderslev"], key=alphabet)
    ['Brønderslev', 'Ærø', 'Aalborg']
    """
    return name.casefold().replace("aa", "å").translate(SWAP)
