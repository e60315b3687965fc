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

WEEKDAY = r"(?:man|tirs|ons|tors|fre|lør|søn)dag"
WEEKDAYS = "mandag tirsdag onsdag torsdag fredag lørdag søndag"
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
        r"hvert (?:halve |andet )?(?:år|kvartal|halvår|forår|efterår|\w*møde)",
        rf"hver (?:(?!af\b)\w+ )?(?:uge|måned|sommer|vinter|{WEEKDAY}|gang|dag|aften|nat|morgen|weekend)",
        rf"(?:den |hver )?(?:første|anden|tredje|sidste) {WEEKDAY} i (?:hver )?måned(?:en)?",
        rf"(?:{NUMERALS}) (?:aftener|dage|timer|møder) om (?:ugen|måneden)",
        "i weekenderne",
        rf"{WEEKDAY}e",
        r"(?<!\ben )(?<!\bet )(?<!\bden )(?<!\bdet )(?<!\bsin )(?<!\bsit )fast",
        "altid",
        r"efter hver(?:t)? \w+",
        rf"(?:mindst |højst )?(?:{NUMERALS}) gange? (?:om (?:året|måneden|ugen)|årligt|månedligt|pr\. år)",
        rf"(?:{NUMERALS}) (?:\w+ )?(?:gange|møder) om året",
        rf"(?:mindst )?(?:{NUMERALS}) gange i (?:20\d\d|årets løb|løbet af året)",
        "hele året",
        "døgnet rundt",
        "på hverdage",
        "efter behov",
    )
    + r")\b",
    "løbende kontinuerligt daglig dagligt ugentlig ugentligt månedlig månedligt jævnligt kvartalsvis "
    "kvartalsvise årligt halvårligt weekenderne ugen måned måneden hvert hver fast altid gang gange møder "
    f"behov hele døgnet hverdage {WEEKDAYS.replace(' ', 'e ')}e",
)
FEASTS = "påske pinse jul nytår sankthans fastelavn skolestart"
SEASONS = (
    "foråret efteråret sommer sommeren sommerferien vinter vinteren vinterferien efterårsferien påskeferien "
    f"juleferien årsskiftet {FEASTS}"
)
SEASON = f"(?:{'|'.join(SEASONS.split())})"
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
        r"\b(?:i |senest )?uge \d",
        r"\bnæste (?:møde|gang|uge|måned)\b",
        r"\bhalvår\b",
        rf"\b(?:medio|primo|ultimo) {MONTH}",
        r"\b\d{1,2}/\d{1,2}\b",
    ),
    f"0/0 uge møde gang måned halvår {DAYS} {SEASONS} kvartal senest inden dage uger måneder år løbet samme "
    "næste årets fremover senere "
    "hverdage",
)
ITS_YEAR = r"(?: (?:i )?20\d\d)?"
ARTICLE = r"(?:(?:den|d\.) )?"
DAY = rf"\d{{1,2}}\. (?:{MONTH}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\b\.?){ITS_YEAR}"
IN_DIGITS = r"\d{1,2}(?:[.-]\d{1,2}[.-](?:20)?\d\d|/\d{1,2}(?:[- /.](?:20)?\d\d)?)(?![\d/])"
LEADS = r"(?:senest|inden|før|fra|efter|tidligst|pr\.|i løbet af|på mødet)"
SPAN = r"(?:dage|hverdage|arbejdsdage|uger|måneder|timer|døgn|dag|uge|måned|time|hverdag|år)"
PART = r"(?:[1-4]|første|andet|tredje|fjerde)\.? (?:kvartal|kvt\.?|halvår)"
END_OF = r"(?:(?:senest|inden|med|ved) ){0,2}(?:udgangen|begyndelsen|starten|slutningen|midten) af"
SCHOOL = r"(?:skoleårets|sæsonens|årets) (?:start|begyndelse|afslutning|udgang)"
# A condition that begins with its verb: "Bliver der for uroligt, lukker ...".
CONDITION = (
    r"^(?-i:(?:Bliver|Viser|Lykkes|Står|Falder|Stiger|Kan|Er|Har|Sker|Kommer|Skulle|Måtte|Ligger|"
    r"Takker|Haster|Overvejer|Indtræder|Antræffes) [^,.?]+)(?=, (?:så )?\w)"
)
# In the order of how much they say: a date before a season, a condition before a habit, a year last.
WHEN = Signs(
    Sign(rf"\bfra {ARTICLE}{DAY} til {ARTICLE}{DAY}|\bmellem {ARTICLE}{DAY} og {ARTICLE}{DAY}", DAYS),
    Sign(
        rf"\b(?:(?:{LEADS}|den) ){ARTICLE}{DAY}(?:,? (?:og|samt) (?:igen )?{ARTICLE}{DAY})?",
        f"{DAYS} jan feb mar apr jun jul aug sep sept okt nov dec",
    ),
    Sign(rf"\b{DAY}", f"{DAYS} jan feb mar apr jun jul aug sep sept okt nov dec"),
    Sign(rf"\b(?:(?:{LEADS}|den) ){ARTICLE}{IN_DIGITS}", "0/0"),
    Sign(
        rf"\b(?:(?:senest|inden) )?(?:i )?uge \d\d?(?: ?(?:-|–|og|til) ?\d\d?)?{ITS_YEAR}", "uge", needs="0"
    ),
    Sign(rf"\b(?:i|inden|senest(?: i)?|på \w+ i)? ?{PART}{ITS_YEAR}", "kvartal kvt halvår"),
    Sign(rf"\b{END_OF} (?:{PART}|{MONTH}|året|20\d\d){ITS_YEAR}", "af"),
    Sign(
        rf"\b(?:i perioden |fra )(?:fra )?{MONTH}{ITS_YEAR} til {MONTH}{ITS_YEAR}"
        rf"|\bi {MONTH}(?:,? {MONTH})? og {MONTH}",
        DAYS,
    ),
    Sign(
        rf"\b(?:i|inden|senest i|ultimo|primo|medio|før|fra|til|efter|på|i hele|i løbet af|senest) "
        rf"(?:{SEASON}|{MONTH}){ITS_YEAR}\b",
        f"{SEASONS} {DAYS}",
    ),
    Sign(
        rf"\b(?:inden for|senest|højst|inden) (?:{NUMERALS}|otte|ti|fjorten) {SPAN}"
        r"(?: (?:før|efter) (?:hvert |det |den |et |en )?\w+)?\b",
        "inden senest højst",
    ),
    Sign(r"\b(?:i|fra|inden) skoleåret (?:20\d\d[/-]\d\d(?:\d\d)?)", "skoleåret"),
    Sign(r"\b(?:ved|inden|med|til) årets (?:udgang|afslutning|slutning)\b", "årets"),
    Sign(r"\bved " + SCHOOL + r"|\b(?:til|ved) skolestart\b", "ved til"),
    Sign(r"\befter (?:en|et|to|tre|fire|fem|\d+) (?:år|måneder)\b", "efter"),
    Sign(r"\b(?:når|hvis|såfremt|så snart)\b [^,.;]+", "når hvis såfremt snart"),
    Sign(
        CONDITION,
        "bliver viser lykkes står falder stiger kan er har sker kommer skulle måtte ligger takker haster "
        "overvejer indtræder antræffes",
    ),
    OFTEN,
    Sign(r"\b(?:i (?:løbet af )?|inden udgangen af |efter )20\d\d\b", "i af efter", needs="0"),
    Sign(
        r"\bi løbet af (?:året|dagen|ugen)\b|\bsamme (?:dag|uge|aften)\b"
        r"|\b(?:på|til|i|inden|før) (?:det )?næste (?:ordinære )?(?:\w*møde|gang|uge|måned|år)\b",
        "året dagen ugen samme næste",
    ),
    Sign(r"\bved (?:årets|hvert|hver) \w+|\bpå (?:hvert|årets|sit sidste|\w+rets) \w*møder?\b", "ved på"),
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
