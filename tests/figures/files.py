"""Small files of counts in StatBank's own form, as an analyst brings them in."""

from datetime import date

from samraad.accounts.models import User
from samraad.demo.cast import at
from samraad.figures import actions
from samraad.figures.models import Release, Source
from tests.people import person_of

HEAD = "OMRÅDE;OVERTRÆD;TID;INDHOLD"
TODAY, NOW = date(2022, 1, 28), at("2022-01-28", 14)


def file_of(*rows: str) -> bytes:
    """The bytes of a file with those rows."""
    return ("\n".join([HEAD, *rows]) + "\n").encode()


def quarters(place: str, code: str, first: int, *counts: int) -> list[str]:
    """Rows of a place from the first quarter of a year on."""
    rows = []
    for number, count in enumerate(counts):
        rows.append(f"{place};{code};{first + number // 4}K{number % 4 + 1};{count}")
    return rows


def begun() -> Source:
    """The district's source, without any release."""
    anton = person_of("anton")
    district = anton.memberships.get().organisation
    return actions.begin_source(district=district, owner=district, contact="Analytikeren", by=anton)


def loaded(source: Source, content: bytes, *, name: str = "tal.csv", by: User | None = None) -> Release:
    """A file brought in by Anton."""
    table = actions.read_table(content, name, TODAY)
    return actions.import_release(source=source, table=table, now=NOW, by=by or person_of("anton"))


def released(source: Source, content: bytes, *, day: str = "2022-01-28", hour: int = 10) -> Release:
    """The same, handed in, and approved by Signe."""
    release = loaded(source, content)
    actions.submit(release=release, by=person_of("anton"), kind=release.kind, reason="Kilden har rettet.")
    moment = at(day, hour)
    now = min(moment, NOW)
    return actions.approve(release=release, now=now, public_at=moment, by=person_of("signe"), loses=True)
