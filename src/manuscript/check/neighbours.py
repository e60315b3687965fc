"""Words of one text that are a letter apart: the rare one is likely a slip for the common one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain

ENDINGS = frozenset(
    ["ernes", "enes", "erne", "ens", "ets", "ene", "ers", "en", "et", "er", "es", "e", "s", "t", "n", "r"]
)
LONG = 8  # letters of a stem
VERY_LONG = 13  # so long that a stem which stands once can be the right one
DOUBLED = re.compile(r"(.)\1")
TWICE = re.compile(r"(.)\1+")


def stem(word: str) -> str:
    """A word without its inflection, roughly.

    >>> stem("trafiksikkerheden"), stem("kommunernes")
    ('trafiksikkerhed', 'kommun')
    """
    for letters in range(min(5, len(word) - 5), 0, -1):
        if word[-letters:] in ENDINGS:
            return word[:-letters]
    return word


def slips_of_stems(words: Counter[str]) -> dict[str, str]:
    """A word that stands once -> the same with the commoner stem that is a letter away from its own."""
    of_word = {word: stem(word) for word in words if len(word) >= LONG}
    stems: Counter[str] = Counter()
    for word, own in of_word.items():
        stems[own] += words[word]
    near = _neighbours(stems)
    out: dict[str, str] = {}
    for word, own in of_word.items():
        if words[word] == 1 and own in near:
            out[word] = near[own] + word[len(own) :]
    return out


def slips_of_twins(words: Counter[str]) -> dict[str, str]:
    """A word that stands once -> the common word that it becomes with one letter doubled, or one of two
    alike left out, inside it.

    >>> slips_of_twins(Counter({"kommuneerne": 1, "kommunerne": 3}))
    {'kommuneerne': 'kommunerne'}
    >>> slips_of_twins(Counter({"komunen": 1, "kommunen": 3}))
    {'komunen': 'kommunen'}
    """
    some = [word for word in words if len(word) >= 6]
    single = _with_single_letters(some)
    common: dict[str, list[str]] = defaultdict(list)
    for word in some:
        if words[word] >= 2:
            common[single[word]].append(word)
    out: dict[str, str] = {}
    for word in some:
        if words[word] == 1 and len(word) >= 7:
            for other in common.get(single[word], ()):
                if _are_twins(word, other):
                    out[word] = other
    return out


def _with_single_letters(words: list[str]) -> dict[str, str]:
    """Each word -> the same with no letter doubled; all at once, since that is quick."""
    if not words:
        return {}
    single = TWICE.sub(r"\1", "\n".join(words)).split("\n")
    return dict(zip(words, single, strict=True))


def _are_twins(word: str, other: str) -> bool:
    """Are two words, alike but for doubled letters, one letter apart, and that inside?"""
    if abs(len(word) - len(other)) != 1:
        return False
    return word[:2] == other[:2] and word[-2:] == other[-2:]


def _neighbours(stems: Counter[str]) -> dict[str, str]:
    """Rare stem -> the commoner one that is one inserted, missing or swapped letter away, inside it."""
    meeting = _Gaps([word for word in stems if len(word) >= LONG], stems)
    out: dict[str, str] = {}
    for word in meeting.gaps:
        if stems[word] == 1:
            best = max(meeting.close_to(word), key=lambda other: (stems[other], other), default="")
            if best and _is_surely_right(best, word, stems):
                out[word] = best
    return out


def _is_surely_right(best: str, word: str, stems: Counter[str]) -> bool:
    """Is the rare stem `word` a slip for the stem `best`?"""
    if _inflected(word, best):
        return False
    if stems[best] >= 2:
        return True
    # of two rare words the shorter is right only where the longer doubles a letter
    return len(word) >= VERY_LONG and (len(best) >= len(word) or DOUBLED.search(word) is not None)


class _Gaps:
    """Words by what they are with one letter left out inside: two that meet there are a letter apart."""

    def __init__(self, words: list[str], known: Counter[str]) -> None:
        self.known = known
        self.gaps = {word: set(_with_a_gap(word)) for word in words}
        times = Counter(chain.from_iterable(self.gaps.values()))
        # where two words meet: few of them all
        self.met = {gap for gap, count in times.items() if count > 1 or gap in known}
        self.by_gap: dict[str, set[str]] = defaultdict(set)
        for word, gaps in self.gaps.items():
            for gap in gaps & self.met:
                self.by_gap[gap].add(word)

    def close_to(self, word: str) -> set[str]:
        """The words that are one inserted, missing or swapped letter away."""
        close = set(self.by_gap.get(word, ()))  # a letter longer
        letters = sorted(word)
        for gap in self.gaps[word] & self.met:
            if len(gap) >= LONG and gap in self.known:
                close.add(gap)  # a letter shorter
            for other in self.by_gap[gap]:
                if sorted(other) == letters:
                    close.add(other)  # two letters swapped
        return close - {word}


def _with_a_gap(word: str) -> Iterator[str]:
    for place in range(1, len(word) - 1):
        yield word[:place] + word[place + 1 :]


def _inflected(one: str, other: str) -> bool:
    """Is the only difference a joining letter or an ending ("ungdomskriminalitet", "kriminalitets")?"""
    short, long = sorted((one, other), key=len)
    if long.startswith(short) or long.endswith(short):
        return True
    return long.replace("s", "", 1) == short and "ss" not in long
