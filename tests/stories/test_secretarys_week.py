"""A secretary's week in a real browser: from the call to minutes that were corrected and approved."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from samraad.accounts.models import Mail
from samraad.council.models import Meeting
from samraad.demo.cast import Entered
from tests.databases import moment

pytestmark = pytest.mark.story


def day(settings: Any, year: int, month: int, number: int) -> None:
    """Let the domain's day be another one."""
    settings.SAMRAAD_TODAY = moment(date(year, month, number))


def mails(begins: str) -> int:
    """How many mails of a sort lie in the outbox."""
    return Mail.objects.filter(key__startswith=begins).count()


def plan_a_meeting(signe: Any, on: str) -> str:
    """Plan a meeting of the kredsråd with an open, a closed and an ordinary item; returns its address."""
    signe.open("/nordjylland/arbejde/moeder/").click("Planlæg møde i Kredsrådet i Nordjylland")
    signe.fill(day=on, place="Aalborg").press("Læg mødet i kalenderen").sees("Planlagt")
    address = str(signe.page.url)
    for title in ("Cykler ved skoler", "Natteliv", "Budget"):
        signe.open(address).click("Nyt punkt").fill(title=title, text=f"Sagen om {title.lower()}.")
        if title == "Natteliv":
            signe.choose("Lukket punkt: bliver ikke offentligt")
        signe.press("Læg punktet på").sees(title)
    return address


def type_at(visitor: Any, name: str, words: str) -> None:
    """Go to a field with Tab alone and type."""
    for _ in range(200):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement.name || ''").endswith(name):
            visitor.page.keyboard.type(words)
            return
    raise AssertionError(f"Feltet “{name}” kan ikke nås med tastaturet")


def choose_with_keyboard(visitor: Any, name: str, times: int) -> None:
    """Go to a group of radio buttons with Tab alone, and down to the choice of that number."""
    for _ in range(200):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement.name || ''").endswith(name):
            visitor.page.keyboard.press("Space")
            for _ in range(times - 1):
                visitor.page.keyboard.press("ArrowDown")
            return
    raise AssertionError(f"Feltet “{name}” kan ikke nås med tastaturet")


def test_it_goes_from_the_call_to_minutes_that_were_corrected(
    cast: Entered, visit: Callable[..., Any], settings: Any
) -> None:
    day(settings, 2022, 1, 28)
    signe = visit("signe")
    address = plan_a_meeting(signe, "2022-03-15")

    # Nothing goes unseen: the mail, who gets it, whom nothing reaches
    signe.open(address).click("Se, hvad der bliver sendt").check().sees(
        "1. Cykler ved skoler", "2. Lukket punkt", "6 personer får en mail", "Ingen person på pladsen"
    ).does_not_see("2. Natteliv")
    assert mails("called:") == 0
    signe.press("Send dagsordenen ud").sees("Indkaldt")
    assert mails("called:") == 6

    # An apology comes by phone; a paper comes late; both are told to those concerned
    signe.click("Skriv et afbud").check().fill(seat="Borgmester på Læsø").press("Skriv afbuddet").sees(
        "Afbud: Borgmester på Læsø"
    ).check()
    assert mails("apology:") > 0
    signe.click("Tilføj bilag til punkt 1").fill(title="Tælling")
    signe.page.set_input_files("[name=upload]", {"name": "t.txt", "mimeType": "text/plain", "buffer": b"x"})
    signe.press("Tilføj bilag").sees("Tælling")
    assert mails("paper:") == 6

    # The meeting is held; attendance was typed wrong and is put right
    day(settings, 2022, 3, 16)
    signe.open(address).click("Mødet er holdt: skriv fremmøde")
    for field in signe.page.locator("select[name^=seat_]").all():
        field.select_option("excused")
    signe.press("Gem fremmødet").sees("0 af 10 pladser var dækket.").more().click("Ret fremmødet").check()
    for title in ("Politidirektør i Nordjylland", "Borgmester i Hjørring"):
        signe.page.get_by_label(title, exact=True).select_option("present")
    signe.press("Gem fremmødet").sees("2 af 10 pladser var dækket.")

    # The minutes on one page, with the keyboard alone
    signe.click("Skriv referat").sees("0 af 3 punkter er skrevet. 3 mangler et udfald.").check()
    signe.page.locator("h1").click()
    for words in ("Rådet er enigt.", "Alle gæster var gået.", "Der afsættes 10.000.000 kr."):
        choose_with_keyboard(signe, "outcome", 2)
        type_at(signe, "minute", words)
        if words.startswith("Rådet"):
            signe.sees("i din kladde")
        signe.page.keyboard.press("Control+Enter")
        signe.sees("Referatet er gemt.") if not words.startswith("Der") else signe.sees("Se, hvad der")
        if not words.startswith("Der"):
            number = 2 if words.startswith("Rådet") else 3
            if number == 2:
                signe.sees("Alt her bliver inde.")
            signe.page.locator(".sam-minute > summary").nth(number - 1).focus()
    signe.sees("venter på din godkendelse").check().press("Send referatet til godkendelse").sees(
        "0 af 2 har godkendt"
    )

    # One approves, one objects; the minutes come back corrected, and everybody is asked anew
    visit("poul").open(address).press("Godkend referatet").sees("Referatet er godkendt af dig.")
    maja = visit("maja")
    maja.open(address).click("Skriv en bemærkning").fill(objection="Beløbet er forkert").press(
        "Send bemærkningen"
    )
    signe.open(address).sees("Beløbet er forkert").click("Tag referatet tilbage").check().sees(
        "1 godkendelse falder bort."
    )
    signe.fill(reason="Beløbet er rettet").press("Tag referatet tilbage").sees("Referatet er taget tilbage")
    assert mails("minutes-back:") > 0
    signe.click("Skriv referat")
    last = signe.page.locator(".sam-minute").nth(2)
    last.locator("summary").first.click()
    last.locator("textarea[name$=minute]").fill("Der afsættes 1.000.000 kr.")
    last.get_by_label("Udsat", exact=True).check()
    last.get_by_role("button", name="Gem punkt 3").click()
    signe.sees("Referatet er gemt.")
    signe.open(address).click("Se, hvad der bliver sendt").sees("Det rettede referat").press(
        "Send referatet til godkendelse"
    )
    maja.open(address).press("Godkend referatet").sees("Referatet er godkendt af dig.")
    signe.open(address).sees("Runde 2", "Runde 1", "Beløbet er forkert", "1 af 2 har godkendt").check()

    # What was postponed to no meeting proposes itself for the next
    signe.open("/nordjylland/arbejde/moeder/").click("Planlæg møde i Kredsrådet i Nordjylland")
    signe.fill(day="2022-06-14").press("Læg mødet i kalenderen").sees("Udsat fra mødet 15. marts 2022.")
    signe.press("Tag med Budget").sees("Forslaget er lagt på dagsordenen.", "Udsat fra").check()


def test_the_core_works_without_javascript(cast: Entered, visit: Callable[..., Any], settings: Any) -> None:
    day(settings, 2022, 1, 28)
    signe = visit("signe", javascript=False)
    address = plan_a_meeting(signe, "2022-01-25")
    signe.open(address).click("Se, hvad der bliver sendt").press("Registrér, at dagsordenen er sendt")
    signe.open(address).click("Mødet er holdt: skriv fremmøde").press("Gem fremmødet")
    signe.open(address).click("Skriv referat")
    for item in signe.page.locator(".sam-minute").all():
        if item.get_attribute("open") is None:
            item.locator("summary").first.click()
        item.locator("textarea[name$=minute]").fill("Drøftet.")
        item.get_by_label("Drøftet", exact=True).check()
    signe.press("Gem og gå til punkt 2").sees("Referatet er gemt.", "3 af 3 punkter er skrevet.")
    meeting = Meeting.objects.get(starts_at__date=date(2022, 1, 25))
    assert [(item.outcome, item.minute) for item in meeting.items.all()] == [
        ("discussed", "<p>Drøftet.</p>")
    ] * 3
