"""The list of commitments: what is chosen stays in the address, what is shown can be fetched as a file."""

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from samraad.accounts.models import Organisation, User
from samraad.audit.actor import SYSTEM
from samraad.commitment.actions import commitment as promises
from samraad.demo.cast import Entered
from samraad.documents.spreadsheet import Sheet, to_csv, to_xlsx

Person = Callable[[str], User]
As = Callable[[str], Client]
LIST = "/nordjylland/arbejde/loefter/"


@pytest.fixture
def three(cast: Entered) -> None:
    """A promise of Hjørring, one of the police, and one next year with a formula in it."""
    hjoerring = Organisation.objects.get(slug="hjoerring")
    new = {"forum": cast.kredsraad, "by": SYSTEM}
    promises.propose(text="Lys i parken", owner=hjoerring, due_on=date(2022, 5, 1), **new)
    promises.propose(text="Flere vagter", owner=cast.district, due_on=date(2022, 6, 1), **new)
    promises.propose(text="=HYPERLINK(1)", owner=hjoerring, due_on=date(2023, 6, 1), **new)


def shown(client: Client, asked: str) -> str:
    """The page of a list."""
    answer = client.get(f"{LIST}?vis=foreslaaet&{asked}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ("", ["Lys i parken", "Flere vagter"], []),
        ("vores=1", ["Lys i parken"], ["Flere vagter"]),
        ("kommune=nordjylland", ["Flere vagter"], ["Lys i parken"]),
        ("aar=2023", ["HYPERLINK"], ["Lys i parken", "Flere vagter"]),
        ("vores=1&aar=2022", ["Lys i parken"], ["HYPERLINK", "Flere vagter"]),
        ("kommune=findes-ikke", ["Vis alle på listen"], ["Lys i parken"]),
        ("aar=nittenhundrede&kommune=%00", [], ["Traceback"]),
    ],
)
def test_it_shows_what_is_chosen(
    three: None, as_: As, asked: str, there: list[str], not_there: list[str]
) -> None:
    page = shown(as_("maja"), asked)
    for words in there:
        assert words in page
    for words in not_there:
        assert words not in page


def test_it_keeps_the_choices_in_every_link(three: None, as_: As) -> None:
    page = shown(as_("maja"), "vores=1&aar=2022").replace("&amp;", "&")
    assert "?vis=foreslaaet&vores=1&kommune=hjoerring&aar=2022" in page
    assert "?vores=1&aar=2022" in page, "the open ones, of the same choice"
    assert "?vis=foreslaaet&vores=1&aar=2022&form=xlsx" in page


def test_it_gives_the_list_as_it_is_shown_in_three_forms(three: None, as_: As) -> None:
    address = f"{LIST}?vis=foreslaaet&vores=1"
    danish = as_("maja").get(f"{address}&form=csv").content
    assert danish.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(danish.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Løfte", "Ansvarlig", "Frist"]
    assert [row[0] for row in rows[1:]] == ["Lys i parken", "'=HYPERLINK(1)"]
    assert rows[1][2] == "01-05-2022"
    rfc = as_("maja").get(f"{address}&form=rfc").content
    assert list(csv.reader(io.StringIO(rfc.decode())))[1][2] == "2022-05-01"
    assert b"\r\n" in rfc
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_("maja").get(f"{address}&form=xlsx").content))
    cells = book.get_sheet_by_name("Løfter").to_python()
    assert cells[1][0] == "Lys i parken"
    assert cells[1][2] == date(2022, 5, 1)
    assert cells[2][0] == "=HYPERLINK(1)", "a text, and no formula"


def test_it_gives_nobody_a_list_of_what_she_may_not_see(three: None, as_: As) -> None:
    assert b"Flere vagter" not in as_("omar").get(f"{LIST}?vis=foreslaaet&form=csv").content
    assert as_("karen").get(f"{LIST}?form=csv").status_code == 404


@pytest.mark.any_database
@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", 'a"b', "to\nlinjer", "æøå"])
def test_it_keeps_every_text_a_text(text: str) -> None:
    sheet = Sheet("Prøve", ["Tekst"], [[text]])
    for form, between in (("csv", ";"), ("rfc", ",")):
        rows = list(
            csv.reader(io.StringIO(to_csv(sheet, form).decode("utf-8-sig"), newline=""), delimiter=between)
        )
        assert rows[1][0].removeprefix("'") == text
        assert not rows[1][0].startswith(("=", "+", "-", "@", "\t"))
    cells = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(sheet))).get_sheet_by_index(0).to_python()
    assert cells[1][0] == text
