"""The demo's figures: Statistics Denmark's reported offences up to what was known on the demo day.

`data/straf11.csv.gz` holds STRAF11 for all municipalities, the regions and the country from the first quarter
of 2012 to the third of 2021, for the codes of the eight series, in the wide form of StatBank's own files. The
figures are Danmarks Statistik's, statistikbanken.dk/straf11, CC BY 4.0.
"""

import gzip
from datetime import date, time

from samraad.accounts.models import User
from samraad.audit.actor import SYSTEM
from samraad.demo.cast import DATA, Entered, at, email_of
from samraad.figures.actions import approve, begin_source, expect, import_release, read_table, submit
from samraad.figures.models import Source
from samraad.look.forms import moment_of

RELEASED = [("2021-04-12", 36), ("2021-10-12", None)]  # the day, and how many quarters there were
NAMES = 2  # columns of names before the quarters
NEXT = date(2022, 2, 11)


def release_figures(entered: Entered) -> None:
    """Two releases of reported offences, brought in by the analyst and approved by the secretariat."""
    contact = "Analytikeren ved Nordjyllands Politi"
    source = begin_source(district=entered.district, owner=entered.district, contact=contact, by=SYSTEM)
    for day, quarters in RELEASED:
        _release(source, day, quarters)
    eight = moment_of(NEXT, time(8, 0))
    expect(source=source, next_at=eight, version=source.version, by=_person("anton"))


def _release(source: Source, day: str, quarters: int | None) -> None:
    analyst, secretary = _person("anton"), _person("signe")
    name = f"straf11-{day}.csv"
    table = read_table(_file(quarters), name, date.fromisoformat(day))
    release = import_release(source=source, table=table, now=at(day, 9), by=analyst)
    submit(release=release, by=analyst)
    approve(release=release, now=at(day, 10), by=secretary)


def _person(key: str) -> User:
    return User.objects.get(email=email_of(key))


def _file(quarters: int | None) -> bytes:
    """The file as it could be fetched then: its first quarters alone."""
    whole = gzip.decompress((DATA / "straf11.csv.gz").read_bytes()).decode()
    if quarters is None:
        return whole.encode()
    lines = [";".join(line.split(";")[: NAMES + quarters]) for line in whole.splitlines()]
    return ("\n".join(lines) + "\n").encode()
