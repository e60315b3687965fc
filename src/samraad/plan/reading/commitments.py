"""Promises in a text: who, what, when or how often; a sentence at a time, with the words that made it one.

A sentence promises when its main clause says what somebody shall or will do, what happens in the plan's year, or what a body
of the cooperation does again and again. What others agreed (a political agreement), what is past, what a thing is for, and
what citizens should feel are no promises.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from samraad.plan.reading.sentences import Sentence, sentences
from samraad.plan.reading.source import Line
from samraad.plan.reading.structure import Heading
from samraad.plan.reading.words import words

NAME = r"[A-ZÆØÅ][\wæøåÆØÅ-]+(?:(?:,| og|-) ?[A-ZÆØÅ][\wæøåÆØÅ-]+)*"
OUTSIDE = (
    r"(?:\w*ministeriet|\w*direktoratet|\w*styrelsen|Rigspolitiet|regeringen|Folketinget|Kommunernes Landsforening|KL|"
    r"Det Kriminalpræventive Råd|TrygFonden|\w*fonden)"
)
# A body or an office, by how its word ends: "kontaktudvalget", "SSP-konsulenten", "lokalbetjentene".
INSIDE = (
    r"(?:(?:hvert |hver |det (?:nye )?|de (?:\w+ )?)?[\wæøåÆØÅ-]*(?:råd|udvalg|nævn|gruppe|enhed|team|netværk|sekretariat|politi|politikreds|forsorg|"
    r"direktør|inspektør|leder|betjent|konsulent|koordinator|vejleder|rådgiver|borgmester|borgmestr|forvaltning|afdeling|kommune|region|"
    r"skole|hospital|center|centr|forening|selskab|partnerskab|projekt|beredskab|infohus|børnehus|klub|universitet|bibliotek)"
    r"(?:et|en|er|erne|ene|ne|re|ren|rene|e|ets|ens)?|parterne|natteravnene?|brandvæsenet|politiets \w+|SSP(?:\+|-\w+)?|PSP(?:-\w+)?|KSP|RUG-\w+|Pre-Exit)"
)
POLICE = rf"{NAME}s? (?:Politi|politi)\b"
PLACE = rf"(?:{NAME} Kommune|Region {NAME}|Lokalråd(?:et)? (?:i |for )?{NAME}|{NAME}s? Lokalråd|Børnehus {NAME}|Aalborg Universitet)"
ACTOR = re.compile(rf"(?<![\w-])(?:[A-ZÆØÅ]{{3,4}}|{PLACE}|{POLICE}|{OUTSIDE}|(?i:{INSIDE}))(?![\w-])")
US = re.compile(r"\b[Vv]i\b")

ACT = re.compile(rf"\b(?:{words('acts')})\b", re.IGNORECASE)
DONE_TO = re.compile(rf"\b(?:{words('passive')}|tages op|følges op)\b", re.IGNORECASE)
STATES = "er|har|kan|bør|må|var|består|ligger|står|gælder|kender|synes|mener|viser|fortæller|oplever|beskriver|ønsker|håber|omfatter|svarer|betyder|indgår|bidrager|fortjener|bor|forudsætter|findes|stammer|skyldes|deltager|dækker|kommer|ved|får|giver|gør"
VERB = r"(?:[a-zæøå]+er|[a-zæøå]+(?:år|ør|yr)|mødes|gør|ved|[a-zæøå]{3,}(?<!ern)(?<!end)es)"
COMING = r"fortsætter|fortsættes|videreføres|igangsættes|iværksættes|påbegyndes|begynder|starter|indledes|forventes|ventes|åbner|udvides"
OFTEN = re.compile(
    r"\b(løbende|kontinuerligt|dagligt?|ugentligt?|månedligt?|jævnligt|kvartalsvise?|årligt|halvårligt|"
    r"hvert (?:år|kvartal|halvår|forår|efterår|\w*møde)|hver (?:\w+ )?(?:uge|måned|sommer|vinter|mandag|fredag|gang)|fast|altid|efter hver \w+|"
    r"mindst (?:en|én|to|tre|fire|\d+) gange? (?:om året|årligt)|(?:to|tre|fire|\w+|\d+) (?:gange|møder) om året|efter behov)\b",
    re.IGNORECASE,
)
MODAL = re.compile(r"\b(skal|vil)\b(?! ikke\b| sige\b| gerne\b)", re.IGNORECASE)
MAY = re.compile(
    rf"^(?:\w+ )?(?:{INSIDE}) kan (?:også |desuden |endvidere )?"
    r"(?:drøfte|beslutte|vælge|invitere|foreslå|tage)\b",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"^\s*(?:og |ligesom |men |eller )?(?:der|som|hvis|hvilke[tn]?|hvordan|hvornår|hvad|hvem|hvorfor|om|at|når|"
    r"hvor(?:efter|ved|i|på|med|fra)?|så|for at|idet|fordi)\b",
    re.IGNORECASE,
)
DECIDED = re.compile(r"\b(besluttede|besluttet|aftalt|aftalte|vedtog|vedtaget|enige om)\b")
AGREED_TO = re.compile(r"\b(?:er enige om at|forpligter sig til at|har lovet at|[Dd]et aftales)\b|^Der er planlagt\b")
LOOSE = re.compile(
    r"\b(?:hvis|såfremt|forudsat)\b|\b(?:når|så snart) (?!de[tr]te? er aktuelt|den er|det er aktuelt)|^(?:Bliver|Viser|Lykkes|Står|Falder|Stiger|Kan|Får)\b",
    re.IGNORECASE,
)
TURNED = re.compile(
    rf"^(?:Bliver|Viser|Lykkes|Står|Falder|Stiger|Kan|Får|Hvis|Når|Såfremt|Så snart) [^,]*(?:, (?!{VERB})[^,]*)?, (?={VERB}\b)"
)
WISH = re.compile(r"\bvigtigt\b[^.]*, at\b")
PEOPLE = r"(?:borger\w*|børn\w*|barn\w*|unge?|ofre\w*|trafikant\w*|nabo\w*|forældre\w*|ældre|pige\w*|dreng\w*|beboer\w*|elev\w*|person\w*|anmeldelse\w*|bilist\w*|cyklist\w*|kunde\w*|bankerne)"
CITIZENS = re.compile(
    rf"^(?:Målet er|Formålet?|Mål:|Vision|Tanken|Ønsket)|^\w+ (?:skal|vil) (?:de |alle )?{PEOPLE}\b|^(?:(?:Alle|En|Et|De|Den|Når en|Når et|Hvis en|Hvis et|Skal en|For) )?(?:\w+ )?{PEOPLE}\b",
    re.IGNORECASE,
)
WAITS = re.compile(r"\bafventes\b|\bendnu ikke (?:afklaret|besluttet|fastlagt)\b")
ELSEWHERE = re.compile(
    r"\b(?:politisk aftale|flerårsaftalen?|finanslov\w*|regeringen|Folketinget|national(?:e|t)? (?:plan|strategi|aftale))\b", re.IGNORECASE
)
AGREED = re.compile(r"\bindgået en politisk aftale\b|\b(?:regeringen|Folketinget) (?:har|vedtog|indgik)\b")
OUR_OWN = re.compile(r"\b(?:drøft\w+|kredsråd\w*|lokalråd\w*|lokalt|hos os)\b", re.IGNORECASE)
OUR_PART = re.compile(rf"\b(?:[Kk]redsråd\w*|[Ll]okalråd\w*|{POLICE})|{OUTSIDE} (?:vil|skal|melder|afgør)")
FORA = re.compile(r"samarbejdsfora|\bfora\b|råd og nævn|her mødes|hvem mødes", re.IGNORECASE)
STANDING = re.compile(
    r"samarbejd\w*|infohus\w*|netværk\w*|udvalg\w*|råd(?:et)?\b|nævn(?:et)?\b|enhed\w*|koordiner\w*|rådgivning|børnehus\w*|SSP|PSP|KSP|RUG|Exit|"
    r"kriminalforsorg\w*|kommune\w*|gruppe\w*",
    re.IGNORECASE,
)
WORK = re.compile(r"\b(?:indsatser|aktiviteter|tiltag|handlinger|(?:vil|gør) vi|vi vil|opgaver|fokus på|i år|enige om)\b", re.IGNORECASE)
ALREADY = re.compile(r"\b(?:allerede|i forvejen|i drift|baggrund|status)\b", re.IGNORECASE)
TO_CITIZENS = re.compile(r"\b(?:gode råd|råd til dig|du|dig|kommuner|medlemmer|består af|er:)\b|disse kommuner", re.IGNORECASE)
OTHERS = re.compile(
    r"^(?:\w+ ){0,3}(?:\w*aftale|\w*lov|reform|strategi)(?:en|n)?\b[^,]* skal (?:gøre|sikre|give|hjælpe|styrke)|\befter \w+loven\b|^Efter aftalen\b",
    re.IGNORECASE,
)
INFINITIVE = re.compile(r"^(?:At )?[A-ZÆØÅ][a-zæøå]*(?:e|å)\b(?! (?:er|var|har)\b)")

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


def promises(headings: list[Heading], loose: list[Line], year: int | None, areas: set[int] | None = None) -> list[Promise]:
    """The promises in order. `areas` are the lines of the focus areas' headings: what is listed there is work. `loose` are the body lines of a text without headings; a sentence said twice is one promise."""
    found: list[Promise] = []
    above: list[Heading] = []
    for heading in headings or [Heading("", "", 1, 0, lines=loose)]:
        above = [chapter for chapter in above if chapter.level < heading.level or chapter.title.startswith("Bilag")]
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
    elsewhere = bool(ELSEWHERE.search(heading.title) or AGREED.search(opening)) and not OUR_OWN.search(heading.title)
    columns: dict[str, int] = {}
    above = heading.title
    numbers = {line.number for line in body}
    for line in heading.lines:
        if line.number in titles or line.text.endswith(":"):
            above = line.text
        if line.number not in numbers:
            continue
        if " | " in line.text:
            columns, row = _table_row(line, columns)
            if row:
                yield row
            continue
        for sentence in sentences([line]):
            promise = _listed(line, sentence, above, area) or _told(sentence, year, elsewhere, standing)
            if promise:
                yield promise


HEADS = {
    "what": re.compile(r"indsats|aktivitet|tiltag|opgave|handling|hvad", re.IGNORECASE),
    "who": re.compile(r"ansvar|tovholder|hvem|aktør", re.IGNORECASE),
    "when": re.compile(r"frist|hvornår|tid|dead-?line|senest|termin", re.IGNORECASE),
    "state": re.compile(r"status|tilstand", re.IGNORECASE),
}
OVER = re.compile(r"\b(?:afsluttet|gennemført|udført|færdig|sket|udgået)\b", re.IGNORECASE)


def _table_row(line: Line, columns: dict[str, int]) -> tuple[dict[str, int], Promise | None]:
    """Read a row of a table of work: its head says which column is what; then each row that is not over is a promise."""
    cells = [cell.strip() for cell in line.text.split(" | ")]
    heads = {name: i for name, pattern in HEADS.items() for i, cell in enumerate(cells) if len(cell) < 30 and pattern.search(cell)}
    if "what" in heads and len(heads) >= 2 and len(set(heads.values())) == len(heads):
        return heads, None
    if "what" not in columns or len(cells) <= max(columns.values()):
        return columns, None
    told = {name: cells[i] for name, i in columns.items()}
    if not told["what"] or OVER.search(told.get("state", "")):
        return columns, None
    when = told.get("when", "").strip("-– ")
    who = tuple(part.strip() for part in re.split(r",| og |/", told.get("who", "")) if part.strip(" -–"))
    often = bool(OFTEN.search(when))
    return columns, Promise(line.number, told["what"], who, told["what"], when, often, "recurring" if often else "promise")


def _listed(line: Line, sentence: Sentence, above: str, area: bool) -> Promise | None:
    """A list item that names a piece of work under a heading that announces work: "Afholde temadag om ..."."""
    is_item = re.match(r"\s*[-–•·*▪►]\s", line.text) and sentence.first
    work = WORK.search(above) or area
    if not is_item or not work or ALREADY.search(above) or TO_CITIZENS.search(above) or len(sentence.text) < 12:
        return None
    if PAST.search(sentence.text) and not INFINITIVE.match(sentence.text):
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
    if len(text) < 18 or text.endswith(("?", ":")):
        return None
    at = _standing(sentence) if standing else None
    at = _binds(text, year) if at is None else at
    if at is None:
        return None
    if elsewhere and not OUR_PART.search(text):
        return None
    who, when = _who(text), _when(text)
    often = bool(OFTEN.search(text)) or (at >= 0 and not MODAL.search(text) and str(year) not in text and not when)
    return Promise(sentence.line, text, who, text[max(at, 0) :].rstrip("."), when, often, _kind(text, often, standing))


def _kind(text: str, often: bool, standing: bool) -> str:
    if standing:
        return "standing_forum"
    if re.search(rf"\b(?:vil|skal|afgør)\s+{OUTSIDE}|(?:^|, og ){OUTSIDE}\b[^,]*\b(?:vil|skal|evaluerer|udpeger|forventes|melder)\b", text):
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
        if not CITIZENS.match(text) and not OTHERS.search(text) and (decided or _in_main_clause(text, modal.start())):
            return modal.start()
    if AGREED_TO.search(text):
        return 0
    coming = re.search(rf"\b(?:{COMING})\b", text)
    if year and coming and (str(year) in text or coming[0] in ("fortsætter", "forventes", "ventes")):
        return coming.start() if _in_main_clause(text, coming.start()) else None
    if CITIZENS.match(text):
        rest = text.find(", og ")
        found = _binds(text[rest + 5 :], year) if rest > 0 else None
        return None if found is None else rest + 5 + found
    for pattern in (ACT, DONE_TO):
        for verb in pattern.finditer(text):
            if (_actors(text) or US.search(text)) and _acts(text, verb.start(), pattern is DONE_TO):
                return verb.start()
    for pattern in (MAY, WISH, WAITS):
        if loosely := pattern.search(text):
            return loosely.start()
    if lasting := re.search(r"\bkan (?:løbende|altid|hver \w+) \w+es\b", text):
        return lasting.start()
    return _at_a_time(text, year)


PAST = re.compile(
    r"\b(?:var|blev|havde|fik|gik|kom|lå|stod|holdt|tog|skrev|sagde|gav|så|viste|begyndte|startede|\w{3,}ede|(?:er|har|var) (?:\w+ ){0,2}\w{3,}(?:et|t))\b"
)
TIMED = re.compile(
    rf"\b\d{{1,2}}\. {MONTH}|\b(?:i|fra|inden|til|medio|primo|ultimo|udgangen af) {MONTH}|\bkvartal\b|\b(?:i|inden|efter|før|til) (?:hele )?(?:foråret|efteråret|sommer\w*|"
    r"vinter\w*|efterårsferien|vinterferien|årsskiftet|jul|nytår)\b|\bsenest\b|\binden\b|\b(?:efter|for) (?:\w+|\d+) (?:hverdage|dage|uger|måneder|år)\b|"
    r"\bi løbet af\b|\bsamme dag\b|\bnæste år\b|\baf årets møder\b|\bfremover\b|\bsenere\b|\bårets sidste\b|\bpå hverdage\b",
    re.IGNORECASE,
)


def _at_a_time(text: str, year: int | None) -> int | None:
    """Somebody does something at a time that is still to come, or again and again: "Kommunen ringer inden for tre hverdage"."""
    for part in re.finditer(r"(?:(?!, (?:og|men) ).)+", text):
        main = re.sub(r", (?:der|som) [^,]*(?=,)", "", part[0])
        main = re.split(r", (?:der|som|hvor|så|når|fordi|inden)\b", main)[0]
        years = [int(found) for found in re.findall(r"\b20\d\d\b", main)]
        timed = TIMED.search(main)
        if PAST.search(main) or (years and year and max(years) < year and not timed):
            continue
        often = [found[0] for found in OFTEN.finditer(main) if found[0].lower() not in ("fast", "altid")]
        if not (timed or often or (years and year and max(years) >= year)):
            continue
        found = _doing(main, bool(timed or years))
        if found is not None and _in_main_clause(main, found):
            return part.start() + found
    return None


def _doing(text: str, dated: bool) -> int | None:
    """Where somebody does something now: a body and its verb beside each other, or a passive, or "bliver inviteret"."""
    for actor in [*_actors(text), *US.finditer(text)]:
        after = re.match(
            rf"(?: \w+'?)? (?!(?:{STATES})\b)({VERB})\b|(?: i [\w ]{{3,30}}?)? (?!(?:{STATES})\b)({VERB})\b", text[actor.end() :]
        )
        before = re.search(rf"\b(?!(?:{STATES})\b)({VERB}) (?:også |derfor |de |det |den )?$", text[: actor.start()])
        gets = re.match(r" (?:får|giver|gør|deltager) (?:i 20\d\d|en|et|den|status|hver)\b", text[actor.end() :])
        if after or before or gets:
            return actor.start()
    passive = re.search(
        r"\b(?:bliver \w{3,}et\b|(?!deres\b|fælles\b|alles\b|andres\b|findes\b|skyldes\b|synes\b|begges\b)[a-zæøå]{3,}(?<!ern)(?<!en)es\b|finder sted\b)",
        text,
    )
    if passive and not re.search(r"\b(?:kan|skal|vil|må|bør|at)\s(?:\w+\s){0,2}$", text[: passive.start()]):
        return passive.start()
    subject = r"(?:og |men )?(?:[Dd]et|[Dd]en|[Dd]e|Disse|Herefter" + (r"|[A-ZÆØÅ]\w+(?:en|et|erne|ene))" if dated else ")")
    plain = re.match(rf"{subject} (?!(?:{STATES})\b)({VERB})\b", text)
    return plain.start(1) if plain else None


def _somebody_does(text: str) -> bool:
    """Does what follows the condition name somebody who acts, or something that is done?"""
    verb = re.match(rf"({VERB})\b", text)
    if not verb or verb[1] in ("skal", "er", "har", "kan", "gælder"):
        return False
    passive = verb[1].endswith("es") or verb[1] == "bliver"
    return passive or bool(re.match(rf"\w+ (?:vi|hver|{ACTOR.pattern}|[A-ZÆØÅ])", text))


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
    """Is the verb at `at` the sentence's own, and not one of a clause that tells which, why, whether or how?"""
    clause = re.split(r"(?<!\d),|;|–| - |\(", text[:at])[-1]
    if clause != text[:at] and RELATIVE.match(clause):
        return False
    if re.search(r"\b(?:der|som)\s*$", clause) and clause.strip().lower() != "der":
        return False
    return not re.search(r"\b(?:at|hvordan|hvornår)\b", clause)


def _standing(sentence: Sentence) -> int | None:
    """In a chapter of fora: what a body does, as a rule without a date."""
    text = sentence.text
    if re.match(r"(?:Bilaget|Afsnittet|Kapitlet|Listen|Oversigten|Her)\b", text) or re.search(r"\b(?:blev|siden) \w+", text):
        return None
    verbs = [
        verb
        for verb in re.finditer(rf"\b{VERB}\b", text)
        if not re.fullmatch(r"er|kommuner|skoler|borgere|indsatser|møder|år|gange|personer", verb[0])
    ]
    does = next((verb for verb in verbs if _in_main_clause(text, verb.start()) and verb[0] not in ("indgår", "forudsætter")), None)
    if re.search(r"\ber der\b[^.]* samarbejde\b", text):
        return 0
    return does.start() if does and STANDING.search(text) and not re.match(r"I nogle\b|Udgangspunktet\b", text) else None


@lru_cache(maxsize=256)
def _actors(text: str) -> tuple[re.Match[str], ...]:
    """Who is named, in order; several rules ask about one sentence."""
    return tuple(ACTOR.finditer(text))


def _who(text: str) -> tuple[str, ...]:
    """Who acts, as the sentence names them: those of the main clause, else all."""
    main = re.split(r", (?:der|som|hvor|ligesom|så|når|at|hvilket)\b", text)[0]
    found = [match[0] for match in _actors(main)] or [match[0] for match in _actors(text)]
    if not found and US.search(text):
        found = ["vi"]
    return tuple(dict.fromkeys(name[0].upper() + name[1:] if name != "vi" else name for name in found))


def _when(text: str) -> str:
    """When or how often, in the sentence's own words: a date before a season, a condition before a habit, a year last."""
    return next((found[0].strip() for pattern in WHEN if (found := pattern.search(text))), "")


def _said_once(found: list[Promise]) -> list[Promise]:
    """A sentence that comes again is the same promise; the first keeps the lines of the others in `also`."""
    words: list[frozenset[str]] = []
    where: dict[str, list[int]] = defaultdict(list)
    out: list[Promise] = []
    for promise in found:
        own = frozenset(word[:5] for word in re.findall(r"\w{5,}", promise.text.lower()))
        near = Counter(i for word in own for i in where[word])
        twin = min((i for i, both in near.items() if both >= 5 and both / len(own | words[i]) >= 0.75), default=None)
        if twin is None:
            for word in own:
                where[word].append(len(out))
            words.append(own)
            out.append(promise)
        else:
            out[twin] = replace(out[twin], also=(*out[twin].also, promise.line))
    return out
