"""The page of a parked reading: the file line by line, and what was found in it, each with its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from manuscript.check.rules import RULES
from manuscript.report import KINDS
from manuscript.text import shortened
from samraad.look.danish import antal
from samraad.plan.models import Plan, Reading
from samraad.plan.states import PlanStatus

COMMITMENT_KINDS = {
    "promise": "løfte",
    "recurring": "fast opgave",
    "conditional": "når noget sker",
    "external": "en anden myndighed",
    "intention": "ønske",
    "standing_forum": "fast forum",
}
NOT_PROPOSED = ("standing_forum", "intention")  # what is no commitment of somebody until a person says so


@dataclass(frozen=True)
class SourceLine:
    """A line of the file: is it a heading, was something found in it, must it be looked at?"""

    number: int
    text: str
    is_heading: bool
    is_found: bool
    is_wrong: bool


@dataclass(frozen=True)
class Place:
    """A line of the file that one can go to."""

    line: int
    page: int | None = None
    also: tuple[int, ...] = ()

    @property
    def page_words(self) -> str:
        """Its page, where the file has pages."""
        return f" (side {self.page})" if self.page else ""


@dataclass(frozen=True)
class Choice:
    """Something found that can become part of the draft; `name` and `value` are its tick in the form."""

    name: str
    value: str
    words: str
    place: Place
    facts: list[str]
    css: str
    ticked: bool

    @property
    def id(self) -> str:
        """Its id on the page."""
        return f"{self.name}-{self.value}"


@dataclass(frozen=True)
class Choices:
    """All that was found of a kind, what stands above it, and what is said when there is nothing."""

    legend: str
    none: str
    rows: list[Choice]


@dataclass(frozen=True)
class Found:
    """A place to look at before the plan is released."""

    name: str
    message: str
    place: Place


@dataclass(frozen=True)
class Claim:
    """Something said of numbers without one, and its line."""

    text: str
    line: int


@dataclass(frozen=True)
class ReviewPage:
    """A parked reading as its reader sees it."""

    reading: Reading
    existing: Plan | None
    lines: list[SourceLine]
    findings: list[Found]
    sections: Choices
    commitments: Choices
    figures: Choices
    claims: list[Claim]

    @property
    def result(self) -> dict[str, Any]:
        """What the reader found, as it is kept."""
        result: dict[str, Any] = self.reading.result
        return result

    @property
    def to_look_at(self) -> str:
        """How many places must be looked at; empty when there are none."""
        count = len(self.findings)
        return f"{antal(count, 'sted skal ses på,steder skal ses på')}." if count else ""

    @property
    def what_it_is(self) -> str:
        """The title, what kind of document it is, for which year and where."""
        result = self.result
        told = f"{result['title']}: {KINDS[result['kind']]}"
        if result["year"]:
            told = f"{told} for {result['year']}"
        if result["district"]:
            told = f"{told}, {result['district']['name']}"
        return f"{told}."

    @property
    def counted(self) -> str:
        """How much of each was found."""
        result = self.result
        counts = [
            antal(len(result["sections"]), "afsnit,afsnit"),
            antal(len(result["focus_areas"]), "indsatsområde,indsatsområder"),
            antal(len(self.commitments.rows), "løfte,løfter"),
            antal(len(result["figures"]), "tal,tal"),
            antal(len(result["fora"]), "forum,fora"),
        ]
        return f"{', '.join(counts)}."

    @property
    def existing_words(self) -> str:
        """What becomes of the plan that the year has already; empty when it has none."""
        if self.existing is None:
            return ""
        there = f"Der findes en plan for {self.existing.year}: {self.existing}."
        if self.existing.status == PlanStatus.DRAFT:
            return f"{there} Nye afsnit bliver lagt til kladden."
        return f"{there} Den er offentliggjort: vælg et andet år nederst, eller ret planen direkte."


def proposed(reading: Reading, today: date) -> dict[str, Any]:
    """What the form of a reading begins with: all sections, and what somebody has undertaken to do."""
    result = reading.result
    commitments = []
    for number, row in enumerate(result["commitments"]):
        if row["kind"] not in NOT_PROPOSED:
            commitments.append(str(number))
    return {
        "year": _year(reading, today),
        "title": shortened(result["title"], 160),
        "chosen": [str(section["line"]) for section in result["sections"]],
        "promises": commitments,
    }


def _year(reading: Reading, today: date) -> int:
    return int(reading.result["year"] or today.year)


def review_page(reading: Reading, form: Any, today: date) -> ReviewPage:
    """All that the page of a reading shows; `form` knows what is ticked."""
    result = reading.result
    plans = Plan.objects.cooperation().filter(forum=reading.forum, year=_year(reading, today))
    return ReviewPage(
        reading=reading,
        existing=plans.first(),
        lines=list(_lines(reading)),
        findings=[_finding(row) for row in result["findings"]],
        sections=Choices(
            legend="Afsnit, der skal med",
            none="Filen har ingen overskrifter, vi kan kende.",
            rows=list(_sections(result, _ticked(form, "chosen"))),
        ),
        commitments=Choices(
            legend="Løfter, der skal med som forslag",
            none="Vi fandt ingen løfter.",
            rows=list(_commitments(result, _ticked(form, "promises"))),
        ),
        figures=Choices(
            legend="Tal, der skal med som målinger",
            none="Vi fandt ingen tal.",
            rows=list(_figures(result, _ticked(form, "figures"))),
        ),
        claims=[Claim(row["text"], row["line"]) for row in result["figures"] if row["value"] is None],
    )


def _ticked(form: Any, name: str) -> set[str]:
    """The values of a field that are ticked."""
    return set(form[name].value() or [])


def _lines(reading: Reading) -> Iterator[SourceLine]:
    """The lines that say something, with what was found in them."""
    result = reading.result
    headings = _lines_of(result["sections"])
    found = _lines_of(result["focus_areas"]) | _lines_of(result["commitments"])
    wrong = _lines_of(result["findings"])
    for row in result["findings"]:
        wrong.update(row["lines"])
    for number, text in enumerate(reading.lines, start=1):
        if text:
            yield SourceLine(number, text, number in headings, number in found, number in wrong)


def _lines_of(rows: Iterable[dict[str, Any]]) -> set[int]:
    return {row["line"] for row in rows}


def _finding(row: dict[str, Any]) -> Found:
    return Found(RULES[row["code"]][1], row["message"], _place(row))


def _place(row: dict[str, Any]) -> Place:
    return Place(row["line"], row.get("page"))


def _sections(result: dict[str, Any], ticked: set[str]) -> Iterator[Choice]:
    areas = _lines_of(result["focus_areas"])
    for row in result["sections"]:
        facts = []
        if row["line"] in areas:
            facts.append("indsatsområde")
        if row["subheadings"]:
            facts.append(antal(len(row["subheadings"]), "underoverskrift,underoverskrifter"))
        if not row["body"]:
            facts.append("uden tekst")
        yield Choice(
            name="chosen",
            value=str(row["line"]),
            words=f"{row['number']} {row['title']}",
            place=_place(row),
            facts=facts,
            css="loefte" if row["line"] in areas else "ok",
            ticked=str(row["line"]) in ticked,
        )


def _commitments(result: dict[str, Any], ticked: set[str]) -> Iterator[Choice]:
    for number, row in enumerate(result["commitments"]):
        who = ", ".join(row["who"]) or "ingen ansvarlig"
        yield Choice(
            name="promises",
            value=str(number),
            words=shortened(row["text"], 160),
            place=Place(row["line"], also=tuple(row.get("also", ()))),
            facts=[COMMITMENT_KINDS[row["kind"]], who, row["when"] or "uden frist"],
            css="loefte",
            ticked=str(number) in ticked,
        )


def _figures(result: dict[str, Any], ticked: set[str]) -> Iterator[Choice]:
    """The numbers; what is only claimed has no value and cannot be chosen."""
    for number, row in enumerate(result["figures"]):
        if not isinstance(row["value"], int | float):
            continue
        yield Choice(
            name="figures",
            value=str(number),
            words=row["text"],
            place=Place(row["line"]),
            facts=list(filter(None, [row["place"], row["period"]])),
            css="ok",
            ticked=str(number) in ticked,
        )
