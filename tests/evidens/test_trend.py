"""What a comparison gives, and what its sentence may claim."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from evidens import answers, offences, places, record, sentence, trend
from evidens.counts import Counts, Source
from evidens.errors import BadRequest
from evidens.periods import Period
from evidens.sources.example import example, example_population

NINE = places.place("district:1460").members


def counts(values: dict[str, list[int]], start: str = "2014Q1", code: str = "1320") -> Counts:
    """A small table of one offence: counts per place from a quarter on."""
    first = Period.parse(start)
    length = max(map(len, values.values()))
    cells = [
        (row, column, value) for row, line in enumerate(values.values()) for column, value in enumerate(line)
    ]
    row, column, value = (np.array(part) for part in zip(*cells, strict=True))
    periods = tuple(first.next(step) for step in range(length))
    source = Source("Danmarks Statistik", "STRAF11", "prøve.csv", "")
    return Counts(tuple(values), (code,), periods, row, np.zeros(len(row), int), column, value, source)


def steady(level: int, years: int = 6) -> list[int]:
    return [level, level + 2, level - 2, level] * years


def ask(table: Counts, span: str, against: str, place: str = "municipality:851", **more: Any) -> Any:
    compare = places.place(more.pop("compare")) if "compare" in more else None
    code = table.offences[0]
    where = places.place(place)
    return trend.change(
        table, offences.choose(code), where, table.span(span), table.span(against), compare=compare, **more
    )


def test_it_says_a_clear_fall_with_interval_and_counts() -> None:
    table = counts({"851": [*steady(200), 100, 100, 100, 100, 100]})
    found = ask(table, "2020Q1", "2019Q1")
    assert found.clear
    assert sentence.change(found).startswith("Indbrud i beboelse i Aalborg faldt med 50 % (95 %-interval ")
    assert "because" not in sentence.change(found, "en")


def test_it_claims_no_change_that_the_interval_does_not_bear() -> None:
    table = counts({"851": [*steady(60), 55, 60, 60, 60, 60, 60]})
    found = ask(table, "2020Q1", "2019Q1")
    text = sentence.change(found)
    assert "ingen klar ændring" in text
    assert not any(word in text for word in ("faldt", "steg", "%"))


def test_it_gives_counts_and_no_percentage_below_25() -> None:
    table = counts({"851": [*steady(20), 3, 20, 20]})
    text = sentence.change(ask(table, "2020Q1", "2019Q1"))
    assert "faldt fra 20 i 1. kvartal 2019 til 3 i 1. kvartal 2020." in text
    assert "%" not in text


def test_it_refuses_to_compare_across_a_changed_definition() -> None:
    table = counts({"851": [40] * 12}, start="2012Q1", code="1120")
    found = ask(table, "2014Q1", "2013Q1")
    assert "kan ikke sammenlignes" in sentence.change(found)
    assert "cannot be compared" in sentence.change(found, "en")


def test_it_marks_corona_and_shows_2019_beside() -> None:
    found = trend.change(
        example(),
        offences.choose("1320"),
        places.place("district:1460"),
        example().span("2021Q1..2021Q3"),
        example().span("2020Q1..2020Q3"),
    )
    assert found.has("covid")
    assert found.earlier is not None
    assert (str(found.earlier.span), found.earlier.count, found.earlier.change_pct) == (
        "2019Q1..2019Q3",
        1080,
        -52.41,
    )
    assert found.earlier.low is not None
    assert found.earlier.low < -52.41
    assert "1. kvartal 2019" not in sentence.change(found)
    assert "i 1.-3. kvartal 2019 var tallet 1.080" in sentence.change(found)


def test_it_marks_the_newest_period_as_provisional() -> None:
    table = counts({"851": steady(50)})
    assert ask(table, "2019Q4", "2018Q4").has("provisional")
    assert not ask(table, "2019Q3", "2018Q3").has("provisional")


def test_it_says_more_than_the_rest_of_the_country_only_from_one_test() -> None:
    nine = {code: [*steady(200), 100, 200] for code in NINE}
    table = counts(nine | {"000": [*steady(20_000), 19_000, 20_000]})
    text = sentence.change(ask(table, "2020Q1", "2019Q1", "district:1460", compare="country"))
    assert "Faldet er større end i resten af landet." in text
    assert "I hele landet: 20.000 til 19.000, −5 % (95 %-interval −" in text


def test_it_does_not_say_unlike_the_country_when_only_one_of_two_is_clear() -> None:
    table = counts({code: [*steady(12), 10, 12] for code in NINE} | {"000": [*steady(400), 380, 400]})
    text = sentence.change(ask(table, "2020Q1", "2019Q1", "district:1460", compare="country"))
    assert "større" not in text
    assert "Forskellen til udviklingen i resten af landet er ikke klar." in text


def test_it_names_a_missing_country_figure_instead_of_putting_another_in_its_place() -> None:
    table = example()
    found = trend.change(
        table,
        offences.choose("voldssager"),
        places.place("district:1460"),
        table.span("2021Q1..2021Q3"),
        table.span("2020Q1..2020Q3"),
        compare=places.place("country"),
    )
    other = found.compare
    assert other is not None
    assert not other.available
    assert other.known["five_regions"] == {"before": 8839, "after": 8358, "change_pct": -5.44}
    assert (other.known["bounds_pct"][0] < -8, other.known["bounds_pct"][1] >= 0) == (True, True)
    assert "men det er ikke hele landet" in sentence.change(found)
    assert "0" not in (other.as_dict().get("before") or "")


def test_it_widens_the_interval_by_the_series_own_history() -> None:
    random = np.random.default_rng(0)
    wild = random.negative_binomial(4, 4 / 204, 24).tolist()
    tame = random.poisson(200, 24).tolist()
    wide, narrow = (
        ask(counts({"851": [*history, 150, 200]}), "2020Q1", "2019Q1") for history in (wild, tame)
    )
    assert wide.phi > 5
    assert narrow.phi < 3
    assert wide.has("overdispersion")


def test_it_says_when_there_is_no_history_to_judge_by() -> None:
    found = ask(counts({"851": [200, 200, 200, 200, 150]}, start="2019Q1"), "2020Q1", "2019Q1")
    assert (found.phi, found.has("no_history")) == (1.0, True)


def test_it_takes_what_moves_both_out_of_the_comparison() -> None:
    wave = np.round(1000 * (1 + 0.4 * np.sin(np.arange(26) / 2))).astype(int)
    share = np.random.default_rng(2).binomial(wave * 20, 0.05)
    table = counts({"851": share.tolist(), "000": (wave * 20).tolist()})
    alone = trend.dispersion(table, places.place("municipality:851"), ["1320"], table.span("2020Q1"))
    beside = trend.dispersion(
        table, places.place("municipality:851"), ["1320"], table.span("2020Q1"), places.place("country")
    )
    assert alone.phi > 20
    assert beside.phi < 3
    assert (beside.periods, beside.free) == (20, 15)


def test_it_refuses_spans_that_cannot_be_compared() -> None:
    table = counts({"851": steady(50)})
    with pytest.raises(BadRequest, match="ikke lige lange"):
        ask(table, "2018", "2017Q1")
    with pytest.raises(BadRequest, match="delvis samme tid"):
        ask(table, "2018Q2..2018Q3", "2018Q1..2018Q2")
    with pytest.raises(BadRequest, match="ligger efter"):
        ask(table, "2017", "2018")
    assert ask(table, "2018Q3", "2018Q1").has("season")


def test_it_gives_rates_per_thousand_and_year() -> None:
    found = trend.table(
        example(),
        offences.choose("1320"),
        [places.place("district:1460")],
        example().span("2021Q1..2021Q3"),
        example().span("2020Q1..2020Q3"),
        population=example_population(),
    )[0]
    people = trend.inhabitants(
        example_population(), places.place("district:1460"), example().span("2021Q1..2021Q3")
    )
    rate = found.rate_after
    assert rate.value == round(514 / people / 0.75 * 1000, 3)
    assert rate.low < rate.value < rate.high


def test_it_judges_a_table_as_one_family() -> None:
    rows = trend.table(
        example(),
        offences.choose("1320"),
        places.several("district:1460/municipalities"),
        example().span("2021Q1..2021Q3"),
        example().span("2020Q1..2020Q3"),
    )
    assert {row.family for row in rows} == {9}
    assert all(row.p_adjusted is not None and row.p is not None and row.p_adjusted >= row.p for row in rows)
    one = replace(rows[0], p=0.04, p_adjusted=0.2, low=-50.0, high=-1.0)
    assert not one.clear


def test_it_answers_with_the_fields_that_are_promised() -> None:
    found = record.change(ask(counts({"851": steady(50)}), "2018", "2017"))
    promised = {
        "available",
        "before",
        "after",
        "change_pct",
        "low",
        "high",
        "p",
        "rate_before",
        "rate_after",
        "reservations",
        "sentence_da",
        "source",
    }
    assert promised <= set(found)
    gone = record.change(ask(counts({"860": steady(50)}), "2018", "2017"))
    assert gone["available"] is False
    assert "before" not in gone
    assert gone["reason"].startswith("Aalborg mangler 1320")
    assert gone["sentence_da"].startswith("Indbrud i beboelse i Aalborg: tallet foreligger ikke.")


def test_it_never_says_a_fall_of_a_hundred_per_cent_from_what_is_not_there() -> None:
    table = counts({"851": steady(50)})
    found = ask(table, "2022Q1", "2021Q1")
    assert not found.available
    assert "går fra 1. kvartal 2014 til 4. kvartal 2019" in found.reason_da


def test_it_gives_no_change_across_a_changed_definition_anywhere() -> None:
    table = counts({"851": [40] * 8 + [90] * 4, "000": [400] * 8 + [900] * 4}, start="2012Q1", code="1120")
    found = ask(table, "2014Q1", "2013Q1", compare="country")
    assert isinstance(found, answers.Redefined)
    told = record.change(found)
    assert (told["change_pct"], told["low"], told["p"]) == (None, None, None)
    other = told["compare"]
    assert (other["before"], other["after"], other["change_pct"], "ratio_of_ratios" in other) == (
        400,
        900,
        None,
        False,
    )
    assert "%" not in sentence.change(found)


def test_it_says_a_small_new_part_of_a_group_and_still_compares() -> None:
    found = ask(counts({"851": [100] * 30}, start="2014Q1", code="12"), "2021Q1", "2018Q1")
    assert found.has("definition_part")
    assert not found.has("definition")
    assert found.change_pct == 0


def test_it_gives_no_percentage_from_nothing() -> None:
    table = counts({"851": [*steady(60), 30, 60], "825": [0] * 24 + [6, 0]})
    text = sentence.change(ask(table, "2020Q1", "2019Q1", compare="municipality:825"))
    assert "På Læsø: 0 til 6." in text


def test_it_judges_differences_from_the_country_as_a_family_too() -> None:
    table = counts(
        {code: [*steady(100), 80 + 5 * n, 100] for n, code in enumerate(NINE)}
        | {"000": [*steady(5000), 5000, 5000]}
    )
    where = [places.place(f"municipality:{code}") for code in NINE]
    rows = trend.table(
        table,
        offences.choose("1320"),
        where,
        table.span("2020Q1"),
        table.span("2019Q1"),
        compare=places.place("country"),
    )
    for row in rows:
        assert row.compare is not None
        assert row.compare.test is not None
        assert row.compare.test.p_adjusted is not None
        assert row.compare.test.p_adjusted >= row.compare.test.p


def test_it_says_that_an_official_zero_may_be_a_small_count() -> None:
    found = ask(counts({"851": [*steady(50), 0, 50]}), "2020Q1", "2019Q1")
    assert found.has("zero_or_suppressed")


def test_it_takes_the_newest_period_that_has_figures() -> None:
    table = counts({"851": steady(50)})
    named = replace(table, periods=(*table.periods, Period.parse("2020Q1")))
    assert named.latest == Period.parse("2019Q4")
    assert not ask(table, "2022Q1", "2021Q1").has("provisional"), "what is not there is not provisional"


def test_it_says_when_the_population_is_missing_and_gives_the_rate_that_exists() -> None:
    table = counts({"851": steady(50, 10)}, start="2012Q1")
    found = ask(table, "2017Q1", "2016Q1", population=example_population())
    assert (found.rate_before, found.has("population")) == (None, True)
    assert found.rate_after is not None


def test_it_says_in_the_sentence_that_only_chance_was_counted_with() -> None:
    found = ask(counts({"851": [200, 200, 200, 200, 100]}, start="2019Q1"), "2020Q1", "2019Q1")
    assert "% ved ren tilfældighed), fra 200" in sentence.change(found)


def test_it_says_when_the_dispersion_rests_on_less_than_five_years() -> None:
    wild = np.random.default_rng(0).negative_binomial(4, 4 / 204, 24).tolist()
    assert ask(counts({"851": wild}, start="2014Q1"), "2018Q1", "2017Q1").has("short_history")
    assert not ask(counts({"851": wild}, start="2014Q1"), "2019Q4", "2018Q4").has("no_history")


def test_it_says_why_two_overlapping_places_are_not_compared() -> None:
    found = trend.change(
        example(),
        offences.choose("1320"),
        places.place("region:081"),
        example().span("2021"),
        example().span("2020"),
        compare=places.place("district:1460"),
    )
    assert "deler kommuner" in sentence.change(found)
    assert "share municipalities" in sentence.change(found, "en")
