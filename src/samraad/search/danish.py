"""Words to the form they are found by: one spelling, one ending, whole and in parts.

The Snowball stemmer cuts "indsatser" to "indsats" and "indsats" to "indsat": the plan's main word misses
itself (docs/decisions/search.md). So: fold spelling, take off the commonest endings, never cut below four
letters.
"""

import re

ENDINGS = sorted(
    [
        "erne",
        "ernes",
        "erens",
        "eren",
        "erne",
        "endes",
        "enes",
        "ende",
        "erer",
        "ene",
        "ens",
        "ets",
        "ere",
        "er",
        "en",
        "et",
        "es",
        "e",
        "s",
    ],
    key=len,
    reverse=True,
)
WORDS = re.compile(r"[0-9a-zæøå§]+")
SPELT = {"aa": "å", "oe": "ø", "ae": "æ"}  # as it is typed without Danish keys, or was before 1948
TWICE = re.compile(r"([bdfgklmnprst])\1$")
KEEP = {"indsats", "politi", "ssp", "psp", "ksp"}  # words whose last letters are no ending


def fold(text: str) -> str:
    """Lower case and one spelling: aa is å, oe is ø, ae is æ, accents are gone.

    >>> fold("Aalborg Café ÆRØ Hjoerring")
    'ålborg cafe ærø hjørring'
    """
    text = text.lower()
    for typed, letter in SPELT.items():
        text = text.replace(typed, letter)
    return text.translate(str.maketrans("éèêëüöäáàíóú", "eeeeyøæaaiou"))


def stem(word: str) -> str:
    """`word` without its ending.

    >>> [stem(w) for w in ("indsats", "indsatser", "indsatserne", "møder", "møde", "planens")]
    ['indsats', 'indsats', 'indsats', 'mød', 'mød', 'plan']
    >>> [stem(w) for w in ("indbrud", "indbruddet", "indbruddene")]
    ['indbrud', 'indbrud', 'indbrud']
    """
    if word in KEEP:
        return word
    for ending in ENDINGS:
        rest = word[: -len(ending)]
        if word.endswith(ending) and (
            rest in KEEP or (len(rest) >= 3 and not (ending == "s" and rest.endswith("s")))
        ):
            return _once(rest, ending)
    return word


def _once(rest: str, ending: str) -> str:
    """A consonant that is doubled before an ending stands once: "indbruddene" is of "indbrud".

    >>> _once("indbrudd", "ene"), _once("plads", "er")
    ('indbrud', 'plads')
    """
    if ending.startswith("e") and len(rest) > 4 and TWICE.search(rest):
        return rest[:-1]
    return rest


def tokens(text: str) -> list[str]:
    """The stems of `text` in order."""
    return [stem(word) for word in WORDS.findall(fold(text))]


def searchable(text: str) -> str:
    """What is stored: each word folded and its stem, between spaces: ` x` finds beginnings, `x` parts."""
    seen: dict[str, None] = {}
    for word in dict.fromkeys(WORDS.findall(fold(text))):
        seen[word] = seen[stem(word)] = None
    return " " + " ".join(seen) + " "


def grams(text: str) -> set[str]:
    """Every three letters that stand together in a word of `text`.

    >>> sorted(grams(" plan ål "))
    ['lan', 'pla']
    """
    found = set()
    for word in text.split():
        for begins in range(len(word) - 2):
            found.add(word[begins : begins + 3])
    return found
