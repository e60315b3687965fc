"""What words before a number mean: "over 40 %", "knap 42 %", "mere end halveret", and when they are true.

The margins are settings and are printed with the verdict.
"""

import re
from dataclasses import dataclass

NEAR = 0.10  # "knap", "godt" and "cirka": within a tenth of the value
NEAR_LEAST, ABOUT_LEAST = 1.0, 2.0  # and at least so many points
ROUND = 1e-9

WORDS = {
    "mere end": "gt",
    "over": "gt",
    "mindst": "ge",
    "mindre end": "lt",
    "færre end": "lt",
    "under": "lt",
    "højst": "le",
    "op til": "le",
    "knap": "just_under",
    "næsten": "just_under",
    "små": "just_under",
    "godt": "just_over",
    "lidt over": "just_over",
    "cirka": "about",
    "ca.": "about",
    "omkring": "about",
    "op mod": "about",
    "omtrent": "about",
    "more than": "gt",
    "at least": "ge",
    "less than": "lt",
    "at most": "le",
    "almost": "just_under",
    "nearly": "just_under",
    "about": "about",
    "around": "about",
}
# Changes in per cent, and shares, that have words of their own; all of them are "about".
CHANGES = {"halveret": -50.0, "fordoblet": 100.0, "tredoblet": 200.0, "firdoblet": 300.0}
SHARES = {
    "halvdelen": 50.0,
    "hver anden": 50.0,
    "to tredjedele": 200 / 3,
    "en tredjedel": 100 / 3,
    "hver tredje": 100 / 3,
    "tre fjerdedele": 75.0,
    "en fjerdedel": 25.0,
    "hver fjerde": 25.0,
    "hver femte": 20.0,
    "en femtedel": 20.0,
    "hver tiende": 10.0,
}
NUMERALS = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti")
DOWN = ("færre", "fald", "faldet", "faldt", "nedgang", "lavere", "reduceret", "fewer", "fell", "down")
UP = ("flere", "steget", "steg", "stigning", "højere", "øget", "vokset", "rose", "up")
DIRECTIONS = {"faldet": -1, "faldt": -1, "færre": -1, "steget": 1, "steg": 1, "flere": 1}
_FIRST = re.compile(
    rf"({'|'.join(map(re.escape, sorted(WORDS, key=len, reverse=True)))})\s+(.+)", re.IGNORECASE
)
_OUT_OF = re.compile(r"(\w+) (?:ud )?af (\w+)")


@dataclass(frozen=True)
class Stated:
    """A relation ("equal" and those of WORDS) and the rest of the text, which is the number."""

    relation: str
    rest: str


def leading(text: str) -> Stated:
    """The word that a number begins with.

    >>> leading("over -40"), leading("knap 42 %").relation, leading("-42").relation
    (Stated(relation='gt', rest='-40'), 'just_under', 'equal')
    """
    found = _FIRST.fullmatch(text.strip())
    if found is None:
        return Stated("equal", text)
    return Stated(WORDS[found[1].lower()], found[2])


def before(text: str, size: str) -> str:
    """The relation that a sentence states of a number in it, as it is written there ("41,9").

    >>> before("knap 42 % færre i Aalborg", "42"), before("42 % færre", "42"), before("1.042 sager", "42")
    ('just_under', 'equal', 'equal')
    """
    for word in sorted(WORDS, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(word)}\s+[-\u2212]?{re.escape(size)}(?![\d]|[.,]\d)"
        if re.search(pattern, text, re.IGNORECASE):
            return WORDS[word]
    return "equal"


def spoken(text: str, sizes: dict[str, float]) -> tuple[str, float] | None:
    """The relation and value of a word such as "halveret"; None where none of them stands there.

    >>> spoken("mere end halveret i Hjørring", CHANGES), spoken("1 ud af 5", SHARES)
    (('gt', -50.0), ('about', 20.0))
    """
    lower = text.lower()
    for name, value in sizes.items():
        found = re.search(rf"(?:({'|'.join(map(re.escape, WORDS))})\s+)?(?<!\w){name}(?!\w)", lower)
        if found and found[1]:
            return WORDS[found[1]], value
        if found:
            return "about", value
    if sizes is SHARES:
        return _out_of(lower)
    return None


def _out_of(text: str) -> tuple[str, float] | None:
    """ "1 ud af 5", "to ud af tre"."""
    found = _OUT_OF.search(text)
    if found is None:
        return None
    part, whole = _numeral(found[1]), _numeral(found[2])
    if not part or not whole:
        return None
    return "about", 100 * part / whole


def _numeral(word: str) -> int:
    if word.isdecimal():
        return int(word)
    if word in NUMERALS:
        return NUMERALS.index(word)
    return 0


def direction(text: str) -> int:
    """-1 where a sentence speaks of a fall, 1 of a rise, 0 where it says neither or both.

    >>> direction("42 % færre indbrud"), direction("steget med 3 %"), direction("-42 %")
    (-1, 1, 0)
    """
    words = set(re.findall(r"\w+", text.lower()))
    down, up = bool(words & set(DOWN)), bool(words & set(UP))
    return int(up) - int(down)


def holds(relation: str, stated: float, computed: float, decimals: int) -> bool:
    """Whether a relation is true of two numbers; "equal" after rounding to the digits that are stated.

    Sizes are compared in the direction of what is stated: a fall of 45 % is "over 40 %" of a fall.

    >>> holds("gt", -40, -41, 0), holds("just_under", -42, -41, 0), holds("just_over", 1, 1.25, 0)
    (True, True, True)
    >>> holds("about", 100, 101.2, 0), holds("gt", -50, -49, 0), holds("equal", -41.9, -41.92, 1)
    (True, False, True)
    """
    sign = 1.0
    if stated < 0:
        sign = -1.0
    size, seen = abs(stated), computed * sign
    near = max(NEAR * size, NEAR_LEAST)
    verdicts = {
        "equal": rounded(seen, decimals) == rounded(size, decimals),
        "gt": seen > size,
        "ge": seen >= size - ROUND,
        "lt": 0 <= seen < size,
        "le": 0 <= seen <= size + ROUND,
        "just_under": size - near <= seen <= size,
        "just_over": size <= seen <= size + near,
        "about": abs(seen - size) <= max(NEAR * size, ABOUT_LEAST),
    }
    return verdicts[relation]


def margin(relation: str, stated: float) -> float:
    """How far from the stated size a relation reaches, in points; 0 where it has no margin."""
    if relation == "about":
        return max(NEAR * abs(stated), ABOUT_LEAST)
    if relation in ("just_under", "just_over"):
        return max(NEAR * abs(stated), NEAR_LEAST)
    return 0.0


def rounded(value: float, decimals: int) -> float:
    """Half away from zero, as people round."""
    scale = 10.0**decimals
    size = (abs(value) * scale + 0.5 + 1e-9) // 1 / scale
    if value < 0:
        return -size
    return size
