"""A whole PDF to lines."""

import pypdfium2 as pdfium

from manuscript.errors import Unreadable
from manuscript.line import Line
from manuscript.pdf.letters import Row, rows_of_page
from manuscript.pdf.order import in_reading_order, without_furniture
from manuscript.pdf.paragraphs import paragraphs

PAGES_LIMIT = 400
LEAST_LETTERS = 20


def lines_of_pdf(content: bytes) -> list[Line]:
    """The paragraphs of a PDF as lines with their page; raises Unreadable."""
    rows = without_furniture(_pages(content))
    if sum(len(row.text) for row in rows) < LEAST_LETTERS:
        raise Unreadable(
            "Filen kunne ikke læses. Den er skannet og har ingen tekst. "
            "Find originalen, eller kør tekstgenkendelse først."
        )
    return paragraphs(rows)


def _pages(content: bytes) -> list[list[Row]]:
    """The rows of each page, in the order in which they are read."""
    document = _opened(content)
    try:
        if len(document) > PAGES_LIMIT:
            raise Unreadable(f"PDF-filen har {len(document)} sider. En plan har højst {PAGES_LIMIT}.")
        return [in_reading_order(rows_of_page(document, number)) for number in range(len(document))]
    finally:
        document.close()


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("Filen er låst med adgangskode. Gem den uden kode, og prøv igen.") from error
        raise Unreadable(
            "PDF-filen er gået i stykker og kan ikke læses. Find originalen, og gem den igen."
        ) from error
