"""What stands beside a promise and belongs to it: its owner in brackets, a sentence after it that says who
answers for it or when it is done."""

import re

from manuscript.actors import actors
from manuscript.dates import OFTEN, when
from manuscript.promise import Promise, kind_of_work
from manuscript.subject import who
from manuscript.words import either
from manuscript.worklists import owners

ANSWERS = r"(?:ansvarlige?|ansvaret|tovholdere?|ansv\.)"
# "Ansvarlig: Skolen.", "Ansvarlig er skolen.", "(tovholder: skolen)"
IT = r"(?:det|dette|opgaven|arbejdet|indsatsen|planlægningen|punktet)\b"
CALLED = re.compile(
    rf"(?:Hoved)?{ANSWERS}(?: (?:for (?:det|dette|opgaven|arbejdet|indsatsen|punktet)))?\s*(?::| er)\s*(.+)$",
    re.IGNORECASE,
)
# "Ungdomsskolen er ansvarlig.", "Klubben står for det."
TAKES_IT = re.compile(
    either(
        rf"\b(?:er|bliver|har) (?:{ANSWERS}|tovholdende)\b(?! for (?!{IT}))",
        rf"\b(?:står for|tager sig af|sørger for|påtager sig) {IT}",
    ),
    re.IGNORECASE,
)
# "Opgaven ligger hos klubben."
LIES_WITH = re.compile(
    r"^(?:Det|Opgaven|Ansvaret|Arbejdet|Indsatsen) "
    r"(?:(?:ligger|er (?:placeret|lagt)) hos|(?:varetages|udføres|løses|styres|ledes) af) (.+?)\.?$"
)
# "Det sker i uge 33.", "Fristen er 1. maj."
IS_DONE = re.compile(
    either(
        r"^(?:Det|Dette|Arbejdet|Opgaven|Indsatsen) (?:sker|er færdigt?|er klart?|afsluttes|udføres|"
        r"skal (?:være (?:færdigt?|klart?|sket|gjort|afsluttet|på plads)|ske))\b",
        r"^(?:Frist(?:en)?|Deadline(?:n)?|Tidsfrist(?:en)?)(?: er|:)",
    ),
    re.IGNORECASE,
)
DUE = re.compile(r"^(?:Frist(?:en)?|Deadline(?:n)?|Tidsfrist(?:en)?)(?: er|:)\s*(.+?)\.?$", re.IGNORECASE)
BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,70})[)\]]\.?$")
LABEL = re.compile(rf"^(?:{ANSWERS}|frist|deadline|senest)\s*:?\s*", re.IGNORECASE)
SHORT_NAME = re.compile(r"[A-ZÆØÅ]{2,5}|[A-ZÆØÅ][a-zæøå]{1,6}\.?")
APART = re.compile(r"\s*(?:,|/|\+|&| og | samt )\s*")
LONGEST = 130  # letters of a sentence that says only who or when


def told_beside(promise: Promise, text: str) -> Promise | None:
    """The promise with what the sentence after it says of it; None when it says nothing of the kind."""
    if len(text) > LONGEST:
        return None
    if bracketed := BRACKETS.fullmatch(text):
        return with_brackets(promise, bracketed[1])
    by = _who_answers(text)
    due = ""
    if IS_DONE.search(text):
        due = _due(text)
    if not (by or due):
        return None
    return _with(promise, by, due)


def _who_answers(text: str) -> tuple[str, ...]:
    if called := CALLED.match(text):
        return owners(called[1].rstrip("."))
    if lies := LIES_WITH.match(text):
        return owners(lies[1])
    if TAKES_IT.search(text):
        return who(text)
    return ()


def _due(text: str) -> str:
    if found := when(text):
        return found
    if named := DUE.match(text):
        return named[1]
    return ""


def _with(promise: Promise, by: tuple[str, ...], due: str) -> Promise:
    if by:
        promise = promise._replace(who=by)
    if due and not promise.when:
        often = OFTEN.search(due) is not None
        promise = promise._replace(when=due, recurring=often)
        if promise.kind in ("promise", "recurring"):
            promise = promise._replace(kind=kind_of_work(often))
    return promise


def with_brackets(promise: Promise, inside: str) -> Promise | None:
    """The promise with who or when brackets at its end tell: "(SSP-konsulenten)", "(frist 15. april)"."""
    bare = LABEL.sub("", inside)
    if are_names(bare):
        return promise._replace(who=owners(bare))
    due = when(inside)
    if LABEL.match(inside) and (due or bare):
        return _with(promise._replace(when=""), (), due or bare)
    return None


def are_names(text: str) -> bool:
    """Is a text names of bodies and nothing else: "UK og skolerne"?"""
    parts = list(filter(None, APART.split(text)))
    return bool(parts) and all(map(_is_a_name, parts))


def _is_a_name(part: str) -> bool:
    found = actors(part)
    if found and found[0].start() == 0 and found[-1].end() == len(part):
        return True
    return SHORT_NAME.fullmatch(part) is not None and part.endswith(".")


def completed(promise: Promise) -> Promise:
    """The promise with what brackets at the end of its own sentence tell."""
    found = BRACKETS.search(promise.text)
    if found is None:
        return promise
    told = with_brackets(promise, found[1])
    if told is None:
        return promise
    what = promise.what
    if (at := what.find(found[0].rstrip("."))) > 0:
        what = what[:at].rstrip()
    return told._replace(what=what)
