"""Signs that were left behind: asterisks, tags, placeholders."""

from collections.abc import Iterator

from manuscript.check.finding import Finding, Mend
from manuscript.check.text import Manuscript
from manuscript.words import Seldom, either

MARKS = Seldom(
    either(
        r"\*{1,3}(?=\w)([^*\n]{1,120}?)\*{1,3}",
        r"(?<!\w)_{1,2}(?=\w)([^_\n]{1,80}?)_{1,2}(?!\w)",
        r"^#{1,6} (\S.*)$",
        "&(?:nbsp|amp|lt|gt);",
        r"\bXXX+\b",
        r"\[(?:indsæt|skriv|udfyld|dato|navn|beløb|tekst|link|sted|tid|antal|år|xx|…|\.\.)[^\]]*\]",
        r"\((?:indsæt|udfyldes|mangler|dato mangler|navn mangler)[^)]*\)",
        r"<(?:indsæt|navn|dato|beløb|tekst)[^>]*>",
        r"(?<![\w.])[Xx]{2}(?:[./-][Xx]{2,4})+(?!\w)",
        r"\bKlik (?:eller tryk )?(?:her )?for at (?:skrive|angive|indsætte)[^.]*\.?",
        r"\bVælg et element\.?",
        r"\bLorem ipsum\b",
        r"\bTBD\b",
        r"\?{3,}",
        r"Fejl! [^.]*\.",
        "</?[a-z]{1,10}>",
    ),
    *("*", "_", "#", "&", "xxx", "[", "fejl!", "<", "(indsæt", "(udfyld", "(dato", "(navn", "(mangler", "xx"),
    *("klik ", "vælg et", "lorem", "tbd", "???"),
)


def stray_markup(m: Manuscript) -> Iterator[Finding]:
    """ "*straffelovsanmeldelser*", "XXX", "[indsæt dato]"."""
    for line in m.lines_with(*MARKS.parts):
        for found in MARKS.finditer(line.text):
            inner = found[1] or found[2] or found[3]
            if inner:
                says = f"Tegnene omkring “{inner}” hører ikke til teksten."
                yield Finding("stray_markup", line.number, says, (line.number,), Mend(found[0], inner))
            else:
                says = f"“{found[0]}” er blevet stående. Skriv det, der skulle stå."
                yield Finding("stray_markup", line.number, says, (line.number,))
