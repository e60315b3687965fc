"""Periods as people and spreadsheets write them, turned into the short form that `periods` reads."""

import re

MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "en": "January February March April May June July August September October November December",
}
_NUMBER = {name.lower(): n for names in MONTHS.values() for n, name in enumerate(names.split(), 1)}
_NUMBER |= {name[:3]: n for name, n in _NUMBER.items()}
_MONTH = "|".join(sorted(_NUMBER, key=len, reverse=True))
_QUARTER = r"(?:kvartal|kvt\.?|kv\.?|quarter)"
# Each pattern has the groups `y` and `n`; the letter says what kind of period `n` counts.
_PERIODS = [
    (re.compile(pattern), letter)
    for pattern, letter in [
        (rf"(?P<n>[1-4])\. ?{_QUARTER},? (?P<y>\d{{4}})", "Q"),
        (rf"(?P<y>\d{{4}}),? (?P<n>[1-4])\. ?{_QUARTER}", "Q"),
        (r"[qk](?P<n>[1-4])[ -](?P<y>\d{4})", "Q"),
        (rf"(?P<n>{_MONTH})\.?,? (?P<y>\d{{4}})", "M"),
        (rf"(?P<y>\d{{4}}),? (?P<n>{_MONTH})\.?", "M"),
        (r"(?P<n>\d{1,2})[-/.](?P<y>\d{4})", "M"),
        (r"(?P<y>\d{4})[-/.](?P<n>\d{1,2})", "M"),
        (r"(?P<y>\d{4})-(?P<n>\d{2})-01", "M"),
        (r"0?1[-/.](?P<n>\d{1,2})[-/.](?P<y>\d{4})", "M"),
        (r"(?:uge|week) (?P<n>\d{1,2}),? (?P<y>\d{4})", "W"),
    ]
]
_DATES = [
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[t ].*)?"),
    re.compile(r"(?P<d>\d{1,2})[-/.] ?(?P<m>\d{1,2})[-/.] ?(?P<y>\d{4})"),
]
_QUARTERS = re.compile(rf"(?P<a>[1-4])\.? ?-(?P<b>[1-4])\. ?{_QUARTER} (?P<y>\d{{4}})")
_QUARTERS_EN = re.compile(r"[qk](?P<a>[1-4]) ?- ?[qk](?P<b>[1-4]) (?P<y>\d{4})")
_MONTHS = re.compile(rf"(?P<a>{_MONTH})\.? ?- ?(?P<b>{_MONTH})\.? (?P<y>\d{{4}})")
_YEARS = re.compile(r"(?P<a>\d{4}) ?- ?(?P<b>\d{4})")


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2013", "-").lower().split())


def period(text: str) -> str | None:
    """The short form of one period written in words; None where it is not one.

    >>> period("3. kvartal 2021"), period("januar 2021"), period("01-2021"), period("2021-01-01")
    ('2021Q3', '2021M1', '2021M1', '2021M1')
    """
    plain = _plain(text)
    for pattern, letter in _PERIODS:
        found = pattern.fullmatch(plain)
        if found is None:
            continue
        number = found["n"]
        if not number.isdecimal():
            number = str(_NUMBER[number])
        return f"{found['y']}{letter}{int(number)}"
    return None


def span(text: str) -> tuple[str, str] | None:
    """The first and last period of a span written in words; None where it is not one.

    >>> span("1.-3. kvartal 2021"), span("2020-2021"), span("4. kvartal 2020 - 1. kvartal 2021")
    (('2021Q1', '2021Q3'), ('2020', '2021'), ('2020Q4', '2021Q1'))
    """
    plain = _plain(text)
    for pattern in (_QUARTERS, _QUARTERS_EN):
        if found := pattern.fullmatch(plain):
            return f"{found['y']}Q{found['a']}", f"{found['y']}Q{found['b']}"
    if found := _MONTHS.fullmatch(plain):
        return f"{found['y']}M{_NUMBER[found['a']]}", f"{found['y']}M{_NUMBER[found['b']]}"
    if found := _YEARS.fullmatch(plain):
        return found["a"], found["b"]
    first, dash, last = plain.partition(" - ")
    if not dash:
        return None
    begins, ends = period(first), period(last)
    if begins is None or ends is None:
        return None
    return begins, ends


def date_parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date, the day first where it is written the Danish way; None for none.

    >>> date_parts("2021-03-14"), date_parts("14.3.2021"), date_parts("2021Q1")
    ((2021, 3, 14), (2021, 3, 14), None)
    """
    for pattern in _DATES:
        if found := pattern.fullmatch(_plain(text)):
            return int(found["y"]), int(found["m"]), int(found["d"])
    return None
