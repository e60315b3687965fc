"""A formal document as data: title, facts, headings, prose in the HTML subset, tables.

Written by `word` and `pdf`, each in its way; what it says is said here, once.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3, with the number that stands before it, if any."""

    text: str
    level: int = 1
    number: str = ""

    @property
    def words(self) -> str:
        """Number and text.

        >>> Heading("Natteliv", number="4.8").words, Heading("Natteliv").words
        ('4.8 Natteliv', 'Natteliv')
        """
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True)
class Prose:
    """Text in the HTML subset (see `text`), or plain words.

    `look` is "" for running text, "quiet" for what is said of it, "boxed" for what was decided.
    """

    html: str
    look: Literal["", "quiet", "boxed"] = ""


@dataclass(frozen=True)
class Table:
    """Rows under one head; `caption` says in a sentence what the table shows."""

    head: list[str]
    rows: list[list[str]]
    caption: str = ""


Block = Heading | Prose | Table


@dataclass(frozen=True)
class Front:
    """The front page of a publication: who gives it out, for which places, and what is to be known of it.

    A file with a front page has its facts at the end; a Word file has them under its title and no front.
    """

    publisher: str
    places: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """A document.

    `kind` stands over the title, under it `state` (how far it has come) and `facts`, pairs of name
    and value. `dated` is the day it is of, not the day its file is made.
    """

    title: str
    kind: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    footer: str = ""
    state: str = ""
    front: Front | None = None
    dated: date | None = None
