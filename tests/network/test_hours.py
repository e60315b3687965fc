"""Opening hours: typed lines, the clock, holidays; what cannot be read is named."""

from datetime import date, datetime

import pytest

from samraad.network.hours import at_moment, is_closed_day, read_hours

pytestmark = pytest.mark.any_database
WEEK = "mandag-onsdag 9.00-15.00\ntorsdag 9-17\nfre kl. 9:00-13:30"


@pytest.mark.parametrize(
    ("moment", "code", "words"),
    [
        ("2022-01-28T10:00+01:00", "open", "i dag, fredag, til kl. 13.30"),
        ("2022-01-28T13:30+01:00", "closed", "åbner mandag 31.1. kl. 9.00"),
        ("2022-01-27T08:59+01:00", "closed", "åbner i dag kl. 9.00"),
        ("2022-01-26T23:00+00:00", "closed", "åbner i dag kl. 9.00"),
        ("2022-01-26T15:00+01:00", "closed", "åbner i morgen kl. 9.00"),
        ("2022-07-01T07:30+00:00", "open", "i dag, fredag, til kl. 13.30"),
        ("2022-04-14T10:00+02:00", "closed", "åbner tirsdag 19.4. kl. 9.00"),
    ],
)
def test_it_says_whether_it_is_open_in_danish_time(moment: str, code: str, words: str) -> None:
    now = at_moment(WEEK, datetime.fromisoformat(moment))
    assert (now.code, now.words) == (code, words)


def test_it_is_always_open_day_and_night_and_says_nothing_without_hours() -> None:
    christmas = datetime.fromisoformat("2022-12-25T03:00+01:00")
    assert at_moment("Døgnet rundt", christmas).label == "Åbent nu"
    assert at_moment("", christmas).label == ""


@pytest.mark.parametrize(
    "line", ["mandag", "mandag 15-9", "fredag-mandag 9-15", "manday 9-15", "mandag 9-25", "mandag 9.70-10"]
)
def test_it_names_a_line_that_it_cannot_read(line: str) -> None:
    with pytest.raises(ValueError, match=line):
        read_hours(f"tirsdag 9-15\n{line}")


def test_it_knows_the_holidays_of_2022_and_that_one_is_no_more() -> None:
    closed = {date(2022, 4, 14), date(2022, 4, 15), date(2022, 4, 18), date(2022, 5, 13), date(2022, 5, 26)}
    closed |= {date(2022, 6, 6), date(2022, 12, 24), date(2022, 12, 26), date(2023, 5, 5)}
    assert all(map(is_closed_day, closed))
    assert not is_closed_day(date(2024, 4, 26))
    assert not is_closed_day(date(2022, 4, 19))
