"""Days, months, seasons and quarters, in the plan's year when they say none."""

from manuscript.dates import MONTHS, NAMES, order
from manuscript.finders.finder import Finders, Match, Worth
from manuscript.words import either

DAYS = Finders()
SHORT_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
SEASONS = {
    "foråret": "Q2",
    "sommeren": "Q3",
    "efteråret": "Q4",
    "vinteren": "Q1",
    "forår": "Q2",
    "sommer": "Q3",
    "efterår": "Q4",
    "vinter": "Q1",
}
ANY_SEASON = "|".join(SEASONS)
PARTS = {
    "midten": "07",
    "starten": "01",
    "begyndelsen": "01",
    "slutningen": "12",
    "medio": "07",
    "primo": "01",
    "ultimo": "12",
}


def month_number(name: str) -> int:
    """ "Februar" is 2."""
    return MONTHS.index(name.lower()) + 1


def _date(year: str | int | None, month: int, day: str) -> Worth:
    """A day that exists, or nothing."""
    if not year or not 1 <= month <= 12 or not 1 <= int(day) <= 31:
        return None
    return f"{year}-{month:02}-{int(day):02}", "date"


@DAYS.finds(rf"\b(\d{{1,2}})\. ({NAMES})(?: (20\d\d))?", " ".join(MONTHS))
def day(found: Match, year: int | None) -> Worth:
    """ "1. februar"."""
    its_year = found[3] or year
    if not its_year:
        return None
    return f"{its_year}-{month_number(found[2]):02}-{int(found[1]):02}", "date"


@DAYS.finds(
    rf"\b(\d{{1,2}})\. ({'|'.join(SHORT_MONTHS)})t?\b\.?(?: (20\d\d))?", " ".join([*SHORT_MONTHS, "sept"])
)
def short_day(found: Match, year: int | None) -> Worth:
    """ "22. okt."."""
    month = SHORT_MONTHS.index(found[2].lower()[:3]) + 1
    return _date(found[3] or year, month, found[1])


WITH_FULL_STOPS = r"\b(\d{1,2})[.-](\d{1,2})[.-]((?:20)?\d\d)\b"
WITH_STROKES = r"(?<![\d/])(?!24/7)(\d{1,2})/(\d{1,2})(?:[-/ .]((?:20)?\d\d))?(?![\d/])"


@DAYS.finds(either(WITH_FULL_STOPS, WITH_STROKES), "0/0")
def day_in_digits(found: Match, year: int | None) -> Worth:
    """ "01.02.2022", "1/2-22", and "1/4" in the plan's year."""
    day, month, its_year = found.group(1, 2, 3)
    if day is None:
        day, month, its_year = found.group(4, 5, 6)
    its_year = its_year or year
    if its_year is None:
        return None
    return _date(f"20{its_year}"[-4:], int(month), day)


@DAYS.finds(rf"\b(?:i|fra|inden|til) ({NAMES})(?= og (?:{NAMES}) (20\d\d))", " ".join(MONTHS))
@DAYS.finds(rf"\b({NAMES}) (20\d\d)", " ".join(MONTHS))
def month(found: Match, year: int | None) -> Worth:
    """ "september 2021", "i april og maj 2021"."""
    return f"{found[2]}-{month_number(found[1]):02}", "month"


@DAYS.finds(rf"(?<!\d\. )\b({NAMES})\b(?! 20\d\d)", " ".join(MONTHS))
def month_of_the_plan(found: Match, year: int | None) -> Worth:
    """ "i juni og juli"."""
    if not year:
        return None
    return f"{year}-{month_number(found[1]):02}", "month"


@DAYS.finds(rf"\b({'|'.join(PARTS)})(?: af)? (20\d\d)", " ".join(PARTS))
def part_of_a_year(found: Match, year: int | None) -> Worth:
    """ "midten af 2021"."""
    return f"{found[2]}-{PARTS[found[1].lower()]}", "month"


@DAYS.finds(rf"\b({ANY_SEASON}) (20\d\d)", " ".join(SEASONS))
def season(found: Match, year: int | None) -> Worth:
    """ "efteråret 2021"."""
    return f"{found[2]}-{SEASONS[found[1].lower()]}", "season"


@DAYS.finds(
    rf"\b(?:i|til|efter|over|fra|hele|start|inden|for|frist:|af) ({ANY_SEASON})\b(?! 20\d\d)",
    " ".join(SEASONS),
)
def season_of_the_plan(found: Match, year: int | None) -> Worth:
    """ "til sommer"."""
    if not year:
        return None
    return f"{year}-{SEASONS[found[1].lower()]}", "season"


@DAYS.finds(r"\b([1-4]\.|første|andet|tredje|fjerde) (?:kvartal|kvt\.?)(?: (20\d\d))?(?!\w)", "kvartal kvt")
def quarter(found: Match, year: int | None) -> Worth:
    """ "2. kvartal"."""
    its_year = found[2] or year
    if not its_year:
        return None
    return f"{its_year}-Q{order(found[1].lower().rstrip('.'))}", "quarter"
