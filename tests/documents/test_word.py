"""Word files: real headings, repeated table heads, Danish, no formula, no markup from what a user wrote."""

import io
import zipfile

import docx

from samraad.documents.model import Document, Heading, Prose, Table
from samraad.documents.spreadsheet import safe
from samraad.documents.word import to_docx

PAPER = Document(
    "Samarbejdsplan 2022",
    "Kredsrådet",
    [("År", "2022")],
    [
        Heading("Natteliv"),
        Prose("<p>Vi <strong>går</strong> ud &amp; hjem.</p><ul><li>Fredag</li></ul><h3>Mere</h3><blockquote>Sagt</blockquote>"),
        Table(["Løfte", "Frist"], [["Gå tur <b>nu</b>", "1. maj"]]),
        Prose("Ren tekst\n\nmed to afsnit"),
    ],
)


def opened() -> docx.document.Document:
    return docx.Document(io.BytesIO(to_docx(PAPER)))


def test_it_has_real_headings_lists_and_marks() -> None:
    styles = {paragraph.text: paragraph.style.name for paragraph in opened().paragraphs if paragraph.text and paragraph.style}
    assert styles["Samarbejdsplan 2022"] == "Title"
    assert styles["Natteliv"] == "Heading 1"
    assert styles["Mere"] == "Heading 3"
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
        "A\x0bB", "\x01", [("\x02", "c\ufffe")], [Heading("d\x0c"), Prose("<p>e\x1f</p>"), Prose("Et\x0bto"), Table(["f\x00"], [["g\x08"]])]
    )
    written = docx.Document(io.BytesIO(to_docx(old)))
    assert {"A\nB", "d", "e", "Et\nto"} <= {paragraph.text for paragraph in written.paragraphs}
    assert [cell.text for row in written.tables[-1].rows for cell in row.cells] == ["f", "g"]


def test_it_disarms_a_formula() -> None:
    assert safe("=1+1") == "'=1+1"
    assert safe("Læsø") == "Læsø"
