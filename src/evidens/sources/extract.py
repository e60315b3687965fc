"""An analyst's own aggregated extract, read with a small mapping file."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from evidens import offences, places
from evidens.counts import Array, Counts, Source
from evidens.errors import BadFile, BadRequest, Problem, in_order
from evidens.periods import Period
from evidens.sources import checks, numbers
from evidens.sources.columns import distinct
from evidens.sources.mapping import Mapping
from evidens.sources.opening import Opened

__all__ = ["Mapping", "read_extract"]


@dataclass(frozen=True)
class _Rows:
    """The extract's rows by role as written, each row's physical line, and what is wrong so far."""

    texts: dict[str, list[str]]
    lines: Array
    titles: dict[str, str]
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Unknown:
    """How a word is told that nobody knows."""

    code: str
    what: str
    where: str


AREA = _Unknown("unknown_area", "Stedet", "[places]")
OFFENCE = _Unknown("unknown_offence", "Overtrædelsen", "[offences]")


def read_extract(opened: Opened, mapping: Mapping, extracted_on: date | None = None) -> Counts:
    """Counts of an own extract; raises BadFile with the line, column and value of every fault."""
    rows = _rows(opened, mapping)
    names, place = _translated(rows, "place", _place_in(mapping), AREA)
    codes, offence = ["TOT"], np.zeros(len(rows.lines), np.int64)
    if "offence" in mapping.columns:
        codes, offence = _translated(rows, "offence", _offence_in(mapping), OFFENCE)
    periods, period = _periods(rows)
    words, index = distinct(rows.texts["count"])
    written = numbers.counts(words, index, rows.lines, mapping.columns["count"])
    problems = in_order([*rows.problems, *written.refused])
    if problems:
        raise BadFile(*problems)
    known = ~np.isnan(written.values)
    if mapping.zeros_left_out and not known.all():
        raise BadFile(_unknown_and_zeros(rows, known))
    key = (place * len(codes) + offence) * len(periods) + period
    again = checks.repeats(key, written.values, rows.lines)
    if again.clash:
        raise BadFile(*again.clash)
    keep = again.keep & known
    return Counts(
        tuple(names),
        tuple(codes),
        tuple(periods),
        place[keep],
        offence[keep],
        period[keep],
        written.values[keep].astype(np.int64),
        _source(opened, mapping, extracted_on),
        (*opened.warnings, *written.warnings, *again.warnings),
        complete=mapping.zeros_left_out,
    )


def _source(opened: Opened, mapping: Mapping, extracted_on: date | None) -> Source:
    return Source(
        mapping.publisher,
        mapping.table,
        opened.name,
        opened.sha256,
        extracted_on or mapping.extracted_on,
        official=False,
    )


def _rows(opened: Opened, mapping: Mapping) -> _Rows:
    """The columns that the mapping names; raises BadFile where one is missing or a line is ragged."""
    try:
        records = list(csv.reader(io.StringIO(opened.text), delimiter=opened.delimiter))
    except csv.Error as error:
        text = f"{opened.name} kan ikke deles i felter ({error})."
        raise BadFile(Problem("not_csv", text, "Se efter et anførselstegn for meget.")) from None
    head = [title.strip() for title in records[0]]
    for role, title in mapping.columns.items():
        if title not in head:
            text = f"Kolonnen {title} ({role}) mangler. Fundne kolonner: {', '.join(head)}."
            raise BadFile(Problem("missing_column", text, "Ret oversættelsen eller udtrækket.", 1, title))
    lines, rows, ragged = [], [], []
    for number, row in enumerate(records[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(head):
            text = f"Der er {len(row)} felter og ikke {len(head)}."
            ragged.append(Problem("ragged_row", text, "Ret linjen.", number))
        lines.append(number)
        rows.append(row)
    if ragged:
        raise BadFile(*ragged)
    if not rows:
        raise BadFile(Problem("empty_file", f"{opened.name} har ingen rækker.", "Hent udtrækket igen."))
    columns = list(zip(*rows, strict=True))
    texts = {}
    for role, title in mapping.columns.items():
        texts[role] = list(columns[head.index(title)])
    return _Rows(texts, np.array(lines), mapping.columns)


def _unknown_and_zeros(rows: _Rows, known: Array) -> Problem:
    """Unknown counts in an extract that leaves zeros out: the two cannot be told apart."""
    gone = rows.lines[~known]
    text = (
        f"{len(gone)} tal er ukendte, men oversættelsen siger, at nuller er udeladt; "
        "så kan de to ikke kendes fra hinanden."
    )
    mend = "Skriv nullerne ud, og sæt zeros til written."
    return Problem("unknown_and_zeros", text, mend, int(gone[0]), rows.titles["count"])


def _place_in(mapping: Mapping) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        own = mapping.places.get(text)
        if own:
            return own
        if text in places.codes():
            return text
        return places.names().get(text.lower())

    return read


def _offence_in(mapping: Mapping) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        own = mapping.offences.get(text)
        if own:
            return own
        if text in offences.tree():
            return text
        return offences.names().get(offences.plain(text))

    return read


def _translated(
    rows: _Rows, role: str, read: Callable[[str], str | None], unknown: _Unknown
) -> tuple[list[str], Array]:
    """Codes in order of appearance and each row's number among them.

    An unknown word is told once, with its lines.
    """
    number: dict[str, int] = {}
    found = np.empty(len(rows.lines), np.int64)
    told: dict[str, list[int]] = {}
    for row, word in enumerate(rows.texts[role]):
        text = word.strip()
        code = read(text)
        if code is None:
            told.setdefault(text, []).append(int(rows.lines[row]))
            continue
        found[row] = number.setdefault(code, len(number))
    for text, at in told.items():
        message = f"{unknown.what} “{text}” kendes ikke ({len(at)} rækker)."
        mend = f"Skriv den under {unknown.where} i oversættelsen."
        rows.problems.append(Problem(unknown.code, message, mend, at[0], rows.titles[role], text, tuple(at)))
    return list(number), found


def _periods(rows: _Rows) -> tuple[list[Period], Array]:
    """Periods in order of appearance and each row's number among them; a bad one is told once."""
    column = rows.titles["period"]
    number: dict[Period, int] = {}
    words, of_row = distinct(rows.texts["period"])
    at = np.zeros(len(words), np.int64)
    for n, word in enumerate(words):
        try:
            period = Period.parse(_year_month(word))
        except BadRequest as error:
            line = int(rows.lines[np.argmax(of_row == n)])
            rows.problems.append(Problem("bad_period", str(error), "", line, column, word))
            continue
        at[n] = number.setdefault(period, len(number))
    if len({period.freq for period in number}) > 1:
        text = "Udtrækket blander slags perioder."
        rows.problems.append(Problem("mixed_periods", text, "Lav et udtræk med én slags.", column=column))
    return list(number), at[of_row]


def _year_month(word: str) -> str:
    """ "2021-03" is March 2021."""
    head, dash, tail = word.strip().partition("-")
    if dash and len(head) == 4 and tail.isdigit():
        return f"{head}M{tail}"
    return word
