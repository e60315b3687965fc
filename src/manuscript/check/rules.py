"""All rules of the check by name, and which of them stop a release until somebody has answered."""

from collections.abc import Callable, Iterator

from manuscript.check import (
    abbreviations,
    contradictions,
    headings,
    marks,
    names,
    persons,
    repeats,
    spelling,
    work,
)
from manuscript.check.finding import Finding
from manuscript.check.text import Manuscript

Rule = Callable[[Manuscript], Iterator[Finding]]

# code -> (rule, its name on the page). Figures against official statistics get their rule when figures have
# their room.
RULES: dict[str, tuple[Rule, str]] = {
    "toc_heading_mismatch": (headings.contents_against_headings, "Indhold og overskrift"),
    "year_mismatch": (headings.stale_years, "Forkert år"),
    "duplicate_heading": (headings.doubled_headings, "Dobbelt overskrift"),
    "duplicate_paragraph": (repeats.doubled_paragraphs, "Dobbelt afsnit"),
    "near_duplicate": (repeats.nearly_doubled_paragraphs, "Næsten dobbelt afsnit"),
    "law_heading": (headings.law_headings, "Lovens navn over andre ord"),
    "contradiction": (contradictions.contradictions, "To udsagn, der ikke passer sammen"),
    "typo": (spelling.slips, "Slåfejl"),
    "stray_markup": (marks.stray_markup, "Tegn, der ikke hører til"),
    "spelling_variant": (names.two_names, "To navne for det samme"),
    "abbreviation": (abbreviations.unexplained_abbreviations, "Forkortelse uden forklaring"),
    "promise_without_owner": (work.promises_without_owner, "Løfte uden ansvarlig"),
    "promise_without_date": (work.promises_without_date, "Løfte uden frist"),
    "area_without_promise": (work.areas_without_promise, "Område uden løfte"),
    "area_without_addressee": (work.areas_without_addressee, "Område uden adressat"),
    "date_past": (work.dates_past, "Dato, der er gået"),
    "cpr_like": (persons.cpr_numbers, "Ligner et CPR-nummer"),
    "person_name": (persons.person_names, "Navn på en person"),
}
ORDER = {code: place for place, code in enumerate(RULES)}
# What stops a release.
FAULTS = {
    "year_mismatch",
    "duplicate_heading",
    "duplicate_paragraph",
    "stray_markup",
    "cpr_like",
    "person_name",
    "date_past",
}


def check(manuscript: Manuscript) -> list[Finding]:
    """Everything the rules find, in the order of the text, on one line in the order of the rules."""
    found: list[Finding] = []
    for rule, _ in RULES.values():
        found += rule(manuscript)
    return sorted(found, key=lambda finding: (finding.line, ORDER[finding.code]))
