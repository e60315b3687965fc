"""Whatever text a person sends is read in time in proportion to its length."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from html import escape

import pytest
from django import forms
from django.core.exceptions import ValidationError

from manuscript.errors import Unreadable
from manuscript.persons import cpr_like, hidden, person_names
from manuscript.reading import read
from manuscript.text import plain, shortened
from samraad.documents import inside
from samraad.documents.prose import to_html, to_text
from samraad.documents.text import clean, from_lines
from samraad.look.forms import PageForm, PreviewForm, TextField
from samraad.search.danish import searchable
from tests.trust.test_input import _below

pytestmark = pytest.mark.long

LETTERS = 100_000
SECONDS = 1.0  # of the processor, whatever else the machine does
HOSTILE = [
    "[", "[a](https://", "<p", "<p>", "<t ", "**a ", "a*", "](", "| a ", "&#", "<!--", "<ul><li>",
    "010190-", "01 01 90 ", "Bo Ek ", "sen", "- ", " \n",
]  # fmt: skip


def office(text: str) -> None:
    """A part of an Office file that is a text of any sort, and one that holds it as words."""
    for part in (text, f"<p><t>{escape(text)}</t></p>"):
        with suppress(ValueError):
            inside._words(part.encode())


READERS: dict[str, Callable[[str], object]] = {
    "prose to html": to_html,
    "prose to text": to_text,
    "clean": clean,
    "lines": lambda text: from_lines(text.split("\n")),
    "cpr": cpr_like,
    "hidden": hidden,
    "names": person_names,
    "plain": plain,
    "shortened": partial(shortened, length=160),
    "search": searchable,
    "word and excel": office,
}


def long(pattern: str) -> str:
    """So much of it."""
    return (pattern * (LETTERS // len(pattern) + 1))[:LETTERS]


def slow(read: Callable[[str], object], text: str) -> Iterator[float]:
    """How long it took, if that was too long."""
    before = time.process_time()
    read(text)
    took = time.process_time() - before
    if took > SECONDS:
        yield took


@pytest.mark.parametrize("name", READERS)
def test_u7_every_reader_takes_hostile_text_in_its_stride(name: str) -> None:
    """Each reader takes 100,000 letters of each hostile pattern in less than a second."""
    found = []
    for pattern in HOSTILE:
        for text in (long(pattern), "<p>" + long(pattern), "<w:t>" + long(pattern) + "x"):
            found += [(pattern, took) for took in slow(READERS[name], text)]
    assert found == []


def text_fields() -> dict[str, forms.CharField]:
    """Every field of every form in which a text is typed, one of each sort."""
    kinds = [PreviewForm, *_below(PageForm)]
    fields = {}
    for kind in kinds:
        for name, field in kind.base_fields.items():
            if isinstance(field, forms.CharField):
                sort = f"{type(field).__name__} {field.max_length} {getattr(field, 'rich', '')}"
                fields.setdefault(sort, field)
                assert name
    return fields


def test_u7_every_sort_of_text_field_of_every_form_does_too() -> None:
    """Each sort of text field of each form does too."""
    fields = text_fields()
    assert any(isinstance(field, TextField) for field in fields.values())
    found = []
    for sort, field in fields.items():
        for pattern in HOSTILE:

            def typed(text: str, field: forms.CharField = field) -> None:
                try:
                    field.prepare_value(field.clean(text))
                except ValidationError:
                    field.prepare_value(text)  # shown again as it was typed

            found += [(sort, pattern, took) for took in slow(typed, long(pattern))]
    assert found == []


@pytest.mark.parametrize("pattern", HOSTILE)
def test_u7_a_plan_of_one_endless_line_is_refused_in_words(pattern: str) -> None:
    """A plan of one endless line is refused in words."""
    text = f"Samarbejdsplan 2022\n\n1 Et\n\n{long(pattern.replace(chr(10), ' ').strip() + 'x')}\n"
    before = time.process_time()
    with pytest.raises(Unreadable, match="En linje i en plan har højst"):
        read(text.encode(), "plan.txt")
    assert time.process_time() - before < SECONDS
