"""The words for when: what they look like in a sentence."""

from manuscript.words import NUMBERS, Sign, Signs, either

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
ONES = {"en": 1, "én": 1, "et": 1, "ét": 1}
NUMERALS = "|".join([r"\d{1,3}", *ONES, *NUMBERS[2:]])
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


def order(text: str) -> int:
    """A part's number in digits or words: "2", "andet"."""
    if text in ORDER:
        return ORDER[text]
    return int(text)


def numeral(text: str) -> int:
    """A small number in digits or words: "4", "fire", "en"."""
    if text.isdecimal():
        return int(text)
    if text in ONES:
        return ONES[text]
    return NUMBERS.index(text)
