"""A file that was read: parked, taken over into a draft, thrown away."""

import hashlib
from datetime import date, datetime
from typing import Any

from samraad.accounts.models import User
from samraad.audit.actions import Refused, action, record
from samraad.council.models import Forum
from samraad.documents.text import cpr_like
from samraad.plan.actions.plan import add_area, add_section, start
from samraad.plan.models import Plan, Reading, Section
from samraad.plan.permissions import start_plan as may_start
from samraad.plan.permissions import write as may_write
from samraad.plan.reading.plan_text import body_html, read
from samraad.plan.reading.source import Unreadable


@action
def park(*, forum: Forum, content: bytes, name: str, now: datetime, by: User) -> Reading:
    """Read a file and park what was found, private to its reader. Raises Refused when it cannot be read; then nothing is kept."""
    may_start.check(by, forum)
    try:
        found, lines = read(content, name)
    except Unreadable as error:
        raise Refused(str(error)) from error
    reading = Reading.objects.create(
        forum=forum,
        reader=by,
        at=now,
        file_name=name[-160:],
        sha256=hashlib.sha256(content).hexdigest(),
        lines=lines,
        result=found.as_json(),
    )
    record("plan.file_read", reading, by=by, sha256=reading.sha256, sections=len(found.sections), areas=len(found.focus_areas))
    return reading


@action
def take_over(*, reading: Reading, chosen: list[int], year: int, title: str, answers_due_on: date | None, by: User) -> Plan:
    """Make a draft of the chosen sections (by line) and the focus areas among them, with the lines as source.

    Areas are addressed to every lokalråd of the district; sub-headings of an area become its sub-areas when it has
    more than one. Personal numbers stop it. The same reading can be taken over once more into the same draft.
    """
    if by.pk != reading.reader_id:
        raise Refused("Kun den, der har læst filen, kan overtage den.")
    sections = [row for row in reading.result["sections"] if row["line"] in chosen]
    if not sections:
        raise Refused("Vælg mindst ét afsnit.")
    for row in sections:
        if found := cpr_like(row["body"]):
            raise Refused(
                f"Afsnittet “{row['title']}” rummer noget, der ligner et CPR-nummer ({found}). Fjern det i filen, og læs den igen."
            )
    plan = reading.plan or Plan.objects.filter(forum=reading.forum, year=year, kind=Plan.Kind.COOPERATION).first()
    if plan is None:
        plan = start(forum=reading.forum, year=year, title=title, answers_due_on=answers_due_on, by=by)
    may_write.check(by, plan)
    if plan.status != "draft":
        raise Refused(f"Planen for {year} er offentliggjort. Vælg et andet år, eller ret planen direkte.")
    known = set(plan.sections.exclude(source_line=None).values_list("source_line", flat=True))
    area_lines = {row["line"]: row for row in reading.result["focus_areas"]}
    local = list(Forum.objects.filter(district=reading.forum.district, kind=Forum.Kind.LOKALRAAD))
    for row in sections:
        if row["line"] in known:
            continue
        section = add_section(
            plan=plan, number=row["number"], title=row["title"], level=row["level"], body=body_html(row), source_line=row["line"], by=by
        )
        if row["line"] in area_lines:
            _areas(plan, section, row, area_lines[row["line"]], local, by)
    reading.plan = plan
    reading.save(update_fields=["plan"])
    record("plan.reading_taken_over", reading, by=by, plan=plan.pk, sections=len(sections))
    return plan


def _areas(plan: Plan, section: Section, row: dict[str, Any], area: dict[str, Any], local: list[Forum], by: User) -> None:
    number = area["number"].split(".")[-1].lstrip("0") or area["number"]
    parts = row["subheadings"] if len(row["subheadings"]) > 1 else []
    whole = add_area(
        plan=plan, section=section, number=number, title=area["title"], addressees=[] if parts else local, source_line=area["line"], by=by
    )
    for letter, part in zip("abcdefghijklmnop", parts, strict=False):
        add_area(
            plan=plan,
            section=section,
            parent=whole,
            number=f"{number}{letter}",
            title=part["title"][:200],
            addressees=local,
            source_line=part["line"],
            by=by,
        )


@action
def discard(*, reading: Reading, by: User) -> None:
    """Throw a parked reading away."""
    if by.pk != reading.reader_id:
        raise Refused("Kun den, der har læst filen, kan smide den ud.")
    record("plan.reading_discarded", reading, by=by)
    reading.delete()
