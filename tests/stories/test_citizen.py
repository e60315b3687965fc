"""A citizen on a phone: whom to call, what is next, what was promised, and how to follow along."""

from collections.abc import Callable
from typing import Any

import pytest

from samraad.audit.actor import SYSTEM
from samraad.council.actions import meeting as meetings
from samraad.council.models import Meeting
from samraad.demo.cast import Entered, at

pytestmark = [pytest.mark.story, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_it_takes_three_taps_from_the_front_page_to_a_number(
    demo: Entered, visit: Callable[..., Any], javascript: bool
) -> None:
    citizen = visit(javascript=javascript).open("/nordjylland/")
    citizen.page.set_viewport_size(PHONE)
    citizen.click("Bekymret for nogen?").sees("Hvad er du bekymret for?", "112", "114")
    first = citizen.page.url
    citizen.click("Et barn bliver måske slået").sees("Hvor bor barnet?")
    citizen.click("Hjørring").sees("Ring til Modtagelsen, Børn og Familie i Hjørring Kommune", "01 00 01")
    assert citizen.page.get_by_role("link", name="01 00 01").get_attribute("href").startswith("tel:+4501")
    assert citizen.page.title() == "Hvem kan hjælpe – Samråd Nordjylland"
    assert "barn" not in citizen.page.url
    assert citizen.page.context.cookies() == []
    if javascript:
        citizen.check()
        for address in (first, f"{first}1/", f"{first}1/825/", f"{first}5/"):
            citizen.open(address).check()


def test_it_follows_the_cooperation_from_a_phone(demo: Entered, visit: Callable[..., Any]) -> None:
    meeting = Meeting.objects.get(forum=demo.kredsraad, starts_at__date=at("2022-03-15").date())
    meetings.call_meeting(meeting=meeting, now=at("2022-01-28"), by=SYSTEM)
    citizen = visit().open("/nordjylland/moeder/")
    citizen.page.set_viewport_size(PHONE)
    citizen.sees("Afholdt, referatet er på vej", "Følg møderne i din kalender").check()
    citizen.page.set_viewport_size(PHONE)
    citizen.click("Tirsdag 15. marts 2022").sees("Dagsorden, den åbne del", "Hvad sker der bagefter?").check()
    assert b"BEGIN:VEVENT" in citizen.fetches("Følg møderne i din kalender")
    citizen.open("/nordjylland/min-kommune/hjoerring/").sees("Det har kommunen lovet")
    citizen.open("/nordjylland/planer/2022/").check()
    citizen.open("/nordjylland/planer/2022/#omraade-9").sees("Det svarer lokalrådene")
    assert citizen.fetches("Hent som PDF").startswith(b"%PDF")
    citizen.open("/nordjylland/soeg/?q=indbruddene").sees("Jeg har været udsat for en forbrydelse").check()
    citizen.open("/nordjylland/fora/").check()
