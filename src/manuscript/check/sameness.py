"""When two titles or paragraphs are the same."""

import re
from functools import lru_cache

DOUBLE, SINGLE, DASHES = "“”„»«″", "’‘´`", "–—"
PLAIN = str.maketrans(dict.fromkeys(DOUBLE, '"') | dict.fromkeys(SINGLE, "'") | dict.fromkeys(DASHES, "-"))
BLANKS = "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
ODD = re.compile(f"[{DOUBLE}{SINGLE}{DASHES}{BLANKS}]")


@lru_cache(maxsize=8192)
def same(text: str) -> str:
    """A title or paragraph without what is no difference: kind of quotes and dashes, case, blanks.

    >>> same("Behovet for “ro”") == same('behovet  for "ro"')
    True
    """
    if "  " in text or ODD.search(text):  # seldom, and quicker asked than done
        text = " ".join(text.translate(PLAIN).split())
    return text.strip(" .:").lower()
