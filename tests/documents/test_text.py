"""The HTML subset, Danish dates, and numbers that could be a person's."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from samraad.documents.text import clean, cpr_like, person_names, plain, shortened
from samraad.look.forms import DayField, ProseField, TextField


@pytest.mark.parametrize("text", [
    "010190-1234", "0101901234", "010190 1234", "sag 311299-9999 lukket", "<p>01<strong>0190-12</strong>34</p>",
    "010190\u20111234", "010190\u00a01234", "010190&nbsp;1234", "010190\u22121234", "010190 - 1234", "010190-\r\n1234",
    "cpr-0101901234", "CPR-nr.-010190-1234", "010190-1234-notat", "udgift <5 kr. for 010190-1234 og > 3",
])  # fmt: skip
def test_it_sees_a_cpr_like_number(text: str) -> None:
    assert cpr_like(text).endswith("-••••")


@pytest.mark.parametrize("text", [
    "9630 1448", "j.nr. 2024-32-0283", "320190-1234", "011390-1234", "1234567890", "01019012345", "uge 11, 2022",
    "tlf. +45 30 12 14 48", "tlf. 30121448", "2021-2022", "2021 2022 2023", "den 01-01-2022 kl. 1200", "01.01.2022 - 1234",
    "sag 22-011290-1234-5", "CVR 10103940", "EAN 5790001234567", "110122\n1500", "110122\t1500", "12.345.678 kr.",
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
    "Hans Broges Gade", "Peter Bangs Vej", "Peter Bangs vej 12", "Karen Blixens Plads", "Hans Tausensgade", "Jens Otto Krags Gade",
    "Marie Kruses Skole", "Hans Egedes Kirke", "Sankt Hans Torv", "Sct. Hans Aften", "Anne Marie Centret", "Christian IV", "Christian X",
    "borgmester Hjørring Kommune", "Formand Nordjyllands Politi", "koordinator Aalborg Øst", "Jan Feb Mar Apr", "STATUS PER KOMMUNE",
    "HANS ARBEJDE", "hans indsatsen", "Nordjyllands Politi", "Lokalrådet Aalborg Kommune", "Mette SSP", "Peter\nHansen",
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


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="x()">',
        '<a href="javascript:x()">l</a>',
        "<style>*{}</style>",
        '<a href="jav&#1;ascript:x()">l</a>',
        '<p style="x">p</p>',
    ],
)
def test_it_lets_nothing_through_that_could_run(attack: str) -> None:
    out = clean(f"<p>før</p>{attack}").lower()
    assert "script" not in out
    assert "onerror" not in out
    assert "style" not in out


def test_it_takes_control_signs_out_where_text_comes_in() -> None:
    assert TextField().clean("Linje et\x0bLinje\x01 to\r\nx\ufffe") == "Linje et Linje to x"
    assert ProseField(rich=False).clean("Linje et\x0bLinje\x00 to") == "Linje et\nLinje to"
    assert ProseField().clean("<p>Et\x0bto\x02</p>") == "<p>Et<br>to</p>"
    assert ProseField().clean("Et\x0bto") == "<p>Et<br>to</p>"
    assert clean("<p>Et&#1;to&#11;tre</p>") == "<p>Etto\ntre</p>"


def test_it_finds_no_number_hidden_by_a_control_sign() -> None:
    with pytest.raises(ValidationError, match="CPR"):
        ProseField().clean("010190\x011234")


def test_it_parts_the_cells_of_a_table_and_still_sees_a_number_over_two() -> None:
    table = "<table><tr><th>Emne</th>\n<th>Behandlet</th></tr><tr><td>politiets opgaveløsning</td><td>ikke behandlet</td></tr></table>"
    assert plain(table) == "Emne | Behandlet\npolitiets opgaveløsning | ikke behandlet"
    assert cpr_like("<table><tr><td>010190</td><td>1234</td></tr></table>")


@given(st.text(max_size=300), st.integers(5, 200))
def test_it_cuts_after_a_word_and_never_gets_longer(text: str, length: int) -> None:
    line = " ".join(text.split())
    cut = shortened(text, length)
    assert len(cut) <= length
    assert cut == line or (cut.endswith(" …") and line.startswith(cut.removesuffix(" …")))


def test_it_cuts_no_word_in_two() -> None:
    assert shortened("Kredsrådet planlægger, at ligesom sidste år", 22) == "Kredsrådet …"
    assert shortened("Kredsrådet planlægger, at ligesom sidste år", 24) == "Kredsrådet planlægger …"
    assert shortened("Trafiksikkerhedsudvalget", 10) == "Trafiksi …"


@given(st.text(max_size=300))
def test_it_cleans_the_same_twice(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


def test_it_closes_up_headings() -> None:
    assert clean("<h4>Et</h4><p>to</p>") == "<h3>Et</h3><p>to</p>"
    assert plain(clean("<h2>Et</h2><h4>To</h4>")) == "Et\nTo"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("28. februar 2022", (2022, 2, 28)),
        ("28-02-2022", (2022, 2, 28)),
        ("2022-02-28", (2022, 2, 28)),
        ("1.3.2022", (2022, 3, 1)),
        ("3. okt 2022", (2022, 10, 3)),
    ],
)
def test_it_reads_a_day_as_danes_write_it(written: str, day: tuple[int, int, int]) -> None:
    assert DayField().clean(written) == datetime.date(*day)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("29. februar 2022", "Februar 2022 har 28 dage"),
        ("31-04-2022", "April 2022 har 30 dage"),
        ("1-13-2022", "12 måneder"),
        ("i morgen", "er ikke en dato"),
        ("30. februar 2024", "har 29 dage"),
    ],
)
def test_it_says_why_a_day_does_not_exist(written: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        DayField().clean(written)


def test_it_stops_personal_numbers_in_prose() -> None:
    with pytest.raises(ValidationError, match="ligner et CPR-nummer"):
        ProseField().clean("Borgeren 010190-1234 blev kontaktet.")
