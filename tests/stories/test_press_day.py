"""A day of new figures: brought in, seen by another, public at eight and not before, quoted, corrected."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samraad.demo.cast import Entered, at
from tests.figures.files import file_of, quarters

pytestmark = pytest.mark.story
RELEASES = "/nordjylland/arbejde/udgivelser/"
AALBORG = "/nordjylland/tal/indbrud/aalborg/2021/mod/2020/"
ROWS = quarters("851", "1320", 2019, 150, 131, 128, 140, 129, 118, 102, 111, 70, 57, 51)


def saved(folder: Path, name: str, content: bytes) -> str:
    """A file on the analyst's disk."""
    path = folder / name
    path.write_bytes(content)
    return str(path)


@pytest.mark.parametrize("javascript", [True, False])
def test_it_brings_figures_to_the_public_at_the_hour_that_two_agreed_on(
    demo: Entered, visit: Callable[..., Any], tmp_path: Path, settings: Any, javascript: bool
) -> None:
    anton = visit("anton", javascript=javascript).open(RELEASES)
    anton.click("Anmeldte forbrydelser").click("Læg en fil ind")
    wrong = saved(tmp_path, "forkert.csv", file_of(*ROWS, "851;1320;2021K4;tolv"))
    anton.page.locator("[name='upload']").set_input_files(wrong)
    anton.press("Læs filen").sees("Intet er gemt.", "Linje 13", "“tolv”", "er ikke et helt tal")
    right = saved(tmp_path, "ny.csv", file_of(*ROWS, "851;1320;2021K4;49"))
    anton.page.locator("[name='upload']").set_input_files(right)
    anton.press("Læs filen").sees("Udgivelse 3", "Lagt ind", "Forsvundne tal", "De er ukendte, ikke nul.")
    anton.click("Send til godkendelse")
    anton.choose("Revision: kilden har ændret ældre tal eller taget dem ud")
    anton.fill(reason="Kilden er kortet ned til Aalborg.")
    anton.press("Send til godkendelse").sees("Venter på godkendelse", "Du har selv lagt tallene ind")

    signe = visit("signe", javascript=javascript).open("/mit-bord/")
    signe.click("Godkend tal: Anmeldte forbrydelser, udgivelse 3").sees("Udgivelse 3")
    signe.click("Godkend").sees("afløser udgivelse 2", "forsvinder de fra alle offentlige sider")
    assert signe.page.locator("[name='day']").input_value() == "2022-02-11"  # as it was announced
    signe.choose("Jeg har set, at tal forsvinder fra de offentlige sider")
    signe.press("Godkend").sees("Offentlig fra fredag 11. februar 2022 kl. 08.00")

    citizen = visit(javascript=javascript)
    settings.SAMRAAD_TODAY = at("2022-02-11", 7)
    citizen.open(AALBORG).sees("Tallet foreligger ikke")
    settings.SAMRAAD_TODAY = at("2022-02-11", 8)
    citizen.open(AALBORG).sees("fra 460 i 2020 til 227 i 2021", "Udgivelse 3.")
    if javascript:
        for page in (anton.open(RELEASES), signe.open(f"{RELEASES}3/"), citizen):
            page.check()


def test_it_lets_a_journalist_choose_quote_and_fetch(demo: Entered, visit: Callable[..., Any]) -> None:
    citizen = visit().open("/nordjylland/").click("Tal og udvikling").check()
    citizen.click("Indbrud i private hjem").check()
    citizen.page.locator(".sam-ask summary").click()
    citizen.fill(sted="Hjørring").press("Vis")
    citizen.sees("105 i 1.-3. kvartal 2020 og 54 i 1.-3. kvartal 2021: ingen klar ændring.")
    assert b"Hj\xc3\xb8rring;Indbrud i private hjem;1.-3. kvartal 2021;54;" in citizen.fetches("CSV")
    citizen.click("faste adresse").sees("Udgivelse 2").check()
    citizen.click("Rettelser i tal").sees("Der er ingen rettelser.").check()


def test_it_tells_the_mayor_on_her_phone_what_she_may_say(demo: Entered, visit: Callable[..., Any]) -> None:
    maja = visit("maja").open("/mit-bord/")
    maja.sees("Indbrud i private hjem", "Ingen klar ændring fra 105 året før.")
    maja.page.get_by_text("Bliver du spurgt?").click()
    maja.sees("Anmeldelserne gik fra 105 til 54, men tallene svinger for meget").check()
    maja.open("/nordjylland/min-kommune/hjoerring/").sees("Hvorfor står der ikke").check()
