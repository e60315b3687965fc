"""What a paper is: a plan by whatever name, a paper about a plan, or one in another language."""

import pytest

from manuscript.reading import PlanText, read
from tests.manuscript import word_files

WORK = "Lokalpolitiet skal holde to møder med husejerne inden 1. maj 2026."


def text(*paragraphs: str) -> PlanText:
    """A paper of these paragraphs."""
    return read("\n\n".join(paragraphs).encode(), "papir.txt")[0]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Årsplan 2026 for Lokalrådet i Enge", "action_plan"),
        ("Indsatsplan mod uro i Enge 2026", "action_plan"),
        ("Plan for trygge gader i Enge 2026", "action_plan"),
        ("Forebyggelsesplan 2026-2027", "action_plan"),
        ("Samarbejdsplan 2026 med budget", "cooperation_plan"),
        ("Handleplan 2026 for Enges tryghedspolitik", "action_plan"),
    ],
)
def test_a_plan_is_one_by_whatever_name(title: str, kind: str) -> None:
    found = text(title, "Opgaver", WORK)
    assert (found.title, found.kind, found.year, found.not_a_plan) == (title, kind, 2026, None)
    assert len(found.commitments) == 1


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Dagsorden til møde i Lokalrådet den 4. maj 2026", "minutes"),
        ("Udkast til dagsorden for kredsrådets møde 2026", "minutes"),
        ("Høringssvar fra Enge Handelsforening til samarbejdsplan 2026", "other"),
        ("Bemærkninger til handleplan 2026", "other"),
        ("Følgebrev til samarbejdsplan 2026", "other"),
        ("Pressemeddelelse: Kredsrådet vedtager samarbejdsplan 2026", "other"),
        ("Halvårsstatus på handleplan 2026", "report"),
        ("Statusrapport for tryghedsplan 2026", "report"),
        ("Opfølgning på samarbejdsplan 2026", "report"),
        ("Digitaliseringsstrategi 2026", "other"),
        ("Beredskabsplan 2026 for Enge Kommune", "other"),
        ("Om lokalrådet", "other"),
    ],
)
def test_a_paper_about_a_plan_is_none(title: str, kind: str) -> None:
    found = text(
        title, "Samarbejdsplan 2025", "Rådet ser på planen. Politiet svarer inden 1. maj 2026.", "Handleplan"
    )
    assert (found.title, found.kind) == (title, kind)
    assert found.not_a_plan is not None
    assert found.commitments == []


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (["SSP i Enge Kommune"], "other"),
        (["SSP i Enge Kommune", "Plan for skoleåret 2026/27"], "action_plan"),
        (["SSP-samarbejdet 2026-2028"], "action_plan"),
        (["Årsplan for SSP i Enge"], "action_plan"),
        (["Tryghedsstrategi 2026-2029"], "action_plan"),
        (["Strategi for politiets og kommunernes arbejde 2026"], "action_plan"),
        (["Sundhedspolitik 2026"], "other"),
        (["Frivilligpolitik for Enge"], "other"),
    ],
)
def test_the_work_of_this_law_is_a_plan_also_under_another_name(head: list[str], kind: str) -> None:
    works = [f"Politiet besøger {n} skoler i maj 2026 og taler med eleverne." for n in ("to", "fire", "seks")]
    found = text(
        *head, "1. Skolerne", *works, "2. Byen", "Politiet går tur.", "3. Opfølgning", "Det evalueres."
    )
    assert (found.title, found.kind) == (head[0], kind)


def test_a_title_is_what_the_file_marks_as_one() -> None:
    document = word_files.new()
    document.add_paragraph("Enge Kommune, sekretariatet, januar 2025")
    document.add_heading("Sammen om en rolig by", 0)
    document.add_paragraph("Lokalrådet i Enge")
    document.add_heading("Unge", 1)
    document.add_paragraph(WORK)
    found, _ = read(word_files.content_of(document), "plan.docx")
    assert found.title == "Sammen om en rolig by"
    page = "<ul><li>Forside</li><li>Handleplan 2026</li></ul><h1>Sådan bliver byen rolig</h1><h2>Unge</h2>"
    found, _ = read(f"<html><body>{page}<p>{WORK}</p></body></html>".encode(), "plan.html")
    assert found.title == "Sådan bliver byen rolig"


def test_a_page_on_who_sits_in_a_council_is_its_rules() -> None:
    found = text(
        "Lokalrådet i Enge",
        "Medlemmer:",
        "- lederen af lokalpolitiet",
        "- rektor for gymnasiet",
        "Rådet mødes seks gange om året.",
        "- drøfte kommunens handleplan 2026",
    )
    assert (found.title, found.kind) == ("Lokalrådet i Enge", "rules")
    assert found.not_a_plan is not None


def test_a_title_stands_above_the_text() -> None:
    found = text(
        "Tryghed i Enge",
        "Her kan du læse om arbejdet i Enge, som politiet og kommunen står sammen om.",
        "Referat 2025",
        "Årsrapport 2024",
    )
    assert found.title == "Tryghed i Enge"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (
            "Handlingsplan 2026 för Grannsamverkan. Polisen och kommunen ska träffa alla föreningar. "
            "Skolan är med från hösten, och det är inte bara ungdomar som kommer att vara med.",
            "svensk",
        ),
        (
            "Handlingsplan 2026 for politirådet. Politiet og kommunen skal jobbe for å få ned tallene. "
            "Skolene følger opp fravær etter to uker, og tiltakene blir evaluert av koordinatoren. "
            "Noen får mer hjelp.",
            "norsk",
        ),
        (
            "Action plan 2026. The police and the municipality are going to visit all of the schools. "
            "This is done by the local officers, and the result is told which day it comes.",
            "engelsk",
        ),
    ],
)
def test_another_language_is_told_and_nothing_is_taken(words: str, name: str) -> None:
    found = text(*words.split(". "))
    assert name in str(found.not_a_plan)
    assert found.commitments == found.figures == found.sections == found.findings == []


def test_a_swedish_name_makes_no_text_swedish() -> None:
    found = text(
        "Handleplan 2026", "Lokalpolitiet skal besøge Malmö, Växjö og Hässleholm i maj og lære af dem."
    )
    assert found.not_a_plan is None
