"""The whole reading of a file, as JSON that the command prints and the review page shows."""

import html
from dataclasses import asdict, dataclass
from typing import Any

from samraad.plan.reading import recognise, structure
from samraad.plan.reading.source import Line, lines_of


@dataclass(frozen=True)
class PlanText:
    """What was found in a file. `sections` and `focus_areas` name the line (from 1) they stand on."""

    kind: str
    title: str
    title_line: int
    year: int | None
    district: dict[str, str] | None
    forum: str
    municipalities: list[str]
    sections: list[dict[str, Any]]
    focus_areas: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)


def read(content: bytes, name: str) -> tuple[PlanText, list[str]]:
    """Read a .txt or .docx file: (what was found, its lines). Raises `source.Unreadable` with a Danish sentence."""
    lines = lines_of(content, name)
    return understand(lines), [line.text for line in lines]


def understand(lines: list[Line]) -> PlanText:
    """Find title, kind, places, sections and focus areas in lines."""
    toc = structure.contents_list(lines)
    found = structure.headings(lines, toc)
    structure.fill(found, lines)
    title = recognise.title_of(lines)
    first = toc[0].line if toc else (found[0].line if found else len(lines))
    return PlanText(
        kind=recognise.kind_of(title, lines),
        title=title.text if title else "",
        title_line=title.number if title else 0,
        year=recognise.year_of(title, lines),
        district=recognise.district_of(lines),
        forum=recognise.forum_of(title, lines),
        municipalities=recognise.municipalities_of(lines, first),
        sections=[_section(heading) for heading in found],
        focus_areas=[_area(heading) for heading in structure.focus_areas(found)],
    )


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
