"""The word lists of `words.toml`, and patterns that are sought only where one of their words stands."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

WORD = re.compile(r"[\w-]+")


@cache
def words(name: str) -> str:
    """A list as the inside of a pattern: "udarbejder|drøfter|..."."""
    lists = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
    return "|".join(lists[name].split())


NUMBERS = ["nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"]
COUNTED = frozenset(NUMBERS[2:])
DIGIT = re.compile(r"\d")


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The words of a sentence in lower case, "0" when it has a digit, "#" when it has a number in digits or words; a sentence is
    taken apart once, though many patterns ask.

    >>> sorted(words_of("Kredsrådet drøfter tre SSP-planer."))
    ['#', 'drøfter', 'kredsrådet', 'ssp-planer', 'tre']
    """
    words = frozenset(WORD.findall(text.lower()))
    if DIGIT.search(text):
        return words | {"0", "#"}
    return words if words.isdisjoint(COUNTED) else words | {"#"}


class Sign:
    r"""A pattern, and the words (or parts of words) of which a sentence must hold one for it to be found there: most sentences are passed
    over at once. Upper and lower case count alike.

    >>> Sign(r"\bskal drøftes", "drøftes").search("Planen skal drøftes.").start()
    7
    >>> Sign(r"\bskal drøftes", "drøftes").search("Planen er færdig.") is None
    True
    """

    def __init__(self, pattern: str, signs: str, *parts: str) -> None:
        self.pattern = re.compile(pattern, re.IGNORECASE)
        self.signs = frozenset(signs.replace("|", " ").split())
        self.parts = parts

    def may_stand_in(self, text: str) -> bool:
        """Is the sentence worth the pattern's time?"""
        if not self.signs.isdisjoint(words_of(text)):
            return True
        low = text.lower() if self.parts else ""
        return any(part in low for part in self.parts)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in a whole sentence."""
        return self.pattern.search(text) if self.may_stand_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place in a whole sentence."""
        return self.pattern.finditer(text) if self.may_stand_in(text) else iter(())


class Board:
    """Many signs asked at once: which of them may stand in a sentence, in their order."""

    def __init__(self, signs: list[Sign]) -> None:
        self.by_word: dict[str, list[int]] = {}
        self.by_part: list[tuple[str, int]] = []
        for place, sign in enumerate(signs):
            for word in sign.signs:
                self.by_word.setdefault(word, []).append(place)
            self.by_part += [(part, place) for part in sign.parts]
        self.words = frozenset(self.by_word)

    def in_sentence(self, text: str) -> list[int]:
        """The places of the signs that are worth their time."""
        found = {place for word in self.words & words_of(text) for place in self.by_word[word]}
        low = text.lower()
        found.update(place for part, place in self.by_part if part in low)
        return sorted(found)
