"""An analyst's own aggregated extract, read with a small mapping file."""

import csv
import io
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from evidens import offences, places
from evidens.counts import Array, Counts, Source
from evidens.errors import BadFile, BadRequest, Problem
from evidens.periods import Period
from evidens.sources import checks, numbers
from evidens.sources.opening import Opened

EXAMPLE = """[columns]
place = "Kommune"
offence = "Gerning"
period = "Måned"
count = "Antal"

[offences]            # the extract's own words to a code of STRAF11, or to a name of your own
"Indbrud, villa" = "1320"

[places]              # only names that the register does not know
"Aalborg by" = "851"

[source]
publisher = "Nordjyllands Politi"
table = "Udtræk af anmeldelser"
extracted_on = 2022-01-10
zeros = "left out"    # or "written": what a missing row means
"""


@dataclass(frozen=True)
class Mapping:
    """Which column is what, what the extract's words mean, who made it, and whether a missing row is a zero."""

    columns: dict[str, str]
    publisher: str
    table: str
    places: dict[str, str] = field(default_factory=dict)
    offences: dict[str, str] = field(default_factory=dict)
    extracted_on: date | None = None
    zeros_left_out: bool = False

    @classmethod
    def load(cls, path: Path) -> "Mapping":
        """From a TOML file like EXAMPLE; raises BadRequest with what is missing."""
        try:
            raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
            source = raw["source"]
            columns = {str(role): str(title) for role, title in raw["columns"].items()}
            day = source.get("extracted_on")
            if day is not None and type(day) is not date:
                raise KeyError("source.extracted_on skal være en dag uden anførselstegn, fx 2022-01-10")
            if missing := {"place", "period", "count"} - set(columns):
                raise KeyError(f"columns.{missing.pop()}")
            if source.get("zeros", "written") not in ("left out", "written"):
                raise KeyError('source.zeros skal være "left out" eller "written"')
            return cls(
                columns, source["publisher"], source.get("table", ""), raw.get("places", {}), raw.get("offences", {}),
                day, source.get("zeros") == "left out",
            )  # fmt: skip
        except OSError as error:
            raise BadRequest(f"{path} kan ikke læses: {error.strerror}.") from None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadRequest(
                f"{path} er ikke en hel oversættelse ({error}). Den skal se sådan ud:\n\n{EXAMPLE}"
            ) from None


def read_extract(opened: Opened, mapping: Mapping, extracted_on: date | None = None) -> Counts:
    """Counts of an own extract; raises BadFile with the line, column and value of every fault."""
    try:
        records = list(csv.reader(io.StringIO(opened.text), delimiter=opened.delimiter))
    except csv.Error as error:
        raise BadFile(
            [
                Problem(
                    "not_csv",
                    f"{opened.name} kan ikke deles i felter ({error}).",
                    "Se efter et anførselstegn for meget.",
                )
            ]
        ) from None
    head = [title.strip() for title in records[0]]
    for role, title in mapping.columns.items():
        if title not in head:
            text = f"Kolonnen {title} ({role}) mangler. Fundne kolonner: {', '.join(head)}."
            raise BadFile([Problem("missing_column", text, "Ret oversættelsen eller udtrækket.", 1, title)])
    at = {role: head.index(title) for role, title in mapping.columns.items()}
    rows = [(number, row) for number, row in enumerate(records[1:], 2) if any(cell.strip() for cell in row)]
    problems = [
        Problem("ragged_row", f"Der er {len(row)} felter og ikke {len(head)}.", "Ret linjen.", number)
        for number, row in rows
        if len(row) != len(head)
    ]
    if problems or not rows:
        raise BadFile(
            problems or [Problem("empty_file", f"{opened.name} har ingen rækker.", "Hent udtrækket igen.")]
        )
    lines = np.array([number for number, _ in rows])
    names, place_of = _translated([row[at["place"]] for _, row in rows], lines, mapping, problems, "place")
    codes, offence_of = (
        _translated([row[at["offence"]] for _, row in rows], lines, mapping, problems, "offence")
        if "offence" in at
        else (["TOT"], np.zeros(len(rows), np.int64))
    )
    periods, period_of = _periods(
        [row[at["period"]] for _, row in rows], lines, mapping.columns["period"], problems
    )
    written = [row[at["count"]] for _, row in rows]
    words = list(dict.fromkeys(written))
    number = {word: n for n, word in enumerate(words)}
    index = np.array([number[word] for word in written])
    values, refused, warnings = numbers.counts(words, index, lines, mapping.columns["count"])
    if problems := sorted([*problems, *refused], key=lambda problem: problem.line or 0):
        raise BadFile(problems)
    known = ~np.isnan(values)
    if mapping.zeros_left_out and not known.all():
        text = f"{int((~known).sum())} tal er ukendte, men oversættelsen siger, at nuller er udeladt; så kan de to ikke kendes fra hinanden."
        where = int(lines[~known][0])
        raise BadFile(
            [
                Problem(
                    "unknown_and_zeros",
                    text,
                    "Skriv nullerne ud, og sæt zeros til written.",
                    where,
                    mapping.columns["count"],
                )
            ]
        )
    key = (place_of * len(codes) + offence_of) * len(periods) + period_of
    once, clash, repeated = checks.repeats(key, values, lines)
    if clash:
        raise BadFile(clash)
    keep = once & known
    source = Source(
        mapping.publisher,
        mapping.table,
        opened.name,
        opened.sha256,
        extracted_on or mapping.extracted_on,
        official=False,
    )
    return Counts(
        tuple(names), tuple(codes), tuple(periods), place_of[keep], offence_of[keep], period_of[keep], values[keep].astype(np.int64),
        source, (*opened.warnings, *warnings, *repeated), complete=mapping.zeros_left_out,
    )  # fmt: skip


def _translated(
    written: list[str], lines: Array, mapping: Mapping, problems: list[Problem], role: str
) -> tuple[list[str], Array]:
    """Codes in order of appearance and each row's number among them; an unknown word is told once, with its lines."""
    own = mapping.places if role == "place" else mapping.offences
    number: dict[str, int] = {}
    found = np.empty(len(written), np.int64)
    told: dict[str, list[int]] = {}
    for row, word in enumerate(written):
        text = word.strip()
        if role == "place":
            code = own.get(text) or (text if text in places.codes() else places.names().get(text.lower()))
        else:
            code = own.get(text) or (
                text if text in offences.tree() else offences.names().get(offences.plain(text))
            )
        if code is None:
            told.setdefault(text, []).append(int(lines[row]))
            continue
        found[row] = number.setdefault(code, len(number))
    what = {
        "place": ("unknown_area", "Stedet", "[places]"),
        "offence": ("unknown_offence", "Overtrædelsen", "[offences]"),
    }[role]
    for text, at in told.items():
        problems.append(
            Problem(what[0], f"{what[1]} “{text}” kendes ikke ({len(at)} rækker).", f"Skriv den under {what[2]} i oversættelsen.",
                    at[0], mapping.columns[role], text, tuple(at))
        )  # fmt: skip
    return list(number), found


def _periods(
    written: list[str], lines: Array, column: str, problems: list[Problem]
) -> tuple[list[Period], Array]:
    number: dict[Period, int] = {}
    found = np.zeros(len(written), np.int64)
    read: dict[str, Period | None] = {}
    for row, word in enumerate(written):
        if word not in read:
            try:
                read[word] = Period.parse(_year_month(word))
            except BadRequest as error:
                read[word] = None
                problems.append(Problem("bad_period", str(error), "", int(lines[row]), column, word))
        if (period := read[word]) is not None:
            found[row] = number.setdefault(period, len(number))
    if len({period.freq for period in number}) > 1:
        problems.append(
            Problem(
                "mixed_periods",
                "Udtrækket blander slags perioder.",
                "Lav et udtræk med én slags.",
                column=column,
            )
        )
    return list(number), found


def _year_month(word: str) -> str:
    """ "2021-03" is March 2021."""
    head, dash, tail = word.strip().partition("-")
    return f"{head}M{tail}" if dash and len(head) == 4 and tail.isdigit() else word
