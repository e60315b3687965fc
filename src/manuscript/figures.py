"""Figures in a text: value, unit, what, period, place; also a claim without a number, such as "på samme niveau".

Values: a number (a fall is negative), a day "2022-02-01", a month "2021-09", a quarter "2022-Q2", a year "2019", a span
[2021, 2023], an age band [10, 17] (None where it is open), a paragraph "215 a"; None for a claim without a number.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from manuscript.sentences import Sentence
from manuscript.words import NUMBERS, Sign, Signs, lowered

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
MONTH = "|".join(MONTHS)
NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d+(?:,\d+)?|{'|'.join(NUMBERS[2:])})"
LESS = re.compile(r"\b(?:færre|fald\w*|lavere|ned|mindre|mindsk\w*|reducer\w*|reduktion)\b", re.IGNORECASE)
A_YEAR = r"20(?<!\w20)\d\d"  # begins with its own letters, so that it is found fast
SEASONS = {
    "foråret": "Q2", "sommeren": "Q3", "efteråret": "Q4", "vinteren": "Q1", "forår": "Q2", "sommer": "Q3", "efterår": "Q4", "vinter": "Q1",
}  # fmt: skip
SHORT_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
Value = float | int | str | list[int | None] | None


class Figure(NamedTuple):
    """One figure: see the module for the shapes of `value`."""

    line: int
    value: Value
    unit: str
    text: str
    period: str
    place: str


def number(text: str) -> float | int:
    """A Danish number in digits or words.

    >>> number("1.567"), number("2,5"), number("tre")
    (1567, 2.5, 3)
    """
    low = text.lower()
    if low in NUMBERS:
        return NUMBERS.index(low)
    value = float(low.replace(".", "").replace(",", "."))
    return int(value) if value.is_integer() else value


Match = re.Match[str]
Worth = tuple[Value, str] | None  # a figure's value and unit; None where the words only look like one


Judge = Callable[[Match, int | None], Worth]
FINDERS: list[tuple[Sign, Judge]] = []


def finds(pattern: str, signs: str, *parts: str, needs: str = "") -> Callable[[Judge], Judge]:
    """Enter what a pattern is worth in a plan of a year; of two that match the same words the one entered first counts."""

    def enter(worth: Judge) -> Judge:
        FINDERS.append((Sign(pattern, signs, *parts, needs=needs), worth))
        return worth

    return enter


@finds(r"(\d+(?:,\d+)?)\s?(?:%|pct\.?|procent\b)", "pct procent", "%")
def percent(found: Match, year: int | None) -> Worth:
    """ "17 pct. færre": a fall is negative."""
    clause = found.string[max(0, found.start() - 90) : found.end() + 40]
    return (-1 if LESS.search(clause) else 1) * number(found[1]), "percent"


@finds(
    r"\b(?:på samme niveau|stort set uændret|uændret|på niveau med|stabilt?)\b",
    "niveau uændret stabil stabilt",
)
def level(found: Match, year: int | None) -> Worth:
    """A claim without a number."""
    return None, "text"


@finds(r"\b(under|op til) (\d{1,2})(?: år|-årige)", "under op")
def under_an_age(found: Match, year: int | None) -> Worth:
    """ "under 18 år", "op til 25 år"."""
    return [None, int(found[2]) - (found[1].lower() == "under")], "age"


@finds(r"\b(?:over|fra|fyldt) (\d{1,2}) år\b(?! til)", "over fra fyldt", needs="år")
def over_an_age(found: Match, year: int | None) -> Worth:
    """ "fra 18 år"."""
    return [int(found[1]), None], "age"


@finds(r"(\d{1,2})\s?(?:-|–|og|til)\s?(\d{1,2})[ -]?(?:år|-?årige)\b", "år", "årige")
def age_band(found: Match, year: int | None) -> Worth:
    """ "mellem 18 og 25 år"."""
    return ([int(found[1]), int(found[2])], "age") if int(found[1]) < int(found[2]) else None


@finds(r"\b(\d{1,2})-årige\b", "", "-årige")
def age(found: Match, year: int | None) -> Worth:
    """ "15-årige"."""
    return [int(found[1]), int(found[1])], "age"


@finds(rf"\b(\d{{1,2}})\. ({MONTH})(?: (20\d\d))?", " ".join(MONTHS))
def day(found: Match, year: int | None) -> Worth:
    """ "1. februar", in the plan's year when it says none."""
    its_year = found[3] or (str(year) if year else "")
    return (
        (f"{its_year}-{MONTHS.index(found[2].lower()) + 1:02}-{int(found[1]):02}", "date")
        if its_year
        else None
    )


@finds(rf"\b(\d{{1,2}})\. ({'|'.join(SHORT_MONTHS)})t?\b\.?(?: (20\d\d))?", " ".join([*SHORT_MONTHS, "sept"]))
def short_day(found: Match, year: int | None) -> Worth:
    """ "22. okt."."""
    return _date(found[3] or year, SHORT_MONTHS.index(found[2].lower()[:3]) + 1, found[1])


@finds(
    r"\b(\d{1,2})[.-](\d{1,2})[.-]((?:20)?\d\d)\b|(?<![\d/])(?!24/7)(\d{1,2})/(\d{1,2})(?:[-/ .]((?:20)?\d\d))?(?![\d/])",
    "0/0",
)
def day_in_digits(found: Match, year: int | None) -> Worth:
    """ "01.02.2022", "1/2-22", and "1/4" in the plan's year."""
    its_year = found[3] or found[6] or year
    return _date(f"20{its_year}"[-4:] if its_year else None, int(found[2] or found[5]), found[1] or found[4])


def _date(year: str | int | None, month: int, day: str) -> Worth:
    """A day that exists, or nothing."""
    return (
        (f"{year}-{month:02}-{int(day):02}", "date")
        if year and 1 <= month <= 12 and 1 <= int(day) <= 31
        else None
    )


@finds(rf"\b(?:i|fra|inden|til) ({MONTH})(?= og (?:{MONTH}) (20\d\d))", " ".join(MONTHS))
@finds(rf"\b({MONTH}) (20\d\d)", " ".join(MONTHS))
def month(found: Match, year: int | None) -> Worth:
    """ "september 2021", "i april og maj 2021"."""
    return f"{found[2]}-{MONTHS.index(found[1].lower()) + 1:02}", "month"


@finds(rf"(?<!\d\. )\b({MONTH})\b(?! 20\d\d)", " ".join(MONTHS))
def month_of_the_plan(found: Match, year: int | None) -> Worth:
    """ "i juni og juli": of the plan's year."""
    return (f"{year}-{MONTHS.index(found[1].lower()) + 1:02}", "month") if year else None


PARTS = {
    "midten": "07",
    "starten": "01",
    "begyndelsen": "01",
    "slutningen": "12",
    "medio": "07",
    "primo": "01",
    "ultimo": "12",
}


@finds(rf"\b({'|'.join(PARTS)})(?: af)? (20\d\d)", " ".join(PARTS))
def part_of_a_year(found: Match, year: int | None) -> Worth:
    """ "midten af 2021"."""
    return f"{found[2]}-{PARTS[found[1].lower()]}", "month"


@finds(rf"\b({'|'.join(SEASONS)}) (20\d\d)", " ".join(SEASONS))
def season(found: Match, year: int | None) -> Worth:
    """ "efteråret 2021"."""
    return f"{found[2]}-{SEASONS[found[1].lower()]}", "season"


@finds(
    rf"\b(?:i|til|efter|over|fra|hele|start|inden|for|frist:|af) ({'|'.join(SEASONS)})\b(?! 20\d\d)",
    " ".join(SEASONS),
)
def season_of_the_plan(found: Match, year: int | None) -> Worth:
    """ "til sommer": of the plan's year."""
    return (f"{year}-{SEASONS[found[1].lower()]}", "season") if year else None


ORDER = {"første": 1, "andet": 2, "tredje": 3, "fjerde": 4}


@finds(r"\b([1-4]\.|første|andet|tredje|fjerde) (?:kvartal|kvt\.?)(?: (20\d\d))?(?!\w)", "kvartal kvt")
def quarter(found: Match, year: int | None) -> Worth:
    """ "2. kvartal", in the plan's year when it says none."""
    its_year = found[2] or (str(year) if year else "")
    return (f"{its_year}-Q{ORDER.get(found[1].lower()) or int(found[1][0])}", "quarter") if its_year else None


ONE = ("en", "én", "et", "ét")
EVERY = {
    "hver anden uge": 26, "hver anden måned": 6, "hver tredje måned": 4, "hver uge": 52, "hver måned": 12, "hvert kvartal": 4, "hvert halve år": 2, "hvert halvår": 2,
    **{f"hver {day}dag": 52 for day in ("man", "tirs", "ons", "tors", "fre", "lør", "søn")},
}  # fmt: skip
RHYTHMS = {"kvartalsvis": 4, "månedlig": 12, "halvårlig": 2, "ugentlig": 52}


@finds(
    rf"\b({'|'.join(ONE)}|{NUMBER}) gange? (om året|årligt|pr\. år|hvert år|om måneden|månedligt|om ugen|ugentligt)",
    "gang gange",
)
def times_a_year(found: Match, year: int | None) -> Worth:
    """ "to gange om året", "en gang om måneden" (twelve)."""
    times = 1 if found[1].lower() in ONE else number(found[1])
    return times * (12 if "måned" in found[2] else 52 if "uge" in found[2] else 1), "times a year"


@finds(rf"\b(?:{'|'.join(EVERY)})\b", "hver hvert")
def every(found: Match, year: int | None) -> Worth:
    """ "hvert kvartal"."""
    return EVERY[found[0].lower()], "times a year"


@finds(
    rf"\b({'|'.join(RHYTHMS)})(?:e \w+|[et]?\b)",
    " ".join(rhythm + end for rhythm in RHYTHMS for end in ("", "e", "t")),
)
def rhythm(found: Match, year: int | None) -> Worth:
    """ "kvartalsvise møder", "månedligt"."""
    return RHYTHMS[found[1].lower()], "times a year"


@finds(r"\b(?:mindst )?(?:en|et|ét|én) af (?:årets )?(?:møder\w*|\w*møder)", "", "møder")
def one_of_the_meetings(found: Match, year: int | None) -> Worth:
    """ "et af årets møder"."""
    return 1, "times a year"


@finds(rf"\b(én|{NUMBER}) gange?\b", "gang gange")
def times(found: Match, year: int | None) -> Worth:
    """ "tre gange"."""
    return 1 if found[1].lower() == "én" else number(found[1]), "times"


@finds(r"\b(?:én|ét) (?!gang|af)\w+", "én ét")
def exactly_one(found: Match, year: int | None) -> Worth:
    """ "én kommune"."""
    return 1, ""


@finds(rf"\b({'|'.join(NUMBERS[1:])}|\d{{1,2}}|et)-?årig(?:t|e)?\b", "", "årig")
def length(found: Match, year: int | None) -> Worth:
    """ "toårigt"."""
    return 1 if found[1].lower() == "et" else number(found[1]), "years"


@finds(r"§§?\s?(\d+(?: [a-z](?![\wæøå]))?)", "", "§")
def paragraph(found: Match, year: int | None) -> Worth:
    """ "§ 215 a"."""
    return found[1], "paragraph"


@finds(r"\b(\d{1,2})\.(?:\s?-\s?\d{1,2}\.)? (?:klasse\w*|klassetrin|årgang)", "årgang", "klasse")
def grade(found: Match, year: int | None) -> Worth:
    """ "7. klasse"."""
    return int(found[1]), "school grade"


@finds(rf"({NUMBER}) (mio\.|mia\.|millioner)? ?(?:kr\b\.?|kroner)", "kr kroner")
def money(found: Match, year: int | None) -> Worth:
    """ "2,5 mio. kr."."""
    size = {"mio.": 1e6, "millioner": 1e6, "mia.": 1e9}.get((found[2] or "").lower(), 1)
    kroner = number(found[1]) * size
    return int(kroner) if float(kroner).is_integer() else kroner, "kr."


@finds(rf"({A_YEAR})(?:\s?[-–]\s?| til )(20\d\d)\b", "0")
def span(found: Match, year: int | None) -> Worth:
    """ "2021-2023"."""
    return [int(found[1]), int(found[2])], "years"


NO_SPAN = r"\b(?!\s?[-–]\s?20|-\d)"


@finds(rf"\befter (20\d\d){NO_SPAN}", "efter", needs="0")
def after_a_year(found: Match, year: int | None) -> Worth:
    """ "efter 2022", also of the plan's own year."""
    return found[1], "year"


@finds(rf"({A_YEAR}){NO_SPAN}", "0")
def a_year(found: Match, year: int | None) -> Worth:
    """ "2019"; the plan's own year says nothing."""
    return (found[1], "year") if int(found[1]) != year else None


@finds(r"\b(?:en|et) (?:\w+ ){1,2}?\w+(?:, (?:en|et) (?:\w+ )?\w+)+ og (?:en|et) \w+", "", ", en ", ", et ")
def one_of_each(found: Match, year: int | None) -> Worth:
    """ "en betjent, en psykolog og en pædagog"."""
    return found[0].lower().count(", en ") + found[0].lower().count(", et ") + 2, "people"


STOP = r"(?:i|på|til|fra|under|over|mod|med|af|for|om|og|der|som|mellem|hver|ved|har|er|blev|kommer|hvert|inden|efter)"
NO_COUNT = re.compile(r"(?:§|kl\.|nr\.|kapitel|afsnit|bilag|fase|del|punkt|side)\s*$", re.IGNORECASE)
NOT_COUNTED = {"%", "pct", "procent", "mio", "kr", "og", "til", "gange", "gang", "første", "sidste", *MONTHS}


@finds(
    rf"\b(næsten |knap |godt |ca\. |cirka |omkring |over |mindst |højst |op til )?"
    rf"(?!20\d\d\b)({NUMBER})(?! ?[%§]|\.\w)((?: (?!{STOP}\b)[\wæøå][\wæøå-]*){{1,3}}|(?= ?[-–] ))",
    "#",
)
def count(found: Match, year: int | None) -> Worth:
    """A number before what it counts, up to three words on; or before a dash in the middle of a phrase."""
    after = found[3].split()
    if after and (after[0].lower() in NOT_COUNTED or "kvartal" in found[3]):
        return None
    if NO_COUNT.search(found.string, max(0, found.start() - 12), found.start()):
        return None
    return number(found[2]), after[-1] if after else ""


@finds(
    rf"\b(?:fra|til|mod) (?!20\d\d\b)({NUMBER})(?! ?%| pct|\.\s?(?:{MONTH}|kvartal|klasse)|-årig)(?= i 20| til |,|\.|$| i )",
    "fra til mod",
    needs="#",
)
def change(found: Match, year: int | None) -> Worth:
    """The second number of a comparison, without its noun: "fra 48 i 2019 til 31", "mod 1.190 i 2022"."""
    return number(found[1]), ""


@finds(rf"\b({NUMBER}) af (?:dem|disse|\w+(?:ne|er))\b", "af", needs="#")
def some_of(found: Match, year: int | None) -> Worth:
    """ "ni af dem"."""
    return number(found[1]), ""


@finds(
    rf"(?:(?<=[:|] )|\b(?:på|under|over|i alt|udgjorde|var|heraf|efter) )(?!20\d\d\b)({NUMBER})(?=[,.;]? |[.,;]?$)"
    rf"(?! ?(?:%|pct|procent|mio|kr\b|år\b|-)|\.\s?(?:{MONTH}|kvartal|klasse|\d))",
    "på under over alt udgjorde var heraf efter",
    *(": ", "| "),
    needs="#",
)
def bare(found: Match, year: int | None) -> Worth:
    """A number without its noun, at a colon or in a table's cell: "Indbrud: 118 mod 151"."""
    return number(found[1]), ""


@finds(rf"\b(?:mindst|højst|op til) ({NUMBER})\b(?= (?:fra|af|i|på|om)\b)", "mindst højst op", needs="#")
def limit(found: Match, year: int | None) -> Worth:
    """ "højst tre fra hver"."""
    return number(found[1]), ""


YEARS = rf"{A_YEAR}(?:\s?[-–]\s?20\d\d)?\b"
QUARTERS = Sign(
    rf"(?:\d\.|(?:de )?(?:tre |to )?første(?: tre| to)?|første|andet|tredje|fjerde) kvartal(?:er)?(?: (?:af |i )?20\d\d)?|{YEARS}",
    "kvartal kvartaler",
)
ONLY_YEARS = re.compile(YEARS)
COUNTRY = Sign(
    r"\b(?:på landsplan|i hele landet|hele landet|nationalt|landsdækkende|i Danmark|hele Danmark)\b",
    "landsplan landet nationalt landsdækkende danmark",
)
CLAUSE = re.compile(r"[^,;.]{0,60}")
BEFORE = re.compile(r"[,;]| mod ")
TOWN = re.compile(r"(?:i(?<!\wi)|f(?<!\wf)or) ([A-ZÆØÅ][\wæøå-]+)(?: Kommune| og [A-ZÆØÅ][\wæøå-]+ Kommune)?")


def figures(found: list[Sentence], year: int | None, place: str) -> list[Figure]:
    """The figures of the sentences in order; `place` is where they hold when the sentence names none."""
    out: list[Figure] = []
    before: dict[int, list[str]] = {}
    for sentence in found:
        text = sentence.text
        periods = _periods(text)
        for value, unit, match in _found(text, year):
            period = ", ".join(periods or before.get(sentence.line, []))
            out.append(
                Figure(
                    sentence.line, value, unit, match[0].strip(), period, _place(text, match.start(), place)
                )
            )
        if periods:
            before[sentence.line] = periods
    return sorted(out, key=lambda figure: figure.line)


def _periods(text: str) -> list[str]:
    """The periods that a sentence names."""
    found = QUARTERS.finditer(text) if QUARTERS.may_stand_in(text) else ONLY_YEARS.finditer(text)
    return list(dict.fromkeys(match[0].strip() for match in found))


SIGNS = Signs(*(sign for sign, _ in FINDERS))


def _found(text: str, year: int | None) -> Iterator[tuple[Value, str, Match]]:
    """What the finders find, each stretch of the sentence once."""
    taken: list[tuple[int, int]] = []
    low = lowered(text)
    for place in SIGNS.worth_trying(text):
        sign, worth = FINDERS[place]
        for match in sign.places(text, low):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if found := worth(match, year):
                taken.append(match.span())
                yield *found, match


def _place(text: str, at: int, district: str) -> str:
    """Where the figure at `at` holds: named just after it or earlier in its clause; else the document's own place."""
    if COUNTRY.may_stand_in(text):
        after = CLAUSE.match(text, at)
        if (after and COUNTRY.pattern.search(after[0])) or COUNTRY.pattern.search(
            BEFORE.split(text[:at])[-1]
        ):
            return "Danmark"
    town = TOWN.search(text, max(0, at - 80))
    return town[1] if town else district
