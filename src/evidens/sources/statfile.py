"""Statistics Denmark's files: StatBank's own CSV and what people download by hand (wide, sparse heads, English, Latin-1)."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import numpy as np

from evidens import offences, places
from evidens.counts import Array, Counts, Source
from evidens.errors import BadFile, BadRequest, Problem
from evidens.periods import Period
from evidens.sources import checks, numbers
from evidens.sources.opening import Opened

HEADS = {
    "place": ("OMRÅDE", "OMRAADE", "REGION", "KOMMUNE", "MUNICIPALITY", "AREA"),
    "offence": ("OVERTRÆD", "OVERTRAED", "OVERTRÆDELSENS ART", "TYPE OF OFFENCE", "OFFENCE"),
    "period": ("TID", "TIME", "PERIODE", "PERIOD"),
    "kind": ("ANMSIGT", "ANMELDELSER OG SIGTELSER"),
    "count": ("INDHOLD", "ANTAL", "CONTENTS", "COUNT"),
}
KINDS = {"anm": "reported", "reported criminal offences": "reported", "anmeldte forbrydelser": "reported",
         "sig": "charged", "charge": "charged", "sigtelser": "charged", "sigtede forbrydelser": "charged"}  # fmt: skip


T = TypeVar("T")


@dataclass(frozen=True)
class Columns:
    """A file's columns as distinct words and an index per row; `lines` is each row's physical line."""

    words: dict[str, list[str]]
    rows: dict[str, Array]
    lines: Array
    titles: dict[str, str]


def read_statfile(
    opened: Opened, *, kind: str = "reported", offence: str | None = None, extracted_on: date | None = None
) -> Counts:
    """Counts of a long or a wide file; raises BadFile."""
    head = _fields(opened.header, opened.delimiter)
    columns = _wide(opened, head) if sum(map(_is_period, head)) >= 2 else _long(opened, head)
    columns = _chosen(columns, kind, offence, opened.name)
    return _counts(columns, opened, kind, extracted_on)


def has_offences(opened: Opened) -> str:
    """The title of the column of offences in a file's head; empty when there is none."""
    head = _fields(opened.header, opened.delimiter)
    return next((head[n] for role, n in _roles(head).items() if role == "offence"), "")


def _fields(line: str, delimiter: str) -> list[str]:
    return [field.strip() for field in next(csv.reader([line], delimiter=delimiter), [])]


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except BadRequest:
        return False
    return True


def _roles(head: list[str]) -> dict[str, int]:
    upper = [title.upper() for title in head]
    return {
        role: next(n for n, title in enumerate(upper) if title in names)
        for role, names in HEADS.items()
        if set(names) & set(upper)
    }


def _long(opened: Opened, head: list[str]) -> Columns:
    """One row per figure, a column per variable; Arrow reads it, and only a file with faults is gone through line by line."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    roles = _roles(head)
    for names in HEADS.values():
        if len(twice := [title for title in head if title.upper() in names]) > 1:
            raise BadFile(
                [
                    Problem(
                        "double_column",
                        f"Kolonnerne {' og '.join(twice)} siger det samme.",
                        "Behold den ene.",
                        1,
                        twice[1],
                    )
                ]
            )

    def parsed(blank_lines: bool) -> pa.Table:
        return arrow.read_csv(
            pa.py_buffer(opened.content),
            parse_options=arrow.ParseOptions(delimiter=opened.delimiter, ignore_empty_lines=blank_lines),
            read_options=arrow.ReadOptions(column_names=[str(n) for n in range(len(head))], skip_rows=1),
            convert_options=arrow.ConvertOptions(
                column_types={str(n): pa.dictionary(pa.int32(), pa.string()) for n in range(len(head))}
            ),
        ).unify_dictionaries()

    try:
        read, blank = parsed(False), False
    except pa.ArrowInvalid:
        try:
            read, blank = parsed(True), True
        except pa.ArrowInvalid:
            raise BadFile(_ragged(opened, head)) from None
    if missing := [
        HEADS[role][0]
        for role in ("place", "offence", "period", "count")
        if role not in roles and role != "offence"
    ]:
        raise BadFile([_missing(missing[0], head)])
    columns = [read.column(n).combine_chunks() for n in range(len(head))]
    words = {role: columns[n].dictionary.to_pylist() for role, n in roles.items()}
    rows = {role: columns[n].indices.to_numpy() for role, n in roles.items()}
    return Columns(
        words, rows, _lines(opened, len(read), blank), {role: head[n] for role, n in roles.items()}
    )


def _lines(opened: Opened, count: int, blank: bool) -> Array:
    """The physical line of each row; blank lines are counted only where there are any."""
    if not blank:
        return np.arange(2, count + 2)
    return np.array([n for n, line in enumerate(opened.text.split("\n"), 1) if line.strip()][1:])


def _ragged(opened: Opened, head: list[str]) -> list[Problem]:
    """Which lines do not have the header's number of fields; the last one of a file without line break is a cut-off file."""
    lines = opened.text.split("\n")
    found = []
    for number, line in enumerate(lines[1:], 2):
        have = len(_fields(line.rstrip("\r"), opened.delimiter))
        if not line.strip() or have == len(head):
            continue
        if number == len(lines):
            text = (
                f"Der er {have} af {len(head)} felter, og filen slutter uden linjeskift: den er skåret over."
            )
            return [Problem("truncated", text, "Hent filen igen; slutningen mangler.", number, value=line)]
        found.append(
            Problem(
                "ragged_row",
                f"Der er {have} felter og ikke {len(head)}.",
                "Ret linjen.",
                number,
                value=line[:80],
            )
        )
    return found[:20] or [
        Problem("not_csv", f"{opened.name} kan ikke læses som tabel.", "Hent tabellen som CSV.")
    ]


def _missing(column: str, head: list[str]) -> Problem:
    mend = "Hent tabellen igen med alle kolonner; er det dit eget udtræk, så skriv --mapping."
    if column == "OVERTRÆD":
        mend = "Hent den igen med kolonnen, eller sig, hvad alle tallene gælder (fx --file-offence TOT)."
    return Problem(
        "missing_column",
        f"Kolonnen {column} mangler. Fundne kolonner: {', '.join(head)}.",
        mend,
        line=1,
        column=column,
    )


def _wide(opened: Opened, head: list[str]) -> Columns:
    """One column per period: heads before it, of which the sparse ones are filled down."""
    first = next(n for n, title in enumerate(head) if _is_period(title))
    periods = head[first:]
    if bad := [title for title in periods if not _is_period(title)]:
        raise BadFile(
            [
                Problem(
                    "bad_period",
                    f"Overskriften “{bad[0]}” er ikke en periode.",
                    "Ret den til fx 2021K3.",
                    1,
                    bad[0],
                    bad[0],
                )
            ]
        )
    keys: list[list[str]] = []
    lines: list[int] = []
    cells: list[list[str]] = []
    above = [""] * first
    for number, fields in enumerate(csv.reader(io.StringIO(opened.text), delimiter=opened.delimiter), 1):
        if number == 1 or not any(field.strip() for field in fields):
            continue
        if len(fields) != len(head):
            code = (
                "truncated" if not opened.ends_whole and number >= opened.text.count("\n") else "ragged_row"
            )
            text = f"Linje {number} har {len(fields)} af {len(head)} felter."
            raise BadFile([Problem(code, text, "Hent filen igen.", number)])
        above = [field.strip() or before for field, before in zip(fields[:first], above, strict=True)]
        keys.append(above)
        cells.append(fields[first:])
        lines.append(number)
    return _unrolled(keys, cells, lines, periods)


def _unrolled(keys: list[list[str]], cells: list[list[str]], lines: list[int], periods: list[str]) -> Columns:
    words: dict[str, list[str]] = {"period": periods}
    rows: dict[str, Array] = {"period": np.tile(np.arange(len(periods)), len(keys))}
    titles = {"period": "TID", "count": "INDHOLD"}
    for column in zip(*keys, strict=True):
        role = _role_of(set(column))
        if role:
            distinct = list(dict.fromkeys(column))
            place = {word: number for number, word in enumerate(distinct)}
            words[role], titles[role] = distinct, HEADS[role][0]
            rows[role] = np.repeat([place[word] for word in column], len(periods))
    flat = [cell for row in cells for cell in row]
    distinct = list(dict.fromkeys(flat))
    place = {word: number for number, word in enumerate(distinct)}
    words["count"], rows["count"] = distinct, np.array([place[word] for word in flat])
    if "place" not in words:
        raise BadFile([_missing("OMRÅDE", [column[0] for column in zip(*keys, strict=True)])])
    return Columns(words, rows, np.repeat(lines, len(periods)), titles)


def _role_of(values: set[str]) -> str | None:
    """What a head column is about, by what stands in it."""
    some = [value for value in values if value]
    if not some:
        return None
    tests = {
        "kind": lambda v: v.lower() in KINDS,
        "place": lambda v: _place(v) is not None,
        "offence": lambda v: _offence(v) is not None,
    }
    shares = {role: sum(map(test, some)) / len(some) for role, test in tests.items()}
    best = max(shares, key=lambda role: shares[role])
    return best if shares[best] >= 0.5 else None


def _place(text: str) -> str | None:
    head = text.strip().split(" ")[0]
    if head in places.codes():
        return head
    return places.names().get(text.strip().lower()) or (
        places.guess(text.strip()) if "\ufffd" in text else None
    )


def _offence(text: str) -> str | None:
    head = text.strip().split(" ")[0]
    if head in offences.tree():
        return head
    return offences.names().get(offences.plain(text))


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text.strip().split(" ")[0])
    except BadRequest:
        return None


def _chosen(columns: Columns, kind: str, offence: str | None, name: str) -> Columns:
    """The rows of one kind of count; one offence for all where the file says none."""
    words, rows = dict(columns.words), dict(columns.rows)
    lines = columns.lines
    if "kind" not in words and kind != "reported":
        raise BadRequest(
            f"{name} siger ikke, hvad der er anmeldelser, og hvad der er sigtelser. Udelad --kind."
        )
    if "kind" in words:
        wanted = [n for n, word in enumerate(words["kind"]) if KINDS.get(word.strip().lower()) == kind]
        if not wanted:
            raise BadRequest(f"{name} har ikke tal af slagsen {kind}. Den har {', '.join(words['kind'])}.")
        keep = np.isin(rows["kind"], wanted)
        rows = {role: index[keep] for role, index in rows.items()}
        lines = lines[keep]
    if "offence" not in words:
        if offence is None:
            raise BadFile([_missing("OVERTRÆD", list(columns.titles.values()))])
        words["offence"], rows["offence"] = [offence], np.zeros(len(lines), np.int32)
    return replace(columns, words=words, rows=rows, lines=lines)


def _counts(columns: Columns, opened: Opened, kind: str, extracted_on: date | None) -> Counts:
    refused: list[Problem] = []
    warnings = list(opened.warnings)
    values, bad, odd = numbers.counts(
        columns.words["count"], columns.rows["count"], columns.lines, columns.titles.get("count", "INDHOLD")
    )
    refused += bad
    warnings += odd
    place_codes, place_of = _coded(columns, "place", _place, "unknown_area", "området", warnings)
    offence_codes, offence_of = _coded(
        columns, "offence", _offence, "unknown_offence", "overtrædelsen", warnings
    )
    periods, period_of = _coded(columns, "period", _period, "bad_period", "perioden", refused)
    if len({period.freq for period in periods}) > 1:
        refused.append(
            Problem(
                "mixed_periods",
                "Filen blander slags perioder, fx år og kvartaler.",
                "Hent én slags ad gangen.",
                column="TID",
            )
        )
    if refused:
        raise BadFile(sorted(refused, key=lambda problem: problem.line or 0))
    keep = ~np.isnan(values) & (place_of >= 0) & (offence_of >= 0)
    if not opened.ends_whole and not opened.damaged:
        text = "Filen slutter uden linjeskift; det sidste tal kan være skåret over."
        warnings.append(
            Problem("no_last_break", text, "Hent filen igen, hvis du er i tvivl.", int(columns.lines[-1]))
        )
    lines = columns.lines
    if not keep.all():
        place_of, offence_of, period_of, values, lines = (
            part[keep] for part in (place_of, offence_of, period_of, values, lines)
        )
    key = (place_of.astype(np.int64) * len(offence_codes) + offence_of) * len(periods) + period_of
    once, clash, repeated = checks.repeats(key, values, lines)
    if clash:
        raise BadFile(clash)
    if not once.all():
        place_of, offence_of, period_of, values = (
            part[once] for part in (place_of, offence_of, period_of, values)
        )
    if not len(values):
        raise BadFile(
            [
                Problem(
                    "no_rows",
                    f"{opened.name} har ingen rækker, der kan bruges.",
                    "Se, hvad der er galt, ovenfor.",
                )
            ]
        )
    table = "STRAF22" if "kind" in columns.words or periods[0].freq == "Y" else "STRAF11"
    source = Source("Danmarks Statistik", table, opened.name, opened.sha256, extracted_on)
    found = Counts(
        tuple(place_codes), tuple(offence_codes), tuple(periods),
        place_of, offence_of, period_of, values.astype(np.int64), source, kind=kind,
    )  # fmt: skip
    warnings += repeated
    warnings += checks.copies(found.cube, [_danish(period) for period in found.axis()])
    warnings += checks.gaps(found.cube, found.places, found.offences)
    return found.told(warnings)


def _danish(period: Period) -> str:
    return str(period).replace("Q", "K")


def _coded(
    columns: Columns,
    role: str,
    read: Callable[[str], T | None],
    code: str,
    what: str,
    problems: list[Problem],
) -> tuple[list[T], Array]:
    """Distinct codes in order of first appearance and each row's number among them (-1: not known, which is told)."""
    codes: list[T] = []
    number_of: dict[T, int] = {}
    translate = np.empty(len(columns.words[role]), np.int32)
    for number, word in enumerate(columns.words[role]):
        found = read(word)
        translate[number] = -1 if found is None else number_of.setdefault(found, len(number_of))
        if found is not None and len(codes) < len(number_of):
            codes.append(found)
    rows = translate[columns.rows[role]]
    for number in np.flatnonzero(translate < 0).tolist():
        at = columns.lines[columns.rows[role] == number]
        if len(at):
            word = columns.words[role][number]
            where = f"linje {at[0]}" if len(at) == 1 else f"{len(at)} rækker, linje {at[0]}-{at[-1]}"
            text = f"{what.capitalize()} “{word}” kendes ikke ({where})."
            mend = (
                "Rækkerne er ikke med. Ret koden ved kilden."
                if code != "bad_period"
                else "Skriv perioden som fx 2021K3."
            )
            problems.append(
                Problem(
                    code,
                    text,
                    mend,
                    int(at[0]),
                    columns.titles.get(role),
                    word,
                    tuple(int(line) for line in at),
                )
            )
    return codes, rows
