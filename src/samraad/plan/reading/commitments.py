"""Promises in a text: who, what, when or how often; a sentence at a time, with the words that made it one.

A sentence promises when its main clause says what somebody shall or will do, what happens in the plan's year, or what a body
of the cooperation does again and again. What others agreed (a political agreement), what is past, what a thing is for, and
what citizens should feel are no promises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from samraad.plan.reading.sentences import Sentence, sentences
from samraad.plan.reading.source import Line
from samraad.plan.reading.structure import Heading
from samraad.plan.reading.words import words

NAME = r"[A-ZÆØÅ][\wæøåÆØÅ-]+(?:(?:,| og|-) ?[A-ZÆØÅ][\wæøåÆØÅ-]+)*"
OUTSIDE = (
    r"(?:\w*ministeriet|\w*direktoratet|\w*styrelsen|Rigspolitiet|regeringen|Folketinget|Kommunernes Landsforening|KL|"
    r"Det Kriminalpræventive Råd|TrygFonden|\w*fonden)"
)
INSIDE = (
    r"(?:politidirektør(?:en)?|chefpolitiinspektør(?:en)?|vicepolitiinspektør(?:en)?|"
    r"(?:hvert |de (?:enkelte )?)?lokalråd(?:et|ene)?|kredsråd(?:et)?|"
    r"lokalpoliti(?:et)?|lokalbetjent(?:en|ene)?|lokalpolitileder(?:en|ne)?|"
    r"(?:hver |de \w+ )?politikreds(?:en|ene)?|(?:de \w+ )?borgmest(?:er|eren|re|rene)|"
    r"kommunaldirektør(?:en|erne)?|kriminalforsorg(?:en)?|sekretariat(?:et)?|styregruppe(?:n|rne)?|operativgruppe(?:n|rne)?|"
    r"arbejdsgruppe(?:n|rne)?|"
    r"partnerskab(?:et)?|parterne|bevillingsnævn(?:et)?|infohus(?:et|ene)?|natteravne(?:ne)?|gadeplan\w*|SSP(?:\+|-\w+)?|PSP(?:-\w+)?|KSP|"
    r"(?:det nye )?team(?:et)?|projektet?|forvaltning(?:en|erne)?|skole(?:n|rne)|ungdomsskole(?:n|rne)?|"
    r"byråd(?:et)?|brandvæsenet|beredskabet|"
    r"boligforening(?:en|erne)?|boligselskab(?:et|erne)?|region(?:en)?|politiet|kommune(?:n|r|rne)?|Aalborg Universitet)"
)
POLICE = rf"{NAME}s? (?:Politi|politi)\b"
PLACE = rf"(?:{NAME} Kommune|Region {NAME}|Lokalråd(?:et)? (?:i |for )?{NAME}|{NAME}s? Lokalråd)"
ACTOR = re.compile(rf"\b(?:{PLACE}|{POLICE}|{OUTSIDE}|(?i:{INSIDE}))(?![\w-])")
US = re.compile(r"^(?:[Vv]i|[^,]{0,60}\b[Vv]i)\b")

COMING = r"fortsætter|fortsættes|videreføres|igangsættes|iværksættes|påbegyndes|begynder|starter|indledes|forventes|ventes|åbner|udvides"
HABITS = r"arbejder|samarbejder|mødes|holder|følges|følger|deltager|har|tages|udveksler"
OFTEN = re.compile(
    r"\b(løbende|kontinuerligt|dagligt?|ugentligt?|månedligt?|jævnligt|kvartalsvise?|årligt|halvårligt|"
    r"hvert (?:år|kvartal|halvår|forår|efterår)|"
    r"hver (?:uge|måned|sommer|vinter)|fast|altid|mindst (?:en|én|to|tre|fire|\d+) gange? (?:om året|årligt)|"
    r"(?:to|tre|fire|\d+) gange om året)\b",
    re.IGNORECASE,
)
ACT = re.compile(rf"\b(?:{words('acts')})\b", re.IGNORECASE)
DONE_TO = re.compile(rf"\b(?:{words('passive')}|tages op|følges op)\b", re.IGNORECASE)
HABIT = re.compile(rf"\b(?:{HABITS})\b")
MODAL = re.compile(r"\b(skal|vil)\b", re.IGNORECASE)
MAY = re.compile(
    rf"^(?:\w+ )?(?:{INSIDE}) kan (?:også |desuden |endvidere )?"
    r"(?:drøfte|beslutte|vælge|invitere|foreslå|tage)\b",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"^\s*(?:og |ligesom |men )?(?:der|som|hvis|hvilke[tn]?|hvor(?:efter|ved|i|på|med|fra)?|så|for at|idet|fordi)\b", re.IGNORECASE
)
DECIDED = re.compile(r"\b(besluttede|besluttet|aftalt|aftalte|vedtog|vedtaget|enige om)\b")
LOOSE = re.compile(
    r"\b(?:hvis|såfremt|forudsat)\b|\b(?:når|så snart) (?!de[tr]te? er aktuelt|den er|det er aktuelt)|^(?:Bliver|Viser|Lykkes)\b",
    re.IGNORECASE,
)
WISH = re.compile(r"\bvigtigt\b[^.]*, at\b")
CITIZENS = re.compile(
    r"^(?:Målet er|Formålet?|Mål:|Vision)|"
    r"^(?:Alle )?(?:[Bb]orgerne|[Bb]ørn(?:ene)?|[Uu]nge|[Oo]frene|[Tt]rafikanterne?|Alle)\b[^,]* "
    r"(?:skal|vil)(?: fortsat| altid)? (?:opleve|føle|have|kunne|være)\b"
)
WAITS = re.compile(r"\bafventes\b|\bendnu ikke (?:afklaret|besluttet|fastlagt)\b")
ELSEWHERE = re.compile(
    r"\b(?:politisk aftale|flerårsaftalen?|finanslov\w*|regeringen|Folketinget|national(?:e|t)? (?:plan|strategi))\b", re.IGNORECASE
)
AGREED = re.compile(r"\bindgået en politisk aftale\b|\b(?:regeringen|Folketinget) (?:har|vedtog|indgik)\b")
OUR_OWN = re.compile(r"\b(?:drøft\w+|kredsråd\w*|lokalråd\w*|lokalt|hos os)\b", re.IGNORECASE)
FORA = re.compile(r"samarbejdsfora|\bfora\b|råd og nævn", re.IGNORECASE)
STANDING = re.compile(
    r"\b(?:samarbejd\w*|infohus\w*|netværk\w*|udvalg\w*|råd(?:et)?|nævn(?:et)?|enhed\w*|ungesamråd\w*|koordiner\w*|rådgivning)\b",
    re.IGNORECASE,
)
WORK = re.compile(r"\b(?:indsatser|aktiviteter|tiltag|handlinger|det (?:vil|gør) vi|opgaver|fokus på)\b", re.IGNORECASE)
ALREADY = re.compile(r"\b(?:allerede|i forvejen|i drift|baggrund|status)\b", re.IGNORECASE)
INFINITIVE = re.compile(r"^(?:At )?[A-ZÆØÅ][a-zæøå]+(?:e|å)\b(?! (?:er|var|har)\b)")

MONTH = r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)"
WHEN = [
    re.compile(rf"\b(?:inden|senest|før|fra|den|pr\.)(?: (?:den|d\.))? \d{{1,2}}\. {MONTH}(?: 20\d\d)?", re.IGNORECASE),
    re.compile(rf"\b\d{{1,2}}\. {MONTH}(?: 20\d\d)?", re.IGNORECASE),
    re.compile(r"\b(?:i|inden|senest|på \w+ i) (?:\d|første|andet|tredje|fjerde)\.? kvartal(?: 20\d\d)?", re.IGNORECASE),
    re.compile(rf"\b(?:i|inden|senest i|ultimo|primo|medio|før) "
        rf"(?:foråret|efteråret|sommeren|vinteren|sommerferien|årsskiftet|{MONTH})(?: 20\d\d)?", re.IGNORECASE),
    re.compile(r"\befter (?:en|et|to|tre|fire|fem|\d+) (?:år|måneder)\b", re.IGNORECASE),
    re.compile(r"\b(?:når|hvis|såfremt|så snart)\b [^,.;]+", re.IGNORECASE),
    OFTEN,
    re.compile(r"\b(?:i (?:løbet af )?|inden udgangen af |efter )20\d\d\b", re.IGNORECASE),
    re.compile(r"\bved (?:årets|hvert) \w+", re.IGNORECASE),
]  # fmt: skip


@dataclass(frozen=True)
class Promise:
    """One promise: its sentence and line, who, what, when or how often, and its kind."""

    line: int
    text: str
    who: tuple[str, ...]
    what: str
    when: str
    recurring: bool
    kind: str  # promise, recurring, conditional, external, intention, standing_forum
    also: tuple[int, ...] = field(default=())


def promises(headings: list[Heading], loose: list[Line], year: int | None) -> list[Promise]:
    """The promises in order. `loose` are the body lines of a text without headings; a sentence said twice is one promise."""
    found: list[Promise] = []
    for heading in headings or [Heading("", "", 1, 0, loose)]:
        found += _of_section(heading, year)
    return _said_once(found)


def _of_section(heading: Heading, year: int | None) -> Iterator[Promise]:
    titles = {line.number: line.text for line in heading.subheadings}
    body = [line for line in heading.lines if line.number not in titles]
    opening = " ".join(line.text for line in body[:2])[:200]
    elsewhere = bool(ELSEWHERE.search(heading.title) or AGREED.search(opening)) and not OUR_OWN.search(heading.title)
    standing = bool(FORA.search(heading.title))
    columns: dict[str, int] = {}
    above = heading.title
    numbers = {line.number for line in body}
    for line in heading.lines:
        if line.number in titles:
            above = line.text
        if line.number not in numbers:
            continue
        if " | " in line.text:
            columns, row = _table_row(line, columns)
            if row:
                yield row
            continue
        for sentence in sentences([line]):
            promise = _listed(line, sentence, above) or _told(sentence, year, elsewhere, standing)
            if promise:
                yield promise


HEADS = {
    "what": re.compile(r"indsats|aktivitet|tiltag|opgave|handling|hvad", re.IGNORECASE),
    "who": re.compile(r"ansvar|tovholder|hvem|aktør", re.IGNORECASE),
    "when": re.compile(r"frist|hvornår|tid|dead-?line|senest|termin", re.IGNORECASE),
}


def _table_row(line: Line, columns: dict[str, int]) -> tuple[dict[str, int], Promise | None]:
    """Read a row of a table of work: its head says which column is what; then each row is a promise."""
    cells = [cell.strip() for cell in line.text.split(" | ")]
    heads = {name: i for name, pattern in HEADS.items() for i, cell in enumerate(cells) if len(cell) < 30 and pattern.search(cell)}
    if "what" in heads and len(heads) >= 2:
        return heads, None
    if "what" not in columns or len(cells) <= max(columns.values()):
        return columns, None
    told = {name: cells[i] for name, i in columns.items()}
    if not told["what"]:
        return columns, None
    when = told.get("when", "").strip("-– ")
    who = tuple(part.strip() for part in re.split(r",| og |/", told.get("who", "")) if part.strip(" -–"))
    often = bool(OFTEN.search(when))
    return columns, Promise(line.number, told["what"], who, told["what"], when, often, "recurring" if often else "promise")


def _listed(line: Line, sentence: Sentence, above: str) -> Promise | None:
    """A list item that names a piece of work under a heading that announces work: "Afholde temadag om ..."."""
    is_item = re.match(r"\s*[-–•·*▪►]\s", line.text)
    if not (is_item and sentence.first and WORK.search(above) and not ALREADY.search(above) and INFINITIVE.match(sentence.text)):
        return None
    often = bool(OFTEN.search(sentence.text))
    return Promise(
        sentence.line,
        sentence.text,
        _who(sentence.text),
        sentence.text.rstrip("."),
        _when(sentence.text),
        often,
        "recurring" if often else "promise",
    )


def _told(sentence: Sentence, year: int | None, elsewhere: bool, standing: bool) -> Promise | None:
    text = sentence.text
    if len(text) < 25 or text.endswith("?") or CITIZENS.search(text):
        return None
    at = _standing(sentence) if standing else _binds(text, year)
    if at is None:
        return None
    if elsewhere and not re.search(rf"\b(?:kredsråd\w*|lokalråd\w*|{POLICE})", text):
        return None
    who, when = _who(text), _when(text)
    often = bool(OFTEN.search(text)) or (at >= 0 and not MODAL.search(text) and str(year) not in text and not when)
    return Promise(sentence.line, text, who, text[max(at, 0) :].rstrip("."), when, often, _kind(text, often, standing))


def _kind(text: str, often: bool, standing: bool) -> str:
    if standing:
        return "standing_forum"
    if re.search(rf"\b(?:vil|skal)\s+{OUTSIDE}|^{OUTSIDE}\b[^,]*\b(?:vil|skal|evaluerer|udpeger|forventes)\b", text):
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
    for modal in MODAL.finditer(text):
        decided = DECIDED.search(text[: modal.start()]) and "at " in text[: modal.start()]
        if decided or _in_main_clause(text, modal.start()):
            return modal.start()
    coming = re.search(rf"\b(?:{COMING})\b", text)
    if year and coming and (str(year) in text or coming[0] in ("fortsætter", "forventes", "ventes")):
        return coming.start() if _in_main_clause(text, coming.start()) else None
    if turned := re.match(r"(?:Bliver|Viser|Lykkes|Hvis|Såfremt) [^,]*, (?=\w+es\b)", text):
        return turned.end()
    who = ACTOR.search(text) or US.match(text)
    for pattern in (ACT, DONE_TO):
        for verb in pattern.finditer(text):
            if who and _acts(text, verb.start(), pattern is DONE_TO):
                return verb.start()
    for pattern in (MAY, WISH, WAITS):
        if loosely := pattern.search(text):
            return loosely.start()
    habit = HABIT.search(text) if OFTEN.search(text) else None
    if habit is None or not (who or habit[0] in ("følges", "tages")) or re.search(r"\bhar [^.]*(?:et|t)\b,", text):
        return None
    return habit.start() if _in_main_clause(text, habit.start()) and _regular(text, habit[0]) else None


def _regular(text: str, verb: str) -> bool:
    return verb != "har" or bool(
        re.search(r"\b(?:kvartalsvise|månedlige|årlige|faste|ugentlige)\s+\w*møder?\b|\bhar (?:møde|dialog)", text)
    )


def _acts(text: str, at: int, passive: bool) -> bool:
    """Does the verb at `at` tell what is done, and not what could be, was, or is meant to be done?"""
    before = text[:at]
    clause = re.split(r"[,;:–]| - ", before)[-1]
    if re.search(r"\b(?:kan|kunne|bør|må|at|blev|bliver|er|har|havde|for at)\s+(?:\w+\s+){0,3}$", clause):
        return bool(OFTEN.search(text)) and passive and " kan " in f" {before}"
    opens = clause == before and clause.startswith(("Som ", "Inden "))
    dependent = re.search(r"\b(?:hvis|når|da|inden|mens|som|der)\s*(?:\w+\s+){0,6}$", clause, re.IGNORECASE)
    return opens or not dependent or bool(ACTOR.search(clause))


def _in_main_clause(text: str, at: int) -> bool:
    clause = re.split(r"(?<!\d),|;|–| - |\(", text[:at])[-1]
    if RELATIVE.match(clause) and clause != text[:at]:
        return False
    if re.search(r"\b(?:der|som)\s*$", clause) and clause.strip() not in ("Der", "der"):
        return False
    return not re.search(r"\b(?:at|når|hvis|om)\b(?![^,]*\b(?:besluttes|aftalt)\b)[^,]*$", clause) or (
        clause == text[:at] and not re.search(r"\b(?:at|når|hvis)\b", clause)
    )


def _standing(sentence: Sentence) -> int | None:
    """In a chapter of fora: what a forum does. Its first sentence tells it, or one that names what it gives."""
    text = sentence.text
    if text.endswith(":") or re.search(r"\b(?:har|er der|der er|blev)\b.{0,40}\b(?:arbejdet|etableret|oprettet)\b", text):
        return None
    told = re.search(r"\b(?:kan her få|koordineres|bistår|ledes af|rådgiver|mødes)\b", text)
    return 0 if (sentence.first and STANDING.search(text)) or told else None


def _who(text: str) -> tuple[str, ...]:
    """Who acts, as the sentence names them: those of the main clause, else all."""
    main = re.split(r", (?:der|som|hvor|ligesom|så|når|at|hvilket)\b", text)[0]
    found = [match[0] for match in ACTOR.finditer(main)] or [match[0] for match in ACTOR.finditer(text)]
    if not found and US.match(text):
        found = ["vi"]
    return tuple(dict.fromkeys(name[0].upper() + name[1:] if name != "vi" else name for name in found))


def _when(text: str) -> str:
    """When or how often, in the sentence's own words: a date before a season, a condition before a habit, a year last."""
    for pattern in WHEN:
        if found := pattern.search(text):
            return found[0].strip()
    return ""


def _said_once(found: list[Promise]) -> list[Promise]:
    """A sentence that comes again is the same promise; the first keeps the lines of the others in `also`."""
    words: list[frozenset[str]] = []
    out: list[Promise] = []
    for promise in found:
        own = frozenset(word[:5] for word in re.findall(r"\w{5,}", promise.text.lower()))
        twin = next((i for i, other in enumerate(words) if _alike(own, other)), None)
        if twin is None:
            words.append(own)
            out.append(promise)
        else:
            out[twin] = replace(out[twin], also=(*out[twin].also, promise.line))
    return out


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    both = len(one & other)
    return both >= 5 and both / len(one | other) >= 0.75
