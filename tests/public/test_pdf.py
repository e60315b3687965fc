"""The public plan as a PDF file: the released edition, the same bytes each time, built by the rules."""

import pytest
from django.test import Client

from samraad.audit.actions import frame
from samraad.audit.actor import SYSTEM
from samraad.demo.cast import Entered
from samraad.documents.pdf import to_pdf
from samraad.look import files
from samraad.plan.actions import plan as plans
from samraad.plan.models import Plan
from tests.documents.pdf_rules import faults, words

ADDRESS = "/nordjylland/planer/2022/plan.pdf"


@pytest.fixture
def plan(demo: Entered) -> Plan:
    return Plan.objects.get(kind="cooperation", year=2022)


def test_it_gives_the_released_edition(plan: Plan) -> None:
    plans.add_section(plan=plan, title="Noget nyt", body="<p>Ikke ude endnu.</p>", by=SYSTEM)
    answer = Client().get(ADDRESS)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="samarbejdsplan-2022.pdf"'
    told = words(answer.content)
    assert plan.sections.all()[0].title in told.replace("\n", " ")
    assert "Noget nyt" not in told
    assert faults(answer.content) == []
    assert "Hent som PDF" in Client().get("/nordjylland/planer/2022/").content.decode()


def test_it_is_the_same_file_whenever_it_is_fetched(plan: Plan, settings: object) -> None:
    first = Client().get(ADDRESS).content
    settings.SAMRAAD_TODAY = settings.SAMRAAD_TODAY.replace(month=5)  # type: ignore[attr-defined]
    assert Client().get(ADDRESS).content == first
    assert plan.editions.all()[0].sha256[:12] in words(first)


def test_it_has_no_file_of_a_year_without_a_plan_or_of_a_withdrawn_edition(plan: Plan) -> None:
    assert Client().get("/nordjylland/planer/2031/plan.pdf").status_code == 404
    with frame():
        plan.editions.update(withdrawn_because="Trykfejl")
    assert Client().get(ADDRESS).status_code == 404


def test_it_is_made_once_until_something_happens(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(files, "to_pdf", lambda document: made.append(document.title) or to_pdf(document))
    first = Client().get(ADDRESS)
    again = Client().get(ADDRESS)
    assert (again.content, again["Content-Disposition"]) == (first.content, first["Content-Disposition"])
    assert len(made) == 1
    plans.add_section(plan=plan, title="Noget nyt", body="<p>Ikke ude endnu.</p>", by=SYSTEM)
    assert Client().get(ADDRESS).content == first.content
    assert len(made) == 2


def test_it_gives_the_numbers_that_others_may_see(plan: Plan) -> None:
    told = " ".join(words(Client().get(ADDRESS).content).split())
    assert "7. klasser undervist med Den Sikre Side: klasser ud af alle 7. klasser i kommunen." in told
    assert "2021/22 Hjørring 19 af 31" in told
    assert "2021-12 Hele kredsen 39 af 132" in told


def test_it_says_which_sign_cannot_be_shown(plan: Plan) -> None:
    """On a page of the house, with what would help; the Word file is there."""
    edition = plan.editions.all()[0]
    content = {**edition.content, "title": "Plan 한"}
    with frame():
        plan.editions.update(content=content)
    answer = Client().get(ADDRESS)
    assert answer.status_code == 422
    assert "PDF kan ikke vise tegnet “한” under “Plan 한”" in answer.content.decode()
    assert Client().get("/nordjylland/planer/2022/plan.docx").status_code == 200
