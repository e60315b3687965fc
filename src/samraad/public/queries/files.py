"""A finding as a file: JSON, CSV and a workbook, each with sign, release and source beside the numbers."""

import csv
import io

from evidens import record
from evidens.answers import Answer, Change, Missing, Redefined
from evidens.cells import safe
from evidens.report import workbook
from evidens.report.workbook import Sheet
from evidens.reservations import SMALL
from samraad.figures.queries.release import counts_of
from samraad.public.queries.figures import FindingPage

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LICENCE = "CC BY 4.0"
CHANGED = ["ændring %", "fra %", "til %", "klar"]
TEXTS = ("sted", "serie", "periode", "forbehold", "kilde")  # the rest are numbers and words of our own
HEAD = ["kode", "sted", "serie", "periode", "antal", "tegn", *CHANGED, "forbehold", "udgivelse", "kilde"]
SHOWN, UNKNOWN, PROVISIONAL = "vist", "ikke opgjort", "foreløbig"


def as_record(page: FindingPage, fixed: str) -> dict[str, object]:
    """The answer and its family with what makes them quotable; `fixed` is the whole fixed address."""
    found = page.finding
    public_from = None
    if found.release.public_at is not None:
        public_from = found.release.public_at.isoformat()
    return {
        "series": page.question.series.title,
        "series_version": page.question.version.number,
        "release": found.release.number,
        "content_sha256": found.release.content_sha,
        "public_from": public_from,
        "fixed_address": fixed,
        "licence": LICENCE,
        "answer": record.change(found.answer),
        "municipalities": [record.change(line.answer) for line in found.lines],
    }


def as_csv(page: FindingPage) -> bytes:
    """A line per place and period, what may be said of the change in the newer one's line.

    An empty count always has its sign. Semicolon, UTF-8 with its mark.
    """
    stream = io.StringIO()
    lines = csv.DictWriter(stream, HEAD, restval="", delimiter=";", lineterminator="\r\n")
    lines.writeheader()
    for answer in [page.finding.answer, *(line.answer for line in page.finding.lines)]:
        for row in _rows(page, answer):
            for name in TEXTS:
                row[name] = safe(row[name])
            lines.writerow(row)
    return stream.getvalue().encode("utf-8-sig")


def _rows(page: FindingPage, answer: Answer) -> list[dict[str, str]]:
    """The newer period and the earlier one of a place."""
    code = answer.place.code
    if code is None:
        code = answer.place.key
    about = {
        "kode": code,
        "sted": answer.place.name,
        "serie": page.question.series.title,
        "udgivelse": str(page.finding.release.number),
        "kilde": answer.source.credit(),
        "forbehold": "",
    }
    now = about | {"periode": answer.span.words(), "tegn": UNKNOWN}
    before = about | {"periode": page.question.against.words(), "tegn": UNKNOWN}
    if not isinstance(answer, Missing):
        now |= {"antal": str(answer.after), "tegn": SHOWN}
        if answer.has("provisional"):
            now["tegn"] = PROVISIONAL
    if isinstance(answer, Redefined | Change):
        before |= {"antal": str(answer.before), "tegn": SHOWN}
    now["forbehold"] = " ".join(told.text_da for told in answer.reservations)
    return [now | _changed(answer), before]


def _changed(answer: Answer) -> dict[str, str]:
    """The change in per cent with its limits, and whether it is clear; nothing where there is none."""
    if not isinstance(answer, Change):
        return {}
    told = {"klar": "nej"}
    if answer.clear:
        told["klar"] = "ja"
    limits = {"ændring %": answer.change_pct, "fra %": answer.low, "til %": answer.high}
    for name, value in limits.items():
        if value is not None and min(answer.before, answer.after) >= SMALL:
            told[name] = f"{value:.1f}".replace(".", ",")
    return told


def as_workbook(page: FindingPage) -> bytes:
    """Read me, the municipalities as one family, and the same periods of the years before."""
    found, question = page.finding, page.question
    answers = [found.answer, *(line.answer for line in found.lines)]
    counts = counts_of(found.release)
    where = [answer.place for answer in answers]
    sheets = [
        Sheet("Læs mig", ["Hvad", "Svar"], _about(page)),
        workbook.changes(answers, max(len(found.lines), 1)),
        workbook.years(counts, [question.choice], where, question.span, len(found.years.spans)),
    ]
    return workbook.as_bytes(sheets)


def _about(page: FindingPage) -> list[list[str]]:
    """What one must know to use the numbers, a line each."""
    found, question = page.finding, page.question
    return [
        ["Serie", question.series.title],
        ["Tæller", question.series.counts],
        ["Koder", ", ".join(question.version.codes)],
        ["Sted", question.place.name],
        ["Periode", question.span.words()],
        ["Sætning", found.sentence],
        *([name, text] for name, text in found.facts),
        ["Udgivelse", f"{found.release.number}, offentlig fra {found.release.public_words}"],
        ["Fingeraftryk", found.release.content_sha],
        ["Kilde", found.answer.source.credit()],
        ["Licens", LICENCE],
        ["Spørg", question.series.source.contact],
    ]
