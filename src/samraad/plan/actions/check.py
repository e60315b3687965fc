"""The plan check's answers: mend in one click, or say why it stays."""

import html
import re
from datetime import date, datetime

from manuscript.check.finding import Mend
from manuscript.text import shortened
from samraad.accounts.models import User
from samraad.audit.actions import Refused, action, record
from samraad.plan import permissions as may
from samraad.plan.actions.plan import edit_section
from samraad.plan.findings import Placed, findings, manuscript_of
from samraad.plan.models import Plan, Section, Waiver

GONE = "Stedet er allerede rettet. Se listen igen."


def _find(plan: Plan, mark: str, today: date) -> Placed:
    """The finding of that mark; raises Refused when it is mended already."""
    for placed in findings(plan, today):
        if placed.mark == mark:
            return placed
    raise Refused(GONE)


@action
def mend(*, plan: Plan, mark: str, today: date, by: User) -> Section:
    """Do what the check proposes for one finding: put the right word, or take out what stands twice.

    Returns the section that was mended.
    """
    may.write.check(by, plan)
    placed = _find(plan, mark, today)
    section, proposed = placed.section, placed.finding.mend
    if section is None or proposed is None:
        raise Refused("Det her skal rettes i hånden.")
    if proposed.old:
        title, body = _replaced(section, proposed)
    else:
        title, body = section.title, without_last(section.body, _text_at(plan, placed, today))
    if (title, body) == (section.title, section.body):
        raise Refused(GONE)
    edit_section(
        section=section, number=section.number, title=title, body=body, version=section.version, by=by
    )
    record("plan.finding_mended", plan, by=by, code=placed.finding.code, section=section.pk)
    return section


def _replaced(section: Section, proposed: Mend) -> tuple[str, str]:
    """The section's title and body with the right words: in the body where they stand, else in the title."""
    old, new = html.escape(proposed.old, quote=False), html.escape(proposed.new, quote=False)
    if old in section.body:
        return section.title, section.body.replace(old, new, 1)
    return section.title.replace(proposed.old, proposed.new, 1), section.body


def _text_at(plan: Plan, placed: Placed, today: date) -> str:
    """The line of the plan that a finding is about."""
    manuscript, _ = manuscript_of(plan, today)
    return next(line.text for line in manuscript.lines if line.number == placed.finding.line)


def without_last(body: str, text: str) -> str:
    """`body` without the last block that says `text`.

    >>> without_last("<p>Et</p><p>To</p><p>Et</p>", "Et")
    '<p>Et</p><p>To</p>'
    """
    blocks = list(re.finditer(r"<(p|h[2-4]|li|blockquote)>(.*?)</\1>\n?", body, re.DOTALL))
    for block in reversed(blocks):
        if html.unescape(re.sub(r"<[^>]+>", "", block[2])).strip() == text:
            return body[: block.start()] + body[block.end() :]
    return body


@action
def waive(*, plan: Plan, mark: str, reason: str, today: date, now: datetime, by: User) -> Waiver:
    """Let a finding stand, with the reason that the next reader sees."""
    may.write.check(by, plan)
    placed = _find(plan, mark, today)
    if placed.finding.code == "cpr_like":
        raise Refused("Et CPR-nummer kan ikke blive stående. Fjern det.")
    waiver, _ = Waiver.objects.update_or_create(
        plan=plan,
        mark=mark,
        defaults={
            "code": placed.finding.code,
            "message": shortened(placed.finding.message, 300),
            "reason": reason,
            "at": now,
        },
    )
    record("plan.finding_waived", plan, by=by, code=placed.finding.code)
    return waiver


@action
def take_waiver_back(*, waiver: Waiver, by: User) -> None:
    """Look at a finding again after all."""
    may.write.check(by, waiver.plan)
    record("plan.waiver_taken_back", waiver.plan, by=by, code=waiver.code)
    waiver.delete()
