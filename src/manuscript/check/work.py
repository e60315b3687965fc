"""The work: promises without owner or date, focus areas nobody promises anything in, dates that are gone."""

import re
from collections.abc import Iterator
from datetime import date

from manuscript.check.text import Finding, Manuscript
from manuscript.figures import MONTHS
from manuscript.text import shortened

WITHIN = re.compile(r"\b(?:i|i løbet af|inden udgangen af) (20\d\d)\b", re.IGNORECASE)
OWED = ("promise", "conditional")


def promises_without_owner(m: Manuscript) -> Iterator[Finding]:
    """ "Der afholdes en temadag i 2022": who holds it?"""
    for promise in m.promises:
        if not promise.who and promise.kind != "standing_forum":
            yield Finding(
                "promise_without_owner",
                promise.line,
                f"Hvem gør det? “{shortened(promise.text, 90)}” nævner ingen ansvarlig.",
                (promise.line,),
            )


def promises_without_date(m: Manuscript) -> Iterator[Finding]:
    """ "Kommunen udarbejder en folder": by when? That a thing is done within the plan's year is no date."""
    for promise in m.promises:
        vague = not promise.when or re.fullmatch(r"(?:i (?:løbet af )?)?20\d\d", promise.when)
        if promise.kind in OWED and vague:
            says = f"Hvornår er det gjort? “{shortened(promise.text, 90)}” har ingen frist."
            yield Finding("promise_without_date", promise.line, says, (promise.line,))


def areas_without_promise(m: Manuscript) -> Iterator[Finding]:
    """A focus area in which nothing is promised."""
    for area in m.areas:
        if area.promises == 0:
            yield Finding(
                "area_without_promise", area.line, f"Ingen lover noget under “{area.title}”.", (area.line,)
            )


def areas_without_addressee(m: Manuscript) -> Iterator[Finding]:
    """A focus area that no local council is asked to answer."""
    for area in m.areas:
        if area.addressees == 0:
            yield Finding(
                "area_without_addressee", area.line, f"Ingen skal svare på “{area.title}”.", (area.line,)
            )


def dates_past(m: Manuscript) -> Iterator[Finding]:
    """A promise for a day that has gone when the plan comes out, or for a year before the plan's; for a text alone, a day before it."""
    limit = m.today or (date(m.year, 1, 1) if m.year else None)
    if limit is None:
        return
    for promise in m.promises:
        found = re.search(rf"(\d{{1,2}})\. ({'|'.join(MONTHS)}) (20\d\d)", promise.when, re.IGNORECASE)
        years = [int(year) for year in WITHIN.findall(promise.when or promise.text)]
        if (
            m.today and m.year and years and max(years) < m.year
        ):  # in a plan written here a person chose what is a promise
            yield Finding(
                "date_past",
                promise.line,
                f"“{shortened(promise.text, 90)}” er for {max(years)}, men planen er for {m.year}.",
                (promise.line,),
            )
        if not found or promise.kind == "recurring":
            continue
        try:
            due = date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))
        except ValueError:
            yield Finding("date_past", promise.line, f"Datoen {found[0]} findes ikke.", (promise.line,))
            continue
        if due < limit:
            yield Finding(
                "date_past",
                promise.line,
                f"{found[0]} er gået, når planen kommer ud. Hvad gælder nu?",
                (promise.line,),
            )
