"""The words for when: what they look like in a sentence, the last day they name, and their rhythm."""

import calendar
import re
from datetime import date, timedelta

from manuscript.words import Sign, Signs, either

MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
NAMES = "|".join(MONTHS)
MONTH = f"(?:{NAMES})"
DAYS = " ".join(MONTHS)
ORDER = {"første": 1, "andet": 2, "tredje": 3, "fjerde": 4}

OFTEN = Sign(
    r"\b("
    + either(
        "løbende",
        "kontinuerligt",
        "dagligt?",
        "ugentligt?",
        "månedligt?",
        "jævnligt",
        "kvartalsvise?",
        "årligt",
        "halvårligt",
        r"hvert (?:år|kvartal|halvår|forår|efterår|\w*møde)",
        r"hver (?:\w+ )?(?:uge|måned|sommer|vinter|mandag|fredag|gang)",
        "fast",
        "altid",
        r"efter hver \w+",
        r"mindst (?:en|én|to|tre|fire|\d+) gange? (?:om året|årligt)",
        r"(?:to|tre|fire|\w+|\d+) (?:gange|møder) om året",
        "efter behov",
    )
    + r")\b",
    "løbende kontinuerligt daglig dagligt ugentlig ugentligt månedlig månedligt jævnligt kvartalsvis "
    "kvartalsvise årligt halvårligt hvert hver fast altid gang gange møder behov",
)
SEASON = (
    r"(?:foråret|efteråret|sommer(?:en|ferien)?|vinter(?:en|ferien)?|efterårsferien|årsskiftet|jul|nytår)"
)
TIMED = Sign(
    either(
        rf"\b\d{{1,2}}\. {MONTH}",
        rf"\b(?:i|fra|inden|til|medio|primo|ultimo|udgangen af) {MONTH}",
        r"\bkvartal\b",
        rf"\b(?:i|inden|efter|før|til) (?:hele )?{SEASON}\b",
        r"\bsenest\b",
        r"\binden\b",
        r"\b(?:efter|for) (?:\w+|\d+) (?:hverdage|dage|uger|måneder|år)\b",
        r"\bi løbet af\b",
        r"\bsamme dag\b",
        r"\bnæste år\b",
        r"\baf årets møder\b",
        r"\bfremover\b",
        r"\bsenere\b",
        r"\bårets sidste\b",
        r"\bpå hverdage\b",
    ),
    f"{DAYS} kvartal foråret efteråret sommer sommeren sommerferien vinter vinteren vinterferien "
    "efterårsferien årsskiftet jul nytår senest inden dage uger måneder år løbet samme næste årets fremover "
    "senere hverdage",
)
# In the order of how much they say: a date before a season, a condition before a habit, a year last.
WHEN = Signs(
    Sign(rf"\b(?:inden|senest|før|fra|den|pr\.)(?: (?:den|d\.))? \d{{1,2}}\. {MONTH}(?: 20\d\d)?", DAYS),
    Sign(rf"\b\d{{1,2}}\. {MONTH}(?: 20\d\d)?", DAYS),
    Sign(
        r"\b(?:i|inden|senest|på \w+ i) (?:\d|første|andet|tredje|fjerde)\.? kvartal(?: 20\d\d)?", "kvartal"
    ),
    Sign(
        r"\b(?:i|inden|senest i|ultimo|primo|medio|før) "
        rf"(?:foråret|efteråret|sommeren|vinteren|sommerferien|årsskiftet|{MONTH})(?: 20\d\d)?",
        f"foråret efteråret sommeren vinteren sommerferien årsskiftet {DAYS}",
    ),
    Sign(r"\befter (?:en|et|to|tre|fire|fem|\d+) (?:år|måneder)\b", "efter"),
    Sign(r"\b(?:når|hvis|såfremt|så snart)\b [^,.;]+", "når hvis såfremt snart"),
    OFTEN,
    Sign(r"\b(?:i (?:løbet af )?|inden udgangen af |efter )20\d\d\b", "i af efter", needs="0"),
    Sign(r"\bved (?:årets|hvert) \w+", "ved"),
)


def when(text: str) -> str:
    """When or how often, in the sentence's own words; empty when it does not say.

    >>> when("Lokalrådet sender handleplanen senest den 1. februar."), when("Rådet mødes hvert kvartal.")
    ('senest den 1. februar', 'hvert kvartal')
    """
    for place in WHEN.worth_trying(text):
        found = WHEN.signs[place].search(text)
        if found:
            return found[0].strip()
    return ""


A_DAY = re.compile(rf"(\d{{1,2}})\. ({NAMES})(?: (20\d\d))?")
A_QUARTER = re.compile(r"\b([1-4]|første|andet|tredje|fjerde)\.? kvartal(?: (20\d\d))?")
A_MONTH = re.compile(rf"\b({NAMES})(?: (20\d\d))?")
END_OF_YEAR = re.compile(r"\binden udgangen af (20\d\d)")
BEFORE = re.compile(r"(?:inden|før)\b")


def day_of(when: str, year: int) -> date | None:
    """The last day on which a promise is kept in time; None when the words name none.

    >>> day_of("inden den 1. februar 2022", 2022), day_of("senest 1. maj", 2023), day_of("i 2. kvartal", 2022)
    (datetime.date(2022, 1, 31), datetime.date(2023, 5, 1), datetime.date(2022, 6, 30))
    """
    low = when.lower()
    if found := A_DAY.search(low):
        return _day_named(found, year, before=BEFORE.match(low) is not None)
    if found := A_QUARTER.search(low):
        return _end(found[2] or year, 3 * order(found[1]))
    if found := A_MONTH.search(low):
        return _end(found[2] or year, MONTHS.index(found[1]) + 1)
    if found := END_OF_YEAR.search(low):
        return date(int(found[1]), 12, 31)
    return None


def order(text: str) -> int:
    """A quarter's number in digits or words: "2", "andet"."""
    if text in ORDER:
        return ORDER[text]
    return int(text)


def _day_named(found: re.Match[str], year: int, *, before: bool) -> date | None:
    """The day of a match of `A_DAY`, or the one before it; None for one that does not exist."""
    try:
        day = date(int(found[3] or year), MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        return None
    if before:
        return day - timedelta(days=1)
    return day


def _end(year: str | int, month: int) -> date:
    last = calendar.monthrange(int(year), month)[1]
    return date(int(year), month, last)


RHYTHMS = {
    "monthly": re.compile("måned"),
    "quarterly": re.compile("kvartal"),
    "yearly": re.compile("årligt|hvert år|om året|hvert forår|hvert efterår"),
}


def recurrence_of(when: str) -> str:
    """The rhythm that words name: "monthly", "quarterly", "yearly"; empty for one that has none.

    >>> recurrence_of("hvert kvartal"), recurrence_of("løbende")
    ('quarterly', '')
    """
    low = when.lower()
    for name, words in RHYTHMS.items():
        if words.search(low):
            return name
    return ""
