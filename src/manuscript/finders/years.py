"""Years: "2021-2023", "efter 2022", "2019"."""

from manuscript.finders.finder import A_YEAR, Finders, Match, Worth

YEARS = Finders()
NO_SPAN = r"\b(?!\s?[-–]\s?20|-\d)"


@YEARS.finds(rf"({A_YEAR})(?:\s?[-–]\s?| til )(20\d\d)\b", "0")
def span(found: Match, year: int | None) -> Worth:
    """ "2021-2023"."""
    return [int(found[1]), int(found[2])], "years"


@YEARS.finds(rf"\befter (20\d\d){NO_SPAN}", "efter", needs="0")
def after_a_year(found: Match, year: int | None) -> Worth:
    """ "efter 2022", also of the plan's own year."""
    return found[1], "year"


@YEARS.finds(rf"({A_YEAR}){NO_SPAN}", "0")
def a_year(found: Match, year: int | None) -> Worth:
    """ "2019"; the plan's own year says nothing."""
    if int(found[1]) == year:
        return None
    return found[1], "year"
