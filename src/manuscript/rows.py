"""What a reading finds, as rows of plain data for JSON: each names its line, in a PDF also its page."""

from typing import NotRequired, TypedDict, TypeVar

from manuscript.check.finding import Finding
from manuscript.figures import Figure
from manuscript.finders.finder import Value
from manuscript.fora import NamedForum
from manuscript.headings import Heading
from manuscript.places import District
from manuscript.promise import Promise


class Row(TypedDict):
    """What every row has."""

    line: int
    page: NotRequired[int]


class SubheadingRow(TypedDict):
    """A heading inside a section."""

    title: str
    line: int


class SectionRow(Row):
    """A section: its heading, its paragraphs between blank lines, and the headings among them."""

    number: str
    title: str
    level: int
    body: str
    subheadings: list[SubheadingRow]


class AreaRow(Row):
    """A focus area."""

    number: str
    title: str


class CommitmentRow(Row):
    """A promise; see `promise.Promise`."""

    text: str
    who: list[str]
    what: str
    when: str
    recurring: bool
    kind: str
    also: list[int]


class FigureRow(Row):
    """A figure; see `figures` for the shapes of its value."""

    value: Value
    unit: str
    text: str
    period: str
    place: str


class ForumRow(Row):
    """A body of the cooperation."""

    name: str
    kind: str


class FindingRow(Row):
    """What the check found."""

    code: str
    message: str
    lines: list[int]


class DistrictRow(TypedDict):
    """A police district."""

    code: str
    name: str


AnyRow = TypeVar("AnyRow", bound=Row)


def paged(rows: list[AnyRow], pages: dict[int, int]) -> list[AnyRow]:
    """The rows with the page of their line, where the file has pages."""
    for row in rows:
        if row["line"] in pages:
            row["page"] = pages[row["line"]]
    return rows


def section_row(heading: Heading) -> SectionRow:
    """A heading and what stands under it."""
    return {
        "number": heading.number,
        "title": heading.title,
        "level": heading.level,
        "line": heading.line,
        "body": "\n\n".join(line.text for line in heading.lines if line.text),
        "subheadings": [{"title": line.text, "line": line.number} for line in heading.subheadings],
    }


def area_row(heading: Heading) -> AreaRow:
    """The heading of a focus area."""
    return {"number": heading.number, "title": heading.title, "line": heading.line}


def commitment_row(promise: Promise) -> CommitmentRow:
    """A promise."""
    return {
        "line": promise.line,
        "text": promise.text,
        "who": list(promise.who),
        "what": promise.what,
        "when": promise.when,
        "recurring": promise.recurring,
        "kind": promise.kind,
        "also": list(promise.also),
    }


def figure_row(figure: Figure) -> FigureRow:
    """A figure."""
    return {
        "line": figure.line,
        "value": figure.value,
        "unit": figure.unit,
        "text": figure.text,
        "period": figure.period,
        "place": figure.place,
    }


def forum_row(forum: NamedForum) -> ForumRow:
    """A body of the cooperation."""
    return {"name": forum.name, "kind": forum.kind, "line": forum.line}


def finding_row(finding: Finding) -> FindingRow:
    """What the check found."""
    return {
        "code": finding.code,
        "line": finding.line,
        "message": finding.message,
        "lines": list(finding.lines),
    }


def district_row(district: District | None) -> DistrictRow | None:
    """A police district, if any."""
    if district is None:
        return None
    return {"code": district.code, "name": district.name}
