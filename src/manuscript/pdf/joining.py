"""Two printed lines as one: is the hyphen at the end of the first the word's own?"""

import re
from collections.abc import Container

ENDS_WITH, BEGINS_WITH = re.compile(r"\w+-$"), re.compile(r"\w+")
LONG_WORD = 60  # letters
LONG_CAPITALS = 5  # letters, with the hyphen: more is a word in capitals and no abbreviation
GOES_ON = ("og ", "eller ", "samt ")


def glued(text: str, more: str, hyphened: Container[str] = ()) -> str:
    """Two lines as one. A hyphen at the end of the first breaks a word, unless it is the word's own: after
    capitals or a digit, before a capital, a digit or "og", and where the text has the word `hyphened`
    elsewhere.

    >>> glued("trafik-", "sikkerhed"), glued("SSP-", "læreren"), glued("by-", "og landområder")
    ('trafiksikkerhed', 'SSP-læreren', 'by- og landområder')
    >>> glued("i exit-", "enheden.", {"exit-enheden"}), glued("Pre-", "Exit"), glued("§ 115-", "sager")
    ('i exit-enheden.', 'Pre-Exit', '§ 115-sager')
    >>> glued("KRIMINALITETSFORE-", "BYGGENDE")
    'KRIMINALITETSFOREBYGGENDE'
    """
    if not text.endswith("-") or not text[-2:-1].isalnum() or more.startswith(GOES_ON):
        return f"{text} {more}"
    begun, rest = ENDS_WITH.search(text[-LONG_WORD:]), BEGINS_WITH.match(more)
    if begun is None or rest is None:
        return f"{text} {more}"
    is_own = (begun[0] + rest[0]).lower() in hyphened
    if is_own or not _breaks(begun[0], rest[0]):
        return text + more
    return text[:-1] + more


def _breaks(begun: str, rest: str) -> bool:
    """Does a hyphen look like a mere break: between small letters, or inside a word in capitals?"""
    if begun.isupper() and len(begun) > LONG_CAPITALS:
        return rest.isupper()
    return rest[0].islower() and begun[-2].islower()
