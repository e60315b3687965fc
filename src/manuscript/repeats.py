"""Promises that are said more than once."""

import re
from collections import Counter, defaultdict
from itertools import chain
from math import ceil

from manuscript.promise import Promise

LONG_WORDS = re.compile(r"\b\w{5}").findall  # each by its first five letters
ALIKE = 0.75  # of all the words of two sentences
LEAST = 5  # words they share
Words = frozenset[str]


def said_once(found: list[Promise]) -> list[Promise]:
    """A sentence that comes again is the same promise; the first keeps the lines of the others in `also`.

    Only sentences that share one of their rarest words can be so alike (prefix filtering).
    """
    words = [frozenset(LONG_WORDS(promise.text.lower())) for promise in found]
    rank = _ranked(words)
    where: dict[str, list[int]] = defaultdict(list)
    out: list[Promise] = []
    kept: list[Words] = []
    for promise, own in zip(found, words, strict=True):
        rarest = sorted(own, key=rank.__getitem__)[: len(own) - ceil(ALIKE * len(own)) + 1]
        near = set(chain.from_iterable(where[word] for word in rarest))
        twin = _first_alike(own, sorted(near), kept)
        if twin is not None:
            first = out[twin]
            out[twin] = first._replace(also=(*first.also, promise.line))
            continue
        for word in rarest:
            where[word].append(len(out))
        kept.append(own)
        out.append(promise)
    return out


def _ranked(words: list[Words]) -> dict[str, int]:
    """Every word's place, the rarest first."""
    times = Counter(chain.from_iterable(words))
    by_rarity = sorted(times, key=lambda word: (times[word], word))
    return {word: place for place, word in enumerate(by_rarity)}


def _first_alike(own: Words, near: list[int], kept: list[Words]) -> int | None:
    for place in near:
        other = kept[place]
        if len(own & other) >= max(LEAST, ALIKE * len(own | other)):
            return place
    return None
