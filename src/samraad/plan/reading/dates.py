"""The words for when, as a last day and a rhythm."""

import calendar
import re
from datetime import date, timedelta

from samraad.plan.reading.figures import MONTHS

ORDER = {"første": 1, "andet": 2, "tredje": 3, "fjerde": 4}


def day_of(when: str, year: int) -> date | None:
    """The last day on which a promise is kept in time; None when the words name none.

    >>> day_of("inden den 1. februar 2022", 2022), day_of("senest 1. maj", 2023), day_of("i 2. kvartal", 2022)
    (datetime.date(2022, 1, 31), datetime.date(2023, 5, 1), datetime.date(2022, 6, 30))
    """
    low = when.lower()
    if found := re.search(rf"(\d{{1,2}})\. ({'|'.join(MONTHS)})(?: (20\d\d))?", low):
        try:
            day = date(int(found[3] or year), MONTHS.index(found[2]) + 1, int(found[1]))
        except ValueError:
            return None
        return day - timedelta(days=1) if re.match(r"(?:inden|før)\b", low) else day
    if found := re.search(r"\b([1-4]|første|andet|tredje|fjerde)\.? kvartal(?: (20\d\d))?", low):
        month = 3 * (ORDER.get(found[1]) or int(found[1]))
        return _end(int(found[2] or year), month)
    if found := re.search(rf"\b({'|'.join(MONTHS)})(?: (20\d\d))?", low):
        return _end(int(found[2] or year), MONTHS.index(found[1]) + 1)
    if found := re.search(r"\binden udgangen af (20\d\d)", low):
        return date(int(found[1]), 12, 31)
    return None


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def recurrence_of(when: str) -> str:
    """The rhythm that words name: "monthly", "quarterly", "yearly"; empty for one that has none.

    >>> recurrence_of("hvert kvartal"), recurrence_of("løbende")
    ('quarterly', '')
    """
    low = when.lower()
    rhythms = {"monthly": r"måned", "quarterly": r"kvartal", "yearly": r"årligt|hvert år|om året|hvert forår|hvert efterår"}
    return next((name for name, words in rhythms.items() if re.search(words, low)), "")
