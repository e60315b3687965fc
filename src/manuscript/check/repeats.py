"""Paragraphs that stand twice, word for word or nearly."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain

from manuscript.check.finding import TAKE_OUT, Finding
from manuscript.check.sameness import same
from manuscript.check.text import Manuscript
from manuscript.line import Line
from manuscript.sentences import split

LONG_PARAGRAPH = 60  # letters
Said = tuple[int, bool]  # where a sentence or paragraph was said, and was it the whole paragraph


def doubled_paragraphs(m: Manuscript) -> Iterator[Finding]:
    """A paragraph that stands again, alone or glued to another one."""
    said: dict[str, list[Said]] = defaultdict(list)
    told: set[tuple[int, int]] = set()
    for line in m.body:
        if " | " in line.text:
            continue
        for key, whole in _parts(line.text).items():
            for where, was_whole in said[key]:
                pair = (where, line.number)
                if where != line.number and (whole or was_whole) and pair not in told:
                    told.add(pair)
                    yield _doubled(where, line.number, whole, was_whole)
            said[key].append((line.number, whole))


def _parts(text: str) -> dict[str, bool]:
    """The long paragraph and its long sentences -> is it the whole paragraph?"""
    out: dict[str, bool] = {}
    if len(text) >= LONG_PARAGRAPH:
        out[same(text)] = True
    for part in split(text):
        if len(part) >= LONG_PARAGRAPH:
            out[same(part)] = part == text
    return {key: whole for key, whole in out.items() if len(key) >= LONG_PARAGRAPH}


def _doubled(where: int, line: int, whole: bool, was_whole: bool) -> Finding:
    mend = None
    how = "indeholder afsnittet"
    if whole:
        mend = TAKE_OUT
        how = "er en del af afsnittet"
        if was_whole:
            how = "står også"
    says = f"Afsnittet {how} på linje {where}. Skal det ene væk?"
    return Finding("duplicate_paragraph", line, says, (where, line), mend)


LONG_TEXT = 100  # letters
RUN = 3  # words in a row
COPIED = (
    0.5  # of the shorter one's runs; what was copied and changed keeps 0.7, two texts on one thing share 0.2
)
WORDS = re.compile(r"\w+").findall


def nearly_doubled_paragraphs(m: Manuscript) -> Iterator[Finding]:
    """Two long paragraphs that share most of their runs of three words: one of them was copied and
    changed.

    The measure is the containment of word shingles (Broder 1997, On the resemblance and containment of
    documents).
    """
    body = [line for line in m.body if len(line.text) >= LONG_TEXT and " | " not in line.text]
    runs = [_runs(line.text) for line in body]
    times = Counter(chain.from_iterable(runs))
    again = {run for run, count in times.items() if count > 1}
    holders: dict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(body):
        twice = runs[place] & again
        shared = Counter(chain.from_iterable(holders[run] for run in twice))
        for run in twice:
            holders[run].append(place)
        for other in sorted(shared):
            shorter = min(len(runs[place]), len(runs[other]))
            if shared[other] >= COPIED * shorter and not _one_holds_the_other(line, body[other]):
                there = body[other].number
                says = f"Afsnittet siger næsten det samme som linje {there}. Er det med vilje?"
                yield Finding("near_duplicate", line.number, says, (there, line.number))


def _runs(text: str) -> set[int]:
    """The runs of words of a paragraph, each as one number."""
    words = WORDS(text.lower())
    shifted = [words[start:] for start in range(RUN)]
    return set(map(hash, zip(*shifted, strict=False)))


def _one_holds_the_other(one: Line, other: Line) -> bool:
    here, there = same(one.text), same(other.text)
    return here in there or there in here
