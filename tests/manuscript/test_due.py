"""The day and the rhythm that words of time name: a wrong one is worse than none."""

from datetime import date

import pytest

from manuscript.due import day_of, recurrence_of


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("inden 1. maj 2026", date(2026, 4, 30)),
        ("senest den 15. november", date(2026, 11, 15)),
        ("senest den 01.03.2026", date(2026, 3, 1)),
        ("senest 1/9 2026", date(2026, 9, 1)),
        ("1/9-26", date(2026, 9, 1)),
        ("15-06-2026", date(2026, 6, 15)),
        ("i uge 34", date(2026, 8, 23)),
        ("i uge 7-9", date(2026, 3, 1)),
        ("i 1. halvår 2026", date(2026, 6, 30)),
        ("i andet halvår", date(2026, 12, 31)),
        ("i perioden januar til marts", date(2026, 3, 31)),
        ("den 1. maj og den 1. november", date(2026, 11, 1)),
        ("fra 1. februar til 30. april", date(2026, 4, 30)),
        ("senest med udgangen af juni", date(2026, 6, 30)),
        ("ved udgangen af 2026", date(2026, 12, 31)),
        ("fra 1. august", None),
        ("fra marts 2026", None),
        ("efter 1. juni 2026", None),
        ("pr. 1. januar 2026", None),
        ("inden for 14 dage", None),
        ("hver lørdag", None),
        ("31. februar 2026", None),
        ("uge 99", None),
        ("senest 45/13 2026", None),
    ],
)
def test_it_names_the_last_day_and_takes_no_start_for_an_end(when: str, day: date | None) -> None:
    assert day_of(when, 2026) == day


@pytest.mark.parametrize(
    ("when", "rhythm"),
    [
        ("4 gange årligt", "quarterly"),
        ("fire gange om året", "quarterly"),
        ("12 gange om året", "monthly"),
        ("en gang årligt", "yearly"),
        ("én gang om måneden", "monthly"),
        ("første mandag i måneden", "monthly"),
        ("hver juni", "yearly"),
        ("årligt", "yearly"),
        ("i 2. kvartal hvert år", "yearly"),
        ("kvartalsvis", "quarterly"),
        ("3 gange årligt", ""),
        ("to gange om måneden", ""),
        ("mindst seks møder om året", ""),
        ("to årlige møder", ""),
        ("hver anden måned", ""),
        ("hvert andet år", ""),
        ("hvert halve år", ""),
        ("halvårligt", ""),
        ("hver uge", ""),
        ("i 3. kvartal", ""),
        ("i maj måned", ""),
    ],
)
def test_it_gives_a_rhythm_only_to_what_has_it(when: str, rhythm: str) -> None:
    assert recurrence_of(when) == rhythm
