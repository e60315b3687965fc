"""Bodies of the cooperation that a text names, with their kind (see `council.Forum.Kind`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from manuscript.line import Concordance, Line

# (kind, name, how a text spells it, what every spelling holds). The longer name comes first:
# "mini-Infohus" is no "Infohus".
BODIES: list[tuple[str, str, str, str]] = [
    ("kredsraad", "Kredsråd", r"[Kk]redsråd(?:et|ene)?\b", "kredsråd"),
    ("lokalraad", "Lokalråd", r"[Ll]okalråd(?:et|ene)?\b", "lokalråd"),
    ("contact", "Kontaktudvalg", r"[Kk]ontaktudvalg(?:et)?\b", "kontaktudvalg"),
    ("ssp_plus", "SSP+", r"SSP\s?\+|SSP-?[Pp]lus\b", "ssp"),
    ("ssp", "SSP", r"SSP(?!\s?\+|-?[Pp]lus)(?:-\w+)?\b", "ssp"),
    ("section_115", "§ 115-udvalg", r"§\s?115[- ]?(?:udvalg|gruppe)(?:et|ene|n)?\b", "115"),
    ("youth_sanction", "Ungesamråd", r"[Uu]ngesamråd(?:et)?\b", "ungesamråd"),
    ("youth_board", "Ungdomskriminalitetsnævn", r"[Uu]ngdomskriminalitetsnævn(?:et)?\b", "kriminalitetsnævn"),
    ("psp", "PSP", r"PSP(?:-\w+)?\b", "psp"),
    ("ksp", "KSP", r"KSP(?:-\w+)?\b", "ksp"),
    ("mini_infohouse", "mini-Infohus", r"[Mm]ini-?[Ii]nfohus(?:e|ene|et)?\b", "infohus"),
    ("infohouse", "Infohus", r"(?<![Mm]ini-)(?<![Mm]ini)\b[Ii]nfohus(?:e|ene|et)?\b", "infohus"),
    ("radicalisation", "Radikaliseringsnetværk", r"[Rr]adikaliserings\s?netværk(?:et)?\b", "radikalisering"),
    ("exit", "Bandeexit-programmet", r"[Bb]ande-?exit-?programmet\b", "exit"),
    ("exit", "Exit-enhed", r"[Ee]xit-?enhed(?:en)?\b", "exit"),
    ("rug", "RUG-udvalg", r"RUG-?udvalg(?:et)?\b", "rug"),
    ("other", "Pre-Exit", r"[Pp]re-?[Ee]xit\b", "exit"),
    ("childrens_house", "Børnehus", r"[Bb]ørnehus(?:et)?(?: (?:[A-ZÆØÅ][\wæøå]+))?(?![\wæøå])", "børnehus"),
    ("nightlife", "Bevillingsnævn", r"[Bb]evillingsnævn(?:et)?\b", "bevillingsnævn"),
    ("other", "Konfliktråd", r"[Kk]onfliktråd(?:et)?\b", "konfliktråd"),
    ("other", "Beredskabskommission", r"[Bb]eredskabskommission(?:en)?\b", "beredskabskommission"),
    ("other", "Offerrådgivning", r"[Oo]fferrådgivning(?:en)?\b", "offerrådgivning"),
    ("other", "Natteravne", r"[Nn]atteravne(?:ne)?\b", "natteravne"),
]
# A heading "Kredsrådet" gives them no name of their own.
EVERYWHERE = ("Kredsråd", "Lokalråd", "Kontaktudvalg", "Bevillingsnævn")
CHAPTER = re.compile(r"samarbejdsfora|\bfora\b|råd og nævn|organisering", re.IGNORECASE)
PROPER = re.compile(r" [A-ZÆØÅ]")
Named = tuple[Line, str]  # a line, and the body's name as it stands there


@dataclass(frozen=True)
class NamedForum:
    """A body, its kind and the line that tells of it: in a chapter of fora when there is one, else where it
    is first named."""

    name: str
    kind: str
    line: int


def fora(body: list[Line], chapter: set[int]) -> list[NamedForum]:
    """The bodies that the lines name. `chapter` holds the line numbers of a chapter about fora."""
    out: list[NamedForum] = []
    concordance = Concordance(body)
    for kind, name, pattern, sign in BODIES:
        found = list(_named(pattern, concordance.lines_with(sign)))
        if found:
            lines = [line.number for line, _ in found]
            best = min(lines, key=lambda number: (number not in chapter, number))
            out.append(NamedForum(_name(name, found), kind, best))
    return sorted(out, key=lambda each: each.line)


def _named(pattern: str, lines: Iterator[Line]) -> Iterator[Named]:
    for line in lines:
        for match in re.finditer(pattern, line.text):
            yield line, match[0]


def _name(name: str, found: list[Named]) -> str:
    """What the text calls it: its proper name ("Børnehus Nord"), a line of its own, or the usual name."""
    for line, text in found:
        alone = line.text == text and name not in EVERYWHERE
        if alone or PROPER.search(text):
            return text[0].upper() + text[1:]
    return name
