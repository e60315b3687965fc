"""The shapes that offices give their work: forms, numbered tables, chapters without numbers."""

import pytest

from manuscript.reading import PlanText, read
from tests.manuscript import word_files


def told(found: PlanText) -> list[tuple[str, str, str]]:
    """What, who and when of each commitment."""
    return [(row["what"], ", ".join(row["who"]), row["when"]) for row in found.commitments]


def text(words: str) -> PlanText:
    """A plan as plain text."""
    return read(f"Handleplan 2026 for Lokalrådet i Enge\n\n{words}".encode(), "plan.txt")[0]


def codes(found: PlanText) -> set[str]:
    """What the check found."""
    return {row["code"] for row in found.findings}


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_form_of_lines_is_work(between: str) -> None:
    form = (
        "Formål: Færre uheld",
        "Handling: Male hajtænder",
        "Tovholder: Park og Vej",
        "Deadline: 1. oktober 2026",
    )
    assert told(text(between.join(form))) == [("Male hajtænder", "Park og Vej", "1. oktober 2026")]


def test_one_answers_for_several_activities_of_a_form() -> None:
    found = text(
        "Aktivitet: Åbne værkstedet\nAktivitet: Invitere forældre\nAnsvarlig: Klubben\nTidsramme: uge 12\n\n"
        "Aktivitet: Holde turnering\nAnsvarlig: Idrætsforeningen og skolen\nFrist: Fra maj 2026\n"
    )
    assert told(found) == [
        ("Åbne værkstedet", "Klubben", "uge 12"),
        ("Invitere forældre", "Klubben", "uge 12"),
        ("Holde turnering", "Idrætsforeningen, skolen", ""),
    ]


def test_a_form_in_two_columns_is_work() -> None:
    document = word_files.new()
    document.add_paragraph("Handleplan 2026 for Lokalrådet i Enge")
    rows = [
        ["Mål", "Rolige aftener"],
        ["Tiltag", ""],
        ["Ansvarlig", "Værterne"],
        ["Tidsfrist", "2. halvår 2026"],
    ]
    made = word_files.table(document, rows)
    made.cell(1, 1).text = "Uddele armbånd"
    made.cell(1, 1).add_paragraph("Tælle gæster ved lukketid")
    found, _ = read(word_files.content_of(document), "plan.docx")
    assert told(found) == [
        ("Uddele armbånd", "Værterne", "2. halvår 2026"),
        ("Tælle gæster ved lukketid", "Værterne", "2. halvår 2026"),
    ]


def test_what_only_begins_like_a_form_is_none() -> None:
    assert told(text("Aktivitet: Fodbold er godt for alle\n\nMål: Vi vil have ro\n\nStatus: God")) == []
    page = "<h1>Handleplan 2026</h1><table><tr><td>Tiltag</td><td>Ansvarlig</td></tr>"
    page += "<tr><td>Åbne hallen</td><td>Klubben</td></tr></table>"
    found, _ = read(f"<html><body>{page}</body></html>".encode(), "plan.html")
    assert told(found) == [("Åbne hallen", "Klubben", "")]


@pytest.mark.parametrize("head", ["Nr.", "#", "Løbenr."])
def test_numbers_in_a_first_column_are_no_chapters(head: str) -> None:
    rows = [
        f"{head} | Initiativ | Tovholder | Start | Frist",
        *(
            f"{n} | {work} | Klubben | Maj 2026 | Juni 2026"
            for n, work in enumerate(["Male", "Rydde", "Tælle"], 1)
        ),
    ]
    found = text("Indsatserne\n\n" + "\n".join(rows) + "\n")
    assert told(found) == [(work, "Klubben", "Juni 2026") for work in ("Male", "Rydde", "Tælle")]
    assert [section["number"] for section in found.sections] == [""]


def test_an_area_keeps_its_word_in_its_parts() -> None:
    document = word_files.new()
    document.add_heading("Samarbejdsplan 2026 for Kredsrådet", 0)
    for area in ("Fokusområde 1: Havnen", "Fokusområde 2: Skolevejen"):
        document.add_heading(area, 1)
        document.add_heading("Baggrund", 2)
        document.add_paragraph("Der er kommet flere gæster, og mange af dem kommer fra andre byer.")
        document.add_heading("Det gør vi", 2)
        document.add_paragraph("Politiet holder møde med naboerne hvert kvartal.")
    document.add_heading("Fokusområde 3: Festerne", 1)
    document.add_heading("Baggrund", 2)
    document.add_paragraph("Der er kommet flere fester, og mange af dem er store.")
    found, _ = read(word_files.content_of(document), "plan.docx")
    empty = [row["message"] for row in found.findings if row["code"] == "area_without_promise"]
    assert empty == ["Ingen lover noget under “Fokusområde 3: Festerne”."]


def test_chapters_without_numbers_are_areas_but_for_those_on_the_plan_itself() -> None:
    document = word_files.new()
    document.add_heading("Samarbejdsplan 2026 for Kredsrådet", 0)
    subjects = ["Digital svindel", "Byens fester", "Skoleveje", "Havnen", "Ensomhed"]
    for title in ["Om planen", "Kredsrådets medlemmer", *subjects, "Evaluering og opfølgning"]:
        document.add_heading(title, 1)
        document.add_paragraph("Politiet holder møde med naboerne hvert kvartal.")
    found, _ = read(word_files.content_of(document), "plan.docx")
    assert [row["title"] for row in found.focus_areas] == subjects
