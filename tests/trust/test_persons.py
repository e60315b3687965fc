"""P5: nobody reads a municipality's few persons from what others are shown."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from samraad.audit.actions import frame
from samraad.audit.actor import SYSTEM
from samraad.council.models import Forum
from samraad.demo.cast import Entered, org
from samraad.plan.account import chapters
from samraad.plan.actions import initiative as works
from samraad.plan.actions import plan as plans
from samraad.plan.content import read
from samraad.plan.models import FocusArea, Indicator
from samraad.plan.queries.indicator import WHOLE, Shown, shown
from tests.databases import DAY

FOUR = ["hjoerring", "aalborg", "laesoe", "rebild"]
As = Callable[[str], Client]


@pytest.fixture
def area(cast: Entered) -> FocusArea:
    """One that four lokalråd are asked in."""
    plan = plans.start(forum=cast.kredsraad, year=2022, title="2022", by=SYSTEM)
    made = plans.add_area(plan=plan, title="Kør rent", by=SYSTEM)
    asked = Forum.objects.filter(kind="lokalraad", municipalities__slug__in=FOUR)
    assert len(asked) == len(FOUR)
    with frame():
        made.addressees.set(asked)
    return made


def _counted(area: FocusArea, values: dict[str, int], of: dict[str, int] | None = None) -> Indicator:
    made = works.add_indicator(area=area, name="Ja", unit="personer", period="month", persons=True, by=SYSTEM)
    for slug, value in values.items():
        whole = (of or {}).get(slug)
        works.measure(
            indicator=made, municipality=org(slug), period="2021-12", value=value, of=whole, by=SYSTEM
        )
    return made


def _readings(indicator: Indicator, own: str) -> Iterator[tuple[int, int]]:
    """What a municipality works out of others from what it sees: how many persons, in how many places."""
    rows = shown(indicator, own={org(own).pk})
    mine = next(int(row.text) for row in rows if row.place == org(own).short_name)
    for row in rows:
        if row.place == WHOLE and not row.hidden:
            yield int(row.text) - mine, indicator.measurements.count() - 1


@pytest.mark.parametrize(
    "values",
    [(20, 9, 2, 1), (20, 9, 2, 0), (9, 1, 1, 1), (30, 2, 1, 1), (5, 5, 5, 5), (0, 0, 0, 0), (40, 0, 0, 6)],
)
def test_p5_whoever_knows_her_own_number_reads_of_no_few_persons(
    area: FocusArea, values: tuple[int, ...]
) -> None:
    made = _counted(area, dict(zip(FOUR, values, strict=True)))
    for own in FOUR:
        for persons, places in _readings(made, own):
            assert persons > 4
            assert places > 1


def test_p5_others_see_the_sum_alone(area: FocusArea) -> None:
    made = _counted(area, {"hjoerring": 20, "aalborg": 9, "laesoe": 2, "rebild": 1})
    assert shown(made) == [Shown(WHOLE, "2021-12", "32")]
    assert {row.place for row in shown(made, own={org("laesoe").pk})} == {WHOLE, "Læsø"}


def test_p5_a_sum_is_told_when_all_have_counted(area: FocusArea) -> None:
    made = _counted(area, {"hjoerring": 20, "aalborg": 9, "rebild": 8})
    assert [(row.text, row.hidden) for row in shown(made)] == [("ikke alle har talt endnu", True)]


def test_p5_two_that_are_asked_would_read_each_other(area: FocusArea) -> None:
    with frame():
        area.addressees.set(Forum.objects.filter(kind="lokalraad", municipalities__slug__in=FOUR[:2]))
    made = _counted(area, {"hjoerring": 20, "aalborg": 9})
    assert [row.text for row in shown(made)] == ["for få til at vise"]


@pytest.mark.parametrize(("rest", "text"), [((9, 9, 9, 9), "32 af 68"), ((30, 1, 1, 1), "32")])
def test_p5_those_who_are_left_are_not_few_either(area: FocusArea, rest: tuple[int, ...], text: str) -> None:
    values = dict(zip(FOUR, (20, 9, 2, 1), strict=True))
    of = {slug: values[slug] + more for slug, more in zip(FOUR, rest, strict=True)}
    assert [row.text for row in shown(_counted(area, values, of))] == [text]


def test_p5_edition_account_and_working_page_tell_the_sum_alone(area: FocusArea, as_: As) -> None:
    made = _counted(area, {"hjoerring": 211, "aalborg": 223, "laesoe": 227, "rebild": 229})
    plan = area.plan
    assert read(plan).areas[0].indicators[0].rows == (("2021-12", WHOLE, "890"),)
    account = "".join(chapter.body for chapter in chapters(plan.forum, 2022, DAY))
    page = as_("signe").get(made.get_absolute_url()).content.decode()
    for text in (account, page):
        assert "890" in text
        assert not {"211", "223", "227", "229"} & set(text.replace("<", " ").replace(">", " ").split())
