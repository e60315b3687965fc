"""Files and servers to one tidy table of counts, or a sentence about the line that is wrong."""

from datetime import date
from pathlib import Path

from evidens.counts import Counts
from evidens.errors import BadRequest
from evidens.sources.extract import Mapping, read_extract
from evidens.sources.opening import open_text
from evidens.sources.statfile import read_statfile

__all__ = ["read"]


def read(
    path: Path | str,
    *,
    mapping: Path | None = None,
    kind: str = "reported",
    offence: str | None = None,
    extracted_on: date | None = None,
) -> Counts:
    """Read a file of counts: StatBank's CSV, or an own extract with its mapping file.

    StatBank's may hold codes or texts, be long or wide, and .gz too.

    `kind` chooses between reports ("reported") and charges ("charged") where a file has both. `offence` says
    what the whole file is about where it has no such column. Raises BadFile with every problem (line, column,
    value, mend); what was odd but could be read is in `warnings`.
    """
    opened = open_text(Path(path))
    if mapping is not None:
        if kind != "reported":
            raise BadRequest("Dit eget udtræk tæller det, oversættelsen siger. Udelad --kind.")
        return read_extract(opened, Mapping.load(mapping), extracted_on)
    return read_statfile(opened, kind=kind, offence=offence, extracted_on=extracted_on)
