"""Columns that are neither place, offence, period nor count: with a sex or an age the figures are a part."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evidens.errors import BadFile, BadRequest, Problem
from evidens.sources.columns import Columns, Other, offence_of, period_of, place_of

TOTALS = {"tot", "i alt", "ialt", "total", "alle", "all", "antal", "mænd og kvinder i alt", "alder i alt"}
READERS = {"place": place_of, "offence": offence_of, "period": period_of}
# Heads of columns that say something about a row and do not divide it: changes in per cent, remarks.
_BESIDE = re.compile(r"%|\bpct\b|procent|ændring|indeks|\bnoter?\b|bemærk|kommentar|\bkilde\b", re.IGNORECASE)
MOST_WORDS = 8  # that are named
BLANK = "(tom)"


@dataclass(frozen=True)
class Narrowed:
    """The rows that are left, what part of all they are ("kun KØN=M"; empty: all), and what is told.

    `divided` says that the file has a variable more, also where its total was taken.
    """

    columns: Columns
    part: str
    warnings: list[Problem]
    divided: bool


def narrowed(columns: Columns, only: Mapping[str, str], line: int) -> Narrowed:
    """One value of every further variable: the one that was asked for, the total, or the only one there is.

    Raises BadFile where a variable has several and none is the total, BadRequest where `only` names no column
    or no value. `line` is that of the head.
    """
    wanted = dict(zip(map(str.casefold, only), only.values(), strict=True))
    unknown = set(wanted) - set(map(str.casefold, columns.others))
    if unknown:
        known = ", ".join([*columns.others, "ikke flere"])
        title = next(title for title in only if title.casefold() in unknown)
        raise BadRequest(f"Filen har ikke kolonnen {title}. Der kan vælges i: {known}.")
    parts, warnings = [], []
    divided = False
    for title in columns.others:
        words, rows = columns.others[title]
        if _says_the_same(columns, (words, rows)):
            continue
        if _BESIDE.search(title):
            warnings.append(_beside(title, line))
            continue
        value = _value(title, words, rows, wanted.get(title.casefold()), line)
        if value is None:
            continue
        divided = True
        if len(np.unique(rows)) > 1:
            shown = np.array(list(map(_shown, words)))
            columns = columns.kept(shown[rows] == value)
            warnings.append(_chosen(title, value, line))
        if not _is_total(value):
            parts.append(f"{title}={value}")
            warnings.append(_part(title, value, line))
    part = ""
    if parts:
        part = f"kun {', '.join(parts)}"
    return Narrowed(columns, part, warnings, divided)


def _value(title: str, words: list[str], rows: np.ndarray, wanted: str | None, line: int) -> str | None:
    """The one value of a variable to go on with; None where the column is empty."""
    present = list(dict.fromkeys(map(_shown, np.array(words)[np.unique(rows)].tolist())))
    if present == [BLANK] or not present:
        return None
    if wanted is not None:
        for word in present:
            if word.casefold() == wanted.casefold():
                return word
        raise BadRequest(f"{title} har ikke værdien {wanted}. Den har {_listed(present)}.")
    totals = list(filter(_is_total, present))
    if len(present) == 1:
        return present[0]
    if len(totals) == 1:
        return totals[0]
    text = f"Filen har en variabel mere, {title}, med {_listed(present)}, og hverken en sum eller et valg."
    mend = f"Hent tabellen igen med {title} i alt, eller vælg én med --only {title}={present[0]}."
    raise BadFile(Problem("extra_variable", text, mend, line, title))


def _says_the_same(columns: Columns, other: Other) -> bool:
    """Whether a column only repeats what another says, as a name beside a code."""
    words, rows = other
    for role, read in READERS.items():
        if role not in columns.words:
            continue
        theirs, mine = list(map(read, columns.words[role])), list(map(read, words))
        if None in mine:
            continue
        pairs = set(zip(rows.tolist(), columns.rows[role].tolist(), strict=True))
        if all(mine[first] == theirs[second] for first, second in pairs):
            return True
    return False


def _is_total(word: str) -> bool:
    return word.casefold() in TOTALS or word.casefold().endswith(" i alt")


def _shown(word: str) -> str:
    if not word.strip():
        return BLANK
    return word.strip()


def _listed(words: list[str]) -> str:
    if len(words) > MOST_WORDS:
        return ", ".join(words[:MOST_WORDS]) + f" og {len(words) - MOST_WORDS} til"
    return ", ".join(words)


def _beside(title: str, line: int) -> Problem:
    text = f"Kolonnen {title} er ikke læst: den siger noget om rækken og deler den ikke op."
    return Problem("extra_column", text, "", line, title)


def _chosen(title: str, value: str, line: int) -> Problem:
    text = f"Filen har en variabel mere, {title}; kun rækkerne med {title}={value} er læst."
    return Problem("extra_variable", text, "", line, title, value)


def _part(title: str, value: str, line: int) -> Problem:
    text = (
        f"Filen har en variabel mere, {title}, og alle tal her er kun {title}={value}: det er ikke dem alle."
    )
    return Problem("extra_variable", text, "Hent tabellen uden den, hvis alle er ment.", line, title, value)
