"""The word lists of `words.toml`, and patterns that are sought only where one of their words stands."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, reduce
from itertools import chain, filterfalse
from operator import or_
from pathlib import Path

WORD = re.compile(r"[\w-]+")
NUMBERS = ["nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"]
COUNTED = frozenset(NUMBERS[2:])
DIGIT = re.compile(r"\d")
JOINED = re.compile(r"\d[./-]\d")
ESCAPED = re.compile(r"\\.")
CAPITALS = re.compile(r"[A-ZÆØÅ]|\(\?-i:")


def words(name: str) -> str:
    """A list of `words.toml` as the inside of a pattern: "udarbejder|drøfter|..."."""
    return "|".join(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


def either(*ways: str) -> str:
    """Several ways to say a thing as the inside of a pattern.

    >>> either("inden", "senest", r"til [a-z]+")
    'inden|senest|til [a-z]+'
    """
    return "|".join(ways)


@lru_cache(maxsize=4096)
def lowered(text: str) -> str:
    """The text in lower case, letter for letter: what stands at a place stands there still.

    >>> lowered("İ Læsø"), len("İ".lower())
    ('i læsø', 2)
    """
    if "İ" in text:
        text = text.replace("İ", "I")
    return text.lower()


def holds(text: str, parts: Iterable[str]) -> bool:
    """Does one of the parts stand in the text?"""
    for part in parts:  # noqa: SIM110 - asked a hundred thousand times, and any() takes three times as long
        if part in text:
            return True
    return False


class Sign:
    r"""A pattern, and the words of which a sentence must hold one for it to be found there: most sentences
    are passed over at once.

    `signs` are whole words, `parts` may stand inside one. "0" stands for a digit, "0/0" for digits joined as
    in a date, "#" for a number in digits or words; `needs` is one more of them that must be there too. Upper
    and lower case count alike, but for what the pattern has in `(?-i:...)`.

    >>> Sign(r"\bskal drøftes", "drøftes").search("Planen skal Drøftes.").start()
    7
    >>> Sign(r"\bskal drøftes", "drøftes").search("Planen er færdig.") is None
    True
    """

    # Every sign has bits of its own; a sentence's words are looked up once, for all signs.
    by_word: defaultdict[str, int] = defaultdict(int)
    by_part: list[tuple[str, int]] = []
    bits = 0

    def __init__(self, pattern: str, signs: str, *parts: str, needs: str = "") -> None:
        self.pattern = re.compile(pattern, re.IGNORECASE)
        self.lower: re.Pattern[str] | None = None
        if not CAPITALS.search(ESCAPED.sub("", pattern)):
            self.lower = re.compile(pattern)  # twice as fast, on a text in lower case
        self.parts = parts
        self.mask = self._bit(signs.replace("|", " ").split(), parts)
        if needs:
            self.mask |= self._bit([needs], ())

    @classmethod
    def _bit(cls, signs: list[str], parts: tuple[str, ...]) -> int:
        bit = 1 << cls.bits
        cls.bits += 1
        for word in signs:
            cls.by_word[word] |= bit
        if "#" in signs:
            for word in COUNTED:
                cls.by_word[word] |= bit
        for part in parts:
            cls.by_part.append((part, bit))
        signs_in.cache_clear()
        return bit

    def may_stand_in(self, text: str) -> bool:
        """Is the sentence worth the pattern's time?"""
        return signs_in(text) & self.mask == self.mask

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in a whole sentence."""
        if not self.may_stand_in(text):
            return None
        if self.lower is None:
            return self.pattern.search(text)
        found = self.lower.search(lowered(text))
        if found is None:
            return None
        return self.pattern.match(text, found.start())

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place in a whole sentence."""
        if not self.may_stand_in(text):
            return iter(())
        return self.places(text, lowered(text))

    def places(self, text: str, low: str) -> Iterator[re.Match[str]]:
        """Every place, in a sentence that is worth it and its lower case."""
        if self.lower is None:
            yield from self.pattern.finditer(text)
            return
        for found in self.lower.finditer(low):
            if again := self.pattern.match(text, found.start()):
                yield again


class Seldom(Sign):
    """A pattern that few texts are asked for: its parts are sought when it is asked, and no sentence is taken
    apart into words for it.

    >>> Seldom("nævn(?:et)?", "nævn").search("Bevillingsnævnet").start()
    10
    """

    def __init__(self, pattern: str, *parts: str) -> None:
        super().__init__(pattern, "", *parts)

    @classmethod
    def _bit(cls, signs: list[str], parts: tuple[str, ...]) -> int:
        return 0

    def may_stand_in(self, text: str) -> bool:
        """Does one of its parts stand in the text?"""
        return holds(lowered(text), self.parts)


class Signs:
    """Patterns in the order in which they count, asked together which are worth a sentence's time."""

    REMEMBERED = 4096

    def __init__(self, *signs: Sign) -> None:
        self.signs = signs
        self.mask = any_of(*signs)
        self._of_bits: dict[int, tuple[int, ...]] = {}

    def worth_trying(self, text: str) -> tuple[int, ...]:
        """The places, in the order given, of the patterns that may stand in a sentence."""
        bits = signs_in(text) & self.mask
        if bits not in self._of_bits:
            if len(self._of_bits) >= self.REMEMBERED:
                self._of_bits.clear()
            self._of_bits[bits] = self._worth(bits)
        return self._of_bits[bits]

    def _worth(self, bits: int) -> tuple[int, ...]:
        out = []
        for place, sign in enumerate(self.signs):
            if bits & sign.mask == sign.mask:
                out.append(place)
        return tuple(out)


def any_of(*signs: Sign) -> int:
    """The bits of several signs: where `signs_in` a sentence has none of them, none can be found."""
    return reduce(or_, (sign.mask for sign in signs))


@lru_cache(maxsize=16384)
def signs_in(text: str) -> int:
    """The bits of the signs that have a word or a part of one in a sentence."""
    low = lowered(text)
    by_word = Sign.by_word
    found = 0
    if DIGIT.search(text):
        found = by_word["0"] | by_word["#"]
        if JOINED.search(text):
            found |= by_word["0/0"]
    bare = low.split()
    # "planen,": such words are few, and to find all words by pattern takes twice as long
    marked = WORD.findall(" ".join(filterfalse(str.isalpha, bare)))
    for bits in filter(None, map(by_word.get, chain(bare, marked))):
        found |= bits
    for part, bit in Sign.by_part:
        if part in low:
            found |= bit
    return found
