"""Files and servers to one tidy table of counts, or a sentence about the line that is wrong."""

from collections.abc import Mapping as Words
from datetime import date
from pathlib import Path

from evidens.counts import Counts
from evidens.errors import BadRequest
from evidens.sources.columns import is_head
from evidens.sources.extract import Mapping, read_extract
from evidens.sources.opening import open_text
from evidens.sources.statfile import NOTHING, read_statfile

__all__ = ["read"]


def read(
    path: Path | str,
    *,
    mapping: Path | None = None,
    kind: str = "reported",
    offence: str | None = None,
    extracted_on: date | None = None,
    only: Words[str, str] = NOTHING,
    today: date | None = None,
) -> Counts:
    """Read a file of counts: StatBank's CSV, or an own extract with its mapping file.

    StatBank's may hold codes or texts, be long or wide, .gz, .xlsx, .xls or .ods, and have titles and notes.

    `only` chooses a value of a further variable ({"KØN": "M"}); a period that has not begun on `today` is
    refused. `kind` chooses between reports ("reported") and charges ("charged") where a file has both.
    `offence` says
    what the whole file is about where it has no such column. Raises BadFile with every problem (line, column,
    value, mend); what was odd but could be read is in `warnings`.
    """
    if mapping is not None:
        if kind != "reported":
            raise BadRequest("Dit eget udtræk tæller det, oversættelsen siger. Udelad --kind.")
        if only:
            raise BadRequest("Dit eget udtræk vælger i oversættelsen. Udelad --only.")
        words = Mapping.load(mapping)
        return read_extract(open_text(Path(path), words.is_head), words, extracted_on, today)
    opened = open_text(Path(path), is_head)
    return read_statfile(
        opened, kind=kind, offence=offence, extracted_on=extracted_on, only=only, today=today
    )
