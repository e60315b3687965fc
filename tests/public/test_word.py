"""The public plan as a Word file: the released edition, not what is being written."""

import io

import docx
import pytest
from django.test import Client

from samraad.audit.actor import SYSTEM
from samraad.demo.cast import Entered
from samraad.plan.actions import plan as plans
from samraad.plan.models import Plan


@pytest.fixture
def plan(demo: Entered) -> Plan:
    return Plan.objects.get(kind="cooperation", year=2022)


def test_it_gives_the_released_edition(plan: Plan) -> None:
    plans.add_section(plan=plan, title="Noget nyt", body="<p>Ikke ude endnu.</p>", by=SYSTEM)
    answer = Client().get("/nordjylland/planer/2022/plan.docx")
    words = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert plan.sections.all()[0].title in words
    assert "Noget nyt" not in words
    assert "Hent som Word" in Client().get("/nordjylland/planer/2022/").content.decode()


def test_it_has_no_file_of_a_year_without_a_plan(plan: Plan) -> None:
    assert Client().get("/nordjylland/planer/2031/plan.docx").status_code == 404


def test_it_answers_an_address_for_a_press_with_a_page(plan: Plan) -> None:
    answer = Client().put("/nordjylland/planer/2022/")
    assert answer.status_code == 405
    assert "Her er ingen side" in answer.content.decode()
