"""The order of an agenda: dragged by the mouse, moved by keys, typed as numbers."""

from collections.abc import Callable
from typing import Any

import pytest

from samraad.audit.actor import SYSTEM
from samraad.council.actions import agenda
from samraad.council.actions import meeting as meetings
from samraad.council.models import Meeting
from samraad.demo.cast import Entered, at

pytestmark = pytest.mark.story


@pytest.fixture
def four(cast: Entered) -> Meeting:
    """A planned meeting with the items A to D."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-20"), ends_at=at("2022-03-20", 15), by=SYSTEM
    )
    for title in "ABCD":
        agenda.add_item(meeting=planned, kind="discussion", title=title, by=SYSTEM)
    return planned


def titles(meeting: Meeting) -> str:
    """The items in their order."""
    return "".join(item.title for item in meeting.items.all())


def test_it_is_ordered_by_mouse_and_by_keys(four: Meeting, visit: Callable[..., Any]) -> None:
    signe = visit("signe").open(four.get_absolute_url()).check()
    handle = signe.page.get_by_role("button", name="Flyt Punkt 4: D. Brug piletasterne.")
    handle.scroll_into_view_if_needed()
    last, first = handle.bounding_box(), signe.page.locator(".sam-agenda > li").first.bounding_box()
    signe.page.mouse.move(last["x"] + 10, last["y"] + 10)
    signe.page.mouse.down()
    signe.page.mouse.move(first["x"] + 20, first["y"] + 5, steps=8)
    signe.page.mouse.up()
    signe.sees("Punktet er nu nummer 1 af 4. Rækkefølgen er ikke gemt endnu.")
    signe.press("Gem rækkefølgen").sees("Rækkefølgen er gemt.")
    assert titles(four) == "DABC"
    signe.page.get_by_role("button", name="Flyt Punkt 2: A. Brug piletasterne.").focus()
    for key in ("End", "ArrowUp", "Home", "ArrowDown"):
        signe.page.keyboard.press(key)
    signe.sees("Punktet er nu nummer 2 af 4.")
    signe.page.keyboard.press("End")
    signe.press("Gem rækkefølgen").sees("Rækkefølgen er gemt.")
    assert titles(four) == "DBCA"
    signe.quiet()


def test_it_is_ordered_by_numbers_without_javascript(four: Meeting, visit: Callable[..., Any]) -> None:
    signe = visit("signe", javascript=False).open(four.get_absolute_url())
    signe.page.get_by_label("Nummer på punkt 3").fill("1")
    signe.press("Gem rækkefølgen").sees("Rækkefølgen er gemt.")
    assert titles(four) == "CABD"
