"""Whatever is sent to a form is answered by a page of the house: no 500, nothing moved unseen."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samraad.look.forms import PageForm
from tests.access.test_access import TABLES
from tests.trust.asking import FormPage, Sent, form_pages, likely
from tests.world import World

HUGE = "9" * 23
EXAMPLES = int(os.environ.get("SAMRAAD_EXAMPLES", "5"))
ANSWERS = (200, 302, 403, 404, 409, 422)
WITH_FORMS = [room for room in TABLES if room not in ("desk", "look", "public")]
HOSTILE = [
    "", " ", HUGE, f"-{HUGE}", "-1", "0", "1e400", "NaN", "2147483648", "9223372036854775808", "0x10", "１２",
    "a\x00b", "\x00", "\u202edrej", "\ufeff", "'; --", "%s%n", "{by}", "{0.__class__}", "<p", "æøå" * 400,
    "31. februar 2022", "0001-01-01", "9999-12-31", "2022-03-27", "24:00", "25:99", "🏛️", "../../etc/passwd",
]  # fmt: skip


def values(field: Any) -> st.SearchStrategy[Any]:
    """One thing that is sent to a field: what could be right, what is hostile, or any text."""
    hostile = st.one_of(
        st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    )
    right = likely(field)
    one = st.one_of(st.sampled_from(right), hostile) if right else hostile
    if hasattr(field.widget, "allow_multiple_selected") and field.widget.allow_multiple_selected:
        return st.lists(one, max_size=4)
    return one


def filled_in(page: FormPage) -> st.SearchStrategy[Sent]:
    """All fields of a form with something in each; some left out."""
    fields = {page.form.add_prefix(name): values(field) for name, field in page.form.fields.items()}
    return st.fixed_dictionaries({}, optional=fields) | st.fixed_dictionaries(fields)


def faults(page: FormPage) -> Iterator[str]:
    """What went wrong when a form was filled in in many ways."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(typed=filled_in(page))
    def answered(typed: Sent) -> None:
        assert page.send(typed).status_code in ANSWERS

    try:
        answered()
    except Exception as error:  # the other forms are tried too
        yield f"{page.name}: {type(error).__name__}: {error} {getattr(error, '__notes__', '')}"


@pytest.mark.parametrize("room", WITH_FORMS)
def test_s9_any_input_to_any_form_is_answered_in_words(world: World, room: str) -> None:
    pages = form_pages(world, room)
    assert pages
    assert [fault for page in pages for fault in faults(page)] == []


def _below(kind: type[PageForm]) -> set[type[PageForm]]:
    return {kind}.union(*(_below(each) for each in kind.__subclasses__()))


@pytest.mark.any_database
def test_s9_every_form_is_met(world: World) -> None:
    met = {
        kind for room in WITH_FORMS for page in form_pages(world, room) for kind in type(page.form).__mro__
    }
    ours = {kind for kind in _below(PageForm) if kind.__module__.startswith("samraad")}
    missing = sorted(kind.__name__ for kind in ours - met)
    assert not missing, " ".join(missing)


def numbers_of(page: FormPage) -> list[str]:
    """The fields in which a thing is chosen by its number."""
    return [
        page.form.add_prefix(name) for name, field in page.form.fields.items() if hasattr(field, "queryset")
    ]


@pytest.mark.parametrize("room", WITH_FORMS)
def test_u7_a_number_of_23_digits_chooses_nothing(world: World, room: str) -> None:
    for page in form_pages(world, room):
        for name in numbers_of(page):
            assert page.send({name: [HUGE]}).status_code == 422, f"{page.name}: {name}"
