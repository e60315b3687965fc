"""The chapters of a plan as its page folds them: what each holds, what to mend in it, which is open."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from operator import attrgetter

from samraad.audit.queries import kept
from samraad.look.danish import antal
from samraad.plan.findings import open_faults
from samraad.plan.models import FocusArea, Plan, Section
from samraad.plan.queries.plan import Contents

NOTHING: Counter[str] = Counter()


@dataclass(frozen=True)
class Chapter:
    """A section or an area of a plan, folded to a line."""

    part: Section | FocusArea
    faults: int
    open: bool = False

    @property
    def holds(self) -> str:
        """What stands in it, in words."""
        told = []
        if not self._text:
            told.append("tomt")
        promises = len(self.part.commitments.all())
        if promises:
            told.append(antal(promises, "løfte,løfter"))
        return " · ".join(told)

    @property
    def fault_words(self) -> str:
        """How many places must be mended; nothing when none must."""
        if not self.faults:
            return ""
        return antal(self.faults, "sted skal rettes,steder skal rettes")

    @property
    def is_done(self) -> bool:
        """Is it written, with nothing that must be mended?"""
        return bool(self._text) and not self.faults

    @property
    def _text(self) -> str:
        if isinstance(self.part, Section):
            return self.part.body
        return self.part.summary


@dataclass(frozen=True)
class Chapters:
    """All chapters of a plan, in the order of its page."""

    sections: list[Chapter]
    areas: list[Chapter]
    faults: int

    @property
    def mend_words(self) -> str:
        """What the button says that leads to the places to mend."""
        return f"Ret {antal(self.faults, 'sted,steder')}"

    @property
    def left_words(self) -> str:
        """What stands between the draft and its release, in a line."""
        return f"{antal(self.faults, 'sted skal rettes,steder skal rettes')}, før planen kan offentliggøres."


def chapters(found: Contents, today: date, *, checked: bool, opened: str) -> Chapters:
    """The chapters for one reader.

    `checked`: does she see what the plan check finds? `opened` is "alt" for all of them, or "foerste" for the
    first that is not done.
    """
    faults = NOTHING
    if checked:
        faults = faults_of(found.plan, today)
    sections = [Chapter(part, faults[f"afsnit-{part.pk}"], opened == "alt") for part in found.sections]
    areas = [Chapter(part, faults[f"omraade-{part.pk}"], opened == "alt") for part in found.areas]
    if opened == "foerste":
        sections = _first_open(sections)
    return Chapters(sections, areas, faults.total())


def _first_open(rows: Sequence[Chapter]) -> list[Chapter]:
    """The same, with the first that is not done unfolded."""
    found = list(rows)
    for place, row in enumerate(found):
        if not row.is_done:
            found[place] = replace(row, open=True)
            break
    return found


def faults_of(plan: Plan, today: date) -> Counter[str]:
    """How many places stop the release, by their anchor; kept until something happens."""
    return kept(f"faults-{plan.pk}-{today}", partial(_faults, plan, today))


def _faults(plan: Plan, today: date) -> Counter[str]:
    return Counter(map(attrgetter("anchor"), open_faults(plan, today)))
