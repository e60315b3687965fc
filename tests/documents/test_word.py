"""Word files: real headings, repeated table heads, Danish, no formula, no markup from what a user wrote."""

import io
import zipfile

import docx
import pytest

from samraad.documents.model import Block, Document, Heading, Prose, Table
from samraad.documents.spreadsheet import safe
from samraad.documents.word import to_docx

PAPER = Document(
    "Samarbejdsplan 2022",
    "Kredsrådet",
    [("År", "2022")],
    [
        Heading("Natteliv"),
        Prose(
            "<p>Vi <strong>går</strong> ud &amp; hjem.</p><ul><li>Fredag</li></ul>"
            "<h3>Mere</h3><blockquote>Sagt</blockquote>"
        ),
        Table(["Løfte", "Frist"], [["Gå tur <b>nu</b>", "1. maj"]]),
        Prose("Ren tekst\n\nmed to afsnit"),
    ],
)


def opened() -> docx.document.Document:
    return docx.Document(io.BytesIO(to_docx(PAPER)))


def test_it_has_real_headings_lists_and_marks() -> None:
    styles = {
        paragraph.text: paragraph.style.name
        for paragraph in opened().paragraphs
        if paragraph.text and paragraph.style
    }
    assert styles["Samarbejdsplan 2022"] == "Title"
    assert styles["Natteliv"] == "Heading 1"
    assert styles["Mere"] == "Heading 2"
    assert styles["Fredag"] == "List Bullet"
    assert styles["Sagt"] == "Quote"
    assert "Vi går ud & hjem." in styles
    bold = [run.text for paragraph in opened().paragraphs for run in paragraph.runs if run.bold]
    assert "går" in bold


def test_it_repeats_the_head_of_a_table_and_shows_text_as_text() -> None:
    table = opened().tables[-1]
    assert "tblHeader" in table.rows[0]._tr.xml
    assert table.rows[1].cells[0].text == "Gå tur <b>nu</b>"


def test_it_is_danish_and_the_same_each_time() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(PAPER))) as archive:
        assert b'w:val="da-DK"' in archive.read("word/styles.xml")
        assert b'w:val="en-US"' not in archive.read("word/styles.xml")
    assert opened().core_properties.title == "Samarbejdsplan 2022"


def test_it_writes_what_holds_control_signs() -> None:
    """Such text was kept before the forms took them out."""
    old = Document(
        "A\x0bB",
        "\x01",
        [("\x02", "c\ufffe")],
        [Heading("d\x0c"), Prose("<p>e\x1f</p>"), Prose("Et\x0bto"), Table(["f\x00"], [["g\x08"]])],
    )
    written = docx.Document(io.BytesIO(to_docx(old)))
    assert {"A\nB", "d", "e", "Et\nto"} <= {paragraph.text for paragraph in written.paragraphs}
    assert [cell.text for row in written.tables[-1].rows for cell in row.cells] == ["f", "g"]


def written(*blocks: Block, state: str = "") -> docx.document.Document:
    return docx.Document(io.BytesIO(to_docx(Document("Papir", blocks=list(blocks), state=state))))


def told(paper: docx.document.Document) -> list[tuple[str, str]]:
    return [
        (paragraph.style.name, paragraph.text)
        for paragraph in paper.paragraphs
        if paragraph.style and paragraph.text
    ]


def test_it_says_under_the_title_how_far_it_has_come() -> None:
    assert told(written(state="Til godkendelse"))[:2] == [("Title", "Papir"), ("Tilstand", "Til godkendelse")]


def test_it_shows_what_was_decided_and_what_is_said_of_it() -> None:
    paper = written(Prose("Drøftelse", "quiet"), Prose("<p>Vi <strong>gør</strong> det.</p>", "boxed"))
    assert told(paper)[1:] == [("Oplysning", "Drøftelse"), ("Beslutning", "Vi gør det.")]
    assert "w:pBdr" in paper.styles["Beslutning"].element.xml


def test_it_skips_no_level_of_headings_in_a_text() -> None:
    paper = written(Heading("Område", 2), Prose("<h3>Mål</h3><p>x</p><h4>Delmål</h4>"))
    assert told(paper)[1:] == [
        ("Heading 2", "Område"),
        ("Heading 3", "Mål"),
        ("Normal", "x"),
        ("Heading 4", "Delmål"),
    ]


def test_it_makes_no_gap_of_empty_lines() -> None:
    paper = written(
        Prose("<p>Et</p><p></p><p><br></p><p>To<br><br>tre<br></p>"),
        Table(["Bemærkning"], [["Tak.\n\n\nMen:\n- lys"]]),
    )
    assert told(paper)[1:] == [("Normal", "Et"), ("Normal", "To\ntre")]
    assert [paragraph.text for paragraph in paper.tables[-1].rows[1].cells[0].paragraphs] == [
        "Tak.",
        "Men:",
        "- lys",
    ]
    assert {p.style.name for p in paper.tables[-1].rows[1].cells[0].paragraphs if p.style} == {"Tabeltekst"}


def test_it_begins_each_numbered_list_at_one_and_keeps_links_and_quotes() -> None:
    paper = written(
        Prose(
            "<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol><ol><li>d</li></ol><blockquote><p>e</p></blockquote>"
        )
    )
    assert told(paper)[1:] == [
        ("List Number", "a"),
        ("List Number", "b"),
        ("List Bullet 2", "c"),
        ("List Number", "d"),
        ("Quote", "e"),
    ]
    numbers = [
        p._p.pPr.numPr.numId.val for p in paper.paragraphs if p.style and p.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2]
    link = (
        written(Prose('<p>Se <a href="https://example.dk/plan">planen</a>.</p>')).paragraphs[-1].hyperlinks[0]
    )
    assert (link.text, link.url) == ("planen", "https://example.dk/plan")


def test_it_gives_a_column_room_for_its_longest_word_and_a_date_one_line() -> None:
    """Seen in a yearly account: "Tilsta/nd", "Forsi/nket", "Peri/ode"."""
    long = (
        "Undersøge, hvor mange sager der bliver anmeldt, og hvor mange der fører til sigtelse i hele kredsen"
    )
    rows = [[long, "Nordjyllands Politi, færdselspolitiet", "30. september 2022", "Forsinket"]]
    table = written(Table(["Løfte", "Ansvarlig", "Frist", "Tilstand"], rows)).tables[0]
    widths = [cell.width.mm for cell in table.rows[0].cells]
    assert sum(widths) == pytest.approx(162, abs=1)
    assert widths[2] > 34
    assert widths[3] > 18
    assert widths[0] == max(widths)


def test_it_lays_the_page_down_only_for_words_that_do_not_fit() -> None:
    words = ["Trafiksikkerhedsudvalget"] * 5
    around = (Prose("<p>Før</p>"), Table(words, [words]), Prose("<p>Efter</p>"))
    assert [section.orientation for section in written(*around).sections] == [0, 1, 0]
    assert len(written(*around[:2]).sections) == 2
    assert len(written(Table(words[:3], [words[:3]])).sections) == 1


def test_it_parts_the_lines_of_a_cell() -> None:
    paper = written(Prose("<table><tr><th>Kommune</th></tr><tr><td>Aalborg<br>By</td></tr></table>"))
    assert paper.tables[0].rows[1].cells[0].text == "Aalborg\nBy"


def test_it_disarms_a_formula() -> None:
    assert safe("=1+1") == "'=1+1"
    assert safe("Læsø") == "Læsø"
