"""Inhabitants by place and quarter (StatBank's FOLK1A), for rates."""

from dataclasses import replace
from pathlib import Path

from evidens.counts import Counts
from evidens.sources.opening import open_text
from evidens.sources.statfile import read_statfile


def read_population(path: Path | str) -> Counts:
    """Population on the first day of each quarter; the same shapes of file as counts, without an offence column. Raises BadFile."""
    found = read_statfile(open_text(Path(path)), offence="TOT")
    return replace(found, source=replace(found.source, table="FOLK1A"))
