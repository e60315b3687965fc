"""The work: promises without owner or date, focus areas nobody promises anything in, dates that are gone."""

import re
from collections.abc import Iterator
from datetime import date

from manuscript.check.finding import Finding
from manuscript.check.gaps import has_surely_no_time, is_surely_nobodys
from manuscript.check.text import Manuscript
from manuscript.dates import MONTHS, NAMES
from manuscript.promise import Promise
from manuscript.subject import DECIDED
from manuscript.text import shortened
from manuscript.verbs import MODAL

WITHIN = re.compile(r"\b(?:i|i løbet af|inden udgangen af) (20\d\d)\b", re.IGNORECASE)
ONLY_A_YEAR = re.compile(r"(?:i (?:løbet af )?)?20\d\d")
A_DAY = re.compile(rf"(\d{{1,2}})\. ({NAMES}) (20\d\d)", re.IGNORECASE)
OWED = ("promise", "conditional")
QUOTED = 90  # letters


def _quoted(promise: Promise) -> str:
    return f"“{shortened(promise.text, QUOTED)}”"


def promises_without_owner(m: Manuscript) -> Iterator[Finding]:
    """ "Der afholdes en temadag i 2022": who holds it? In a text alone where nothing near may tell."""
    for promise in m.promises:
        if promise.who or promise.kind == "standing_forum":
            continue
        if m.today or is_surely_nobodys(promise, m):
            says = f"Hvem gør det? {_quoted(promise)} nævner ingen ansvarlig."
            yield Finding("promise_without_owner", promise.line, says, (promise.line,))


def promises_without_date(m: Manuscript) -> Iterator[Finding]:
    """ "Kommunen udarbejder en folder": by when? That a thing is done within the plan's year is no date."""
    for promise in m.promises:
        vague = not promise.when or ONLY_A_YEAR.fullmatch(promise.when)
        if vague and promise.kind in OWED and (m.today or has_surely_no_time(promise, m)):
            says = f"Hvornår er det gjort? {_quoted(promise)} har ingen frist."
            yield Finding("promise_without_date", promise.line, says, (promise.line,))


def areas_without_promise(m: Manuscript) -> Iterator[Finding]:
    """A focus area in which nothing is promised."""
    for area in m.areas:
        if area.promises == 0:
            says = f"Ingen lover noget under “{area.title}”."
            yield Finding("area_without_promise", area.line, says, (area.line,))


def areas_without_addressee(m: Manuscript) -> Iterator[Finding]:
    """A focus area that no local council is asked to answer."""
    for area in m.areas:
        if area.addressees == 0:
            says = f"Ingen skal svare på “{area.title}”."
            yield Finding("area_without_addressee", area.line, says, (area.line,))


def dates_past(m: Manuscript) -> Iterator[Finding]:
    """A promise for a day that has gone when the plan comes out, or for a year before the plan's; for a
    text alone, a day before it."""
    limit = _limit(m)
    if limit is None:
        return
    for promise in m.promises:
        # in a plan written here a person chose what is a promise; of a text, one that says "skal" or "vil"
        if m.year and (m.today or MODAL.search(promise.text)):
            yield from _for_a_year_past(promise, m.year)
        if promise.kind != "recurring":
            yield from _for_a_day_past(promise, limit)


def _limit(m: Manuscript) -> date | None:
    """The first day that is not gone when the plan comes out."""
    if m.today is None and m.year:
        return date(m.year, 1, 1)
    return m.today


def _for_a_year_past(promise: Promise, year: int) -> Iterator[Finding]:
    years = list(map(int, WITHIN.findall(promise.when or promise.text)))
    if years and max(years) < year and not DECIDED.search(promise.text):
        says = f"{_quoted(promise)} er for {max(years)}, men planen er for {year}."
        yield Finding("date_past", promise.line, says, (promise.line,))


def _for_a_day_past(promise: Promise, limit: date) -> Iterator[Finding]:
    found = A_DAY.search(promise.when)
    if found is None:
        return
    says = f"{found[0]} er gået, når planen kommer ud. Hvad gælder nu?"
    try:
        due = date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        due = date.min
        says = f"Datoen {found[0]} findes ikke."
    if due < limit:
        yield Finding("date_past", promise.line, says, (promise.line,))
