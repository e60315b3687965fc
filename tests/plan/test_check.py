"""The plan check: each rule finds its fault and leaves a sound text alone.

Mended in one click, waived with a reason, a gate.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from samraad.accounts.models import User
from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM
from samraad.audit.models import Event
from samraad.demo.cast import Entered, at
from samraad.plan.actions import check as acts
from samraad.plan.actions import plan as plans
from samraad.plan.findings import findings, open_faults
from samraad.plan.models import Plan

Person = Callable[[str], User]
TODAY, NOW = date(2022, 1, 28), at("2022-01-28")
LONG = (
    "Politiet og kommunen går hver fredag aften en tur gennem gågaden "
    "og taler med dem, der er ude, og med dem, der har åbent."
)


@pytest.fixture
def plan(cast: Entered, person: Person) -> Plan:
    plan = plans.start(forum=cast.kredsraad, year=2022, title="Samarbejdsplan 2022", by=person("signe"))
    plans.add_section(
        plan=plan, number="1", title="Indsatsområder i 2021", body=f"<p>{LONG}</p>", by=person("signe")
    )
    plans.add_section(
        plan=plan,
        number="2",
        title="Mere",
        body=f"<p>{LONG}</p>\n<p>Der skal der sker noget nyt.</p>",
        by=person("signe"),
    )
    return plan


def marks(plan: Plan) -> dict[str, str]:
    """code -> mark of what is found now."""
    return {placed.finding.code: placed.mark for placed in findings(plan, TODAY)}


def test_it_mends_what_one_asks_for_and_nothing_else(plan: Plan, person: Person) -> None:
    acts.mend(plan=plan, mark=marks(plan)["year_mismatch"], today=TODAY, by=person("signe"))
    assert plan.sections.all()[0].title == "Indsatsområder i 2022"
    acts.mend(plan=plan, mark=marks(plan)["typo"], today=TODAY, by=person("signe"))
    assert "skal der ske noget" in plan.sections.all()[1].body
    acts.mend(plan=plan, mark=marks(plan)["duplicate_paragraph"], today=TODAY, by=person("signe"))
    assert [LONG in section.body for section in plan.sections.all()] == [True, False]
    assert Event.objects.filter(verb="plan.finding_mended").count() == 3


def test_it_says_so_when_somebody_mended_it_first(plan: Plan, person: Person) -> None:
    mark = marks(plan)["typo"]
    acts.mend(plan=plan, mark=mark, today=TODAY, by=person("signe"))
    with pytest.raises(Refused, match="allerede rettet"):
        acts.mend(plan=plan, mark=mark, today=TODAY, by=person("tage"))


def test_it_keeps_a_reason_and_can_take_it_back(plan: Plan, person: Person) -> None:
    assert {placed.finding.code for placed in open_faults(plan, TODAY)} == {
        "year_mismatch",
        "duplicate_paragraph",
    }
    waiver = acts.waive(
        plan=plan,
        mark=marks(plan)["year_mismatch"],
        reason="Med vilje",
        today=TODAY,
        now=NOW,
        by=person("signe"),
    )
    assert {placed.finding.code for placed in open_faults(plan, TODAY)} == {"duplicate_paragraph"}
    acts.take_waiver_back(waiver=waiver, by=person("signe"))
    assert len(open_faults(plan, TODAY)) == 2


def test_it_names_everybody_on_a_line_and_waives_one_at_a_time(plan: Plan, person: Person) -> None:
    line = "Det skriver Peter Hansen i sin bog, og borger Mette Jensen har det svært."
    plans.add_section(plan=plan, title="Natteliv", body=f"<p>{line}</p>", by=SYSTEM)
    first, second = (placed for placed in findings(plan, TODAY) if placed.finding.code == "person_name")
    assert "Peter Hansen" in first.finding.message
    acts.waive(plan=plan, mark=first.mark, reason="Forfatteren", today=TODAY, now=NOW, by=person("signe"))
    assert [p.mark for p in open_faults(plan, TODAY) if p.finding.code == "person_name"] == [second.mark]


def test_it_looks_at_the_plan_s_own_title_too(cast: Entered, person: Person) -> None:
    plan = plans.start(forum=cast.kredsraad, year=2023, title="Plan for Mette Jensen", by=person("signe"))
    plans.add_section(plan=plan, title="Natteliv", body="<p>Vi kommer.</p>", by=person("signe"))
    assert [p.finding.message for p in findings(plan, TODAY) if p.finding.code == "person_name"] == [
        "“Mette Jensen” ligner navnet på en person. Skriv rollen i stedet."
    ]


def test_it_never_lets_a_personal_number_stand(plan: Plan, person: Person) -> None:
    plans.add_section(plan=plan, title="Sag", body="<p>Sagen om 010203-1234.</p>", by=SYSTEM)
    with pytest.raises(Refused, match="Fjern det"):
        acts.waive(
            plan=plan, mark=marks(plan)["cpr_like"], reason="nej", today=TODAY, now=NOW, by=person("signe")
        )


def test_it_checks_a_file_where_nothing_is_set_up_and_a_plan_only_where_it_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(f"Samarbejdsplan 2022\n\n1 Samarbejdet\n\n{LONG}\n\n2 Opfølgning\n\n{LONG}\n", "utf-8")
    bare = {name: value for name, value in os.environ.items() if not name.startswith("SAMRAAD_")} | {
        "SAMRAAD_DATA": str(tmp_path)
    }

    def run(plan: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "samraad.cli", "check_plan", plan],
            env=bare,
            capture_output=True,
            text=True,
        )

    assert "steder at se på" in run(str(file)).stdout
    assert "SAMRAAD_SECRET_KEY mangler" in run("12").stderr
