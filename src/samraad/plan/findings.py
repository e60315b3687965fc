"""The check of a plan that is written here.

Its sections and areas as a manuscript, and what was found with its place on the page.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from manuscript.check.finding import Finding
from manuscript.check.rules import FAULTS, RULES, check
from manuscript.check.text import Area, Manuscript
from manuscript.dates import MONTHS
from manuscript.headings import Heading
from manuscript.line import Line
from manuscript.promise import Promise
from manuscript.text import plain
from samraad import clock
from samraad.commitment.models import Commitment
from samraad.plan import claims
from samraad.plan.models import FocusArea, Plan, Section, Waiver


class Place(NamedTuple):
    """The section or focus area that a line of the manuscript is part of.

    And the promise there when the line is one.
    """

    section: Section | None = None
    area: FocusArea | None = None
    commitment: Commitment | None = None


@dataclass(frozen=True)
class Placed:
    """A finding with its place, and why it stays when somebody said so."""

    finding: Finding
    place: Place
    mark: str
    waiver: Waiver | None = None

    @property
    def section(self) -> Section | None:
        """The section it stands in, unless it is a promise of one."""
        return self.place.section if self.place.commitment is None else None

    @property
    def spoken(self) -> str:
        """How those who hear a page are told of it."""
        return f"{self.where}: {self.finding.message}"

    @property
    def name(self) -> str:
        """The rule's name."""
        if self.finding.code in claims.NAMES:
            return claims.NAMES[self.finding.code]
        return RULES[self.finding.code][1]

    @property
    def stops(self) -> bool:
        """Does it stop a release until it is mended or explained?"""
        return self.finding.code in FAULTS | claims.FAULTS and self.waiver is None

    @property
    def anchor(self) -> str:
        """Where on the plan's page it stands."""
        section, area, _ = self.place
        return f"afsnit-{section.pk}" if section else (f"omraade-{area.pk}" if area else "")

    @property
    def where(self) -> str:
        """Its place in words."""
        return str(self.place.section or self.place.area or "planen")

    @property
    def mendable(self) -> bool:
        """Can it be mended in one click?"""
        return self.finding.mend is not None and self.section is not None


def findings(plan: Plan, today: date) -> list[Placed]:
    """What the check finds in a plan, in its order; waived ones with their reason."""
    manuscript, places = manuscript_of(plan, today)
    texts = {line.number: line.text for line in manuscript.lines}
    waived = {waiver.mark: waiver for waiver in plan.waivers.all()}
    out = []
    seen: dict[str, int] = {}
    texts_of_crime = claims.checked_texts(plan.forum.district, manuscript, clock.now())
    for finding in [*check(manuscript), *claims.figure_findings(texts_of_crime)]:
        key = f"{finding.code}|{texts.get(finding.line, '')}|{finding.message.split(' på linje ')[0]}"
        seen[key] = seen.get(key, 0) + 1
        mark = hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:16]
        out.append(
            Placed(_worded(finding, places), places.get(finding.line, Place()), mark, waived.get(mark))
        )
    return out


def _worded(finding: Finding, places: dict[int, Place]) -> Finding:
    """Lines mean nothing on a page: name the section instead."""
    message = finding.message
    for line in finding.lines:
        section, area, _ = places.get(line, Place())
        if section or area:
            message = message.replace(f"på linje {line}", f"under “{section or area}”").replace(
                f"linje {line}", f"“{section or area}”"
            )
            message = message.replace(f"Linje {line}", f"“{section or area}”")
    return Finding(finding.code, finding.line, message, finding.lines, finding.mend)


def open_faults(plan: Plan, today: date) -> list[Placed]:
    """What stops the plan's release."""
    return [placed for placed in findings(plan, today) if placed.stops]


def manuscript_of(plan: Plan, today: date) -> tuple[Manuscript, dict[int, Place]]:
    """(the plan as lines, line -> its place)."""
    lines = [Line(1, plan.title)]
    headings: list[Heading] = []
    promises: list[Promise] = []
    places: dict[int, Place] = {}

    def write(text: str, place: Place) -> Line:
        line = Line(len(lines) + 1, text)
        lines.append(line)
        places[line.number] = place
        return line

    def promised(place: Place) -> int:
        part = place.section or place.area
        own = (
            [each for each in part.commitments.all() if each.status not in ("declined", "dropped")]
            if part
            else []
        )
        for commitment in own:
            line = write(commitment.text, place._replace(commitment=commitment))
            promises.append(_promise(commitment, line.number))
        return len(own)

    for section in plan.sections.prefetch_related("commitments__owner", "commitments__owner_seat"):
        here = Place(section=section)
        head = write(section.title, here)
        heading = Heading(section.number, section.title, section.level, head.number)
        inner = _inner_headings(section.body)
        for text in plain(section.body).split("\n"):
            if text.strip():
                line = write(text.strip(), here)
                heading.lines.append(line)
                if line.text in inner:
                    heading.subheadings.append(line)
        headings.append(heading)
        promised(here)
    areas: list[Area] = []
    rows = list(
        plan.areas.prefetch_related("commitments__owner", "commitments__owner_seat", "addressees", "parts")
    )
    for area in rows:
        here = Place(area=area)
        head = write(area.title, here)
        heading = Heading("", "", 2, head.number)
        for text in plain(area.summary).split("\n"):
            if text.strip():
                heading.lines.append(write(text.strip(), here))
        headings.append(heading)
        count = promised(here)
        if not area.parts.all():
            answers = len(area.addressees.all()) if not plan.is_action and not area.outside else None
            areas.append(Area(area.title, head.number, count, answers))
    towns = [str(m.name) for m in plan.forum.municipalities.all()] if not plan.is_action else []
    return Manuscript(plan.title, plan.year, lines, headings, [], promises, areas, towns, 1, today), places


def _inner_headings(body: str) -> set[str]:
    return {plain(found) for found in re.findall(r"<h[2-4]>(.*?)</h[2-4]>", body, re.DOTALL)}


def _promise(commitment: Commitment, line: int) -> Promise:
    day = commitment.due_on
    due = f"{day.day}. {MONTHS[day.month - 1]} {day.year}" if day else ""
    when = (
        due or commitment.condition or (commitment.get_recurrence_display() if commitment.recurrence else "")
    )
    open_ = commitment.status in ("draft", "proposed", "accepted")
    kind = (
        "recurring"
        if commitment.recurrence or not open_
        else "conditional"
        if commitment.condition
        else "promise"
    )
    who = (commitment.owner_text,) if commitment.owner_text else ()
    return Promise(line, commitment.text, who, commitment.text, when, bool(commitment.recurrence), kind)
