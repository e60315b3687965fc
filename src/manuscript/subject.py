"""Who answers for what a sentence promises: its subject, in the passive whoever it is done by; never its
object, nor whoever something is done to, with or for.

Danish puts the finite verb second in a main clause: the subject stands right before it, or right after it
when something else opens the sentence.
"""

import re
from itertools import chain

from manuscript.actors import US, actors
from manuscript.clauses import statements
from manuscript.places import towns
from manuscript.verbs import DOES, VERB
from manuscript.words import either, words

Match = re.Match[str]
Group = list[Match]  # bodies that "og" and commas join: "politiet og kommunerne"

# A condition first, up to the verb that follows it: "Er en indsats forsinket, beslutter ...".
CONDITION = re.compile(
    rf"(?:Hvis|Når|Såfremt|Så snart|Da|Efter at|Inden|Fordi|Hvor|(?:{VERB}|Skulle|Måtte|Kan|Har|Er)(?= ))\b",
    re.IGNORECASE,
)
THEN = re.compile(rf", (?:så )?(?=(?:{VERB}|vil|skal|kan)\b)")
DECIDED = re.compile(
    either(
        r"\b(?:besluttede|besluttet|aftalt|aftalte|aftales|vedtog|vedtaget|enige om|udsigt)\b[^,]*, at ",
        r"^Det (?:forudsættes|tilstræbes)[^,]*, at ",
    )
)
# What hangs on the clause.
HANGS = re.compile(
    r", (?:der|som|hvor\w*|hvad|hvem|hvilke\w*|så|når|fordi|inden|før|om|at|mens|hvis|medmindre|ligesom|"
    r"således)\b"
)
SMALL_WORDS = either(
    *(
        "de",
        "den",
        "det",
        "hver",
        "hvert",
        "en",
        "et",
        "alle",
        "begge",
        "vores",
        "sin",
        "sit",
        "sine",
        "mindst",
    ),
    *(
        r"\d+",
        "to",
        "tre",
        "fire",
        "fem",
        "seks",
        "syv",
        "otte",
        "ni",
        "ti",
        "elleve",
        "anden",
        "andet",
        r"\w+e",
        r"\w+s",
    ),
)
GOVERNED = re.compile(
    r"\b(?:i|på|til|fra|for|af|med|om|mod|ved|hos|under|over|efter|mellem|uden|blandt|gennem|overfor|omkring|"
    rf"inden for|forud for)\s+(?:(?:{SMALL_WORDS})\s+){{0,3}}$",
    re.IGNORECASE,
)
AGENT = re.compile(rf"\baf\s+(?:(?:{SMALL_WORDS})\s+){{0,2}}$", re.IGNORECASE)
FROM = re.compile(rf"\bfra\s+(?:(?:{SMALL_WORDS})\s+){{0,2}}$", re.IGNORECASE)
PLACE = re.compile(rf"\b(?:i|gennem|under)\s+(?:(?:{SMALL_WORDS})\s+){{0,2}}$", re.IGNORECASE)
BETWEEN = re.compile(rf"\bmellem\s+(?:(?:{SMALL_WORDS})\s+){{0,2}}$", re.IGNORECASE)
A_BODY = re.compile(
    r"(?:råd|udvalg|nævn|gruppe|team|enhed|ledelse|forum|hus)\w{0,4}$| Kommune$|^(?:SSP|PSP|KSP)",
    re.IGNORECASE,
)
AND = re.compile(
    rf"\s*(?:,|og|,\s*og|samt|/|i forening med)\s+(?:(?:{SMALL_WORDS})\s+){{0,2}}", re.IGNORECASE
)
NAMED_AFTER = re.compile(r"(?: [A-ZÆØÅ][\wæøå]+)+")
NOT_PASSIVE = either(
    *("mødes", "ses", "samles", "skiftes", "færdes", "findes", "enes", "deres", "fælles", "alles", "andres"),
    *("begges", "synes", "lykkes", "års", "opfordres", "forventes", "anmodes", "ventes", "løses", "træffes"),
)
IS_DONE = rf"(?!(?:{NOT_PASSIVE})\b)[a-zæøå]{{2,}}(?<!ern)(?<!en)es"
PASSIVE = re.compile(rf"\b(?:bliver|blive|blevet|{IS_DONE})\b")
ACTIVE = rf"(?!(?:{IS_DONE}|bliver)\b)(?:{VERB}|har)\b"
VERB_AFTER = re.compile(rf"(?:\s+(?:i|fra|på|under|ved|for) (?!at )[\w, -]{{2,50}}?)?\s+{ACTIVE}")
MODAL_AFTER = re.compile(r"(?:\s+(?:i|fra|på|under|ved|for) (?!at )[\w, -]{2,50}?)?\s+(?:skal|vil)\b")
GOES_ON = re.compile(rf", (?:og|men) (?:{VERB}|skal|vil)\b")
VERB_BEFORE = re.compile(
    rf"\b(?:{ACTIVE}|(?:skal|vil)\b)\s+(?:(?:også|derfor|desuden|{SMALL_WORDS})\s+){{0,3}}$", re.IGNORECASE
)
ASKED = re.compile(r"\b(?:opfordres til|bedt om|blive anmodet|anmodes om|påhviler|forpligte\w*|tilbydes)\b")
SMALL = re.compile(r" ?([a-zæøå][\wæøå-]+)")
NO_HEAD = re.compile(rf"(?:{VERB}|i|på|til|fra|for|af|med|om|mod|ved|og|eller|skal|vil|har|har|kan)$")
WHOSE = re.compile(r"(?<![\w-])[A-ZÆØÅa-zæøå][\w-]{3,}(?<!å)s $")  # "lystbådehavnens bestyrelse"
NEAR = 60  # letters
IN_CAPITALS = re.compile(r"[A-ZÆØÅ]+")
# Those who are named by what they are in common, where they do something.
PEOPLE = re.compile(
    rf"((?:De|Alle|Hver|Den|Flere) (?:\w+ )?\w+(?:er|e|en|ne)|[A-ZÆØÅ][\wæøå-]+(?:erne|ene)|Frivillige \w+er)"
    rf"(?: (?:i|fra|på) [\w, ]{{2,40}}?)? (?:(?:skal|vil) (?!være\b|blive\b|have\b|kunne\b)"
    rf"|har (?:sagt|lovet|påtaget|givet|tilbudt)\b|opfordres\b|forpligter\b"
    rf"|(?!(?:{words('coming')}|{IS_DONE}|er|har)\b){DOES}\b)"
)
A_TOWN = f"(?:{'|'.join(map(re.escape, towns()))})"
TOWN_ANYWHERE = re.compile(rf"\b{A_TOWN}\b")
TOWN = re.compile(rf"{A_TOWN}(?= (?:(?:skal|vil)\b|{ACTIVE}))")
AN_OFFICE = re.compile(
    rf"(?:[\w-]*(?:{words('bodies')}|sekretær|afsnit|sektion))(?:{words('endings')})?", re.IGNORECASE
)
NO_OFFICE = frozenset(["leder", "rådgiver", "vejleder", "nævne", "råd", "forening", "billeder", "center"])
NOBODY = re.compile(r"(?:projekt|samarbejd)\w*$", re.IGNORECASE)  # what is done, but not by whom


def who(text: str, at: int = 0) -> tuple[str, ...]:
    """Who answers for the promise that begins at `at`, as the sentence names them.

    >>> who("Kredsrådet drøfter planen, når politiet har skrevet den."), who("Vi mødes.")
    (('Kredsrådet',), ('vi',))
    >>> who("Kommunen inviterer politiet."), who("I maj inviterer politiet og kommunen skolerne.")
    (('Kommunen',), ('Politiet', 'Kommunen'))
    >>> who("Referatet sendes af kommunens sekretær til rådet.")
    ('Kommunens sekretær',)
    """
    begin, end = _clause(text, at)
    clause = " " * begin + text[begin:end]  # so that what stands at a place stands there still
    named = [each for each in actors(text) if begin <= each.start() and each.end() <= end]
    groups = _groups(clause, sorted([*named, *US.finditer(clause)], key=_start))
    out: dict[str, None] = {}
    for found in _those_who_act(clause, begin, groups):
        out[_name(clause, found)] = None
    if not out and (other := _others(clause, begin)):
        return (other,)
    return tuple(out)


def _name(clause: str, found: Match) -> str:
    name = found[0]
    if US.fullmatch(name):
        return "vi"
    if found.re is TOWN:
        return f"{name} Kommune"
    if _is_genitive(clause, found) and (office := SMALL.match(clause, found.end())):
        name += f" {office[1]}"
    elif more := NAMED_AFTER.match(clause, found.end()):
        name += more[0]
    if name[0].islower() and (whose := WHOSE.search(clause, 0, found.start())):
        name = whose[0] + name
    return name[0].upper() + name[1:]


def _clause(text: str, at: int) -> tuple[int, int]:
    """Where the clause that promises begins and ends: after a condition, or what was decided."""
    begin, end = 0, len(text)
    for start, statement in statements(text):
        if start == 0 or (start <= at and not GOES_ON.match(text, start - 1)):
            begin, end = start, start + len(statement)
    if decided := DECIDED.search(text):
        begin, end = decided.end(), len(text)
    while text[begin] in ", ":
        begin += 1
    if CONDITION.match(text, begin) and (then := THEN.search(text, begin, end)):
        begin = then.end()
    if hanging := HANGS.search(text, begin, end):
        end = hanging.start()
    return begin, end


PRONOUN = re.compile(rf"(?:Det|De|Hun|Han) {DOES}\b")


def says_it(text: str) -> bool:
    """Does a sentence speak of whoever the one before it names: "Det mødes fire gange om året"?"""
    return PRONOUN.match(text) is not None


def _groups(clause: str, named: list[Match]) -> list[Group]:
    """Who is named, in groups; no verb that looks like an office, no advice, no genitive but of an office."""
    out: list[Group] = []
    for each in named:
        if each[0].lower() in NO_OFFICE or NOBODY.search(each[0]):
            continue
        if _is_genitive(clause, each) and not _has_an_office(clause, each):
            continue
        if out and AND.fullmatch(clause, _end(clause, out[-1][-1]), each.start()):
            out[-1].append(each)
        elif not (out and each.start() < _end(clause, out[-1][-1])):
            out.append([each])
    return out


def _start(found: Match) -> int:
    return found.start()


def _end(clause: str, found: Match) -> int:
    """Where a name ends, with the office or the place that belongs to it."""
    if _is_genitive(clause, found) and (office := SMALL.match(clause, found.end())):
        return office.end()
    if more := NAMED_AFTER.match(clause, found.end()):
        return more.end()
    return found.end()


def _is_genitive(clause: str, each: Match) -> bool:
    if not each[0].endswith("s") or IN_CAPITALS.fullmatch(each[0]) or each[0].lower().endswith("hus"):
        return False
    following = SMALL.match(clause, each.end())
    return following is not None and not NO_HEAD.match(following[1])


def _has_an_office(clause: str, each: Match) -> bool:
    following = SMALL.match(clause, each.end())
    return following is not None and AN_OFFICE.fullmatch(following[1]) is not None


def _those_who_act(clause: str, begin: int, groups: list[Group]) -> Group:
    free = [group for group in groups if not GOVERNED.search(_before(clause, group))]
    if len(free) > 1 and clause.startswith(":", _end(clause, free[0][-1])):
        free = free[1:]  # "SSP: Skolerne ..."
    is_done = PASSIVE.search(clause) is not None and ASKED.search(clause) is None
    for group in free:
        if _acts(clause, group) or (not is_done and MODAL_AFTER.match(clause, _end(clause, group[-1]))):
            return group
    if town := TOWN.match(clause, begin):
        return [town]
    ways = [_governed_by(AGENT, clause, groups), _done_in(clause, groups), _governed_by(FROM, clause, groups)]
    if not is_done:
        ways.insert(0, free)
    return _first(list(chain.from_iterable(ways)))


def _before(clause: str, group: Group) -> str:
    """The words before a group, as many as a preposition or a verb may stand away."""
    start = group[0].start()
    return clause[max(0, start - NEAR) : start]


def _others(clause: str, begin: int) -> str:
    """A subject that is no body known by its word: "De fynske banker ringer"."""
    found = PEOPLE.match(clause, begin)
    if found is None or (PASSIVE.search(clause) and not ASKED.search(clause)):
        return ""
    return found[1]


def _first(groups: list[Group]) -> Group:
    return next(iter(groups), [])


def _acts(clause: str, group: Group) -> bool:
    """Has it a verb of its own beside it?"""
    if VERB_AFTER.match(clause, _end(clause, group[-1])):
        return True
    return VERB_BEFORE.search(_before(clause, group)) is not None


def _governed_by(preposition: re.Pattern[str], clause: str, groups: list[Group]) -> list[Group]:
    return [group for group in groups if preposition.search(_before(clause, group))]


def _done_in(clause: str, groups: list[Group]) -> list[Group]:
    """Bodies in which or between which something is done: "drøftes i kredsrådet"."""
    out: list[Group] = []
    for group in groups:
        before = _before(clause, group)
        if BETWEEN.search(before) or (PLACE.search(before) and A_BODY.search(group[0][0])):
            out.append(group)
    return out
