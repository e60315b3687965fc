"""A table of counts kept as a file: Parquet, and a fingerprint of its content.

The fingerprint is of what the table says, not of the bytes that say it: rows in another order, another file
name or another version of Parquet give the same one.
"""

import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date

import numpy as np

from evidens.counts import Array, Counts, Source
from evidens.errors import BadFile, Problem
from evidens.periods import Period

FORM = "evidens-counts-1"  # how the content is written down for its fingerprint
NOTE = b"evidens"  # where Parquet keeps what is no row


def content_sha(counts: Counts) -> str:
    """SHA-256 of the content: rows sorted by place, offence and period, and what the table says around them.

    The file's name, the day it was fetched and the warnings are no content.

    >>> from evidens import example
    >>> content_sha(example())[:12]
    '157bdcde14ea'
    """
    about = _about(counts)
    about["source"] = {"publisher": counts.source.publisher, "table": counts.source.table}
    about["part"] = counts.source.part
    about["official"] = counts.source.official
    digest = hashlib.sha256(f"{FORM}\n{json.dumps(about, sort_keys=True)}\n".encode())
    columns = [
        _ranks(counts.places)[counts.codes_place],
        _ranks(counts.offences)[counts.codes_offence],
        _ranks(list(map(str, counts.periods)))[counts.codes_period],
    ]
    order = np.lexsort(columns[::-1])
    for column in (*columns, counts.values):
        digest.update(np.ascontiguousarray(column[order], dtype="<i8").tobytes())
    return digest.hexdigest()


def _ranks(words: Iterable[str]) -> Array:
    """Where each word stands when all are sorted."""
    listed = list(words)
    ranks = np.empty(len(listed), dtype=np.int64)
    ranks[np.argsort(np.array(listed, dtype=object), kind="stable")] = np.arange(len(listed))
    return ranks


def _about(counts: Counts) -> dict[str, object]:
    """What a table says besides its rows; each list sorted, since their order says nothing."""
    silent = []
    for place, offence, period in counts.silent:
        silent.append([counts.places[place], counts.offences[offence], str(period)])
    return {
        "places": sorted(counts.places),
        "offences": sorted(counts.offences),
        "periods": sorted(map(str, counts.periods)),
        "complete": counts.complete,
        "kind": counts.kind,
        "provisional": sorted(map(str, counts.provisional)),
        "silent": sorted(silent),
    }


def as_parquet(counts: Counts) -> bytes:
    """The table as the bytes of a Parquet file, which `from_parquet` reads back."""
    from pyarrow import parquet

    source = asdict(counts.source) | {"extracted_on": None}
    if counts.source.extracted_on:
        source["extracted_on"] = counts.source.extracted_on.isoformat()
    about = _about(counts) | {"source": source}
    table = counts.table.replace_schema_metadata({NOTE: json.dumps(about).encode()})
    stream = io.BytesIO()
    parquet.write_table(table, stream, compression="zstd")
    return stream.getvalue()


def from_parquet(content: bytes, name: str = "filen") -> Counts:
    """The table that `as_parquet` wrote. Raises BadFile when the bytes are not such a file."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(io.BytesIO(content))
        about = json.loads((table.schema.metadata or {})[NOTE])
    except (pa.ArrowInvalid, KeyError, ValueError):
        text = f"{name} er ikke en tabel, som evidens har gemt."
        raise BadFile(Problem("not_kept", text, "Hent den igen fra sikkerhedskopien.")) from None
    columns = {}
    for field in ("place", "offence", "period"):
        column = table.column(field).combine_chunks()
        numbers = column.indices.to_numpy(zero_copy_only=False)
        columns[field] = _renumbered(numbers, column.dictionary.to_pylist(), about[f"{field}s"])
    source = about["source"]
    if source["extracted_on"]:
        source["extracted_on"] = date.fromisoformat(source["extracted_on"])
    counts = Counts(
        tuple(about["places"]),
        tuple(about["offences"]),
        tuple(map(Period.parse, about["periods"])),
        columns["place"],
        columns["offence"],
        columns["period"],
        table.column("count").to_numpy(),
        Source(**source),
        complete=about["complete"],
        kind=about["kind"],
        provisional=frozenset(map(Period.parse, about["provisional"])),
    )
    return replace(counts, silent=_silent(counts, about["silent"]))


def _renumbered(numbers: Array, inside: Sequence[str], words: Sequence[str]) -> Array:
    """Numbers into `inside` as numbers into `words`: a file may have its words in another order."""
    places = {word: number for number, word in enumerate(words)}
    translated = np.array([places[word] for word in inside], dtype=np.int64)
    found: Array = translated[numbers]
    return found


def _silent(counts: Counts, cells: list[list[str]]) -> tuple[tuple[int, int, Period], ...]:
    found = []
    for place, offence, period in cells:
        found.append((counts.places.index(place), counts.offences.index(offence), Period.parse(period)))
    return tuple(found)
