"""How an analyst's own extract is to be understood: a small file that translates its columns and words."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from evidens.errors import BadRequest
from evidens.periods import Freq

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
rows = "counts"       # or "cases": one line per case, or "repeats": an equal row is the same row again
dates = "month"       # or "quarter" or "year": what a day such as 14.3.2021 counts for
"""
NEEDED = ("place", "period")
LEFT_OUT, WRITTEN = "left out", "written"
COUNTS, CASES, REPEATS = "counts", "cases", "repeats"
DATES: dict[str, Freq] = {"month": "M", "quarter": "Q", "year": "Y"}


@dataclass(frozen=True)
class Mapping:
    """Which column is what, what words mean, who made the extract, and whether a missing row is a zero.

    `rows` says what a row is (COUNTS, CASES, REPEATS), `dates` what a day counts for (None: not said),
    `ignored` which columns say nothing about what is counted.
    """

    columns: dict[str, str]
    publisher: str
    table: str
    places: dict[str, str] = field(default_factory=dict)
    offences: dict[str, str] = field(default_factory=dict)
    extracted_on: date | None = None
    zeros_left_out: bool = False
    rows: str = COUNTS
    dates: Freq | None = None
    ignored: tuple[str, ...] = ()

    def is_head(self, head: list[str]) -> bool:
        """Whether the fields hold every column that is named."""
        return set(self.columns.values()) <= set(head)

    @classmethod
    def load(cls, path: Path) -> "Mapping":
        """From a TOML file like EXAMPLE; raises BadRequest with what is missing."""
        try:
            return cls._from(tomllib.loads(path.read_text("utf-8")))
        except OSError as error:
            raise BadRequest(f"{path} kan ikke læses: {error.strerror}.") from None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadRequest(
                f"{path} er ikke en hel oversættelse ({error}). Den skal se sådan ud:\n\n{EXAMPLE}"
            ) from None

    @classmethod
    def _from(cls, raw: dict[str, Any]) -> "Mapping":
        source = raw["source"]
        columns = {str(role): str(title) for role, title in raw["columns"].items()}
        day = source.get("extracted_on")
        if day is not None and type(day) is not date:
            raise KeyError("source.extracted_on skal være en dag uden anførselstegn, fx 2022-01-10")
        for role in NEEDED:
            if role not in columns:
                raise KeyError(f"columns.{role}")
        zeros = source.get("zeros", WRITTEN)
        if zeros not in (LEFT_OUT, WRITTEN):
            raise KeyError('source.zeros skal være "left out" eller "written"')
        rows, dates = source.get("rows", COUNTS), source.get("dates")
        if rows not in (COUNTS, CASES, REPEATS):
            raise KeyError('source.rows skal være "counts", "cases" eller "repeats"')
        if rows != CASES and "count" not in columns:
            raise KeyError("columns.count")
        if dates is not None and dates not in DATES:
            raise KeyError('source.dates skal være "month", "quarter" eller "year"')
        return cls(
            columns,
            source["publisher"],
            source.get("table", ""),
            raw.get("places", {}),
            raw.get("offences", {}),
            day,
            zeros == LEFT_OUT,
            rows,
            DATES.get(dates),
            tuple(raw.get("ignored", ())),
        )
