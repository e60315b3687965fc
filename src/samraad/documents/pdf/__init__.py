"""A document as .pdf: built to PDF/UA-1 for readers and to PDF/A-2a for the archive, set by typst.

What a file of the two standards cannot hold is said in a sentence before anything is made. The same document
gives the same bytes.
"""

from datetime import date

from manuscript.text import printable
from samraad.documents.model import Document
from samraad.documents.pdf.content import content_of
from samraad.documents.pdf.letters import is_seen, printed, told, unprintable
from samraad.documents.pdf.press import NotMade, pressed

__all__ = ["NotMade", "to_pdf", "unshown"]

FIXED = date(2000, 1, 1)  # of what says no day of its own
SHOWN = 3  # signs named in one sentence


def to_pdf(document: Document) -> bytes:
    """The document as a PDF file. Raises NotMade: a sentence says what is wrong and what would help."""
    if not is_seen(printed(printable(document.title))):
        raise NotMade("PDF kan ikke laves, for dokumentet har ingen titel. Skriv en titel, og prøv igen.")
    content, places = content_of(document)
    found: dict[str, str] = {}
    for place, text in places:
        for sign in unprintable(text):
            found.setdefault(sign, place)
    if found:
        raise NotMade(_named(found))
    return pressed(content, document.dated or FIXED)


def unshown(text: str) -> str:
    """The first sign of a text that a PDF file cannot show, as it is named; "" for none, or without fonts.

    Who is to release a text asks, so that nobody meets a file that cannot be made.
    """
    try:
        found = unprintable(printed(printable(text)))
    except NotMade:
        return ""
    return "".join(map(told, found[:1]))


def _named(found: dict[str, str]) -> str:
    """The sentence about signs that no letter of the house can show.

    >>> _named({"한": "Natteliv"})
    'PDF kan ikke vise tegnet “한” under “Natteliv”. Skriv det på en anden måde, eller hent Word-filen.'
    """
    signs = [f"{told(sign)} under “{place}”" for sign, place in list(found.items())[:SHOWN]]
    more = ""
    if len(found) > SHOWN:
        more = f" og {len(found) - SHOWN} andre"
    word = "tegnet"
    if len(found) > 1:
        word = "tegnene"
    said = f"PDF kan ikke vise {word} {', '.join(signs)}{more}."
    return f"{said} Skriv det på en anden måde, eller hent Word-filen."
