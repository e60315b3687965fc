"""Bodies of the cooperation that a text names, with their kind (see `council.Forum.Kind`)."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from samraad.plan.reading.source import Line

# kind -> (name, how a text spells it). The longer name comes first: "mini-Infohus" is no "Infohus".
BODIES: list[tuple[str, str, str]] = [
    ("kredsraad", "Kredsråd", r"[Kk]redsråd(?:et|ene)?\b"),
    ("lokalraad", "Lokalråd", r"[Ll]okalråd(?:et|ene)?\b"),
    ("contact", "Kontaktudvalg", r"[Kk]ontaktudvalg(?:et)?\b"),
    ("ssp_plus", "SSP+", r"SSP\s?\+|SSP-?[Pp]lus\b"),
    ("ssp", "SSP", r"SSP(?!\s?\+|-?[Pp]lus)(?:-\w+)?\b"),
    ("section_115", "§ 115-udvalg", r"§\s?115[- ]?(?:udvalg|gruppe)(?:et|ene|n)?\b"),
    ("youth_sanction", "Ungesamråd", r"[Uu]ngesamråd(?:et)?\b"),
    ("youth_board", "Ungdomskriminalitetsnævn", r"[Uu]ngdomskriminalitetsnævn(?:et)?\b"),
    ("psp", "PSP", r"PSP(?:-\w+)?\b"),
    ("ksp", "KSP", r"KSP(?:-\w+)?\b"),
    ("mini_infohouse", "mini-Infohus", r"[Mm]ini-?[Ii]nfohus(?:e|ene|et)?\b"),
    ("infohouse", "Infohus", r"(?<![Mm]ini-)(?<![Mm]ini)\b[Ii]nfohus(?:e|ene|et)?\b"),
    ("radicalisation", "Radikaliseringsnetværk", r"[Rr]adikaliserings\s?netværk(?:et)?\b"),
    ("exit", "Bandeexit-programmet", r"[Bb]ande-?exit-?programmet\b"),
    ("exit", "Exit-enhed", r"[Ee]xit-?enhed(?:en)?\b"),
    ("rug", "RUG-udvalg", r"RUG-?udvalg(?:et)?\b"),
    ("other", "Pre-Exit", r"[Pp]re-?[Ee]xit\b"),
    ("childrens_house", "Børnehus", r"[Bb]ørnehus(?:et)?(?: (?:[A-ZÆØÅ][\wæøå]+))?(?![\wæøå])"),
    ("nightlife", "Bevillingsnævn", r"[Bb]evillingsnævn(?:et)?\b"),
    ("other", "Konfliktråd", r"[Kk]onfliktråd(?:et)?\b"),
    ("other", "Beredskabskommission", r"[Bb]eredskabskommission(?:en)?\b"),
    ("other", "Offerrådgivning", r"[Oo]fferrådgivning(?:en)?\b"),
    ("other", "Natteravne", r"[Nn]atteravne(?:ne)?\b"),
]
BREAK = "\0"  # between lines in one text: no letter, no blank, so that no name runs over it
EVERYWHERE = ("Kredsråd", "Lokalråd", "Kontaktudvalg", "Bevillingsnævn")  # a heading "Kredsrådet" gives them no name of their own
CHAPTER = re.compile(r"samarbejdsfora|\bfora\b|råd og nævn|organisering", re.IGNORECASE)


@dataclass(frozen=True)
class NamedForum:
    """A body, its kind and the line that tells of it: in a chapter of fora when there is one, else where it is first named."""

    name: str
    kind: str
    line: int


def fora(body: list[Line], chapter: set[int]) -> list[NamedForum]:
    """The bodies that the lines name. `chapter` holds the line numbers of a chapter about fora."""
    out: list[NamedForum] = []
    whole = BREAK.join(line.text for line in body)
    starts = list(accumulate((len(line.text) + 1 for line in body), initial=0))
    for kind, name, pattern in BODIES:
        hits = re.finditer(pattern, whole)
        found = [(body[bisect_right(starts, match.start()) - 1], match[0]) for match in hits]
        if found:
            best = min(found, key=lambda hit: (hit[0].number not in chapter, hit[0].number))[0]
            out.append(NamedForum(_name(name, found), kind, best.number))
    return sorted(out, key=lambda each: each.line)


def _name(name: str, found: list[tuple[Line, str]]) -> str:
    """What the text calls it: its full proper name ("Børnehus Nord"), a line of its own, else the usual name."""
    for line, text in found:
        if re.search(r" [A-ZÆØÅ]", text) or (line.text == text and name not in EVERYWHERE):
            return text[0].upper() + text[1:]
    return name
