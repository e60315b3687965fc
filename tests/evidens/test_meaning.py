"""What a sentence about an answer rests on, and whether it turned between two releases."""

from evidens import offences, places, trend
from evidens.answers import Answer, Meaning
from tests.evidens.test_trend import counts

HJORRING = places.place("municipality:860")


def answer(last: list[int], code: str = "1320", earlier: str = "2016") -> Answer:
    table = counts({"860": [200, 202, 198, 200] * 6 + last}, start="2011Q1", code=code)
    against = table.span(earlier)
    return trend.change(table, offences.choose(code), HJORRING, table.span("2017"), against)


def test_a_sentence_keeps_its_meaning_where_only_the_number_moves() -> None:
    first, second = answer([90, 92, 88, 90]).meaning, answer([95, 92, 88, 90]).meaning
    assert first == second == Meaning("fell", clear=True)
    assert second.turned(first) == ()


def test_a_sentence_turns_when_the_change_is_not_clear_any_more_or_goes_the_other_way() -> None:
    fell, unclear, rose = (answer([each] * 4).meaning for each in (90, 195, 400))
    assert unclear == Meaning("fell", clear=False)
    assert unclear.turned(fell) == ("clear",)
    assert rose.turned(fell) == ("direction",)
    assert answer([200] * 4).meaning.direction == "same"


def test_a_sentence_turns_when_the_law_changed_or_the_figure_is_gone() -> None:
    fell = answer([90] * 4).meaning
    table = counts({"860": [40] * 20}, start="2010Q1", code="1120")
    rape = offences.choose("1120")
    redefined = trend.change(table, rape, HJORRING, table.span("2014"), table.span("2012"))
    missing = trend.change(table, rape, HJORRING, table.span("2016"), table.span("2015"))
    level = trend.change(table, rape, HJORRING, table.span("2014"), None)
    assert redefined.meaning == Meaning(comparable=False)
    assert redefined.meaning.turned(fell) == ("direction", "clear", "comparable")
    assert missing.meaning.turned(fell) == ("direction", "clear", "available")
    assert level.meaning == Meaning()
