"""Numbers of reported crime in a plan are checked against the public figures before the plan comes out."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings as given
from django.urls import reverse

from samraad.demo.cast import Entered, at
from samraad.figures.models import Release
from samraad.plan.actions import check as checks
from samraad.plan.actions import plan as plans
from samraad.plan.claims import checked_texts
from samraad.plan.findings import findings, manuscript_of, open_faults
from samraad.plan.models import Plan
from tests.figures.files import begun, file_of, quarters, released
from tests.people import client_of, person_of

TODAY, NOW = at("2022-01-28").date(), at("2022-01-28", 14)
PLAN = Path(given.SAMRAAD_SHARED_DATA) / "plans" / "nordjylland_2022.txt"


def plan_saying(entered: Entered, *paragraphs: str) -> Plan:
    plan = plans.start(forum=entered.kredsraad, year=2023, title="Plan 2023", by=person_of("signe"))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    plans.add_section(plan=plan, title="Kriminaliteten", body=body, by=person_of("signe"))
    return plan


def codes(plan: Plan) -> Counter[str]:
    return Counter(p.finding.code for p in findings(plan, TODAY) if p.finding.code.startswith("figure"))


RIGHT = "I 1.-3. kvartal 2021 var der i Nordjylland 42 % færre indbrud i private hjem end året før."
WRONG = "I 1.-3. kvartal 2021 var der i Nordjylland 48 % færre indbrud i private hjem end året før."
UNCLEAR = "I 1.-3. kvartal 2021 var der i Nordjylland 17 % færre voldssager end året før."
UNKNOWN = "På landsplan faldt voldssager i 1.-3. kvartal 2021 med 8 %."
NO_TIME = "Der er 12 % færre indbrud i private hjem."


def test_it_says_nothing_of_a_number_that_can_be_found_again(demo: Entered) -> None:
    plan = plan_saying(demo, RIGHT)
    assert not codes(plan)
    page = client_of("signe").get(reverse("plan:check", args=["nordjylland", plan.pk])).content.decode()
    assert "42 % kan genfindes" in page


def test_it_holds_a_plan_back_until_a_wrong_number_is_mended_or_explained(demo: Entered) -> None:
    plan = plan_saying(demo, WRONG)
    [fault] = open_faults(plan, TODAY)
    assert "885 til 514, −41,9 %" in fault.finding.message
    assert "Udgivelse 2." in fault.finding.message
    checks.waive(
        plan=plan,
        mark=fault.mark,
        reason="Politiets eget system",
        today=TODAY,
        now=NOW,
        by=person_of("signe"),
    )
    assert not open_faults(plan, TODAY)


def test_it_offers_words_for_a_change_that_is_not_clear(demo: Entered) -> None:
    plan = plan_saying(demo, UNCLEAR)
    [found] = [p for p in findings(plan, TODAY) if p.finding.code == "figure_overstated"]
    assert not found.stops
    assert "Skriv: fra 614 til 510." in found.finding.message


def test_it_remarks_what_cannot_be_checked_and_what_does_not_say_its_period(demo: Entered) -> None:
    plan = plan_saying(demo, UNKNOWN, NO_TIME)
    assert codes(plan) == {"figure_not_checkable": 1, "figure_unsaid": 1}
    assert not open_faults(plan, TODAY)


def test_it_is_silent_before_there_are_public_figures(cast: Entered) -> None:
    plan = plan_saying(cast, WRONG)
    assert not codes(plan)
    source = begun()
    released(source, file_of(*quarters("851", "1320", 2019, *[9] * 12)), day="2022-02-04", hour=8)
    assert not codes(plan)


def test_it_follows_the_newest_public_release(demo: Entered) -> None:
    plan = plan_saying(demo, "I 2020 var der i Nordjylland 17 % færre indbrud i private hjem end i 2019.")
    manuscript, _ = manuscript_of(plan, TODAY)
    [one] = checked_texts(demo.district, manuscript, NOW)
    assert one.release == Release.objects.public(NOW).first().number  # type: ignore[union-attr]


@pytest.mark.skipif(not PLAN.exists(), reason="Planen fra 2022 ligger ikke her (SAMRAAD_SHARED_DATA).")
def test_it_judges_the_six_numbers_of_the_plan_of_2022_as_they_stand(demo: Entered) -> None:
    lines = PLAN.read_text("utf-8").splitlines()
    plan = plan_saying(demo, *(lines[number - 1] for number in (97, 99, 101)))
    manuscript, _ = manuscript_of(plan, TODAY)
    verdicts = [
        (one.said.shown, one.verdict, one.overstated) for one in checked_texts(demo.district, manuscript, NOW)
    ]
    assert verdicts == [
        ("17%", "does_not_reproduce", False),
        ("på samme niveau", "cannot_be_checked", False),
        ("42%", "reproduces", False),
        ("19%", "reproduces", True),
        ("17%", "reproduces", True),
        ("8%", "cannot_be_checked", False),
    ]
    stops = [fault.finding.code for fault in open_faults(plan, TODAY)]
    assert stops.count("figure_not_found") == 1
