"""Persons: numbers like a CPR number and names of people have no place in a plan, nor in what is attached to it."""

from collections.abc import Iterator

from manuscript import persons
from manuscript.check.text import Finding, Manuscript
from manuscript.source import Line


def cpr_numbers(m: Manuscript) -> Iterator[Finding]:
    """Ten digits that begin with a day and a month."""
    for line in _lines(m):
        if found := persons.cpr_like(line.text):
            yield Finding(
                "cpr_like", line.number, f"Ligner et CPR-nummer ({found}). Fjern det.", (line.number,)
            )


def person_names(m: Manuscript) -> Iterator[Finding]:
    """A given name with a surname, or an office followed by a name: write the role instead."""
    for line in _lines(m):
        for name in persons.person_names(line.text):
            yield Finding(
                "person_name",
                line.number,
                f"“{name}” ligner navnet på en person. Skriv rollen i stedet.",
                (line.number,),
            )


def _lines(m: Manuscript) -> list[Line]:
    """Title, headings and paragraphs; the title may be a heading too."""
    title = [Line(m.title_line, m.title)] if m.title_line else []
    return title + [line for line in m.whole if line.number != m.title_line]
