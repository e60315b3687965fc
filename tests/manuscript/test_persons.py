"""Numbers that could be a person's, and names of persons."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manuscript.persons import cpr_like, person_names


@pytest.mark.parametrize("text", [
    "010190-1234", "0101901234", "010190 1234", "sag 311299-9999 lukket",
    "<p>01<strong>0190-12</strong>34</p>",
    "010190\u20111234", "010190\u00a01234", "010190&nbsp;1234", "010190\u22121234", "010190 - 1234",
    "010190-\r\n1234",
    "cpr-0101901234", "CPR-nr.-010190-1234", "010190-1234-notat", "udgift <5 kr. for 010190-1234 og > 3",
    "010190**-**1234", "**010190**-1234", "<p>010190<strong>-</strong>1234</p>", "_010190_1234",
    "01.01.90-1234", "01-01-90-1234", "01/01/90 - 1234", "01.01.90\u20131234", "(010190)1234", "010190.1234",
    "\uff10\uff11\uff10\uff11\uff19\uff10-\uff11\uff12\uff13\uff14", "0101901234\u00b2",
])  # fmt: skip
def test_it_sees_a_cpr_like_number(text: str) -> None:
    assert cpr_like(text).endswith("-••••")


@pytest.mark.parametrize("text", [
    "9630 1448", "j.nr. 2024-32-0283", "320190-1234", "011390-1234", "1234567890", "01019012345",
    "uge 11, 2022",
    "tlf. +45 30 12 14 48", "tlf. 30121448", "2021-2022", "2021 2022 2023", "den 01-01-2022 kl. 1200",
    "01.01.2022 - 1234",
    "sag 22-011290-1234-5", "CVR 10103940", "EAN 5790001234567", "110122\n1500", "110122\t1500",
    "12.345.678 kr.", "fra 01.01.20-31.12.20", "01.01.22 1234", "01.01.22\t1234", "12/10/45 2021",
    "01-02.90-1234",
])  # fmt: skip
def test_it_leaves_other_numbers_alone(text: str) -> None:
    assert cpr_like(text) == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Borger Mette Jensen bor her.", ["Mette Jensen"]),
        ("Kontakt Peter Hansen", ["Peter Hansen"]),
        ("Kontaktperson Peter Hansen", ["Peter Hansen"]),
        ("kontaktperson: Selma Prøvesen, v/ Aysel Prøvesen", ["Selma Prøvesen", "Aysel Prøvesen"]),
        ("PETER HANSEN", ["PETER HANSEN"]),
        ("peter hansen", ["peter hansen"]),
        ("Peter  Hansen og Peter\u00a0Hansen-Juhl", ["Peter Hansen", "Peter Hansen-Juhl"]),
        ("Sagen om Peter H. og Jens-Peter A. Hansen", ["Peter H.", "Jens-Peter A. Hansen"]),
        ("Det skriver Peter Hansen, og Mette Jensen har det svært.", ["Peter Hansen", "Mette Jensen"]),
        ("Peter von Hansen, Nørregade 12", ["Peter von Hansen"]),
        ("Mette Jensen Nørregade 12", ["Mette Jensen"]),
    ],
)
def test_it_sees_names_of_persons(text: str, names: list[str]) -> None:
    assert person_names(text) == names


@pytest.mark.parametrize("text", [
    "Hans Broges Gade", "Peter Bangs Vej", "Peter Bangs vej 12", "Karen Blixens Plads", "Hans Tausensgade",
    "Jens Otto Krags Gade",
    "Marie Kruses Skole", "Hans Egedes Kirke", "Sankt Hans Torv", "Sct. Hans Aften", "Anne Marie Centret",
    "Christian IV", "Christian X",
    "borgmester Hjørring Kommune", "Formand Nordjyllands Politi", "koordinator Aalborg Øst",
    "Jan Feb Mar Apr", "STATUS PER KOMMUNE",
    "HANS ARBEJDE", "hans indsatsen", "Nordjyllands Politi", "Lokalrådet Aalborg Kommune", "Mette SSP",
    "Peter\nHansen",
])  # fmt: skip
def test_it_takes_places_offices_and_months_for_no_person(text: str) -> None:
    assert person_names(text) == []


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2057, 12, 31)),
    st.integers(0, 9999),
    st.sampled_from(["", "-", " "]),
)
def test_it_sees_every_form_of_a_number(day: datetime.date, serial: int, between: str) -> None:
    assert cpr_like(f"tekst {day:%d%m%y}{between}{serial:04d}, mere")


def test_it_sees_a_number_over_two_cells_of_a_table() -> None:
    assert cpr_like("<table><tr><td>010190</td><td>1234</td></tr></table>")
