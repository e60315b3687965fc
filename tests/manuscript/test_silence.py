"""Wrong values in silence: a column that moved, rows that melted together, words nobody sees."""

import pytest

from manuscript.reading import PlanText, read
from tests.manuscript import word_files
from tests.manuscript.plans.truth import typeset

HEAD = ["Tema", "Tiltag", "Tovholder", "Deadline"]


def told(found: PlanText) -> list[tuple[str, str, str]]:
    """What, who and when of each commitment."""
    return [(row["what"], ", ".join(row["who"]), row["when"]) for row in found.commitments]


def web(rows: str) -> PlanText:
    """A page with one table of work."""
    page = f"<html><body><h1>Handleplan 2026</h1><h2>Årets indsatser</h2><table>{rows}</table></body></html>"
    return read(page.encode(), "plan.html")[0]


def test_a_cell_over_several_rows_counts_in_each_in_word() -> None:
    document = word_files.new()
    document.add_heading("Handleplan 2026 for Lokalrådet i Enge", 0)
    made = word_files.table(
        document,
        [
            HEAD,
            ["Natteliv", "Holde dialogmøde", "Bevillingsnævnet", "Maj 2026"],
            ["", "Uddele armbånd", "Natteravnene", "Juni 2026"],
            ["", "Måle støj", "", "1. september 2026"],
            ["Skole", "Besøge 7. klasser", "SSP-læreren", "Oktober 2026"],
        ],
    )
    word_files.merge_down(made, 0, 1, 3)
    word_files.merge_down(made, 2, 2, 3)
    found, _ = read(word_files.content_of(document), "plan.docx")
    assert told(found) == [
        ("Holde dialogmøde", "Bevillingsnævnet", "Maj 2026"),
        ("Uddele armbånd", "Natteravnene", "Juni 2026"),
        ("Måle støj", "Natteravnene", "1. september 2026"),
        ("Besøge 7. klasser", "SSP-læreren", "Oktober 2026"),
    ]


def test_an_empty_cell_moves_no_other() -> None:
    head = "<tr><th>Tiltag</th><th>Formål</th><th>Ansvarlig</th><th>Frist</th></tr>"
    found = web(
        f"{head}<tr><td>Opsætte lys</td><td></td><td>Vejafdelingen</td><td>1. juni 2026</td></tr>"
        "<tr><td>Rydde krat</td><td>Tryghed</td><td></td><td>1. maj 2026</td></tr>"
    )
    assert told(found) == [
        ("Opsætte lys", "Vejafdelingen", "1. juni 2026"),
        ("Rydde krat", "", "1. maj 2026"),
    ]


def test_a_row_over_all_columns_is_no_work() -> None:
    head = "<tr><td>Tiltag</td><td>Ansvarlig</td><td>Frist</td></tr>"
    found = web(
        f"{head}<tr><td colspan='3'>Unge i Enge</td></tr>"
        "<tr><td>Åbne hallen</td><td>Klubben</td><td>Maj 2026</td></tr>"
    )
    assert told(found) == [("Åbne hallen", "Klubben", "Maj 2026")]


@pytest.mark.parametrize("span", ["0", "-1", "99999999999", "x", ""])
def test_a_span_that_is_no_number_of_rows_is_one(span: str) -> None:
    head = "<tr><td>Tiltag</td><td>Ansvarlig</td></tr>"
    found = web(f"{head}<tr><td rowspan='{span}'>Åbne hallen</td><td>Klubben</td></tr>")
    assert told(found) == [("Åbne hallen", "Klubben", "")]


def test_a_cell_over_very_many_rows_and_columns_makes_no_endless_text() -> None:
    cell = f"<td rowspan='9999' colspan='9999'>{'lang ' * 100}</td>"
    rows = "<tr><td>x</td></tr>" * 3000
    page = f"<html><body><h1>Plan 2026</h1><table><tr>{cell}</tr>{rows}</table>"
    _, lines = read(page.encode(), "plan.html")
    assert sum(map(len, lines)) < 1_000_000


def test_hidden_text_is_not_read() -> None:
    document = word_files.new()
    document.add_paragraph("Handleplan 2026 for Lokalrådet i Enge")
    shown = document.add_paragraph("Politiet skal holde en temadag inden 1. maj 2026.")
    word_files.hide(shown, " Kommunen skal betale 90.000 kr.")
    hidden = document.styles.add_style("Intern note", 1)
    hidden.font.hidden = True
    document.add_paragraph("Lokalrådet skal huske det hemmelige møde inden 1. juni 2026.", style=hidden)
    found, lines = read(word_files.content_of(document), "plan.docx")
    assert [row["text"] for row in found.commitments] == ["Politiet skal holde en temadag inden 1. maj 2026."]
    assert "90.000" not in "".join(lines)
    assert "hemmelige" not in "".join(lines)


def test_what_a_field_shows_is_read() -> None:
    document = word_files.new()
    document.add_paragraph("Handleplan 2026 for Lokalrådet i Enge")
    paragraph = document.add_paragraph("Politiet skal holde en temadag inden 1. maj ")
    word_files.field(paragraph, "2027")
    _, lines = read(word_files.content_of(document), "plan.docx")
    assert "Politiet skal holde en temadag inden 1. maj 2027" in lines


def test_close_rows_of_a_table_in_a_pdf_stay_rows() -> None:
    blocks = [
        {"kind": "title", "text": "Handleplan 2026 for Lokalrådet i Enge"},
        {"kind": "p", "text": "Her står årets arbejde, som rådet har vedtaget det i en hel sætning."},
        {
            "kind": "close",
            "rows": [
                ["Tiltag", "Ansvarlig", "Frist"],
                ["Holde dialogmøde", "Bevillingsnævnet", "Maj 2026"],
                ["Uddele armbånd", "Natteravnene", "Juni 2026"],
                ["Besøge klasser", "Skolen", "Oktober 2026"],
            ],
        },
    ]
    found, _ = read(typeset(blocks, 1), "plan.pdf")
    assert told(found) == [
        ("Holde dialogmøde", "Bevillingsnævnet", "Maj 2026"),
        ("Uddele armbånd", "Natteravnene", "Juni 2026"),
        ("Besøge klasser", "Skolen", "Oktober 2026"),
    ]
