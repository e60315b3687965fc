"""An analyst's own aggregated extract, read with a small mapping file."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from evidens import offences, places
from evidens.counts import Array, Counts, Source
from evidens.errors import BadFile, Problem, in_order
from evidens.sources import checks, dated, numbers, silence
from evidens.sources.columns import distinct
from evidens.sources.mapping import CASES, REPEATS, Mapping
from evidens.sources.opening import Opened

__all__ = ["Mapping", "read_extract"]
ONE_PER_CASE = (
    'Skriv under [source] i oversættelsen: rows = "cases" for én linje pr. sag, "repeats" for gentagelser.'
)


@dataclass(frozen=True)
class _Rows:
    """The extract's rows by role as written, each row's physical line, and what is wrong so far."""

    texts: dict[str, list[str]]
    lines: Array
    titles: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Unknown:
    """How a word is told that nobody knows."""

    code: str
    what: str
    where: str


AREA = _Unknown("unknown_area", "Stedet", "[places]")
OFFENCE = _Unknown("unknown_offence", "Overtrædelsen", "[offences]")


def read_extract(
    opened: Opened, mapping: Mapping, extracted_on: date | None = None, today: date | None = None
) -> Counts:
    """Counts of an own extract; raises BadFile with the line, column and value of every fault."""
    rows = _rows(opened, mapping)
    names, place = _translated(rows, "place", _place_in(mapping), AREA)
    codes, offence = ["TOT"], np.zeros(len(rows.lines), np.int64)
    if "offence" in mapping.columns:
        codes, offence = _translated(rows, "offence", _offence_in(mapping), OFFENCE)
    found = dated.periods(rows.texts["period"], rows.lines, rows.titles["period"], mapping.dates)
    periods, period = found.periods, found.index
    rows.problems.extend(found.refused)
    rows.problems.extend(
        checks.future(periods, period, rows.lines, extracted_on or mapping.extracted_on or today)
    )
    words, index = distinct(rows.texts["count"])
    written = numbers.counts(words, index, rows.lines, rows.titles["count"])
    problems = in_order([*rows.problems, *written.refused])
    if problems:
        raise BadFile(*problems)
    known = ~np.isnan(written.values)
    if mapping.zeros_left_out and not known.all():
        raise BadFile(_unknown_and_zeros(rows, known))
    key = (place * len(codes) + offence) * len(periods) + period
    merged = _merged(key, written.values, known, rows, mapping)
    table = Counts(
        tuple(names),
        tuple(codes),
        tuple(periods),
        place[merged.keep],
        offence[merged.keep],
        period[merged.keep],
        merged.values.astype(np.int64),
        _source(opened, mapping, extracted_on),
        (*opened.warnings, *rows.warnings, *found.warnings, *written.warnings, *merged.warnings),
        complete=mapping.zeros_left_out,
        provisional=frozenset(periods[number] for number in np.unique(period[written.provisional])),
    )
    return silence.told(table)


@dataclass(frozen=True)
class _Merged:
    """The rows to keep (bool per row), their counts, and what is told."""

    keep: Array
    values: Array
    warnings: list[Problem]


def _merged(key: Array, values: Array, known: Array, rows: _Rows, mapping: Mapping) -> _Merged:
    """One row per place, offence and period: by what the mapping says that a row is.

    Raises BadFile where rows stand twice and it is not said whether that is one line per case.
    """
    if mapping.rows == CASES:
        first: Array = np.zeros(len(key), bool)
        cells, at, back = np.unique(key, return_index=True, return_inverse=True)
        first[at] = True
        total = np.bincount(back, weights=np.nan_to_num(values), minlength=len(cells))
        unknown = np.bincount(back, weights=~known, minlength=len(cells)) > 0
        keep = first.copy()
        keep[at[unknown]] = False
        return _Merged(keep, total[back[keep]], [])
    again = checks.repeats(key, values, rows.lines)
    if again.clash:
        raise BadFile(*[replace(one, mend=f"{one.mend} {ONE_PER_CASE}") for one in again.clash])
    if again.warnings and mapping.rows != REPEATS:
        raise BadFile(_equal(key, rows))
    keep = again.keep & known
    return _Merged(keep, values[keep], again.warnings)


def _equal(key: Array, rows: _Rows) -> Problem:
    """Equal rows, of which nobody knows whether each is a case: asked about with the largest example."""
    _, at, back, many = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    most = int(many.argmax())
    where = ", ".join(rows.texts[role][at[most]] for role in ("place", "period"))
    lines = tuple(rows.lines[many[back] > 1].tolist())
    text = (
        f"Flere ens rækker for samme sted, overtrædelse og periode, fx {many[most]} for {where}. "
        "Er det én linje pr. sag?"
    )
    return Problem("equal_rows", text, ONE_PER_CASE, lines[0], lines=lines)


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
    at = opened.before + 1
    for role, title in mapping.columns.items():
        if title not in head:
            text = f"Kolonnen {title} ({role}) mangler. Fundne kolonner: {', '.join(head)}."
            raise BadFile(Problem("missing_column", text, "Ret oversættelsen eller udtrækket.", at, title))
    lines, rows, ragged = [], [], []
    for number, row in enumerate(records[1:], at + 1):
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
    titles = dict(mapping.columns)
    if "count" not in titles:
        texts["count"], titles["count"] = ["1"] * len(lines), "antal"
    return _Rows(texts, np.array(lines), titles, warnings=_unnamed(head, mapping, at))


def _unnamed(head: list[str], mapping: Mapping, line: int) -> list[Problem]:
    """Columns that the mapping does not name: what they say of the rows is not looked at."""
    more = [title for title in head if title and title not in (*mapping.columns.values(), *mapping.ignored)]
    if not more:
        return []
    text = f"Udtrækket har også {', '.join(more)}, som oversættelsen ikke nævner: alle rækker er talt med."
    mend = (
        "Del udtrækket op, hvis kun nogle af rækkerne er ment, eller skriv ignored = [...] i oversættelsen."
    )
    return [Problem("extra_variable", text, mend, line, more[0])]


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
        for code in (text, text.zfill(3)):
            if code in places.codes():
                return code
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
