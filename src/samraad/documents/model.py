"""A formal document as data: title, facts, headings, prose in the HTML subset, tables.

Rendered by `word`, later by others.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Prose:
    """Text in the HTML subset (see `text`), or plain words."""

    html: str


@dataclass(frozen=True)
class Table:
    """Rows under one head; `caption` says in a sentence what the table shows."""

    head: list[str]
    rows: list[list[str]]
    caption: str = ""


Block = Heading | Prose | Table


@dataclass(frozen=True)
class Document:
    """A document.

    `kind` stands over the title, under it `state` (how far it has come) and `facts`, pairs of name
    and value.
    """

    title: str
    kind: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    footer: str = ""
    state: str = ""
