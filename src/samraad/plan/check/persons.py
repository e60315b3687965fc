"""Persons: numbers like a CPR number and names of people have no place in a plan, nor in what is attached to it."""

import re
from collections.abc import Iterator

from samraad.documents.text import cpr_like
from samraad.plan.check.manuscript import Finding, Manuscript
from samraad.plan.reading.words import words

NAMES = set(words("given_names").split("|"))
FULL = re.compile(r"\b([A-ZÆØÅ][a-zæøåé]+)((?: [A-ZÆØÅ]\.)?(?:[ -][A-ZÆØÅ][a-zæøåé]+){1,2})\b")
BY_OFFICE = re.compile(
    r"\b(?:borgmester|politidirektør|politiinspektør|direktør|formand|koordinator|kontaktperson|lokalpolitileder|v/)"
    r"\s?:?\s*([A-ZÆØÅ][a-zæøåé]+(?: [A-ZÆØÅ][a-zæøåé]+)+)"
)


def cpr_numbers(m: Manuscript) -> Iterator[Finding]:
    """Ten digits that begin with a day and a month."""
    for line in m.whole:
        if found := cpr_like(line.text):
            yield Finding("cpr_like", line.number, f"Ligner et CPR-nummer ({found}). Fjern det.", (line.number,))


def person_names(m: Manuscript) -> Iterator[Finding]:
    """A given name with a surname, or an office followed by a name: write the role instead."""
    for line in m.whole:
        hit = next((found for found in FULL.finditer(line.text) if found[1] in NAMES), None)
        name = hit[0] if hit else (office[1] if (office := BY_OFFICE.search(line.text)) else "")
        if name:
            yield Finding("person_name", line.number, f"“{name}” ligner navnet på en person. Skriv rollen i stedet.", (line.number,))
