"""The whole reading of a file, as rows that the command prints and the review page shows."""

import html
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from manuscript.areas import announced_areas, focus_areas, listed_areas
from manuscript.check.rules import check
from manuscript.check.text import Area, Manuscript
from manuscript.commitments import promises
from manuscript.contents import TocEntry, contents_list, lines_of_contents
from manuscript.errors import Unreadable
from manuscript.figures import Figure, figures
from manuscript.fora import CHAPTER, NamedForum, fora
from manuscript.forms import with_values
from manuscript.headings import FEW, Heading, agenda, below, fill, headings
from manuscript.kinds import PLANS, is_agenda, kind_of, meeting_year, title_of, why_no_plan, year_of
from manuscript.language import not_danish
from manuscript.line import ITEM, Line
from manuscript.places import District, district_of, forum_of, municipalities_of
from manuscript.promise import Promise
from manuscript.rows import (
    AreaRow,
    CommitmentRow,
    DistrictRow,
    FigureRow,
    FindingRow,
    ForumRow,
    SectionRow,
    area_row,
    commitment_row,
    district_row,
    figure_row,
    finding_row,
    forum_row,
    paged,
    section_row,
)
from manuscript.sentences import paragraphs, sentences
from manuscript.short_names import short_names, spelt_out
from manuscript.source import lines_of
from manuscript.text import shortened
from manuscript.verbs import MODAL

PLANS_WITH_FORMS = (
    "cooperation_plan",
    "action_plan",
    "minutes",
)  # "Frist: 1. maj" is a field there and no heading
LONG_TITLE = 140  # a longer first line is text that was run together, not a title


@dataclass(frozen=True)
class PlanText:
    """What was found in a file; see `rows` for the shapes."""

    kind: str
    title: str
    title_line: int  # 0 where there is none
    year: int | None
    district: DistrictRow | None
    forum: str
    municipalities: list[str]
    sections: list[SectionRow]
    focus_areas: list[AreaRow]
    commitments: list[CommitmentRow]
    figures: list[FigureRow]
    fora: list[ForumRow]
    findings: list[FindingRow]
    not_a_plan: str | None  # what it is instead

    def as_json(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)


def read(content: bytes, name: str) -> tuple[PlanText, list[str]]:
    """Read a file of a kind that `source` knows: (what was found, its lines). Raises `errors.Unreadable`
    with a Danish sentence."""
    lines = lines_of(content, name)
    return understand(lines), [line.text for line in lines]


def read_file(file: Path) -> PlanText:
    """What a file on the disk holds; raises `errors.Unreadable` with its name."""
    try:
        found, _ = read(file.read_bytes(), file.name)
    except OSError as error:
        raise Unreadable(f"Filen {file} kunne ikke åbnes. Står navnet rigtigt?") from error
    except Unreadable as error:
        raise Unreadable(f"{file.name}: {error}") from error
    return found


def understand(lines: list[Line]) -> PlanText:
    """What the lines of a document hold, and what to look at."""
    lines = with_values(paragraphs(lines))
    if foreign := not_danish(lines):
        return _left_alone(lines, foreign)
    document = _recognised(lines)
    tree = _tree(lines, document)
    towns = municipalities_of(lines, tree.begins_at(len(lines)))
    promised = _promises(lines, tree, document)
    findings = check(_manuscript(lines, document, tree, towns, promised))
    pages = {line.number: line.page for line in lines if line.page}
    return PlanText(
        kind=document.kind,
        title=shortened(document.title_text, LONG_TITLE),
        title_line=document.title_line,
        year=document.year,
        district=district_row(document.district),
        forum=document.forum,
        municipalities=towns,
        sections=paged(list(map(section_row, tree.headings)), pages),
        focus_areas=paged(list(map(area_row, tree.areas)), pages),
        commitments=paged(list(map(commitment_row, promised)), pages),
        figures=paged(list(map(figure_row, _figures(tree, document, towns))), pages),
        fora=paged(list(map(forum_row, _fora(tree))), pages),
        findings=paged(list(map(finding_row, findings)), pages),
        not_a_plan=why_no_plan(document.kind),
    )


def _left_alone(lines: list[Line], why: str) -> PlanText:
    """A document of which nothing but its title is taken."""
    document = _recognised(lines)
    title = shortened(document.title_text, LONG_TITLE)
    return PlanText("other", title, document.title_line, None, None, "", [], [], [], [], [], [], [], why)


@dataclass(frozen=True)
class _Document:
    """What a document is and where it belongs."""

    title: Line | None
    kind: str
    year: int | None
    district: District | None
    forum: str

    @property
    def title_text(self) -> str:
        """The title's words; "" where there is none."""
        if self.title is None:
            return ""
        return self.title.text

    @property
    def title_line(self) -> int:
        """The title's line; 0 where there is none."""
        if self.title is None:
            return 0
        return self.title.number

    @property
    def own_title_line(self) -> int:
        """The line of a title that is a line of its own; 0 for text that was run together."""
        if len(self.title_text) > LONG_TITLE:
            return 0
        return self.title_line

    @property
    def promises(self) -> bool:
        """May it hold promises: a plan, or minutes of what was decided?"""
        return self.is_plan or (self.kind == "minutes" and not is_agenda(self.title_text))

    @property
    def is_plan(self) -> bool:
        """Is it a plan, or a sheet of one?"""
        return self.kind in PLANS


def _recognised(lines: list[Line]) -> _Document:
    title = title_of(lines)
    kind = kind_of(title, lines)
    year = None
    if kind == "minutes":
        year = meeting_year(lines)
    if year is None:
        year = year_of(title, lines)
    return _Document(title, kind, year, district_of(lines), forum_of(title, lines))


@dataclass(frozen=True)
class _Tree:
    """A document in its parts."""

    toc: list[TocEntry]
    toc_lines: list[Line]
    headings: list[Heading]
    areas: list[Heading]
    preface: list[Line]  # what stands before the first heading
    body: list[Line]  # all paragraphs

    def begins_at(self, end: int) -> int:
        """The line where the contents list begins, else the first heading, else `end`."""
        if self.toc:
            return self.toc[0].line
        if self.headings:
            return self.headings[0].line
        return end


def _tree(lines: list[Line], document: _Document) -> _Tree:
    toc = contents_list(lines)
    found: list[Heading] = []
    if document.kind == "minutes" and sum(1 for line in lines if line.heading) < FEW:
        found = agenda(lines)
    if not found:
        found = headings(lines, toc, document.own_title_line, forms=document.kind in PLANS_WITH_FORMS)
    fill(found, lines)
    areas = focus_areas(found, document.is_plan) or listed_areas(lines) or announced_areas(toc)
    preface = _preface(lines, found, toc, document.own_title_line)
    body = _body(lines, found, preface, document.own_title_line)
    return _Tree(toc, lines_of_contents(toc, lines), found, areas, preface, body)


def _preface(lines: list[Line], found: list[Heading], toc: list[TocEntry], title_line: int) -> list[Line]:
    """What stands between the title or the contents list and the first heading."""
    after = max((entry.line for entry in toc), default=0)
    after = max(after, title_line)
    before = min((heading.line for heading in found), default=0)
    return [line for line in lines if after < line.number < before]


def _body(lines: list[Line], found: list[Heading], preface: list[Line], title_line: int) -> list[Line]:
    """The lines with text, but for headings; where nothing stands under any, all but the title."""
    body = [line for line in preface if line.text]
    for heading in found:
        body += [line for line in heading.lines if line.text]
    if body:
        return body
    return [line for line in lines if line.number != title_line]


def _promises(lines: list[Line], tree: _Tree, document: _Document) -> list[Promise]:
    if not document.promises:
        return []
    parts = [Heading("", "", 9, 0, lines=tree.preface), *tree.headings]
    if not tree.headings:
        parts = [Heading("", "", 1, 0, lines=tree.body)]
    found = promises(
        parts, document.year, {area.line for area in tree.areas}, minutes=document.kind == "minutes"
    )
    names = short_names(lines)
    return [spelt_out(promise, names) for promise in found]


def _manuscript(
    lines: list[Line], document: _Document, tree: _Tree, towns: list[str], promised: list[Promise]
) -> Manuscript:
    """The document as the check reads it."""
    return Manuscript(
        title=document.title_text,
        year=document.year,
        lines=lines,
        headings=tree.headings or [Heading("", "", 1, 0, lines=tree.body)],
        toc=tree.toc,
        promises=promised,
        areas=[_area(area, tree.headings, promised) for area in tree.areas if area.lines],
        municipalities=towns,
        title_line=document.title_line,
    )


def _area(area: Heading, headings: list[Heading], promised: list[Promise]) -> Area:
    """A focus area, with how many promises stand under it and its sub-headings."""
    own = {line.number for line in area.lines}
    for heading in below(headings, area):
        own.update(line.number for line in heading.lines)
    kept = [promise for promise in promised if own.intersection((promise.line, *promise.also))]
    if not kept:
        return Area(area.title, area.line, _perhaps(area, headings))
    return Area(area.title, area.line, len(kept))


def _perhaps(area: Heading, headings: list[Heading]) -> int:
    """How many lines of an area may promise something after all."""
    lines = list(area.lines)
    for heading in below(headings, area):
        lines += heading.lines
    return sum(1 for line in lines if " | " in line.text or MODAL.search(line.text))


def _figures(tree: _Tree, document: _Document, towns: list[str]) -> list[Figure]:
    place = ""
    if document.district:
        place = document.district.name.removesuffix(" Politi").removesuffix("s")
    elif len(towns) == 1:
        place = towns[0].removesuffix(" Kommune")
    return figures(list(sentences(tree.body)), document.year, place)


def _fora(tree: _Tree) -> list[NamedForum]:
    titles = [Line(heading.line, heading.title) for heading in tree.headings]
    chapter: set[int] = set()
    for heading in tree.headings:
        if CHAPTER.search(heading.title):
            chapter.update(line.number for line in heading.lines)
    return fora([*titles, *tree.body, *tree.toc_lines], chapter)


def body_html(section: SectionRow) -> str:
    """A section's body in the HTML subset, with its sub-headings as h3 and dashed lines as lists."""
    titles = {subheading["title"] for subheading in section["subheadings"]}
    out: list[str] = []
    for text in filter(None, section["body"].split("\n\n")):
        if text in titles:
            out.append(f"<h3>{_safe(text)}</h3>")
        elif ITEM.match(text):
            out.append(f"<ul><li>{_safe(ITEM.sub('', text))}</li></ul>")
        else:
            out.append(f"<p>{_safe(text)}</p>")
    return "\n".join(out).replace("</ul>\n<ul>", "\n")


def _safe(text: str) -> str:
    return html.escape(text, quote=False)
