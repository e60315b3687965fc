"""A file that was read: parked, taken over into a draft, thrown away."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from manuscript.errors import Unreadable
from manuscript.persons import MASK, cpr_like, hidden
from manuscript.sandbox import read_in_sandbox
from samraad.accounts.models import User
from samraad.audit.actions import Refused, action, record
from samraad.council.models import Forum
from samraad.plan import permissions as may
from samraad.plan.actions import drafting
from samraad.plan.actions.plan import start
from samraad.plan.models import Plan, Reading
from samraad.plan.states import PlanStatus


@dataclass(frozen=True)
class ReadFile:
    """A file that was read and is kept nowhere yet."""

    name: str
    sha256: str
    result: dict[str, Any]
    lines: list[str]


def read_file(content: bytes, name: str) -> ReadFile:
    """Read a file; raises Refused with why it cannot be read.

    It can take a minute and is no action: nobody else's writing waits for it.
    """
    try:
        result, lines = read_in_sandbox(content, name)
    except Unreadable as error:
        raise Refused(str(error)) from error
    return ReadFile(
        hidden(name[-160:]),
        hashlib.sha256(content).hexdigest(),
        _hidden(result),
        [hidden(line) for line in lines],
    )


def _hidden(found: Any) -> Any:
    """What was found, with numbers like a CPR number masked: a parked file keeps none."""
    if isinstance(found, str):
        return hidden(found)
    if isinstance(found, list):
        return [_hidden(each) for each in found]
    if isinstance(found, dict):
        return {key: _hidden(value) for key, value in found.items()}
    return found


@action
def park(*, forum: Forum, file: ReadFile, now: datetime, by: User) -> Reading:
    """Park what was found in a file, private to its reader."""
    may.start_plan.check(by, forum)
    reading = Reading.objects.create(
        forum=forum,
        reader=by,
        at=now,
        file_name=file.name,
        sha256=file.sha256,
        lines=file.lines,
        result=file.result,
    )
    record("plan.file_read", reading, by=by, sha256=reading.sha256, sections=len(file.result["sections"]))
    return reading


@dataclass(frozen=True)
class TakenOver:
    """A draft, how many commitments were new in it, and how many stand in sections that were not taken."""

    plan: Plan
    commitments: int
    left_out: int

    def get_absolute_url(self) -> str:
        """The draft's page."""
        return self.plan.get_absolute_url()

    @property
    def words(self) -> str:
        """What the draft has now, and what did not come along."""
        told = (
            f"Kladden er klar med {self.commitments} nye løfter. "
            "Se adressater og ansvarlige igennem; ingen bliver spurgt, før planen er ude."
        )
        if not self.left_out:
            return told
        return f"{told} {self.left_out} løfter står i afsnit, der ikke er taget med, og er ikke skrevet op."


@action
def take_over(
    *,
    reading: Reading,
    chosen: Sequence[int],
    year: int,
    title: str,
    answers_due_on: date | None,
    by: User,
    commitments: Sequence[int] = (),
    figures: Sequence[int] = (),
) -> TakenOver:
    """Make a draft of the chosen sections (by line), commitments and figures (by their place in the result).

    With a section come the focus areas in it. Commitments become drafts under the area or section they stand
    in, figures indicators of the area. Personal numbers stop it. The same reading can be taken over once more
    into the same draft; nothing comes twice.
    """
    if by.pk != reading.reader_id:
        raise Refused("Kun den, der har læst filen, kan overtage den.")
    sections = [row for row in reading.result["sections"] if row["line"] in chosen]
    if not sections:
        raise Refused("Vælg mindst ét afsnit.")
    _refuse_personal_numbers(reading, sections, title, commitments, figures)
    plan = _draft_of(reading, year)
    if plan is None:
        plan = start(forum=reading.forum, year=year, title=title, answers_due_on=answers_due_on, by=by)
    may.write.check(by, plan)
    if plan.status != PlanStatus.DRAFT:
        raise Refused(f"Planen for {year} er offentliggjort. Vælg et andet år, eller ret planen direkte.")
    drafting.sections(reading, plan, sections, by)
    new, left_out = drafting.commitments(reading, plan, commitments, by)
    drafting.figures(reading, plan, figures, by)
    reading.plan = plan
    reading.save(update_fields=["plan"])
    record("plan.reading_taken_over", reading, by=by, plan=plan.pk, sections=len(sections), promises=new)
    return TakenOver(plan, new, left_out)


def _draft_of(reading: Reading, year: int) -> Plan | None:
    """The plan that the reading was taken over into before, else the one that the year has already."""
    if reading.plan is not None:
        return reading.plan
    return Plan.objects.cooperation().filter(forum=reading.forum, year=year).first()


def _refuse_personal_numbers(
    reading: Reading,
    sections: Sequence[dict[str, Any]],
    title: str,
    commitments: Sequence[int],
    figures: Sequence[int],
) -> None:
    """Raise when something that would become part of the draft looks like a CPR number."""
    for row in sections:
        _refuse_number(f"Afsnittet “{row['title']}”", f"{row['title']}\n{row['body']}")
    _refuse_number("Titlen", title)
    for place in commitments:
        row = reading.result["commitments"][place]
        _refuse_number(f"Løftet på linje {row['line']}", row["text"])
    for place in figures:
        row = reading.result["figures"][place]
        _refuse_number(f"Tallet på linje {row['line']}", row["text"])


def _refuse_number(what: str, text: str) -> None:
    found = cpr_like(text)
    if not found and MASK in text:
        found = MASK
    if found:
        raise Refused(
            f"{what} rummer noget, der ligner et CPR-nummer ({found}). Fjern det i filen, og læs den igen."
        )


@action
def discard(*, reading: Reading, by: User) -> None:
    """Throw a parked reading away."""
    if by.pk != reading.reader_id:
        raise Refused("Kun den, der har læst filen, kan smide den ud.")
    record("plan.reading_discarded", reading, by=by)
    reading.delete()
