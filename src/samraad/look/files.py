"""A document as a file that somebody fetches: Word or PDF."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from samraad.documents.model import Document
from samraad.documents.pdf import NotMade, to_pdf
from samraad.documents.spreadsheet import Sheet, to_csv, to_xlsx
from samraad.documents.word import to_docx
from samraad.look.views import page

WORD, PDF = {"form": "docx"}, {"form": "pdf"}  # what an address says of the file that it gives
KINDS = {
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def download(request: HttpRequest, document: Document, form: str) -> HttpResponse:
    """A document as a file, `form` "docx" or "pdf". What a PDF file cannot hold is said on a page (422)."""
    if form == "pdf":
        try:
            content = to_pdf(document)
        except NotMade as error:
            return not_made(request, error)
    else:
        content = to_docx(document)
    return file_response(content, document.title, form)


def not_made(request: HttpRequest, error: NotMade) -> HttpResponse:
    """A page that says why there is no PDF file."""
    return page(request, 422, "PDF kan ikke laves", str(error))


def sheet_response(sheet: Sheet, form: str) -> HttpResponse:
    """A table as a file, `form` "xlsx", "csv" (Danish) or "rfc" (RFC 4180)."""
    if form == "xlsx":
        return file_response(to_xlsx(sheet), sheet.title, form)
    return file_response(to_csv(sheet, form), sheet.title, "csv")


def file_response(content: bytes, title: str, form: str) -> HttpResponse:
    """A file that was made, named after its title; always as an attachment."""
    name = re.sub(r"[^\w-]+", "-", title.lower()).strip("-")[:80]
    response = HttpResponse(content, content_type=KINDS[form])
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}.{form}") or ""
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
