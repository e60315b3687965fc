"""What `./run prove` wrote names the tests that are long today, and says what was too slow or failed."""

import re
from datetime import date

import pytest

from tests.prove import FILE, Result, counted, long_in, long_tests, page

MARKED = '@pytest.mark.long\ndef test_a() -> None:\n    """It holds.\n\n    More."""\n'
OTHER = 'def test_b() -> None:\n    """So does this."""\n'


def test_it_names_exactly_the_tests_that_are_long_today() -> None:
    written = dict(re.findall(r"^- `([^`]+)`: (.+)$", FILE.read_text("utf-8"), re.MULTILINE))
    assert written
    assert written == long_tests(), "Skriv: ./run prove"


def test_it_finds_a_mark_on_a_test_and_on_a_whole_file() -> None:
    assert dict(long_in(MARKED + OTHER)) == {"test_a": "It holds."}
    whole = "pytestmark = [pytest.mark.story, pytest.mark.long]\n"
    assert dict(long_in(whole + OTHER)) == {"test_b": "So does this."}
    assert dict(long_in("pytestmark = pytest.mark.long\n" + OTHER)) == {"test_b": "So does this."}
    assert dict(long_in("pytestmark = pytest.mark.story\n" + OTHER)) == {}


def test_it_wants_a_long_test_to_say_what_it_proves() -> None:
    with pytest.raises(ValueError, match="test_c"):
        list(long_in("@pytest.mark.long\ndef test_c() -> None:\n    pass\n"))


def test_it_counts_an_error_as_a_failure() -> None:
    told = '<testsuites><testsuite tests="9" skipped="2" failures="1" errors="1"/></testsuites>'
    assert counted("SQLite", (2.0, 3.0), told) == Result("SQLite", 2.0, 3.0, passed=5, failed=2, skipped=2)


def test_it_names_what_is_above_a_minute() -> None:
    folders = [Result("tests/plan", 60.0, 99.0, 9, 0, 0), Result("tests/stories", 61.0, 70.0, 3, 1, 0)]
    long, generated = [Result("SQLite", 4.4, 5.0, 1, 0, 0)], [Result("SQLite", 7.0, 8.0, 9, 0, 0)]
    text = page(date(2022, 1, 28), long, generated, folders, {"tests/x.py::test_a": "It holds."})
    assert "| SQLite | 4 | 5 | 1 | 0 | 0 |\n" in text
    assert "| SQLite | 7 | 8 | 9 | 0 | 0 |\n" in text
    assert "| tests/stories | 61 | 70 | 3 | 1 | 0 |\n" in text
    assert "- `tests/x.py::test_a`: It holds.\n" in text
    assert text.endswith(
        "Above 60 seconds on one core: `tests/stories`. On the clock: `tests/plan`, `tests/stories`.\n"
    )
