"""All rules of the check by name; which of them stop a release until they are mended or waived with a reason."""

from collections.abc import Callable, Iterator

from manuscript.check import consistency, language, persons, work
from manuscript.check.text import Finding, Manuscript

Rule = Callable[[Manuscript], Iterator[Finding]]

# code -> (rule, its name on the page). Figures against official statistics get their rule when figures have their room.
RULES: dict[str, tuple[Rule, str]] = {
    "toc_heading_mismatch": (consistency.contents_against_headings, "Indhold og overskrift"),
    "year_mismatch": (consistency.stale_years, "Forkert år"),
    "duplicate_heading": (consistency.doubled_headings, "Dobbelt overskrift"),
    "duplicate_paragraph": (consistency.doubled_paragraphs, "Dobbelt afsnit"),
    "near_duplicate": (consistency.nearly_doubled_paragraphs, "Næsten dobbelt afsnit"),
    "law_heading": (consistency.law_headings, "Lovens navn over andre ord"),
    "contradiction": (consistency.contradictions, "To udsagn, der ikke passer sammen"),
    "typo": (language.slips, "Slåfejl"),
    "stray_markup": (language.stray_markup, "Tegn, der ikke hører til"),
    "spelling_variant": (language.two_names, "To navne for det samme"),
    "abbreviation": (language.unexplained_abbreviations, "Forkortelse uden forklaring"),
    "promise_without_owner": (work.promises_without_owner, "Løfte uden ansvarlig"),
    "promise_without_date": (work.promises_without_date, "Løfte uden frist"),
    "area_without_promise": (work.areas_without_promise, "Område uden løfte"),
    "area_without_addressee": (work.areas_without_addressee, "Område uden adressat"),
    "date_past": (work.dates_past, "Dato, der er gået"),
    "cpr_like": (persons.cpr_numbers, "Ligner et CPR-nummer"),
    "person_name": (persons.person_names, "Navn på en person"),
}
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
    """Everything the rules find, in the order of the text."""
    found = [finding for rule, _ in RULES.values() for finding in rule(manuscript)]
    return sorted(found, key=lambda finding: (finding.line, list(RULES).index(finding.code)))
