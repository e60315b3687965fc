"""Which language a text is in: a plan in another than Danish is told as such, and nothing is read from it."""

import re
from collections import Counter

from manuscript.line import Line
from manuscript.words import words

WORD = re.compile(r"[^\W\d_]+")
LOOKED_AT = 400  # lines
SURE = 4  # words that are no Danish
SWEDISH_LETTERS = re.compile(r"[äö]")
LANGUAGES = {"swedish": "svensk", "norwegian": "norsk", "english": "engelsk", "german": "tysk"}


def not_danish(lines: list[Line]) -> str:
    """The sentence on a text in another language; "" for a Danish one."""
    said = Counter(WORD.findall(" ".join(line.text for line in lines[:LOOKED_AT]).lower()))
    times = {name: _times(words(name), said) for name in (*LANGUAGES, "danish")}
    times["swedish"] += sum(number for word, number in said.items() if SWEDISH_LETTERS.search(word))
    likeliest = max(LANGUAGES, key=times.__getitem__)
    if times[likeliest] < SURE or times[likeliest] <= 2 * times["danish"]:
        return ""
    return (
        f"Filen ser ud til at være på {LANGUAGES[likeliest]}. Samråd læser planer på dansk, "
        "så der er ikke taget noget ud af den."
    )


def _times(listed: str, said: Counter[str]) -> int:
    """How often the text uses the words of a list."""
    return sum(said[word] for word in listed.split("|"))
