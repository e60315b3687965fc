"""What somebody of the cooperation does, in the present: where in a sentence it is said."""

import re
from collections.abc import Iterator

from manuscript.actors import US, actors
from manuscript.clauses import DEPENDENT_WORD, INSERTED, before_dependent, in_main_clause, statements, tail
from manuscript.dates import OFTEN, TIMED
from manuscript.verbs import DOES, PAST

YEAR = re.compile(r"\b20\d\d\b")
AFTER_A_NAME = re.compile(
    rf"(?: (?!er\b|har\b|var\b|kan\b|bør\b)\w+'?)? {DOES}\b|(?: (?:i|fra) [\w, -]{{3,40}}?)? {DOES}\b"
)
BEFORE_A_NAME = re.compile(rf"\b{DOES} (?:også |derfor |de |det |den )?$")
COMES = re.compile(r"(?: \w+)? kommer (?:på besøg|ud|med|og|forbi)\b")
GETS = re.compile(r" (?:får|giver|gør|deltager) (?:i 20\d\d|en|et|den|status|hver)\b")
NO_PASSIVE = r"(?!deres\b|fælles\b|alles\b|andres\b|findes\b|skyldes\b|synes\b|begges\b)"
PASSIVE = re.compile(
    rf"\b(?:bliver \w{{3,}}et\b|{NO_PASSIVE}[a-zæøå]{{3,}}(?<!ern)(?<!en)es\b|finder sted\b)"
)
ONLY_COULD = re.compile(r"\b(?:kan|skal|vil|må|bør|at)\s(?:\w+\s){0,2}$")
IT = r"(?:og |men )?(?:[Dd]et|[Dd]en|[Dd]e|Disse|Herefter|Hun|Han"
IT_DOES = re.compile(rf"{IT}) {DOES}\b")
THE_THING_DOES = re.compile(rf"{IT}|[A-ZÆØÅ]\w+(?:en|et|erne|ene)|(?:Den|Det|De) \w+ \w+) {DOES}\b")
HABITS_OF_SPEECH = ("fast", "altid")


def done_now(text: str) -> int | None:
    """Where somebody of the cooperation does something: "Lokalpolitiet går tur med natteravnene"."""
    for start, statement in statements(text):
        main = before_dependent(statement)
        named = list(_named_in(text, start, start + len(main)))
        if not named or PAST.search(main):
            continue
        for actor in named:
            if _does(actor, main, start):
                return actor.start()
    return None


def _named_in(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Who is named in a stretch of a sentence; "vi" last."""
    for actor in actors(text):
        if start <= actor.start() and actor.end() <= end:
            yield actor
    yield from US.finditer(text, start, end)


def _does(actor: re.Match[str], main: str, start: int) -> bool:
    """Has an actor in a main clause, which begins at `start`, a verb beside it? "Politiets" has none."""
    before = main[: actor.start() - start]
    if actor[0].endswith("s") or DEPENDENT_WORD.search(before):
        return False
    if AFTER_A_NAME.match(main, actor.end() - start):
        return True
    return BEFORE_A_NAME.search(tail(before)) is not None


def done_at_a_time(text: str, year: int | None) -> int | None:
    """Where somebody does something at a time that is still to come, or again and again: "Kommunen ringer
    inden for tre hverdage"."""
    timed, again = TIMED.search(text) is not None, OFTEN.search(text) is not None
    if not (timed or again or YEAR.search(text)):
        return None
    for start, statement in statements(text):
        main = before_dependent(INSERTED.sub("", statement))
        found = _at_a_time(main, year, timed=timed, again=again)
        if found is not None and in_main_clause(main, found):
            return start + found
    return None


def _at_a_time(main: str, year: int | None, *, timed: bool, again: bool) -> int | None:
    """Where something is done in a main clause, when the clause itself says a time that is not over, or how
    often; `timed` and `again` tell whether the whole sentence does."""
    if PAST.search(main):
        return None
    timed = timed and TIMED.search(main) is not None
    years = [int(found) for found in YEAR.findall(main)]
    if years and year:
        if max(years) >= year:
            return _doing(main, dated=True)
        if not timed:
            return None
    if not timed and not (again and _says_how_often(main)):
        return None
    return _doing(main, dated=timed or bool(years))


def _says_how_often(main: str) -> bool:
    """Does a clause say how often, and not only "fast" or "altid"?"""
    return any(found[0].lower() not in HABITS_OF_SPEECH for found in OFTEN.finditer(main))


def _doing(text: str, dated: bool) -> int | None:
    """Where something is done now: a body and its verb beside each other, or a passive."""
    for actor in [*actors(text), *US.finditer(text)]:
        after = (AFTER_A_NAME, GETS, COMES)
        if any(pattern.match(text, actor.end()) for pattern in after):
            return actor.start()
        if BEFORE_A_NAME.search(tail(text[: actor.start()])):
            return actor.start()
    passive = PASSIVE.search(text)
    if passive and not ONLY_COULD.search(tail(text[: passive.start()])):
        return passive.start()
    plain = IT_DOES.match(text)
    if dated:
        plain = THE_THING_DOES.match(text)
    if plain is None:
        return None
    return plain.start(1)
