"""A plan of 40 pages as PDF and Word, against WeasyPrint and LibreOffice on the same words in the same run.

    ./run bench pdf

Prints seconds (the first time, and the middle of the times after it) and the ratio to the peer. Ours is what
a person waits for: a fresh process each time, with its bounds. WeasyPrint stays in this process and so has
its second time warm; what typst needs when it stays warm too is printed beside it. Targets: PDF at most 1/10
of WeasyPrint, both warm; Word at most 1/2 of LibreOffice, which makes a PDF of that Word file. A peer that is
not installed is named and left out. With `--smallest`: two pages, once.
"""

import html
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2

from samraad.documents.model import Document, Front, Heading, Prose, Table
from samraad.documents.pdf import to_pdf
from samraad.documents.pdf.content import content_of
from samraad.documents.pdf.press import fonts
from samraad.documents.pdf.typesetter import set_by_typst
from samraad.documents.word import to_docx

SMALLEST = "--smallest" in sys.argv
CHAPTERS = 1 if SMALLEST else 18
TIMES = 1 if SMALLEST else 7
WORDS = (
    "Politi og kommuner arbejder sammen om tryghed og forebyggelse i hele kredsen. Lokalrådet svarer på "
    "hvert område og siger, hvem der gør hvad, og hvornår det er gjort. Erfaringerne bliver samlet og delt. "
)
CSS = """@page { size: A4; margin: 26mm 24mm 26mm 46mm;
  @bottom-right { content: "side " counter(page) " af " counter(pages) } }
body { font-family: Plex; font-size: 10.4pt; line-height: 1.5 } h1 { break-after: avoid; bookmark-level: 1 }
h2 { break-after: avoid } table { border-collapse: collapse; width: 100% } tr { break-inside: avoid }
td, th { border-bottom: 0.5pt solid #999; text-align: left; padding: 2mm 3mm 2mm 0; vertical-align: top }"""


def plan() -> Document:
    """A plan with chapters, areas, lists and tables of commitments."""
    rows = [
        [f"Løfte {number}: {WORDS[:70]}", "Lokalråd Aalborg", "31. december 2022"] for number in range(12)
    ]
    blocks: list[Heading | Prose | Table] = []
    for chapter in range(1, CHAPTERS + 1):
        blocks.append(Heading(f"Kapitel om samarbejdet {chapter}", 1, f"{chapter:02}"))
        for area in range(1, 4):
            blocks.append(Heading(f"Område {chapter}.{area}", 2, f"{chapter}.{area}"))
            blocks.append(Prose(f"<p>{WORDS * 2}</p><p><strong>Vi vil</strong> {WORDS}</p>"))
            blocks.append(Prose("<ul><li>Fredag</li><li>Lørdag</li><li>Søndag</li></ul>"))
        blocks.append(Table(["Løfte", "Ansvarlig", "Frist"], rows))
    front = Front("Kredsrådet", ["Aalborg", "Læsø"], ["Udgave 1"])
    return Document("Samarbejdsplan", "Plan", [("År", "2022")], blocks, front=front, dated=date(2022, 1, 20))


def as_html(document: Document) -> str:
    """The same words for WeasyPrint, with the same fonts."""
    faces = [
        f'@font-face {{ font-family: Plex; font-weight: {weight}; src: url("{(fonts() / name).as_uri()}") }}'
        for name, weight in (("IBMPlexSans-Regular.ttf", 400), ("IBMPlexSans-SemiBold.ttf", 700))
    ]
    parts = [f"<h1>{html.escape(document.title)}</h1>"]
    for block in document.blocks:
        if isinstance(block, Heading):
            parts.append(f"<h{block.level}>{html.escape(block.words)}</h{block.level}>")
        elif isinstance(block, Prose):
            parts.append(block.html)
        else:
            parts.append(_as_html_table(block))
    style = "\n".join([*faces, CSS])
    title = html.escape(document.title)
    head = f"<head><meta charset='utf-8'><title>{title}</title><style>{style}</style></head>"
    return f"<!doctype html><html lang='da'>{head}<body>{''.join(parts)}</body></html>"


def _as_html_table(table: Table) -> str:
    head = "".join(f"<th scope='col'>{html.escape(cell)}</th>" for cell in table.head)
    rows = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in table.rows]
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def timed(make: Callable[[], bytes]) -> tuple[float, float, bytes]:
    """(the first time, the middle of the times after it, what was made), in seconds."""
    taken = []
    for _ in range(TIMES + 1):
        start = time.perf_counter()
        made = make()
        taken.append(time.perf_counter() - start)
    return taken[0], statistics.median(taken[1:]), made


def by_weasyprint(document: Document) -> Callable[[], bytes] | None:
    """WeasyPrint on the same words, with tags; None when it, or a library it needs, is not there."""
    try:
        import weasyprint
    except (ImportError, OSError):
        return None
    text = as_html(document)
    return lambda: bytes(weasyprint.HTML(string=text).write_pdf(pdf_variant="pdf/ua-1"))


def by_libreoffice(file: bytes) -> Callable[[], bytes] | None:
    """LibreOffice on a Word file; None when it is not there."""
    program = shutil.which("soffice")
    if program is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="samraad-bench-"))
    (folder / "plan.docx").write_bytes(file)
    command = [program, f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless"]

    def convert() -> bytes:
        done = [*command, "--convert-to", "pdf", "--outdir", str(folder), str(folder / "plan.docx")]
        subprocess.run(done, capture_output=True, check=True)
        return (folder / "plan.pdf").read_bytes()

    return convert


def told(name: str, first: float, warm: float, made: bytes) -> None:
    """A line of the table."""
    pages = ""
    if made.startswith(b"%PDF"):
        pages = f"{len(pypdfium2.PdfDocument(made))} sider"
    print(f"{name:34} {first:7.2f} s {warm:7.2f} s {len(made) // 1024:6} KiB  {pages}")


def main() -> None:
    """Everything, printed."""
    document = plan()
    print(f"{'':34} {'første':>9} {'senere':>9}")
    first, ours, made = timed(lambda: to_pdf(document))
    told("PDF: typst i egen proces", first, ours, made)
    heaviest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    content = json.dumps(content_of(document)[0])
    first, warm, made = timed(lambda: set_by_typst(content, fonts(), 0))
    told("PDF: typst alene, i denne proces", first, warm, made)
    first, word, made = timed(lambda: to_docx(document))
    told("Word", first, word, made)
    print(f"Processen med typst brugte højst {heaviest} MB.")
    convert = by_libreoffice(made)
    if convert is None:
        print("LibreOffice er ikke installeret: sprunget over.")
    else:
        first, peer, made = timed(convert)
        told("LibreOffice: Word til PDF", first, peer, made)
        print(f"Word mod LibreOffice {word / peer:.2f} (mål 0,5); PDF mod LibreOffice {ours / peer:.2f}")
    render = by_weasyprint(document)
    if render is None:
        print("WeasyPrint er ikke installeret: sprunget over.")
    else:
        first, peer, made = timed(render)
        told("WeasyPrint", first, peer, made)
        print(f"PDF mod WeasyPrint {ours / peer:.3f}, begge varme {warm / peer:.3f} (mål 0,1)")


if __name__ == "__main__":
    main()
