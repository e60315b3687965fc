"""The plan room's papers as PDF: built by the rules, saying what the Word file says; a draft is marked."""

import io
from collections.abc import Callable
from datetime import date

import docx
import pikepdf
import pytest
from django.test import Client

from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM
from samraad.demo.cast import Entered, at
from samraad.documents.pdf import to_pdf
from samraad.documents.word import to_docx
from samraad.plan import papers
from samraad.plan.actions import edition as editions
from samraad.plan.actions import plan as acts
from samraad.plan.actions import year as years
from samraad.plan.models import Milestone, Plan
from tests.documents.pdf_rules import faults, words

Browser = Callable[[str], Client]
WORK = "/nordjylland/arbejde"


@pytest.fixture
def plan(demo: Entered) -> Plan:
    return Plan.objects.get(kind="cooperation", year=2022)


@pytest.fixture
def account(demo: Entered) -> Plan:
    return years.start_account(forum=demo.kredsraad, year=2021, today=date(2022, 1, 28), by=SYSTEM)


@pytest.fixture
def action(demo: Entered) -> Plan:
    return Plan.objects.get(kind="action", title__contains="Brønderslev")


def fetched(client: Client, address: str) -> str:
    """The words of a file, on one line, when it is as it should be."""
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert faults(answer.content) == []
    return " ".join(words(answer.content).split())


def test_it_marks_what_is_not_out(action: Plan, as_: Browser) -> None:
    told = fetched(as_("omar"), f"{WORK}/planer/{action.pk}/plan.pdf")
    assert "Udkast, som det står 28. januar 2022" in told
    assert "kontrolsum" not in told.lower()


def test_it_gives_the_account_the_note_and_the_step_of_a_project(
    account: Plan, action: Plan, as_: Browser
) -> None:
    assert "Om dokumentet" in fetched(as_("signe"), f"{WORK}/planer/{account.pk}/plan.pdf")
    note = fetched(as_("omar"), f"{WORK}/planer/{action.pk}/sagsfremstilling.pdf")
    assert "Det indstilles, at handleplanen for 2022 tages til efterretning." in note
    step = Milestone.objects.filter(done_on__isnull=False)[0]
    told = fetched(as_("signe"), f"{WORK}/indsatser/milepaele/{step.pk}/oplaeg.pdf")
    assert "Det er nået" in told


def test_it_lays_the_answers_on_a_page_that_lies_down(plan: Plan, as_: Browser) -> None:
    answer = as_("signe").get(f"{WORK}/planer/{plan.pk}/svar.pdf")
    assert faults(answer.content) == []
    told = " ".join(words(answer.content).split())
    assert "Lokalråd Aalborg" in told
    assert "svar er inde" in told
    with pikepdf.open(io.BytesIO(answer.content)) as file:
        assert any(float(page.MediaBox[2]) > float(page.MediaBox[3]) for page in file.pages)


def test_both_files_say_the_same(plan: Plan, account: Plan, action: Plan) -> None:
    """Every word of the Word file stands in the PDF: there is one content."""
    for paper in (
        papers.plan_paper(plan),
        papers.plan_paper(account),
        papers.council_note(action),
        papers.matrix_paper(plan),
    ):
        file = docx.Document(io.BytesIO(to_docx(paper)))
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        written = " ".join([*(paragraph.text for paragraph in file.paragraphs), *cells])
        printed = words(to_pdf(paper)).replace("\u00a0", " ")
        # a hyphen at the end of a line comes back as none
        assert set(written.replace("-", "").split()) - set(printed.replace("-", "").split()) == set()


def test_a_plan_that_no_file_can_show_is_not_released(plan: Plan) -> None:
    """So nobody meets a public plan without its PDF."""
    acts.add_section(plan=plan, title="Tak", body="<p>Godt gået 😀</p>", by=SYSTEM)
    with pytest.raises(Refused, match="“Tak” rummer tegnet “😀”, som PDF-filen ikke kan vise"):
        editions.publish(plan=plan, now=at("2022-01-28"), by=SYSTEM, note="Tak")
    assert plan.editions.count() == 1
