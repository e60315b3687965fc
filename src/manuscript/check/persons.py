"""Persons: numbers like a CPR number and names of people have no place in a plan."""

from collections.abc import Iterator

from manuscript import persons
from manuscript.check.finding import Finding
from manuscript.check.text import Manuscript
from manuscript.line import Line


def cpr_numbers(m: Manuscript) -> Iterator[Finding]:
    """Ten digits that begin with a day and a month."""
    for line in _lines(m):
        if found := persons.cpr_like(line.text):
            says = f"Ligner et CPR-nummer ({found}). Fjern det."
            yield Finding("cpr_like", line.number, says, (line.number,))


def person_names(m: Manuscript) -> Iterator[Finding]:
    """A given name with a surname, or an office followed by a name: write the role instead."""
    for line in _lines(m):
        for name in persons.person_names(line.text):
            says = f"“{name}” ligner navnet på en person. Skriv rollen i stedet."
            yield Finding("person_name", line.number, says, (line.number,))


def _lines(m: Manuscript) -> Iterator[Line]:
    """Title, headings and paragraphs; the title may be a heading too."""
    if m.title_line:
        yield Line(m.title_line, m.title)
    for line in m.whole:
        if line.number != m.title_line:
            yield line
