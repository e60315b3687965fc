"""The real plan of 2022, from upload to matrix, in a browser.

What the secretariat does in its first ten minutes.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from samraad.demo.cast import Entered
from tests.stories.test_year_of_a_plan import day

pytestmark = [pytest.mark.story, pytest.mark.long]
REAL = (
    Path(os.environ.get("SAMRAAD_SHARED_DATA", str(django_settings.SAMRAAD_SHARED_DATA)))
    / "plans"
    / "nordjylland_2022.txt"
)


@pytest.mark.skipif(not REAL.is_file(), reason="Planen fra 2022 ligger ikke i SAMRAAD_SHARED_DATA")
def test_it_goes_from_upload_to_matrix_in_under_ten_minutes(
    cast: Entered, visit: Callable[..., Any], settings: Any
) -> None:
    """The published plan of 2022 goes from upload to an answered matrix in a browser in under ten minutes."""
    day(settings, 2021, 11, 22)
    begun = time.monotonic()
    signe = visit("signe").open("/nordjylland/arbejde/planer/").click("Læs en plan fra en fil")
    signe.page.set_input_files("[name=upload]", str(REAL))
    signe.press("Læs filen").sees(
        "19 afsnit, 11 indsatsområder", "Indhold og overskrift", "Lovens navn over andre ord"
    ).check()
    signe.choose("Alle løfter").press("Overtag som kladde").sees(
        "Kladden er klar", "04.11 Indsatser for mere sikker trafik i Nordjylland"
    )
    plan_url = signe.page.url
    # Areas are addressed to those they are about:
    # the two stations, the two municipalities of the fraud project.
    assert "Skal svare: Lokalråd Aalborg, Lokalråd Brønderslev" in signe.page.inner_text("body")
    signe.sees("Lokalbetjentene skal knytte tætte kontakter", "Udkast")
    signe.open(plan_url).more().click("Plantjek").sees("Forkert år", "Dobbelt overskrift").check()
    while signe.page.get_by_role("button", name="Ret det").count():
        signe.press("Ret det").sees("Rettet i afsnittet")
    while signe.page.get_by_role("button", name="Fjern det her sted").count():
        signe.press("Fjern det her sted").sees("Rettet i afsnittet")
    omar = (
        visit("omar")
        .open("/nordjylland/arbejde/planer/")
        .sees("Lokalråd Brønderslev, 2022: fra sidste år og kredsens udkast")
    )
    omar.press("Begynd handleplanen")
    omar.sees("Handleplanen er begyndt")
    signe.open("/nordjylland/arbejde/svar/").sees("Lokalråd Hjørring", "Ikke adresseret").check()
    assert time.monotonic() - begun < 600
    omar.quiet()
