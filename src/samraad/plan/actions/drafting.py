"""What of a file that was read becomes part of a draft: sections with their areas, commitments, figures."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from manuscript.due import day_of, recurrence_of
from manuscript.reading import body_html
from manuscript.rows import SectionRow, SubheadingRow
from manuscript.text import shortened
from samraad.accounts.models import Organisation, User
from samraad.commitment.actions.commitment import draft
from samraad.commitment.models import Commitment
from samraad.council.models import Forum
from samraad.plan.actions.initiative import add_indicator
from samraad.plan.actions.plan import add_area, add_section, link_commitment
from samraad.plan.models import FocusArea, Indicator, Plan, Reading, Section
from samraad.plan.queries import commitments_of

LETTERS = "abcdefghijklmnop"  # of the sub-areas of an area
FEW = 3  # municipalities that a text can name and still be about them alone
OF_THE_DISTRICT = ("Politiet", "Politidirektøren", "Kredsrådet", "Lokalpolitiet", "Lokalbetjentene")
UNITS = {"percent": "procent", "age": "år"}  # how the reader says a unit -> how an indicator does


def sections(reading: Reading, plan: Plan, rows: Sequence[SectionRow], by: User) -> None:
    """Add the sections that are not in the draft yet, with the focus areas in them."""
    known = set(_taken(reading, plan).values_list("source_line", flat=True))
    areas = {row["line"]: row for row in reading.result["focus_areas"]}
    fora = Forum.objects.filter(district=reading.forum.district, kind=Forum.Kind.LOKALRAAD)
    local = list(fora.prefetch_related("municipalities"))
    for row in rows:
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
        if row["line"] in areas:
            _add_area(section, row, areas[row["line"]], local, by)


def _taken(reading: Reading, plan: Plan) -> Any:
    """The sections of the draft that came from the file."""
    return plan.sections.filter(source_sha256=reading.sha256)


def _add_area(section: Section, row: SectionRow, area: dict[str, Any], local: list[Forum], by: User) -> None:
    """The focus area of a section, and a sub-area under each of its headings when it has several."""
    parts = row["subheadings"]
    if len(parts) == 1:
        parts = []
    asked: list[Forum] = []
    if not parts:
        asked = addressed(f"{area['title']}\n{row['body']}", local)
    number = _last_number(area["number"])
    whole = add_area(
        plan=section.plan,
        section=section,
        number=number,
        title=area["title"],
        addressees=asked,
        source_line=area["line"],
        by=by,
    )
    texts = _texts(row["body"], parts)
    for letter, part, text in zip(LETTERS, parts, texts, strict=False):
        add_area(
            plan=section.plan,
            section=section,
            parent=whole,
            number=f"{number}{letter}",
            title=shortened(part["title"], 200),
            addressees=addressed(text, local),
            source_line=part["line"],
            by=by,
        )


def _last_number(number: str) -> str:
    """ "3" from "2.03"."""
    return number.split(".")[-1].lstrip("0") or number


def _texts(body: str, parts: list[SubheadingRow]) -> list[str]:
    """What stands under each of the headings in a body, the heading with it."""
    paragraphs = body.split("\n\n")
    texts = []
    for part in parts:
        begins = 0
        if part["title"] in paragraphs:
            begins = paragraphs.index(part["title"])
        ends = len(paragraphs)
        for other in parts:
            if other["line"] > part["line"] and other["title"] in paragraphs:
                ends = min(ends, paragraphs.index(other["title"]))
        texts.append("\n".join(paragraphs[begins:ends]))
    return texts


def addressed(text: str, local: list[Forum]) -> list[Forum]:
    """Which local councils a text is about: the few it names the municipalities of, else all.

    A suggestion for a person.
    """
    named = []
    for forum in local:
        towns = [municipality.short_name for municipality in forum.municipalities.all()]
        if any(_names(text, town) for town in towns):
            named.append(forum)
    return named if 0 < len(named) <= FEW else local


def _names(text: str, town: str) -> bool:
    return f"{town} Kommune" in text or f"i {town}" in text or f"{town} og" in text


def commitments(reading: Reading, plan: Plan, chosen: Sequence[int], by: User) -> tuple[int, int]:
    """Draft the chosen commitments: (how many are new, how many have no place in the draft)."""
    origins = commitments_of(plan).filter(origin_text__startswith=_origin(reading))
    known = set(origins.values_list("origin_text", flat=True))
    new = left_out = 0
    for place in sorted(set(chosen)):
        row = reading.result["commitments"][place]
        origin = f"{_origin(reading)} {row['line']}, løfte {place + 1}"
        if origin in known:
            continue
        part = _area_at(plan, reading, row["line"]) or _section_at(plan, reading, row["line"])
        if part is None:
            left_out += 1
            continue
        link_commitment(part=part, commitment=_drafted(plan, row, origin, by), by=by)
        new += 1
    return new, left_out


def _drafted(plan: Plan, row: dict[str, Any], origin: str, by: User) -> Commitment:
    """A commitment as it was read."""
    owner = _owner(plan, row["who"])
    others = [name for name in row["who"] if owner is None or name != owner.name]
    return draft(
        forum=plan.forum,
        text=shortened(row["text"], 300),
        owner=owner,
        owner_role=shortened(", ".join(others), 120),
        due_on=_due(row["when"], plan.year),
        recurrence=recurrence_of(row["when"]) if row["recurring"] else "",
        condition=shortened(row["when"], 200) if row["kind"] == "conditional" else "",
        outside=row["kind"] == "external" and owner is None,
        origin_text=origin,
        by=by,
    )


def _origin(reading: Reading) -> str:
    """Where a commitment comes from: the file, and which of those with its name."""
    return f"{reading.file_name[:100]} ({reading.sha256[:8]}), linje"


def _owner(plan: Plan, who: list[str]) -> Organisation | None:
    """The organisation that a commitment's first named body is, when the district knows it."""
    district = plan.forum.district
    for name in who:
        if name == district.name or name in OF_THE_DISTRICT:
            return district
        known = Organisation.objects.filter(name=name).first()
        if known is not None:
            return known
    return None


def _due(when: str, year: int) -> date | None:
    """The last day that a commitment names; none when it lies before the plan's year, in the past."""
    found = day_of(when, year)
    return found if found and found.year >= year else None


def _section_at(plan: Plan, reading: Reading, line: int) -> Section | None:
    """The section of the draft that a line of the file falls in; none when its own was not taken over."""
    begins = max((row["line"] for row in reading.result["sections"] if row["line"] <= line), default=None)
    found: Section | None = _taken(reading, plan).filter(source_line=begins).first()
    return found


def _area_at(plan: Plan, reading: Reading, line: int) -> FocusArea | None:
    """The lowest focus area that a line of the file falls in."""
    section = _section_at(plan, reading, line)
    if section is None:
        return None
    above = plan.areas.filter(section=section, source_line__lte=line)
    return above.order_by("-source_line", "-position").first()


def figures(reading: Reading, plan: Plan, chosen: Sequence[int], by: User) -> None:
    """Make the chosen figures indicators of the area they stand in; those that stand in none are left out."""
    for place in sorted(set(chosen)):
        row = reading.result["figures"][place]
        if not isinstance(row["value"], int | float):
            continue
        area = _area_at(plan, reading, row["line"])
        name = f"{shortened(row['text'], 140)} (linje {row['line']})"
        if area is None or area.indicators.filter(name=name).exists():
            continue
        unit = UNITS.get(row["unit"], row["unit"]) or "antal"
        add_indicator(
            area=area,
            name=name,
            unit=unit[:60],
            period=Indicator.Period.YEAR,
            baseline=Decimal(str(row["value"])),
            by=by,
        )
