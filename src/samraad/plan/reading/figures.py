"""Figures in a text: value, unit, what, period, place; also a claim without a number, such as "på samme niveau".

Values: a number (a fall is negative), a day "2022-02-01", a month "2021-09", a quarter "2022-Q2", a year "2019", a span
[2021, 2023], an age band [10, 17] (None where it is open), a paragraph "215 a"; None for a claim without a number.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from samraad.plan.reading.sentences import Sentence

MONTHS = ["januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"]
WORDS = ["nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"]
MONTH = "|".join(MONTHS)
NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d+(?:,\d+)?|{'|'.join(WORDS[2:])})"
LESS = re.compile(r"\b(?:færre|fald\w*|lavere|ned|mindre|mindsk\w*|reducer\w*|reduktion)\b", re.IGNORECASE)
SEASONS = {"foråret": "Q2", "sommeren": "Q3", "efteråret": "Q4", "vinteren": "Q1"}
Value = float | int | str | list[int | None] | None


@dataclass(frozen=True)
class Figure:
    """One figure: see the module for the shapes of `value`."""

    line: int
    value: Value
    unit: str
    text: str
    period: str
    place: str


Found = tuple[Value, str, re.Match[str]]


def number(text: str) -> float | int:
    """A Danish number in digits or words.

    >>> number("1.567"), number("2,5"), number("tre")
    (1567, 2.5, 3)
    """
    low = text.lower()
    if low in WORDS:
        return WORDS.index(low)
    value = float(low.replace(".", "").replace(",", "."))
    return int(value) if value.is_integer() else value


def _percent(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(r"(\d+(?:,\d+)?)\s?(?:%|pct\.?|procent\b)", text):
        clause = text[max(0, found.start() - 90) : found.end() + 40]
        yield (-1 if LESS.search(clause) else 1) * number(found[1]), "percent", found


def _level(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(r"\b(?:på samme niveau|stort set uændret|uændret|på niveau med|stabilt?)\b", text, re.IGNORECASE):
        yield None, "text", found


def _ages(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(r"\bunder (\d{1,2})(?: år|-årige)", text):
        yield [None, int(found[1]) - 1], "age", found
    for found in re.finditer(r"\b(?:over|fra|fyldt) (\d{1,2}) år\b(?! til)", text):
        yield [int(found[1]), None], "age", found
    for found in re.finditer(r"(\d{1,2})\s?(?:-|–|og|til)\s?(\d{1,2})[ -]?(?:år|-?årige)\b", text):
        if int(found[1]) < int(found[2]):
            yield [int(found[1]), int(found[2])], "age", found
    for found in re.finditer(r"\b(\d{1,2})-årige\b", text):
        yield [int(found[1]), int(found[1])], "age", found


def _days(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(rf"\b(\d{{1,2}})\. ({MONTH})(?: (20\d\d))?", text, re.IGNORECASE):
        its_year = found[3] or (str(year) if year else "")
        if its_year:
            yield f"{its_year}-{MONTHS.index(found[2].lower()) + 1:02}-{int(found[1]):02}", "date", found
    for found in re.finditer(r"\b(\d{1,2})[.-](\d{1,2})[.-](20\d\d)\b", text):
        if 1 <= int(found[2]) <= 12:
            yield f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}", "date", found


def _months(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(rf"\b({MONTH}) (20\d\d)", text, re.IGNORECASE):
        yield f"{found[2]}-{MONTHS.index(found[1].lower()) + 1:02}", "month", found
    for found in re.finditer(rf"\b(?:i|fra|inden|til) ({MONTH})(?: og {MONTH})? (20\d\d)", text, re.IGNORECASE):
        yield f"{found[2]}-{MONTHS.index(found[1].lower()) + 1:02}", "month", found
    for found in re.finditer(rf"(?<!\. )\b(?:i|fra|inden|til) ({MONTH})\b(?! (?:20\d\d|og))", text, re.IGNORECASE):
        if year:
            yield f"{year}-{MONTHS.index(found[1].lower()) + 1:02}", "month", found
    parts = {"midten": "07", "starten": "01", "begyndelsen": "01", "slutningen": "12", "medio": "07", "primo": "01", "ultimo": "12"}
    for found in re.finditer(rf"\b({'|'.join(parts)})(?: af)? (20\d\d)", text, re.IGNORECASE):
        yield f"{found[2]}-{parts[found[1].lower()]}", "month", found


def _seasons(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(rf"\b({'|'.join(SEASONS)}) (20\d\d)", text, re.IGNORECASE):
        yield f"{found[2]}-{SEASONS[found[1].lower()]}", "season", found
    order = {"første": 1, "andet": 2, "tredje": 3, "fjerde": 4}
    for found in re.finditer(r"\b([1-4]\.|første|andet|tredje|fjerde) kvartal(?: (20\d\d))?\b", text, re.IGNORECASE):
        quarter = order.get(found[1].lower()) or int(found[1][0])
        its_year = found[2] or (str(year) if year else "")
        if its_year:
            yield f"{its_year}-Q{quarter}", "quarter", found


def _years(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(r"\b(20\d\d)(?:\s?[-–]\s?| til )(20\d\d)\b", text):
        yield [int(found[1]), int(found[2])], "years", found
    for found in re.finditer(r"\b(efter )?(20\d\d)\b(?!\s?[-–]\s?20|-\d)", text):
        if found[1] or int(found[2]) != year:
            yield found[2], "year", found


ONE = ("en", "én", "et", "ét")
EVERY = {
    r"hver anden uge": 26, r"hver anden måned": 6, r"hver uge": 52, r"hver måned": 12, r"hvert kvartal": 4, r"hvert halve år|hvert halvår": 2,
    r"hver (?:man|tirs|ons|tors|fre|lør|søn)dag": 52, r"kvartalsvise? \w+": 4, r"månedlige? \w+": 12, r"halvårlige? \w+": 2, r"ugentlige? \w+": 52,
}  # fmt: skip


def _often(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(rf"\b({'|'.join(ONE)}|{NUMBER}) gange? (?:om året|årligt|pr\. år|hvert år)", text, re.IGNORECASE):
        yield 1 if found[1].lower() in ONE else number(found[1]), "times a year", found
    for words, times in EVERY.items():
        for found in re.finditer(rf"\b(?:{words})\b", text, re.IGNORECASE):
            yield times, "times a year", found
    for found in re.finditer(r"\b(?:mindst )?(?:en|et|ét|én) af (?:årets )?(?:møder\w*|\w*møder)", text, re.IGNORECASE):
        yield 1, "times a year", found
    for found in re.finditer(rf"\b(én|{NUMBER}) gange?\b", text, re.IGNORECASE):
        yield 1 if found[1].lower() == "én" else number(found[1]), "times", found
    for found in re.finditer(r"\b(?:én|ét) (?!gang|af)\w+", text):
        yield 1, "", found


def _limits(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(rf"\b(?:mindst|højst|op til) ({NUMBER})\b(?= (?:fra|af|i|på|om)\b)", text, re.IGNORECASE):
        yield number(found[1]), "", found


def _changes(text: str, year: int | None) -> Iterator[Found]:
    """The second number of a comparison, without its noun: "fra 48 i 2019 til 31", "mod 1.190 i 2022"."""
    for found in re.finditer(
        rf"\b(?:fra|til|mod) (?!20\d\d\b)({NUMBER})(?! ?%| pct|\.\s?(?:{MONTH}|kvartal|klasse)|-årig)(?= i 20| til |,|\.|$| i )", text
    ):
        yield number(found[1]), "", found


def _lengths(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(rf"\b({'|'.join(WORDS[1:])}|\d{{1,2}}|et)-?årig(?:t|e)?\b", text, re.IGNORECASE):
        yield 1 if found[1].lower() == "et" else number(found[1]), "years", found


def _paragraphs(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(r"§§?\s?(\d+(?: [a-z](?![\wæøå]))?)", text):
        yield found[1], "paragraph", found


def _classes(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(r"\b(\d{1,2})\.(?:\s?-\s?\d{1,2}\.)? (?:klasse\w*|klassetrin|årgang)", text):
        yield int(found[1]), "school grade", found


def _money(text: str, year: int | None) -> Iterator[Found]:
    for found in re.finditer(rf"({NUMBER}) (mio\.|mia\.|millioner)? ?(?:kr\b\.?|kroner)", text):
        size = {"mio.": 1e6, "millioner": 1e6, "mia.": 1e9}.get(found[2] or "", 1)
        yield number(found[1]) * size, "kr.", found


def _groups(text: str, year: int | None) -> Iterator[Found]:
    """ "en betjent, en psykolog og en pædagog": one of each."""
    for found in re.finditer(r"\b(?:en|et) (?:\w+ ){1,2}?\w+(?:, (?:en|et) (?:\w+ )?\w+)+ og (?:en|et) \w+", text, re.IGNORECASE):
        yield found[0].lower().count(", en ") + found[0].lower().count(", et ") + 2, "people", found


STOP = r"(?:i|på|til|fra|under|over|mod|med|af|for|om|og|der|som|mellem|hver|ved|har|er|blev|kommer|hvert|inden|efter)"


def _counts(text: str, year: int | None) -> Iterator[Found]:
    """A number before what it counts, up to three words on; or before a dash in the middle of a phrase."""
    pattern = (
        rf"\b(næsten |knap |godt |ca\. |cirka |omkring |over |mindst |højst |op til )?"
        rf"(?!20\d\d\b)({NUMBER})(?! ?[%§]|\.\w)((?: (?!{STOP}\b)[\wæøå][\wæøå-]*){{1,3}}|(?= ?[-–] ))"
    )
    for found in re.finditer(pattern, text, re.IGNORECASE):
        after = found[3].split()
        if after and (
            after[0].lower() in ("%", "pct", "procent", "mio", "kr", "og", "til", "gange", "gang", "første", "sidste", *MONTHS)
            or "kvartal" in found[3]
        ):
            continue
        if re.search(r"(?:§|kl\.|nr\.|kapitel|afsnit|bilag|fase|del|punkt|side)\s*$", text[: found.start()], re.IGNORECASE):
            continue
        yield number(found[2]), after[-1] if after else "", found


# Finder -> what a sentence must hold to be worth its time: plain letters, "0" for a digit, "#" for a number in digits or words.
FINDERS: dict[Callable[[str, int | None], Iterator[Found]], tuple[str, ...]] = {
    _percent: ("%", "pct", "procent"),
    _level: ("niveau", "uændret", "stabil"),
    _ages: ("0",),
    _days: ("0",),
    _months: (*MONTHS, "midten", "starten", "begyndelsen", "slutningen", "medio", "primo", "ultimo"),
    _seasons: (*SEASONS, "kvartal"),
    _often: ("gang", "hver", "kvartalsvis", "månedlig", "halvårlig", "ugentlig", " årets ", " møder", "én ", "ét "),
    _lengths: ("årig",),
    _paragraphs: ("§",),
    _classes: ("klasse", "årgang"),
    _money: ("kr",),
    _years: ("20",),
    _groups: (", en ", ", et "),
    _counts: ("#",),
    _changes: ("#",),
    _limits: ("#",),
}
COUNTED = rf"\d|\b(?:{'|'.join(WORDS[2:])})\b"
SIGNS = {"0": r"\d", "#": COUNTED}
LOOKS = [(finder, re.compile("|".join(SIGNS.get(mark) or re.escape(mark) for mark in marks)).search) for finder, marks in FINDERS.items()]
PERIOD = re.compile(
    r"(?:\d\.|(?:de )?(?:tre |to )?første(?: tre| to)?|første|andet|tredje|fjerde) kvartal(?:er)?(?: (?:af |i )?20\d\d)?|"
    r"\b20\d\d(?:\s?[-–]\s?20\d\d)?\b",
    re.IGNORECASE,
)
COUNTRY = re.compile(r"\b(?:på landsplan|i hele landet|hele landet|nationalt|landsdækkende|i Danmark|hele Danmark)\b", re.IGNORECASE)


def figures(found: list[Sentence], year: int | None, place: str) -> list[Figure]:
    """The figures of the sentences in order; `place` is where they hold when the sentence names none."""
    out: list[Figure] = []
    before: dict[int, list[str]] = {}
    for sentence in found:
        taken: list[tuple[int, int]] = []
        worth = _worth_it(sentence.text)
        timed = _years in worth or _seasons in worth
        periods = list(dict.fromkeys(match[0].strip() for match in PERIOD.finditer(sentence.text))) if timed else []
        for finder in worth:
            for value, unit, match in finder(sentence.text, year):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                taken.append(match.span())
                out.append(
                    Figure(
                        sentence.line,
                        value,
                        unit,
                        match[0].strip(),
                        ", ".join(periods or before.get(sentence.line, [])),
                        _place(sentence.text, match.start(), place),
                    )
                )
        if periods:
            before[sentence.line] = periods
    return sorted(out, key=lambda figure: figure.line)


def _worth_it(text: str) -> list[Callable[[str, int | None], Iterator[Found]]]:
    """The finders that may find something in a sentence."""
    low = text.lower()
    return [finder for finder, look in LOOKS if look(low)]


def _place(text: str, at: int, district: str) -> str:
    """Where the figure at `at` holds: named just after it or earlier in its clause; else the document's own place."""
    clause = re.search(r"^[^,;.]{0,60}", text[at:])
    if (clause and COUNTRY.search(clause[0])) or COUNTRY.search(re.split(r"[,;]| mod ", text[:at])[-1]):
        return "Danmark"
    town = re.search(r"\b(?:i|for) ([A-ZÆØÅ][\wæøå-]+)(?: Kommune| og [A-ZÆØÅ][\wæøå-]+ Kommune)?", text[max(0, at - 80) :])
    return town[1] if town else district
