"""Inhabitants by place and quarter (StatBank's FOLK1A), for rates."""

from dataclasses import replace
from pathlib import Path

from evidens.counts import Counts
from evidens.errors import BadFile, Problem
from evidens.sources.columns import is_head
from evidens.sources.opening import open_text
from evidens.sources.statfile import has_offences, read_statfile


def read_population(path: Path | str) -> Counts:
    """Population on the first day of each quarter or year.

    The same shapes of file as counts, without an offence column.

    Raises BadFile.
    """
    opened = open_text(Path(path), is_head)
    if offence := has_offences(opened):
        text = f"{opened.name} har kolonnen {offence} og er antal af overtrædelser, ikke folketal."
        mend = "Brug FOLK1A fra statistikbanken.dk."
        raise BadFile(Problem("not_population", text, mend, opened.before + 1, offence))
    found = read_statfile(opened, offence="TOT")
    if found.offences != ("TOT",):
        text = f"{opened.name} er antal af overtrædelser, ikke folketal."
        raise BadFile(Problem("not_population", text, "Brug FOLK1A.", 1))
    return replace(found, source=replace(found.source, table="FOLK1A"))
