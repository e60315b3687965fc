"""The whole reading of a file, as JSON that the command prints and the review page shows."""

import html
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from manuscript import recognise, structure
from manuscript.check import Finding, Manuscript, check
from manuscript.check.text import Area
from manuscript.commitments import promises
from manuscript.figures import Figure, figures
from manuscript.fora import CHAPTER, fora
from manuscript.sentences import paragraphs, sentences
from manuscript.source import Line, Unreadable, lines_of
from manuscript.text import shortened
from manuscript.worklists import Promise

TITLE = 140  # a longer first line is text that was run together, not a title


@dataclass(frozen=True)
class PlanText:
    """What was found in a file. Every row names the line (from 1) it stands on, in a PDF also its page."""

    kind: str
    title: str
    title_line: int
    year: int | None
    district: dict[str, str] | None
    forum: str
    municipalities: list[str]
    sections: list[dict[str, Any]]
    focus_areas: list[dict[str, Any]]
    commitments: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    fora: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    not_a_plan: str | None

    def as_json(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)


def read(content: bytes, name: str) -> tuple[PlanText, list[str]]:
    """Read a .txt, .docx, .html or .pdf file: (what was found, its lines). Raises `source.Unreadable` with a Danish sentence."""
    lines = lines_of(content, name)
    return understand(lines), [line.text for line in lines]


def read_file(file: Path) -> PlanText:
    """What a file on the disk holds; raises `source.Unreadable` with its name, also when it cannot be opened."""
    try:
        found, _ = read(file.read_bytes(), file.name)
    except OSError as error:
        raise Unreadable(f"Filen {file} kunne ikke åbnes. Står navnet rigtigt?") from error
    except Unreadable as error:
        raise Unreadable(f"{file.name}: {error}") from error
    return found


def understand(lines: list[Line]) -> PlanText:
    """Find title, kind, places, sections, focus areas, promises, figures, bodies and what to look at, in lines."""
    lines = paragraphs(lines)
    pages = {line.number: line.page for line in lines if line.page}
    title = recognise.title_of(lines)
    kind = recognise.kind_of(title, lines)
    year = recognise.meeting_year(lines) if kind == "minutes" else None
    year = year or recognise.year_of(title, lines)
    district = recognise.district_of(lines)
    toc = structure.contents_list(lines)
    own_line = title.number if title and len(title.text) <= TITLE else 0
    found = structure.agenda(lines) if kind == "minutes" else structure.headings(lines, toc, own_line)
    structure.fill(found, lines)
    areas = (
        structure.focus_areas(found, kind in recognise.PLANS)
        or structure.listed_areas(lines)
        or structure.announced_areas(toc, found)
    )
    before = min((heading.line for heading in found), default=0)
    preface = [
        line for line in lines if max([own_line, *(entry.line for entry in toc)]) < line.number < before
    ]
    body = [line for line in [*preface, *(line for heading in found for line in heading.lines)] if line.text]
    body = body or [line for line in lines if line.number != own_line]
    municipalities = recognise.municipalities_of(
        lines, toc[0].line if toc else (found[0].line if found else len(lines))
    )
    promised = (
        promises(
            [structure.Heading("", "", 9, 0, lines=preface), *found] if found else [],
            body,
            year,
            {area.line for area in areas},
        )
        if kind in recognise.PLANS
        else []
    )
    chapter = {line.number for heading in found if CHAPTER.search(heading.title) for line in heading.lines}
    manuscript = Manuscript(
        title=title.text if title else "",
        year=year,
        lines=lines,
        headings=found or [structure.Heading("", "", 1, 0, lines=body)],
        toc=toc,
        promises=promised,
        areas=[Area(area.title, area.line, _promised_in(area, promised)) for area in areas if area.lines],
        municipalities=municipalities,
        title_line=title.number if title else 0,
    )
    return PlanText(
        kind=kind,
        title=shortened(title.text, TITLE) if title else "",
        title_line=title.number if title else 0,
        year=year,
        district=district,
        forum=recognise.forum_of(title, lines),
        municipalities=municipalities,
        sections=[_paged(_section(heading), pages) for heading in found],
        focus_areas=[_paged(_area(heading), pages) for heading in areas],
        commitments=[_paged(_promise(promise), pages) for promise in promised],
        figures=[
            _paged(_figure(figure), pages)
            for figure in figures(list(sentences(body)), year, _place(district, municipalities))
        ],
        fora=[
            _paged(dict(vars(forum)), pages)
            for forum in fora([*_titles(found), *body, *structure.lines_of_contents(toc, lines)], chapter)
        ],
        findings=[_paged(_finding(finding), pages) for finding in check(manuscript)],
        not_a_plan=recognise.why_no_plan(kind),
    )


def _paged(row: dict[str, Any], pages: dict[int, int]) -> dict[str, Any]:
    return {**row, "page": pages[row["line"]]} if row["line"] in pages else row


def _promised_in(area: structure.Heading, promised: list[Promise]) -> int:
    """How many promises stand under an area."""
    own = _lines(area)
    return sum(promise.line in own for promise in promised)


def _lines(heading: structure.Heading) -> set[int]:
    return {line.number for line in heading.lines}


def _titles(found: list[structure.Heading]) -> list[Line]:
    return [Line(heading.line, heading.title) for heading in found]


def _place(district: dict[str, str] | None, municipalities: list[str]) -> str:
    if district:
        return district["name"].removesuffix(" Politi").removesuffix("s")
    return municipalities[0].removesuffix(" Kommune") if len(municipalities) == 1 else ""


def _section(heading: structure.Heading) -> dict[str, Any]:
    return {
        "number": heading.number,
        "title": heading.title,
        "level": heading.level,
        "line": heading.line,
        "body": "\n\n".join(line.text for line in heading.lines if line.text),
        "subheadings": [{"title": line.text, "line": line.number} for line in heading.subheadings],
    }


def _area(heading: structure.Heading) -> dict[str, Any]:
    return {"number": heading.number, "title": heading.title, "line": heading.line}


def _promise(promise: Promise) -> dict[str, Any]:
    return {**promise._asdict(), "who": list(promise.who), "also": list(promise.also)}


def _figure(figure: Figure) -> dict[str, Any]:
    return figure._asdict()


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "line": finding.line,
        "message": finding.message,
        "lines": list(finding.lines),
    }


def body_html(section: dict[str, Any]) -> str:
    """A section's body in the HTML subset, with its sub-headings as h3 and dashed lines as lists."""
    titles = {sub["title"] for sub in section["subheadings"]}
    out: list[str] = []
    for text in section["body"].split("\n\n"):
        if not text:
            continue
        safe = html.escape(text, quote=False)
        if text in titles:
            out.append(f"<h3>{safe}</h3>")
        elif text.startswith(("- ", "• ", "· ")):
            out.append(f"<ul><li>{html.escape(text[2:], quote=False)}</li></ul>")
        else:
            out.append(f"<p>{safe}</p>")
    return "\n".join(out).replace("</ul>\n<ul>", "\n")
