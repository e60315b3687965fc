"""Where a sentence becomes a promise: what somebody shall or will do, or does in the plan's year."""

import re

from manuscript.actors import ACTOR, OUTSIDE, POLICE, US, actors
from manuscript.clauses import in_main_clause
from manuscript.dates import OFTEN
from manuscript.doing import done_at_a_time
from manuscript.verbs import ACT, AGREED_TO, COMING, DONE_TO, LASTING, MAY, MODAL, VERB, WAITS, WISH
from manuscript.words import any_of, either, signs_in, words

DECIDED = re.compile(r"\b(besluttede|besluttet|aftalt|aftalte|vedtog|vedtaget|enige om)\b")
# A condition first, then what follows: "Viser det sig at virke, udbredes ..."; "Rammer en gruppe den samme
# butik, mødes vi ...".
SUBJECT = either(
    *("der", "du", "man", "han", "hun", "det", "den", "de", "en", "et", "vi", "dette", "disse"),
    r"[a-zæøå]{3,}(?:en|et|erne|ene)",
)
CONDITION = either(
    r"(?:Bliver|Viser|Lykkes|Står|Falder|Stiger|Kan|Får|Hvis|Når|Såfremt|Så snart|Efter|Ved)\b",
    rf"(?:Er|Har|Skulle|Måtte|[A-ZÆØÅ][a-zæøå]+(?:er|es|år)) (?:{SUBJECT})\b",
)
TURNED = re.compile(rf"^(?:{CONDITION}) ?[^,?]*(?:, (?!{VERB})[^,?]*)*?, (?=(?:{VERB}|vil)\b)")
# What the work is for, and what citizens shall or will: no promise of the cooperation.
PEOPLE = rf"(?:{words('people')})"
AIM = either(
    *(
        "Målet er",
        r"Formål(?:et)?\b",
        "Mål:",
        "Vision",
        "Ambitionen",
        "Tanken",
        "Ønsket",
        "Andelen",
        "Antallet",
    ),
    *("Kriminaliteten", "Tallet", "Tallene", "Anmeldelserne", "Udgifterne", "Udviklingen", "Du ", "Man "),
)
ARTICLE = either("Alle", "En", "Et", "De", "Den", "Når en", "Når et", "Hvis en", "Hvis et", "Skal en", "For")
CITIZENS = re.compile(
    either(
        rf"^(?:{AIM})",
        rf"^\w+ (?:skal|vil) (?:de |alle )?{PEOPLE}\b",
        rf"^(?:(?:{ARTICLE}) )?(?:\w+ )?{PEOPLE}\b",
        rf"^[^,]{{0,40}}\b(?:skal|vil) (?:\w+ ){{0,2}}(?:ud af \w+|procent af|pct\. af) (?:\w+ )?{PEOPLE}\b",
    ),
    re.IGNORECASE,
)
# A law or an agreement that shall bring something about: others' promise.
OTHERS = re.compile(
    either(
        r"^(?:\w+ ){0,3}(?:\w*aftale|\w*lov|reform|strategi)(?:en|n)?\b"
        r"[^,]* skal (?:gøre|sikre|give|hjælpe|styrke)",
        r"\b(?:efter|ifølge|i henhold til|jf\.) (?:\w+ ){0,2}\w*lov(?:en)?s?\b",
        r"\b(?:Loven|\w+loven|Lovgivningen) (?:siger|kræver|bestemmer|fastsætter|pålægger)\b",
        r"^(?:Regeringen|Folketinget)\b",
        r"^Efter aftalen\b",
    ),
    re.IGNORECASE,
)
THEIRS = re.compile(
    either(
        rf"\b(?:vil|skal|afgør)\s+{OUTSIDE}",
        rf"(?:^|, og ){OUTSIDE}\b[^,]*\b(?:vil|skal|evaluerer|udpeger|forventes|melder)\b",
    )
)
OUR_PART = re.compile(rf"\b(?:[Kk]redsråd\w*|[Ll]okalråd\w*|{POLICE})|{OUTSIDE} (?:vil|skal|melder|afgør)")
# "Hvis byrådet bevilger penge, kan der ansættes en til."; "Det skal være trygt at gå hjem."
ONLY_MAY = re.compile(
    either(
        r"^(?:Hvis|Såfremt|Bliver|Viser|Får|Kan) [^,]+, kan\b",
        r"^(?:Regeringen|Folketinget) (?:har|vil)\b",
        r"^(?:Kriminaliteten|Antallet|Tallet|Tallene|Anmeldelserne|Udgifterne) (?:\w+ ){0,4}?"
        r"(?:forventes|ventes)\b",
        r"^(?:Det|Der|\w+) (?:skal|vil) (?:stadig |fortsat |altid |også )?være (?:et |en )?(?:\w+ )?"
        r"(?:tryg\w*|rolig\w*|rart|let|nemt|plads|sikkert?|sted|muligt|mulighed)\b",
    )
)
BINDING = any_of(ACT, DONE_TO, MAY, WISH, WAITS, LASTING)
SURE = ("fortsætter", "forventes", "ventes")  # of what comes, also without the year
AND = ", og "


def binds(text: str, year: int | None) -> int | None:
    """Where in the sentence it becomes a promise; None when it is none."""
    if text.startswith(("Skal ", "Vil ")) or ONLY_MAY.search(text):
        return None
    if turned := TURNED.match(text):
        if _somebody_does(text[turned.end() :]):
            return turned.end()
        return None
    of_citizens = CITIZENS.match(text) is not None
    if not of_citizens:
        shall = _shall(text)
        if shall is not None:
            return shall
    if AGREED_TO.search(text):
        return 0
    coming = COMING.search(text)
    if coming and year and (str(year) in text or coming[0] in SURE):
        return _if_main(text, coming.start())
    if of_citizens:
        return _binds_after_and(text, year)
    if signs_in(text) & BINDING:
        acts = _acts(text)
        if acts is not None:
            return acts
    return done_at_a_time(text, year)


def _if_main(text: str, at: int) -> int | None:
    if in_main_clause(text, at):
        return at
    return None


def _shall(text: str) -> int | None:
    """Where somebody shall or will: in the main clause, or in what was decided."""
    for modal in MODAL.finditer(text):
        at = modal.start()
        if OTHERS.search(text):
            return None
        if _is_decided(text[:at]) or in_main_clause(text, at):
            return at
    return None


def _is_decided(before: str) -> bool:
    """ "Kredsrådet har besluttet, at ..."."""
    return "at " in before and DECIDED.search(before) is not None


def _binds_after_and(text: str, year: int | None) -> int | None:
    """Where the second half of a sentence, whose first is of citizens, becomes a promise."""
    rest = text.find(AND)
    if rest <= 0:
        return None
    begins = rest + len(AND)
    found = binds(text[begins:], year)
    if found is None:
        return None
    return begins + found


def _acts(text: str) -> int | None:
    """Where somebody acts or something is done; else where it may, is wished for or is waited for."""
    if actors(text) or US.search(text):
        for verb in ACT.finditer(text):
            if _is_done(text, verb.start(), passive=False):
                return verb.start()
        for verb in DONE_TO.finditer(text):
            if _is_done(text, verb.start(), passive=True):
                return verb.start()
    for sign in (MAY, WISH, WAITS, LASTING):
        if found := sign.search(text):
            return found.start()
    return None


CLAUSES = re.compile(r"[,;:–]| - ")
MAYBE = re.compile(r"\b(?:kan|kunne|bør|må|at|blev|bliver|er|har|havde|for at)\s+(?:\w+\s+){0,3}$")
UNDER = re.compile(r"\b(?:hvis|når|da|inden|mens|som|der)\s*(?:\w+\s+){0,6}$", re.IGNORECASE)


def _is_done(text: str, at: int, *, passive: bool) -> bool:
    """Does the verb at `at` tell what is done, and not what could be, was, or is meant to be done?"""
    before = text[:at]
    clause = CLAUSES.split(before)[-1]
    if MAYBE.search(clause):
        return passive and " kan " in f" {before}" and OFTEN.search(text) is not None
    if clause == before and clause.startswith(("Som ", "Inden ")):
        return True
    return not UNDER.search(clause) or ACTOR.search(clause) is not None


FIRST_VERB = re.compile(rf"({VERB})\b")
BY_SOMEBODY = re.compile(rf"\w+ (?:vi|de|hver|din|vores|{ACTOR.pattern}|[A-ZÆØÅ])")
NOTHING_DONE = ("skal", "er", "har", "kan", "gælder")


def _somebody_does(text: str) -> bool:
    """Does what follows the condition name somebody who acts, or something that is done?"""
    verb = FIRST_VERB.match(text)
    if not verb or verb[1] in NOTHING_DONE:
        return text.startswith("vil ")
    if verb[1].endswith("es") or verb[1] == "bliver":
        return True
    return BY_SOMEBODY.match(text) is not None
