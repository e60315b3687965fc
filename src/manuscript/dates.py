"""The words for when: what they look like in a sentence, the last day they name, and their rhythm."""

import calendar
import re
from datetime import date, timedelta

from manuscript.figures import MONTHS
from manuscript.words import Sign, Signs

OFTEN = Sign(
    r"\b(løbende|kontinuerligt|dagligt?|ugentligt?|månedligt?|jævnligt|kvartalsvise?|årligt|halvårligt|"
    r"hvert (?:år|kvartal|halvår|forår|efterår|\w*møde)|hver (?:\w+ )?(?:uge|måned|sommer|vinter|mandag|fredag|gang)|fast|altid|efter hver \w+|"
    r"mindst (?:en|én|to|tre|fire|\d+) gange? (?:om året|årligt)|(?:to|tre|fire|\w+|\d+) (?:gange|møder) om året|efter behov)\b",
    "løbende kontinuerligt daglig dagligt ugentlig ugentligt månedlig månedligt jævnligt kvartalsvis kvartalsvise årligt halvårligt "
    "hvert hver fast altid gang gange møder behov",
)
MONTH = rf"(?:{'|'.join(MONTHS)})"
DAYS = " ".join(MONTHS)
TIMED = Sign(
    rf"\b\d{{1,2}}\. {MONTH}|\b(?:i|fra|inden|til|medio|primo|ultimo|udgangen af) {MONTH}|\bkvartal\b|"
    r"\b(?:i|inden|efter|før|til) (?:hele )?(?:foråret|efteråret|sommer(?:en|ferien)?|vinter(?:en|ferien)?|efterårsferien|årsskiftet|jul|nytår)\b|"
    r"\bsenest\b|\binden\b|\b(?:efter|for) (?:\w+|\d+) (?:hverdage|dage|uger|måneder|år)\b|"
    r"\bi løbet af\b|\bsamme dag\b|\bnæste år\b|\baf årets møder\b|\bfremover\b|\bsenere\b|\bårets sidste\b|\bpå hverdage\b",
    f"{DAYS} kvartal foråret efteråret sommer sommeren sommerferien vinter vinteren vinterferien efterårsferien årsskiftet jul nytår "
    "senest inden dage uger måneder år løbet samme næste årets fremover senere hverdage",
)
# In the order of how much they say: a date before a season, a condition before a habit, a year last.
WHEN = Signs(
    Sign(rf"\b(?:inden|senest|før|fra|den|pr\.)(?: (?:den|d\.))? \d{{1,2}}\. {MONTH}(?: 20\d\d)?", DAYS),
    Sign(rf"\b\d{{1,2}}\. {MONTH}(?: 20\d\d)?", DAYS),
    Sign(
        r"\b(?:i|inden|senest|på \w+ i) (?:\d|første|andet|tredje|fjerde)\.? kvartal(?: 20\d\d)?", "kvartal"
    ),
    Sign(
        rf"\b(?:i|inden|senest i|ultimo|primo|medio|før) "
        rf"(?:foråret|efteråret|sommeren|vinteren|sommerferien|årsskiftet|{MONTH})(?: 20\d\d)?",
        f"foråret efteråret sommeren vinteren sommerferien årsskiftet {DAYS}",
    ),
    Sign(r"\befter (?:en|et|to|tre|fire|fem|\d+) (?:år|måneder)\b", "efter"),
    Sign(r"\b(?:når|hvis|såfremt|så snart)\b [^,.;]+", "når hvis såfremt snart"),
    OFTEN,
    Sign(r"\b(?:i (?:løbet af )?|inden udgangen af |efter )20\d\d\b", "i af efter", needs="0"),
    Sign(r"\bved (?:årets|hvert) \w+", "ved"),
)

ORDER = {"første": 1, "andet": 2, "tredje": 3, "fjerde": 4}


def when(text: str) -> str:
    """When or how often, in the sentence's own words; empty when it does not say.

    >>> when("Lokalrådet sender handleplanen senest den 1. februar."), when("Rådet mødes hvert kvartal.")
    ('senest den 1. februar', 'hvert kvartal')
    """
    return next(
        (found[0].strip() for place in WHEN.worth_trying(text) if (found := WHEN.signs[place].search(text))),
        "",
    )


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
    rhythms = {
        "monthly": r"måned",
        "quarterly": r"kvartal",
        "yearly": r"årligt|hvert år|om året|hvert forår|hvert efterår",
    }
    return next((name for name, words in rhythms.items() if re.search(words, low)), "")
