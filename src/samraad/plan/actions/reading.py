"""A file that was read: parked, taken over into a draft, thrown away."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record
from samraad.commitment.actions.commitment import draft
from samraad.council.models import Forum
from samraad.documents.text import MASK, cpr_like, hidden, shortened
from samraad.plan import permissions as may
from samraad.plan.actions.initiative import add_indicator
from samraad.plan.actions.plan import add_area, add_section, link_commitment, start
from samraad.plan.models import FocusArea, Indicator, Plan, Reading, Section
from samraad.plan.queries import commitments_of
from samraad.plan.reading.apart import read_apart
from samraad.plan.reading.dates import day_of, recurrence_of
from samraad.plan.reading.plan_text import body_html
from samraad.plan.reading.source import Unreadable


@dataclass(frozen=True)
class ReadFile:
    """A file that was read and is kept nowhere yet."""

    name: str
    sha256: str
    result: dict[str, Any]
    lines: list[str]


def read_file(content: bytes, name: str) -> ReadFile:
    """Read a file. It can take a minute and is no action: nobody else's writing waits for it. Raises Refused with why it cannot be read."""
    try:
        result, lines = read_apart(content, name)
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
    return {key: _hidden(value) for key, value in found.items()} if isinstance(found, dict) else found


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
    """A draft, how many promises were new in it, and how many stand in sections that were not taken."""

    plan: Plan
    promises: int
    left_out: int


@action
def take_over(
    *,
    reading: Reading,
    chosen: list[int],
    year: int,
    title: str,
    answers_due_on: date | None,
    by: User,
    promises: list[int] | None = None,
    figures: list[int] | None = None,
) -> TakenOver:
    """Make a draft of the chosen sections (by line) with the focus areas among them, and of the chosen promises and figures
    (by their place in the result): promises become drafts under the area or section they stand in, figures indicators of the area.

    Personal numbers stop it. The same reading can be taken over once more into the same draft; nothing comes twice.
    """
    if by.pk != reading.reader_id:
        raise Refused("Kun den, der har læst filen, kan overtage den.")
    sections = [row for row in reading.result["sections"] if row["line"] in chosen]
    if not sections:
        raise Refused("Vælg mindst ét afsnit.")
    _refuse_personal_numbers(reading, sections, title, promises or [], figures or [])
    plan = (
        reading.plan
        or Plan.objects.filter(forum=reading.forum, year=year, kind=Plan.Kind.COOPERATION).first()
    )
    if plan is None:
        plan = start(forum=reading.forum, year=year, title=title, answers_due_on=answers_due_on, by=by)
    may.write.check(by, plan)
    if plan.status != "draft":
        raise Refused(f"Planen for {year} er offentliggjort. Vælg et andet år, eller ret planen direkte.")
    known = set(plan.sections.filter(source_sha256=reading.sha256).values_list("source_line", flat=True))
    area_lines = {row["line"]: row for row in reading.result["focus_areas"]}
    local = list(
        Forum.objects.filter(district=reading.forum.district, kind=Forum.Kind.LOKALRAAD).prefetch_related(
            "municipalities"
        )
    )
    for row in sections:
        if row["line"] in known:
            continue
        section = add_section(
            plan=plan,
            number=row["number"],
            title=row["title"],
            level=row["level"],
            body=body_html(row),
            source_line=row["line"],
            by=by,
        )
        Section.objects.filter(pk=section.pk).update(source_sha256=reading.sha256)
        if row["line"] in area_lines:
            _areas(plan, section, row, area_lines[row["line"]], local, by)
    new, left_out = _promises(reading, plan, promises or [], by)
    _figures(reading, plan, figures or [], by)
    reading.plan = plan
    reading.save(update_fields=["plan"])
    record("plan.reading_taken_over", reading, by=by, plan=plan.pk, sections=len(sections), promises=new)
    return TakenOver(plan, new, left_out)


def _refuse_personal_numbers(
    reading: Reading, sections: list[dict[str, Any]], title: str, promises: list[int], figures: list[int]
) -> None:
    """Raise when something that would become part of the draft looks like a CPR number."""
    found_in = reading.result
    said = [(f"Afsnittet “{row['title']}”", f"{row['title']}\n{row['body']}") for row in sections]
    said += [("Titlen", title)]
    said += [
        (f"Løftet på linje {found_in['commitments'][place]['line']}", found_in["commitments"][place]["text"])
        for place in promises
    ]
    said += [
        (f"Tallet på linje {found_in['figures'][place]['line']}", found_in["figures"][place]["text"])
        for place in figures
    ]
    for what, text in said:
        if found := cpr_like(text) or (MASK if MASK in text else ""):
            raise Refused(
                f"{what} rummer noget, der ligner et CPR-nummer ({found}). Fjern det i filen, og læs den igen."
            )


def _areas(
    plan: Plan, section: Section, row: dict[str, Any], area: dict[str, Any], local: list[Forum], by: User
) -> None:
    number = area["number"].split(".")[-1].lstrip("0") or area["number"]
    parts = row["subheadings"] if len(row["subheadings"]) > 1 else []
    paragraphs = row["body"].split("\n\n")
    asked = [] if parts else addressed(area["title"] + "\n" + row["body"], local)
    whole = add_area(
        plan=plan,
        section=section,
        number=number,
        title=area["title"],
        addressees=asked,
        source_line=area["line"],
        by=by,
    )
    for letter, part in zip("abcdefghijklmnop", parts, strict=False):
        at = paragraphs.index(part["title"]) if part["title"] in paragraphs else 0
        ends = [
            paragraphs.index(other["title"])
            for other in parts
            if other["title"] in paragraphs and other["line"] > part["line"]
        ]
        text = "\n".join(paragraphs[at : min(ends, default=len(paragraphs))])
        add_area(
            plan=plan,
            section=section,
            parent=whole,
            number=f"{number}{letter}",
            title=shortened(part["title"], 200),
            addressees=addressed(text, local),
            source_line=part["line"],
            by=by,
        )


def addressed(text: str, local: list[Forum]) -> list[Forum]:
    """Which local councils a text is about: the one, two or three municipalities it names, else all. A suggestion for a person."""
    named = [forum for forum in local if any(_names(text, m.short_name) for m in forum.municipalities.all())]
    return named if 0 < len(named) <= 3 else local


def _names(text: str, town: str) -> bool:
    return f"{town} Kommune" in text or f"i {town}" in text or f"{town} og" in text


def _section_at(plan: Plan, reading: Reading, line: int) -> Section | None:
    """The section of the draft that a line of the file falls in; none when its own was not taken over."""
    begins = max((row["line"] for row in reading.result["sections"] if row["line"] <= line), default=None)
    return plan.sections.filter(source_sha256=reading.sha256, source_line=begins).first()


def _area_at(plan: Plan, reading: Reading, line: int) -> FocusArea | None:
    """The lowest focus area that a line of the file falls in."""
    section = _section_at(plan, reading, line)
    return (
        plan.areas.filter(section=section, source_line__lte=line)
        .order_by("-source_line", "-position")
        .first()
        if section
        else None
    )


def _owner(plan: Plan, who: list[str]) -> Organisation | None:
    """The organisation that a promise's first named body is, when the district knows it."""
    district = plan.forum.district
    for name in who:
        if name in (
            district.name,
            "Politiet",
            "Politidirektøren",
            "Kredsrådet",
            "Lokalpolitiet",
            "Lokalbetjentene",
        ):
            return district
        known = Organisation.objects.filter(name=name).first()
        if known is not None:
            return known
    return None


def _promises(reading: Reading, plan: Plan, chosen: list[int], by: User) -> tuple[int, int]:
    """Draft the chosen promises: (how many are new, how many have no place in the draft)."""
    known = set(
        commitments_of(plan)
        .filter(origin_text__startswith=_origin(reading))
        .values_list("origin_text", flat=True)
    )
    new = left_out = 0
    for place, row in enumerate(reading.result["commitments"]):
        origin = f"{_origin(reading)} {row['line']}, løfte {place + 1}"
        if place not in chosen or origin in known:
            continue
        part = _area_at(plan, reading, row["line"]) or _section_at(plan, reading, row["line"])
        if part is None:
            left_out += 1
            continue
        owner = _owner(plan, row["who"])
        conditional = row["kind"] == "conditional"
        promise = draft(
            forum=plan.forum,
            text=shortened(row["text"], 300),
            owner=owner,
            owner_role=shortened(
                ", ".join(name for name in row["who"] if owner is None or name != owner.name), 120
            ),
            due_on=_due(row["when"], plan.year),
            recurrence=recurrence_of(row["when"]) if row["recurring"] else "",
            condition=shortened(row["when"], 200) if conditional else "",
            outside=row["kind"] == "external" and owner is None,
            origin_text=origin,
            by=by,
        )
        link_commitment(part=part, commitment=promise, by=by)
        new += 1
    return new, left_out


def _due(when: str, year: int) -> date | None:
    """The last day that a promise names, unless it lies before the plan's year: then the words tell of the past."""
    found = day_of(when, year)
    return found if found and found.year >= year else None


def _origin(reading: Reading) -> str:
    """Where a promise comes from: the file, and which of those with its name."""
    return f"{reading.file_name[:100]} ({reading.sha256[:8]}), linje"


def _figures(reading: Reading, plan: Plan, chosen: list[int], by: User) -> None:
    for place, row in enumerate(reading.result["figures"]):
        area = (
            _area_at(plan, reading, row["line"])
            if place in chosen and isinstance(row["value"], int | float)
            else None
        )
        name = f"{shortened(row['text'], 140)} (linje {row['line']})"
        if area is not None and not area.indicators.filter(name=name).exists():
            unit = {"percent": "procent", "age": "år"}.get(row["unit"], row["unit"] or "antal")
            add_indicator(
                area=area,
                name=name,
                unit=unit[:60],
                period=Indicator.Period.YEAR,
                baseline=row["value"],
                by=by,
            )


@action
def discard(*, reading: Reading, by: User) -> None:
    """Throw a parked reading away."""
    if by.pk != reading.reader_id:
        raise Refused("Kun den, der har læst filen, kan smide den ud.")
    record("plan.reading_discarded", reading, by=by)
    reading.delete()
