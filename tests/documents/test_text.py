"""The HTML subset and the fields of forms.

Danish dates, no control signs, no numbers that could be a person's.
"""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from manuscript.text import plain
from samraad.documents.text import clean
from samraad.look.forms import DayField, ProseField, TextField


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
