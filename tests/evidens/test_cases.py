"""The invented cases that are kept beside the project: each is met, or the test says that it is not there."""

import json
from typing import Any

import pytest

from evidens import claims, offences, places, trend
from evidens.answers import Change, Missing, Redefined
from evidens.counts import Counts
from evidens.errors import BadFile
from evidens.sources import read
from evidens.sources.population import read_population
from tests.evidens.conftest import SHARED

CASES = SHARED.parent / "cases" / "evidens"


@pytest.fixture
def case() -> Any:
    if not CASES.is_dir():
        pytest.skip(f"{CASES} findes ikke: de opdigtede sager er ikke en del af projektet")
    return lambda name: CASES / name


def told(found: Counts) -> str:
    return " ".join(problem.text() for problem in found.warnings)


def test_it_names_a_variable_that_makes_the_figures_a_part(case: Any) -> None:
    found = read(case("g01_extra_variable_one_value.csv"))
    assert "KØN=M" in told(found)
    assert "straf11" not in found.source.credit()
    assert found.source.credit().endswith("kun KØN=M")


def test_it_refuses_two_values_of_a_variable_in_one_sentence(case: Any) -> None:
    with pytest.raises(BadFile, match="KØN") as refused:
        read(case("g02_extra_variable_two_values.csv"))
    assert len(refused.value.problems) == 1


def test_it_takes_what_was_not_delivered_for_unknown(case: Any) -> None:
    found = read(case("g03_not_delivered.csv"), mapping=case("g03_mapping.toml"))
    assert "Aalborg" in told(found)
    assert "november 2021, december 2021" in told(found)
    span = found.span("2021Q4")
    answer = trend.change(
        found, offences.choose("1320"), places.place("municipality:851"), span, span.year_before()
    )
    assert isinstance(answer, Missing)


def test_it_asks_whether_equal_rows_are_cases(case: Any) -> None:
    with pytest.raises(BadFile, match=r"én linje pr\. sag"):
        read(case("g04_equal_rows_own_extract.csv"), mapping=case("g03_mapping.toml"))


@pytest.mark.parametrize(
    "name", ["g05_title_and_footnotes.csv", "g06_sep_line.csv", "g08_periods_in_words.csv"]
)
def test_it_reads_what_offices_save(case: Any, name: str) -> None:
    expected = json.loads(case("expected.json").read_text("utf-8"))[name]
    found = read(case(name))
    assert len(found) == expected.get("rows_if_accepted", 108)
    assert ("Tabellen begynder i linje 3" in told(found)) == name.startswith("g05")


def test_it_reads_the_signs_of_statistics_denmark_and_says_so(case: Any) -> None:
    expected = json.loads(case("expected.json").read_text("utf-8"))["g07_dst_signs.csv"]["line_of"]
    found = read(case("g07_dst_signs.csv"))
    assert {problem.value: problem.line for problem in found.warnings} == expected


def test_it_calls_no_true_sentence_untrue(case: Any) -> None:
    checked = claims.check_all(read(case("g09_claims.csv")), claims.load(case("g09_claims.toml")))
    assert [one.verdict for one in checked] == ["reproduces"] * 7
    assert "det modsatte fortegn" in checked[5].sentence()
    assert "−41,0 %" in checked[6].sentence()


@pytest.mark.parametrize(
    ("offence", "span", "word"), [("1120", "2021", "samtykke"), ("1357", "2015", "pengeautomat")]
)
def test_it_calls_no_change_of_law_or_registration_a_rise(
    case: Any, offence: str, span: str, word: str
) -> None:
    found = read(case("g10_definition_breaks.csv"))
    now = found.span(span)
    answer = trend.change(
        found, offences.choose(offence), places.place("municipality:851"), now, now.year_before()
    )
    assert isinstance(answer, Redefined)
    assert any(word in told.text_da and "Kilde: " in told.text_da for told in answer.reservations)


def test_it_gives_a_rate_from_the_population_of_1_january(case: Any) -> None:
    counts = read(case("g13_counts.csv"))
    people = read_population(case("g13_population_1_january.csv"))
    span = counts.span("2021")
    answer = trend.change(
        counts,
        offences.choose("1320"),
        places.place("district:1460"),
        span,
        span.year_before(),
        population=people,
    )
    assert isinstance(answer, Change)
    assert answer.rate_after is not None
    assert any("ret linje" in told.text_da for told in answer.reservations)
