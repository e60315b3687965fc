"""Whatever the house keeps as text becomes a PDF by the rules: documents of random tags and signs."""

import json
import random

import pytest

from samraad.documents.model import Block, Document, Front, Heading, Prose, Table
from samraad.documents.pdf.content import content_of
from samraad.documents.pdf.letters import unprintable
from samraad.documents.pdf.press import fonts
from samraad.documents.pdf.typesetter import set_by_typst
from samraad.documents.text import clean
from tests.documents.pdf_rules import faults

TAGS = [
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "blockquote",
    "br",
    "table",
    "tr",
    "th",
    "td",
    "thead",
    "tbody",
]
WORDS = [
    *(
        "Hej",
        "§ 115",
        "6. december 2021",
        "<",
        "&amp;",
        "  ",
        "#let",
        "\\",
        "$",
        "æøå",
        "1.",
        "- ",
        "= H",
        "//",
    ),
    *("\u200b", "\u00ad", "\u0301", "\u202e", "\u2028", "\x0b", "\u00a0", "a\tb", "/*", "ord" * 40),
    "https://samraad.example/" + "x" * 80,
]
ADDRESSES = [
    "https://a.example",
    "mailto:x@y.example",
    "http://",
    'https://æ.example/?a=1&b="',
    "javascript:x",
]
DOCUMENTS, LOOKED_AT = 200, 20


def text(dice: random.Random, depth: int = 0) -> str:
    """Tags inside each other, some not closed, with words between."""
    out = ""
    for _ in range(dice.randint(0, 5)):
        if dice.random() < 0.45 or depth > 5:
            out += dice.choice(WORDS) + " "
            continue
        tag, address = dice.choice(TAGS), ""
        if tag == "a":
            address = f' href="{dice.choice(ADDRESSES)}"'
        out += f"<{tag}{address}>{text(dice, depth + 1)}"
        if dice.random() < 0.85:
            out += f"</{tag}>"
    return out


def block(dice: random.Random) -> Block:
    kind, across = dice.random(), dice.randint(1, 9)
    if kind < 0.3:
        return Heading(dice.choice([*WORDS, "Titel"]), dice.randint(1, 3), dice.choice(["", "1", "1.2"]))
    if kind < 0.8:
        return Prose(clean(text(dice)), dice.choice(["", "quiet", "boxed"]))
    rows = [dice.choices(WORDS, k=across) for _ in range(dice.randint(0, 9))]
    return Table(dice.choices(WORDS, k=across), rows, dice.choice(["", "Tekst"]))


def document(seed: int) -> Document:
    dice = random.Random(seed)
    front = dice.choice([None, Front("Forum", ["Aalborg"] * dice.randint(0, 12), ["Udgave 1"])])
    blocks = [block(dice) for _ in range(dice.randint(0, 5))]
    return Document("Titel", "Slags", [(dice.choice(WORDS), dice.choice(WORDS))], blocks, front=front)


@pytest.mark.parametrize("tenth", range(10))
def test_any_text_becomes_a_file_by_the_rules(tenth: int) -> None:
    for seed in range(tenth, DOCUMENTS, 10):
        content, places = content_of(document(seed))
        assert not [words for _, words in places if unprintable(words)]
        made = set_by_typst(json.dumps(content), fonts(), 0)
        if seed < LOOKED_AT:
            assert faults(made) == [], seed
