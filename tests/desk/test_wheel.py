"""The page of the annual wheel."""

from collections.abc import Callable

import pytest
from django.test import Client

from samraad.demo.cast import Entered


@pytest.mark.parametrize("asked", ["forum=²", "aar=²"])
def test_it_takes_odd_questions_calmly(cast: Entered, as_: Callable[[str], Client], asked: str) -> None:
    assert as_("signe").get(f"/nordjylland/arbejde/aarshjul/?{asked}").status_code in (200, 404)
