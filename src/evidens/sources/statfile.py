"""Statistics Denmark's files: StatBank's own CSV and what people download by hand.

The latter are wide, with sparse heads, in English or in Latin-1.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

import numpy as np

from evidens.counts import Array, Counts, Source
from evidens.errors import BadFile, BadRequest, Problem, in_order
from evidens.periods import Period
from evidens.sources import checks, numbers
from evidens.sources.columns import (
    BANK,
    KINDS,
    Columns,
    fields,
    is_wide,
    missing,
    offence_of,
    period_of,
    place_of,
    roles,
)
from evidens.sources.long import read_long
from evidens.sources.opening import Opened
from evidens.sources.variables import TOTALS, Narrowed, narrowed
from evidens.sources.wide import read_wide

T = TypeVar("T")
NOTHING: Mapping[str, str] = {}
NOBODY = "en fil, der ikke selv nævner sin kilde"
NOT_INCLUDED = "Rækkerne er ikke med. Ret koden ved kilden."


def read_statfile(
    opened: Opened,
    *,
    kind: str = "reported",
    offence: str | None = None,
    extracted_on: date | None = None,
    only: Mapping[str, str] = NOTHING,
    today: date | None = None,
) -> Counts:
    """Counts of a long or a wide file; raises BadFile.

    `only` chooses a value of a further variable; a period that begins after `today` is refused.
    """
    head = fields(opened.header, opened.delimiter)
    if is_wide(head):
        columns = read_wide(opened, head)
    else:
        columns = read_long(opened, head)
    columns = _of_kind(columns, kind, opened.name)
    columns = _with_offence(columns, offence)
    found = narrowed(columns, only, opened.before + 1)
    return _counts(found, opened, kind, extracted_on, today)


def has_offences(opened: Opened) -> str:
    """The title of the column of offences in a file's head; empty when there is none."""
    head = fields(opened.header, opened.delimiter)
    number = roles(head).get("offence")
    if number is None:
        return ""
    return head[number]


def _of_kind(columns: Columns, kind: str, name: str) -> Columns:
    """The rows of one kind of count, where the file has several."""
    words = columns.words.get("kind")
    if words is None and kind == "reported":
        return columns
    if words is None:
        raise BadRequest(
            f"{name} siger ikke, hvad der er anmeldelser, og hvad der er sigtelser. Udelad --kind."
        )
    wanted = [number for number, word in enumerate(words) if KINDS.get(word.strip().lower()) == kind]
    if not wanted:
        raise BadRequest(f"{name} har ikke tal af slagsen {kind}. Den har {', '.join(words)}.")
    return columns.kept(np.isin(columns.rows["kind"], wanted))


def _with_offence(columns: Columns, offence: str | None) -> Columns:
    """One offence for all rows, where the file says none."""
    if "offence" in columns.words:
        return columns
    if offence is None:
        raise BadFile(missing("OVERTRÆD", [*columns.titles.values(), *columns.others]))
    words = columns.words | {"offence": [offence]}
    rows = columns.rows | {"offence": np.zeros(len(columns.lines), np.int32)}
    return replace(columns, words=words, rows=rows)


def _counts(
    narrowed: Narrowed, opened: Opened, kind: str, extracted_on: date | None, today: date | None
) -> Counts:
    columns = narrowed.columns
    title = columns.titles.get("count", "INDHOLD")
    written = numbers.counts(columns.words["count"], columns.rows["count"], columns.lines, title)
    warnings = [*opened.warnings, *narrowed.warnings, *written.warnings]
    refused = written.refused
    place_codes, place = _coded(columns, "place", place_of, "området", warnings)
    offence_codes, offence = _coded(columns, "offence", offence_of, "overtrædelsen", warnings)
    periods, period = _coded(columns, "period", period_of, "perioden", refused)
    refused += _mixed(periods)
    if extracted_on is not None:
        today = extracted_on
    refused += checks.future(periods, period, columns.lines, today)
    warnings += _zeros_back(columns)
    if refused:
        raise BadFile(*in_order(refused))
    if not opened.ends_whole and not opened.damaged:
        warnings.append(_no_last_break(columns))
    known = ~np.isnan(written.values) & (place >= 0) & (offence >= 0)
    key = (place.astype(np.int64) * len(offence_codes) + offence) * len(periods) + period
    again = checks.repeats(key, written.values, columns.lines, known)
    if again.clash:
        raise BadFile(*again.clash)
    if not again.keep.any():
        text = f"{opened.name} har ingen rækker, der kan bruges."
        raise BadFile(Problem("no_rows", text, "Se, hvad der er galt, ovenfor."))
    place, offence, period, values = _kept(again.keep, place, offence, period, written.values)
    source = _source(narrowed, periods, opened, extracted_on)
    found = Counts(
        tuple(place_codes),
        tuple(offence_codes),
        tuple(periods),
        place,
        offence,
        period,
        values.astype(np.int64),
        source,
        kind=kind,
        provisional=frozenset(periods[number] for number in np.unique(period[_starred(written, again)])),
    )
    warnings += again.warnings
    warnings += checks.copies(found.cube, [_danish(one) for one in found.axis()])
    warnings += checks.gaps(found.cube, found.places, found.offences)
    warnings += checks.sums(found)
    return found.told(warnings)


def _kept(keep: Array, *columns: Array) -> tuple[Array, ...]:
    """The rows to keep of some columns; the columns themselves where all are."""
    if keep.all():
        return columns
    return tuple(column[keep] for column in columns)


def _source(narrowed: Narrowed, periods: list[Period], opened: Opened, day: date | None) -> Source:
    """Statistics Denmark where the heads are its own; else nobody is named whom the file does not name."""
    columns = narrowed.columns
    if not set(map(str.upper, columns.titles.values())) <= BANK:
        return Source(NOBODY, "", opened.name, opened.sha256, day, official=False, part=narrowed.part)
    table = ""
    if not narrowed.divided:
        table = _table(columns, periods)
    return Source("Danmarks Statistik", table, opened.name, opened.sha256, day, part=narrowed.part)


def _table(columns: Columns, periods: list[Period]) -> str:
    """The yearly table has both kinds of count; the quarterly one only reports.

    With months or weeks it is another table, and the file does not say which.
    """
    if periods[0].freq not in "YQ":
        return ""
    if "kind" in columns.words or periods[0].freq == "Y":
        return "STRAF22"
    return "STRAF11"


def _mixed(periods: list[Period]) -> list[Problem]:
    if len({period.freq for period in periods}) <= 1:
        return []
    text = "Filen blander slags perioder, fx år og kvartaler."
    return [Problem("mixed_periods", text, "Hent én slags ad gangen.", column="TID")]


def _starred(written: numbers.Read, again: checks.Repeats) -> Array:
    """Which of the kept rows are marked as provisional."""
    return written.provisional[again.keep]


def _zeros_back(columns: Columns) -> list[Problem]:
    """Codes of places that a spreadsheet took the leading zeros from."""
    found = []
    for number, word in enumerate(columns.words["place"]):
        code = word.strip().split(" ")[0]
        if code.isdecimal() and len(code) < 3 and place_of(word):
            at = columns.lines[columns.rows["place"] == number].tolist()
            text = f"Området “{word}” har mistet nuller foran; det er læst som {place_of(word)}."
            mend = "Gem koden som tekst."
            found.append(
                Problem("leading_zeros", text, mend, at[0], columns.titles["place"], word, tuple(at))
            )
    return found


def _no_last_break(columns: Columns) -> Problem:
    text = "Filen slutter uden linjeskift; det sidste tal kan være skåret over."
    return Problem("no_last_break", text, "Hent filen igen, hvis du er i tvivl.", int(columns.lines[-1]))


def _danish(period: Period) -> str:
    return str(period).replace("Q", "K")


CODES = {
    "place": ("unknown_area", NOT_INCLUDED),
    "offence": ("unknown_offence", NOT_INCLUDED),
    "period": ("bad_period", "Skriv perioden som fx 2021K3."),
}


def _coded(
    columns: Columns, role: str, read: Callable[[str], T | None], what: str, problems: list[Problem]
) -> tuple[list[T], Array]:
    """Distinct codes in order of first appearance and each row's number among them.

    -1: not known, which is told.
    """
    number_of: dict[T, int] = {}
    translate = np.full(len(columns.words[role]), -1, np.int32)
    for number, word in enumerate(columns.words[role]):
        found = read(word)
        if found is not None:
            translate[number] = number_of.setdefault(found, len(number_of))
    for number in np.flatnonzero(translate < 0).tolist():
        at = columns.lines[columns.rows[role] == number].tolist()
        if at:
            problems.append(_unknown(columns, role, columns.words[role][number], what, at))
    return list(number_of), translate[columns.rows[role]]


def _unknown(columns: Columns, role: str, word: str, what: str, at: list[int]) -> Problem:
    where = f"linje {at[0]}"
    if len(at) > 1 and at[0] != at[-1]:
        where = f"{len(at)} rækker, linje {at[0]}-{at[-1]}"
    code, mend = CODES[role]
    if role == "place" and word.strip().casefold() in TOTALS:
        text = f"“{word}” ({where}) er en sum og ikke et sted."
        return Problem(code, text, "Rækkerne er ikke med.", at[0], columns.titles.get(role), word, tuple(at))
    text = f"{what.capitalize()} “{word}” kendes ikke ({where})."
    return Problem(code, text, mend, at[0], columns.titles.get(role), word, tuple(at))
