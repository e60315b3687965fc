"""Promises in a text: who, what, when or how often; a sentence at a time, with the words that made it one.

A sentence promises when its main clause says what somebody shall or will do, what happens in the plan's year, or what a body
of the cooperation does again and again. What others agreed (a political agreement), what is past, what a thing is for, and
what citizens should feel are no promises.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from math import ceil

from manuscript.actors import ACTOR, INSIDE, OUTSIDE, POLICE, US, actors, who
from manuscript.dates import OFTEN, TIMED, when
from manuscript.sentences import Sentence, sentences
from manuscript.source import Line
from manuscript.structure import Heading
from manuscript.words import Seldom, Sign, any_of, signs_in, words
from manuscript.worklists import LABELLED, PAST, Promise, listed, table_row

ACT = Sign(rf"\b(?:{words('acts')})\b", words("acts"))
DONE_TO = Sign(rf"\b(?:{words('passive')}|tages op|følges op)\b", words("passive") + "|tages")
STATES = words("states")
NO_VERB = r"(?:der|eller|heller|efter|under|over|hver|især|når|før|år|deres|fælles|alles|andres|begges|ellers|kommuner|skoler|borgere|sager|møder)\b"
VERB = (
    rf"(?:(?!{NO_VERB})(?:[a-zæøå]+er|[a-zæøå]+(?:år|ør|yr)|mødes|gør|ved|[a-zæøå]{{3,}}(?<!ern)(?<!end)es))"
)
COMING = Sign(
    r"\b(?:fortsætter|fortsættes|videreføres|igangsættes|iværksættes|påbegyndes|begynder|starter|indledes|forventes|ventes|åbner|udvides)\b",
    "fortsætter fortsættes videreføres igangsættes iværksættes påbegyndes begynder starter indledes forventes ventes åbner udvides",
)
MODAL = Sign(r"\b(skal|vil)\b(?! ikke\b| sige\b| gerne\b)", "skal vil")
MAY = Sign(
    rf"^(?:\w+ )?(?:{INSIDE}) kan (?:også |desuden |endvidere )?(?:drøfte|beslutte|vælge|invitere|foreslå|tage)\b",
    "drøfte beslutte vælge invitere foreslå tage",
)
RELATIVE = re.compile(
    r"^\s*(?:og |ligesom |men |eller )?(?:der|som|hvis|hvilke[tn]?|hvordan|hvornår|hvad|hvem|hvorfor|om|at|når|"
    r"hvor(?:efter|ved|i|på|med|fra)?|så|for at|idet|fordi)\b",
    re.IGNORECASE,
)
DECIDED = re.compile(r"\b(besluttede|besluttet|aftalt|aftalte|vedtog|vedtaget|enige om)\b")
AGREED_TO = Sign(
    r"\b(?:er enige om at|forpligter sig til at|har lovet at|lover at|agter at|har til hensigt at|det (?:er |bliver )?aftal(?:es|t)(?: med [\w ]+)?, at|"
    r"har sagt ja til|har påtaget sig|har givet tilsagn|indvilger i|har (?:fået )?til opgave|påhviler|stillet i udsigt|har tilkendegivet, at|givet til kende, at|"
    r"påtænkes|forudsættes, at|tilstræbes|opfordres til|bliver bedt om|vil blive anmodet)\b|^Der er planlagt\b",
    "enige forpligter lovet lover agter hensigt aftales aftalt sagt påtaget tilsagn indvilger opgave påhviler udsigt tilkendegivet kende påtænkes "
    "forudsættes tilstræbes opfordres bedt anmodet planlagt",
)
LOOSE = Sign(
    r"\b(?:hvis|såfremt|forudsat)\b|\b(?:når|så snart) (?!de[tr]te? er aktuelt|den er|det er aktuelt)|"
    r"^(?-i:Bliver|Viser|Lykkes|Står|Falder|Stiger|Kan|Får)\b",
    "hvis såfremt forudsat når snart bliver viser lykkes står falder stiger kan får",
)
# A condition first, then what follows: "Viser det sig at virke, udbredes ..."; "Rammer en gruppe den samme butik, mødes vi ...".
SUBJECT = r"(?:der|du|man|han|hun|det|den|de|en|et|vi|dette|disse|[a-zæøå]{3,}(?:en|et|erne|ene))"
TURNED = re.compile(
    rf"^(?:(?:Bliver|Viser|Lykkes|Står|Falder|Stiger|Kan|Får|Hvis|Når|Såfremt|Så snart|Efter|Ved)\b|(?:Er|Har|Skulle|Måtte|[A-ZÆØÅ][a-zæøå]+(?:er|es|år)) {SUBJECT}\b)"
    rf" ?[^,?]*(?:, (?!{VERB})[^,?]*)*?, (?=(?:{VERB}|vil)\b)"
)
WISH = Sign(r"\b(?-i:vigtigt)\b[^.]*, at\b", "vigtigt")
PEOPLE = r"(?:borger\w*|børn\w*|barn\w*|unge?|ofre\w*|trafikant\w*|nabo\w*|forældre\w*|ældre|pige\w*|dreng\w*|beboer\w*|elev\w*|person\w*|anmeldelse\w*|bilist\w*|cyklist\w*|kunde\w*|bankerne)"
CITIZENS = re.compile(
    rf"^(?:Målet er|Formål(?:et)?\\b|Mål:|Vision|Ambitionen|Tanken|Ønsket|Andelen|Antallet)|^\w+ (?:skal|vil) (?:de |alle )?{PEOPLE}\b|^(?:(?:Alle|En|Et|De|Den|Når en|Når et|Hvis en|Hvis et|Skal en|For) )?(?:\w+ )?{PEOPLE}\b",
    re.IGNORECASE,
)
LASTING = Sign(r"\bkan (?:løbende|altid|hver \w+) \w+es\b", "løbende altid hver")
WAITS = Sign(r"\bafventes\b|\bendnu ikke (?:afklaret|besluttet|fastlagt)\b", "afventes endnu")
ELSEWHERE = re.compile(
    r"\b(?:politisk aftale|flerårsaftalen?|finanslov\w*|regeringen|Folketinget|national(?:e|t)? (?:plan|strategi|aftale))\b",
    re.IGNORECASE,
)
THEIRS = re.compile(
    rf"\b(?:vil|skal|afgør)\s+{OUTSIDE}|(?:^|, og ){OUTSIDE}\b[^,]*\b(?:vil|skal|evaluerer|udpeger|forventes|melder)\b"
)
AGREED = re.compile(r"\bindgået en politisk aftale\b|\b(?:regeringen|Folketinget) (?:har|vedtog|indgik)\b")
OUR_OWN = re.compile(r"\b(?:drøft\w+|kredsråd\w*|lokalråd\w*|lokalt|hos os)\b", re.IGNORECASE)
OUR_PART = re.compile(rf"\b(?:[Kk]redsråd\w*|[Ll]okalråd\w*|{POLICE})|{OUTSIDE} (?:vil|skal|melder|afgør)")
FORA = re.compile(r"samarbejdsfora|\bfora\b|råd og nævn|her mødes|hvem mødes", re.IGNORECASE)
STANDING = Seldom(
    r"samarbejd|infohus|netværk|udvalg|råd(?:et)?\b|nævn(?:et)?\b|enhed|koordiner|rådgivning|børnehus|ssp|psp|ksp|rug|exit|kriminalforsorg|kommune|gruppe",
    *[
        "samarbejd",
        "infohus",
        "netværk",
        "udvalg",
        "råd",
        "nævn",
        "enhed",
        "koordiner",
        "børnehus",
        "ssp",
        "psp",
        "ksp",
        "rug",
        "exit",
        "kriminalforsorg",
        "kommune",
        "gruppe",
    ],
)
OTHERS = re.compile(
    r"^(?:\w+ ){0,3}(?:\w*aftale|\w*lov|reform|strategi)(?:en|n)?\b[^,]* skal (?:gøre|sikre|give|hjælpe|styrke)|\befter \w+loven\b|^Efter aftalen\b",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r"tendens|udvikling|status|resultat|siden sidst|opsamling|sådan gik|hvordan går|kriminaliteten|baggrund|statistik|grundlag|forord|ordliste|"
    r"^(?:\d[\d.]* )?mål\b|formål|billedet af",
    re.IGNORECASE,
)


def promises(
    headings: list[Heading], loose: list[Line], year: int | None, areas: set[int] | None = None
) -> list[Promise]:
    """The promises in order. `areas` are the lines of the focus areas' headings: what is listed there is work. `loose` are the body lines of a text without headings; a sentence said twice is one promise."""
    found: list[Promise] = []
    above: list[Heading] = []
    for heading in headings or [Heading("", "", 1, 0, lines=loose)]:
        annex = heading.title.startswith(
            "Bilag"
        )  # one annex ends another; what follows it may stand at its own level
        above = [
            chapter
            for chapter in above
            if chapter.level < heading.level or (chapter.title.startswith("Bilag") and not annex)
        ]
        found += _of_section(
            heading,
            year,
            any(FORA.search(chapter.title) for chapter in [*above, heading]),
            any(h.line in (areas or ()) for h in [*above, heading]),
        )
        above.append(heading)
    return _said_once(found)


def _of_section(heading: Heading, year: int | None, standing: bool, area: bool) -> Iterator[Promise]:
    titles = {line.number: line.text for line in heading.subheadings}
    body = [line for line in heading.lines if line.number not in titles]
    opening = " ".join(line.text for line in body[:2])[:200]
    elsewhere = bool(ELSEWHERE.search(heading.title) or AGREED.search(opening)) and not OUR_OWN.search(
        heading.title
    )
    columns: dict[str, int] = {}
    above = heading.title
    behind = bool(BEHIND.search(above))
    numbers = {line.number for line in body}
    for line in heading.lines:
        if line.number in titles or line.text.endswith(":"):
            above = line.text
            behind = bool(BEHIND.search(above)) if line.number in titles else behind
        if line.number not in numbers:
            continue
        if " | " in line.text:
            columns, row = table_row(line, columns)
            if row:
                yield row
            continue
        for sentence in sentences([line]):
            promise = listed(line, sentence, above, area) or _told(
                sentence, year, elsewhere, standing, behind
            )
            if promise:
                yield promise


def _told(
    sentence: Sentence, year: int | None, elsewhere: bool, standing: bool, behind: bool
) -> Promise | None:
    text = sentence.text
    if len(text) < 18 or text.endswith(("?", ":")):
        return None
    at = _standing(sentence) if standing else None
    at = _binds(text, year) if at is None else at
    at = _does(text) if at is None and not behind and text.endswith((".", "!", ")", "”")) else at
    if at is None or LABELLED.match(text):
        return None
    if elsewhere and not OUR_PART.search(text):
        return None
    at_time = when(text)
    often = bool(OFTEN.search(text)) or (
        at >= 0 and not MODAL.search(text) and str(year) not in text and not at_time
    )
    return Promise(
        sentence.line,
        text,
        who(text),
        text[max(at, 0) :].rstrip("."),
        at_time,
        often,
        _kind(text, often, standing),
    )


def _kind(text: str, often: bool, standing: bool) -> str:
    if standing:
        return "standing_forum"
    if THEIRS.search(text):
        return "external"
    if WISH.search(text) and not MODAL.search(text):
        return "intention"
    if (LOOSE.search(text) and not OFTEN.search(text)) or MAY.search(text) or WAITS.search(text):
        return "conditional"
    return "recurring" if often else "promise"


def _binds(text: str, year: int | None) -> int | None:
    """Where in the sentence it becomes a promise; None when it is none."""
    if text.startswith(("Skal ", "Vil ")):
        return None
    if turned := TURNED.match(text):
        return turned.end() if _somebody_does(text[turned.end() :]) else None
    for modal in MODAL.finditer(text):
        decided = DECIDED.search(text[: modal.start()]) and "at " in text[: modal.start()]
        if (
            not CITIZENS.match(text)
            and not OTHERS.search(text)
            and (decided or _in_main_clause(text, modal.start()))
        ):
            return modal.start()
    if AGREED_TO.search(text):
        return 0
    coming = COMING.search(text)
    if year and coming and (str(year) in text or coming[0] in ("fortsætter", "forventes", "ventes")):
        return coming.start() if _in_main_clause(text, coming.start()) else None
    if CITIZENS.match(text):
        rest = text.find(", og ")
        found = _binds(text[rest + 5 :], year) if rest > 0 else None
        return None if found is None else rest + 5 + found
    if not signs_in(text) & BINDING:
        return _at_a_time(text, year)
    for pattern in (ACT, DONE_TO):
        for verb in pattern.finditer(text):
            if (actors(text) or US.search(text)) and _acts(text, verb.start(), pattern is DONE_TO):
                return verb.start()
    for pattern in (MAY, WISH, WAITS):
        if loosely := pattern.search(text):
            return loosely.start()
    if lasting := LASTING.search(text):
        return lasting.start()
    return _at_a_time(text, year)


BINDING = any_of(ACT, DONE_TO, MAY, WISH, WAITS, LASTING)
BETWEEN = re.compile(r", (?:og|men) ")
INSERTED = re.compile(r", (?:der|som) [^,]*(?=,)")
DEPENDENT = re.compile(r", (?:der|som|hvor\w*|hvad|hvem|hvilke\w*|så|når|fordi|inden)\b")
YEAR = re.compile(r"\b20\d\d\b")


def _at_a_time(text: str, year: int | None) -> int | None:
    """Somebody does something at a time that is still to come, or again and again: "Kommunen ringer inden for tre hverdage"."""
    at_a_time, again = TIMED.search(text), OFTEN.search(text)
    if not (at_a_time or again or YEAR.search(text)):
        return None
    for start, statement in _statements(text):
        main = INSERTED.sub("", statement)
        main = DEPENDENT.split(main, maxsplit=1)[0]
        years = [int(found) for found in YEAR.findall(main)]
        timed = at_a_time and TIMED.search(main)
        if PAST.search(main) or (years and year and max(years) < year and not timed):
            continue
        often = again and [
            found[0] for found in OFTEN.finditer(main) if found[0].lower() not in ("fast", "altid")
        ]
        if not (timed or often or (years and year and max(years) >= year)):
            continue
        found = _doing(main, bool(timed or years))
        if found is not None and _in_main_clause(main, found):
            return start + found
    return None


DOES_AFTER = re.compile(
    rf"(?: \w+'?)? (?!(?:{STATES})\b)({VERB})\b|(?: (?:i|fra) [\w, -]{{3,40}}?)? (?!(?:{STATES})\b)({VERB})\b"
)
DOES_BEFORE = re.compile(rf"\b(?!(?:{STATES})\b)({VERB}) (?:også |derfor |de |det |den )?$")
GETS = re.compile(r" (?:får|giver|gør|deltager) (?:i 20\d\d|en|et|den|status|hver)\b")
PASSIVE = re.compile(
    r"\b(?:bliver \w{3,}et\b|(?!deres\b|fælles\b|alles\b|andres\b|findes\b|skyldes\b|synes\b|begges\b)[a-zæøå]{3,}(?<!ern)(?<!en)es\b|finder sted\b)"
)
ONLY_COULD = re.compile(r"\b(?:kan|skal|vil|må|bør|at)\s(?:\w+\s){0,2}$")
IT = r"(?:og |men )?(?:[Dd]et|[Dd]en|[Dd]e|Disse|Herefter"
IT_DOES = re.compile(rf"{IT}) (?!(?:{STATES})\b)({VERB})\b")
THE_THING_DOES = re.compile(rf"{IT}|[A-ZÆØÅ]\w+(?:en|et|erne|ene)) (?!(?:{STATES})\b)({VERB})\b")


def _does(text: str) -> int | None:
    """Where somebody of the cooperation does something, in the present: "Lokalpolitiet går tur med natteravnene." """
    for start, statement in _statements(text):
        main = DEPENDENT.split(statement, maxsplit=1)[0]
        named = [
            actor for actor in actors(text) if start <= actor.start() and actor.end() <= start + len(main)
        ]
        named += US.finditer(text, start, start + len(main))
        if not named or PAST.search(main):
            continue
        for actor in named:
            before, after = main[: actor.start() - start], actor.end() - start
            if actor[0].endswith("s") or DEPENDENT_WORD.search(before):
                continue
            if DOES_AFTER.match(main, after) or DOES_BEFORE.search(_tail(before)):
                return actor.start()
    return None


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """(where it begins, a main clause with what hangs on it): a sentence is parted at ", og" and ", men"."""
    start = 0
    for found in BETWEEN.finditer(text):
        if found.start() > start:
            yield start, text[start : found.start()]
        start = found.start() + 1
    yield start, text[start:]


def _tail(text: str) -> str:
    """The last words of a text, for patterns that look at its end."""
    return " ".join(text.split(" ")[-5:])


DEPENDENT_WORD = re.compile(r"\b(?:at|som|der|hvis|når|hvad|hvordan|fordi|mens|hvor)\b")


def _doing(text: str, dated: bool) -> int | None:
    """Where somebody does something now: a body and its verb beside each other, or a passive, or "bliver inviteret"."""
    for actor in [*actors(text), *US.finditer(text)]:
        if (
            DOES_AFTER.match(text, actor.end())
            or DOES_BEFORE.search(_tail(text[: actor.start()]))
            or GETS.match(text, actor.end())
        ):
            return actor.start()
    passive = PASSIVE.search(text)
    if passive and not ONLY_COULD.search(_tail(text[: passive.start()])):
        return passive.start()
    plain = (THE_THING_DOES if dated else IT_DOES).match(text)
    return plain.start(1) if plain else None


FIRST_VERB = re.compile(rf"({VERB})\b")
BY_SOMEBODY = re.compile(rf"\w+ (?:vi|de|hver|din|vores|{ACTOR.pattern}|[A-ZÆØÅ])")


def _somebody_does(text: str) -> bool:
    """Does what follows the condition name somebody who acts, or something that is done?"""
    verb = FIRST_VERB.match(text)
    if not verb or verb[1] in ("skal", "er", "har", "kan", "gælder"):
        return text.startswith("vil ")
    passive = verb[1].endswith("es") or verb[1] == "bliver"
    return passive or bool(BY_SOMEBODY.match(text))


CLAUSES = re.compile(r"[,;:–]| - ")
MAYBE = re.compile(r"\b(?:kan|kunne|bør|må|at|blev|bliver|er|har|havde|for at)\s+(?:\w+\s+){0,3}$")
UNDER = re.compile(r"\b(?:hvis|når|da|inden|mens|som|der)\s*(?:\w+\s+){0,6}$", re.IGNORECASE)
PARTS = re.compile(r"(?<!\d),|;|–| - |\(")
WHICH = re.compile(r"\b(?:der|som)\s*$")
INDIRECT = re.compile(r"\b(?:at|hvordan|hvornår)\b")


def _acts(text: str, at: int, passive: bool) -> bool:
    """Does the verb at `at` tell what is done, and not what could be, was, or is meant to be done?"""
    before = text[:at]
    clause = CLAUSES.split(before)[-1]
    if MAYBE.search(clause):
        return bool(OFTEN.search(text)) and passive and " kan " in f" {before}"
    opens = clause == before and clause.startswith(("Som ", "Inden "))
    return opens or not UNDER.search(clause) or bool(ACTOR.search(clause))


def _in_main_clause(text: str, at: int) -> bool:
    """Is the verb at `at` the sentence's own, and not one of a clause that tells which, why, whether or how?"""
    before = text[:at]
    clause = PARTS.split(before)[-1]
    if clause != before and RELATIVE.match(clause):
        return False
    if WHICH.search(clause) and clause.strip().lower() != "der":
        return False
    return not INDIRECT.search(clause)


ABOUT_ITSELF = re.compile(r"(?:Bilaget|Afsnittet|Kapitlet|Listen|Oversigten|Her)\b")
SINCE = Sign(r"\b(?-i:blev|siden) \w+", "blev siden")
ANY_VERB = re.compile(rf"\b{VERB}\b")
NO_ACT = frozenset(["er", "indsatser", "år", "gange", "personer", "indgår", "forudsætter"])
A_COOPERATION = Sign(r"\ber der\b[^.]* samarbejde\b", "samarbejde")
SOME_PLACES = re.compile(r"I nogle\b|Udgangspunktet\b")


def _standing(sentence: Sentence) -> int | None:
    """In a chapter of fora: what a body does, as a rule without a date."""
    text = sentence.text
    if ABOUT_ITSELF.match(text) or SINCE.search(text):
        return None
    if A_COOPERATION.search(text):
        return 0
    if SOME_PLACES.match(text) or not STANDING.search(text):
        return None
    verbs = (verb for verb in ANY_VERB.finditer(text) if verb[0] not in NO_ACT)
    return next((verb.start() for verb in verbs if _in_main_clause(text, verb.start())), None)


LONG_WORDS = re.compile(r"\b\w{5}").findall  # each by its first five letters
ALIKE = 0.75  # of all the words of two sentences; the rarest ones tell which sentences can be so alike (prefix filtering)


def _said_once(found: list[Promise]) -> list[Promise]:
    """A sentence that comes again is the same promise; the first keeps the lines of the others in `also`."""
    words = [frozenset(LONG_WORDS(promise.text.lower())) for promise in found]
    times = Counter(chain.from_iterable(words))
    rank = {word: place for place, word in enumerate(sorted(times, key=lambda word: (times[word], word)))}
    where: dict[str, list[int]] = defaultdict(list)
    out: list[Promise] = []
    kept: list[frozenset[str]] = []
    for promise, own in zip(found, words, strict=True):
        first = sorted(own, key=rank.__getitem__)[: len(own) - ceil(ALIKE * len(own)) + 1]
        near = sorted({i for word in first for i in where[word]})
        twin = next((i for i in near if len(own & kept[i]) >= max(5, ALIKE * len(own | kept[i]))), None)
        if twin is None:
            for word in first:
                where[word].append(len(out))
            kept.append(own)
            out.append(promise)
        else:
            out[twin] = out[twin]._replace(also=(*out[twin].also, promise.line))
    return out
