"""Slips: a word that is nearly another word of the same text, and small errors of form."""

import re
from collections import Counter
from collections.abc import Iterator

from manuscript.check.finding import Finding, Mend
from manuscript.check.neighbours import slips_of_stems, slips_of_twins
from manuscript.check.text import WORD, Manuscript
from manuscript.line import Line
from manuscript.words import Seldom

# A verb after "skal" in the wrong form -> the right one.
RIGHT = {
    "sker": "ske",
    "er": "være",
    "bliver": "blive",
    "har": "have",
    "får": "få",
    "går": "gå",
    "kommer": "komme",
}
# Each begins with its own letters, so that it is found fast.
MODALS = r"skal(?<!\wskal)|vil(?<!\wvil)|bør(?<!\wbør)|må(?<!\wmå)"
SHALL = re.compile(rf"({MODALS}) (der )?({'|'.join(RIGHT)})\b")
ELIGE = Seldom(r"\b(?-i:(en|et) (\w{3,}elig)e (?=\w))", "elige ")
GENITIVE = Seldom(r"\b(\w{6,})s (?:om|med|mellem|til) ", "s om ", "s med ", "s mellem ", "s til ")


def slips(m: Manuscript) -> Iterator[Finding]:
    """A word that is one letter from another in the same text ("flerårssaftalen"), a verb after "skal" in
    the wrong form, and two small errors of form: "en endelige" and "samarbejds om"."""
    near = slips_of_stems(m.words) | slips_of_twins(m.words)
    slipped = {line.number for line in m.lines_with(*near)}
    misformed = {*m.concordance.lines_where(SHALL), *m.lines_with(*ELIGE.parts, *GENITIVE.parts)}
    for line in m.whole:
        if line.number in slipped:
            yield from _slips_in(line, near)
        if line.number in slipped or line in misformed:
            yield from _forms(line, m.words)


def _slips_in(line: Line, near: dict[str, str]) -> Iterator[Finding]:
    """The slips of a line, each told once for the whole text."""
    for word in WORD.findall(line.text):
        whole = near.pop(word.lower(), "")
        if not whole:
            continue
        says = f"“{word}” ligner en slåfejl for “{whole}”, som står andre steder."
        if word[0].isupper():
            whole = whole.capitalize()
        yield _slip(line, word, whole, says)


def _slip(line: Line, old: str, new: str, says: str) -> Finding:
    return Finding("typo", line.number, says, (line.number,), Mend(old, new))


def _forms(line: Line, words: Counter[str]) -> Iterator[Finding]:
    """Small errors of form.

    >>> line = Line(1, "Der skal der sker noget, og en endelige plan følger.")
    >>> [finding.mend.new for finding in _forms(line, Counter())]
    ['skal der ske', 'en endelig']
    """
    for found in SHALL.finditer(line.text):
        new = f"{found[1]} {found[2] or ''}{RIGHT[found[3]]}"
        yield _misformed(line, found[0], new)
    for found in ELIGE.finditer(line.text):
        new = f"{found[1]} {found[2]}"
        if found[1] == "et":
            new += "t"
        yield _misformed(line, found[0].strip(), new)
    for found in GENITIVE.finditer(line.text):
        old, new = f"{found[1]}s", f"{found[1]}e"
        if words[new.lower()] >= 2 and not words[found[1].lower()]:
            yield _slip(line, old, new, f"“{old}” ligner en slåfejl for “{new}”.")


def _misformed(line: Line, old: str, new: str) -> Finding:
    return _slip(line, old, new, f"“{old}” skal være “{new}”.")
