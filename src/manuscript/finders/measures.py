"""How often, how long, how much: "to gange om året", "toårigt", "§ 215 a", "7. klasse", "2,5 mio. kr."."""

from manuscript.finders.finder import NUMBER, Finders, Match, Worth, number, times
from manuscript.words import NUMBERS, either

MEASURES = Finders()
ONE = ("en", "én", "et", "ét")
EVERY = {
    "hver anden uge": 26,
    "hver anden måned": 6,
    "hver tredje måned": 4,
    "hver uge": 52,
    "hver måned": 12,
    "hvert kvartal": 4,
    "hvert halve år": 2,
    "hvert halvår": 2,
    "hver mandag": 52,
    "hver tirsdag": 52,
    "hver onsdag": 52,
    "hver torsdag": 52,
    "hver fredag": 52,
    "hver lørdag": 52,
    "hver søndag": 52,
}
RHYTHMS = {"kvartalsvis": 4, "månedlig": 12, "halvårlig": 2, "ugentlig": 52}
SIZES = {"mio.": 1e6, "millioner": 1e6, "mia.": 1e9}
YEARLY = either("om året", "årligt", r"pr\. år", "hvert år")
OFTENER = either("om måneden", "månedligt", "om ugen", "ugentligt")


def _in_a_year(rhythm: str) -> int:
    """How often a month, a week or a year comes in a year."""
    if "måned" in rhythm:
        return 12
    if "uge" in rhythm:
        return 52
    return 1


def _count(text: str, ones: tuple[str, ...]) -> float | int:
    """A number; one, said as an article, is 1."""
    if text.lower() in ones:
        return 1
    return number(text)


@MEASURES.finds(rf"\b({'|'.join(ONE)}|{NUMBER}) gange? ({YEARLY}|{OFTENER})", "gang gange")
def times_a_year(found: Match, year: int | None) -> Worth:
    """ "to gange om året", "en gang om måneden" (twelve)."""
    return _count(found[1], ONE) * _in_a_year(found[2]), "times a year"


@MEASURES.finds(rf"\b(?:{'|'.join(EVERY)})\b", "hver hvert")
def every(found: Match, year: int | None) -> Worth:
    """ "hvert kvartal"."""
    return EVERY[found[0].lower()], "times a year"


@MEASURES.finds(
    rf"\b({'|'.join(RHYTHMS)})(?:e \w+|[et]?\b)",
    " ".join(f"{rhythm} {rhythm}e {rhythm}t" for rhythm in RHYTHMS),
)
def rhythm(found: Match, year: int | None) -> Worth:
    """ "kvartalsvise møder", "månedligt"."""
    return RHYTHMS[found[1].lower()], "times a year"


@MEASURES.finds(r"\b(?:mindst )?(?:en|et|ét|én) af (?:årets )?(?:møder\w*|\w*møder)", "", "møder")
def one_of_the_meetings(found: Match, year: int | None) -> Worth:
    """ "et af årets møder"."""
    return 1, "times a year"


@MEASURES.finds(rf"\b(én|{NUMBER}) gange?\b", "gang gange")
def so_many_times(found: Match, year: int | None) -> Worth:
    """ "tre gange"."""
    return _count(found[1], ("én",)), "times"


@MEASURES.finds(r"\b(?:én|ét) (?!gang|af)\w+", "én ét")
def exactly_one(found: Match, year: int | None) -> Worth:
    """ "én kommune"."""
    return 1, ""


@MEASURES.finds(rf"\b({'|'.join(NUMBERS[1:])}|\d{{1,2}}|et)-?årig(?:t|e)?\b", "", "årig")
def length(found: Match, year: int | None) -> Worth:
    """ "toårigt"."""
    return _count(found[1], ("et",)), "years"


@MEASURES.finds(r"§§?\s?(\d+(?: [a-z](?![\wæøå]))?)", "", "§")
def paragraph(found: Match, year: int | None) -> Worth:
    """ "§ 215 a"."""
    return found[1], "paragraph"


@MEASURES.finds(r"\b(\d{1,2})\.(?:\s?-\s?\d{1,2}\.)? (?:klasse\w*|klassetrin|årgang)", "årgang", "klasse")
def grade(found: Match, year: int | None) -> Worth:
    """ "7. klasse"."""
    return int(found[1]), "school grade"


@MEASURES.finds(rf"({NUMBER}) (mio\.|mia\.|millioner)? ?(?:kr\b\.?|kroner)", "kr kroner")
def money(found: Match, year: int | None) -> Worth:
    """ "2,5 mio. kr."."""
    size = (found[2] or "").lower()
    return times(number(found[1]), SIZES.get(size, 1)), "kr."
