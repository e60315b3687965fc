"""Short names that a text explains: "SSP-styregruppen (SG)", "PD betyder politidirektøren"."""

import re
from collections.abc import Iterator

from manuscript.actors import BODY
from manuscript.line import Line
from manuscript.promise import Promise

SHORT = r"([A-ZÆØÅ]{2,5}|[A-ZÆØÅ][a-zæøå]{1,6}\.)"
IN_BRACKETS = re.compile(rf"([\w-]+) \((?:herefter |forkortet |kaldet )?[“\"]?{SHORT}[”\"]?\)")
BEFORE = re.compile(rf"(?<![\w-]){SHORT} ?(?:=|betyder|står for|er)? ?((?:den |det )?[\w-]{{3,}})")
SAYS_SO = re.compile(r"[A-ZÆØÅ.] ?(?:=|betyder|står for|er )")
WELL_KNOWN = frozenset(["SSP", "PSP", "KSP", "RUG", "TSI"])  # each a body of its own
A_BODY = re.compile(BODY, re.IGNORECASE)
Names = dict[str, str]


def short_names(lines: list[Line]) -> Names:
    """Short name -> the body it stands for, as the text explains it.

    >>> short_names([Line(1, "Sekretariatet (Sekr.) samler op."), Line(2, "PD betyder politidirektøren.")])
    {'Sekr': 'Sekretariatet', 'PD': 'Politidirektøren'}
    """
    out: Names = {}
    for line in lines:
        for short, whole in _explained(line.text):
            if A_BODY.fullmatch(whole) and not whole.isupper() and short not in WELL_KNOWN:
                out.setdefault(short.rstrip("."), whole[0].upper() + whole[1:])
    return out


def _explained(text: str) -> Iterator[tuple[str, str]]:
    if "(" in text:
        for found in IN_BRACKETS.finditer(text):
            yield found[2], found[1]
    if SAYS_SO.search(text):
        for found in BEFORE.finditer(text):
            yield found[1], found[2]


def spelt_out(promise: Promise, names: Names) -> Promise:
    """The promise with its short owners spelt out: "Politidirektøren (PD)"."""
    who = []
    for name in promise.who:
        short = name.rstrip(".")
        if short in names:
            name = f"{names[short]} ({short})"
        who.append(name)
    return promise._replace(who=tuple(who))
