"""The content of an edition: canonical JSON of everything the public may read of a plan, its hash, and differences."""

import hashlib
import json
from difflib import SequenceMatcher
from typing import Any

from manuscript.text import plain
from samraad.council.models import Commitment
from samraad.council.states import CommitmentStatus
from samraad.plan.models import Answer, FocusArea, Indicator, Plan, Section
from samraad.plan.queries import shown
from samraad.plan.states import AnswerStatus

SHOWN = [
    CommitmentStatus.ACCEPTED,
    CommitmentStatus.IN_PROGRESS,
    CommitmentStatus.WAITING,
    CommitmentStatus.REPORTED,
    CommitmentStatus.DONE,
]
HEARD = [*SHOWN, CommitmentStatus.PROPOSED, CommitmentStatus.DRAFT]
PROMISES = ("commitments__owner", "commitments__owner_seat", "commitments__decision__item")


def content_of(plan: Plan) -> dict[str, Any]:
    """What an edition of `plan` holds now; only accepted promises, sent answers and public parts."""
    item = plan.item
    return {
        "format": 1,
        "kind": str(plan.kind),
        "title": plan.title,
        "year": plan.year,
        "district": plan.forum.district.name,
        "forum": plan.forum.name,
        "area_word": plan.area_word,
        "municipalities": [
            m.short_name for m in plan.forum.municipalities.order_by("district_places__position")
        ],
        "discussed": {"at": str(item.meeting.starts_at.date()), "item": item.title} if item else None,
        "sections": [_section(section) for section in plan.sections.prefetch_related(*PROMISES)],
        "areas": [_area(area) for area in plan.areas.prefetch_related("addressees", "indicators", *PROMISES)],
        "answers": [
            _answer(answer) for answer in plan.answers.filter(status=AnswerStatus.SENT).select_related("area")
        ],
        "needs": [{"title": need.title, "text": need.text} for need in plan.needs.all()],
        "initiatives": [
            {
                "id": initiative.pk,
                "area": initiative.area_id,
                "title": initiative.title,
                "text": initiative.text,
                "running": initiative.running,
                "stage": str(initiative.stage),
                "success_criterion": initiative.success_criterion,
                "leads": sorted(lead.name for lead in initiative.leads.all()),
                "partners": initiative.partners,
                "target_group": initiative.target_group,
                "good_practice": initiative.good_practice,
            }
            for initiative in plan.initiatives.prefetch_related("leads")
        ],
    }


def hearing_parts(plan: Plan) -> list[dict[str, Any]]:
    """The draft as a hearing shows it, part by part in reading order: each with a key that a remark can name, its title and text, and
    under a focus area whom it asks, what is promised or proposed, and what is done."""
    areas = list(plan.areas.prefetch_related("addressees", "initiatives", *PROMISES))
    parts: list[dict[str, Any]] = []
    for section in plan.sections.prefetch_related(*PROMISES):
        part = {"key": f"s{section.pk}", "title": str(section), "body": section.body, "level": section.level}
        parts.append({**part, "promises": _promised(section, HEARD)})
        parts += [_heard(area) for area in areas if area.section_id == section.pk]
    return parts + [_heard(area) for area in areas if area.section_id is None]


def _heard(area: FocusArea) -> dict[str, Any]:
    return {
        "key": f"a{area.pk}",
        "title": f"{area.number} {area.title}".strip(),
        "body": area.summary,
        "level": 3 if area.parent_id else 2,
        "asked": sorted(forum.name for forum in area.addressees.all()),
        "outside": area.outside,
        "promises": _promised(area, HEARD),
        "initiatives": [initiative.title for initiative in area.initiatives.all()],
    }


def _section(section: Section) -> dict[str, Any]:
    row = {"number": section.number, "title": section.title, "level": section.level, "body": section.body}
    promised = _promised(section, SHOWN)
    return {**row, "commitments": promised} if promised else row


def _promised(part: FocusArea | Section, states: list[CommitmentStatus]) -> list[dict[str, Any]]:
    """The promises of a part that are in one of the states and were not decided behind closed doors."""
    return [_commitment(c) for c in part.commitments.all() if c.status in states and not c.is_closed]


def _area(area: FocusArea) -> dict[str, Any]:
    return {
        "id": area.pk,
        "number": area.number,
        "title": area.title,
        "short_title": area.label,
        "parent": area.parent_id,
        "summary": area.summary,
        "addressees": [
            {"id": f.pk, "name": f.name} for f in sorted(area.addressees.all(), key=lambda f: f.name)
        ],
        "outside": area.outside,
        "commitments": _promised(area, SHOWN),
        "indicators": [_indicator(indicator) for indicator in area.indicators.all()],
    }


def _commitment(commitment: Commitment) -> dict[str, Any]:
    return {
        "id": commitment.pk,
        "text": commitment.text,
        "owner": commitment.owner_text,
        "due_on": str(commitment.due_on) if commitment.due_on else "",
        "condition": commitment.condition,
        "outside": commitment.outside,
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "name": indicator.name,
        "unit": indicator.unit,
        "of_what": indicator.of_what,
        "baseline": str(indicator.baseline) if indicator.baseline is not None else "",
        "target": str(indicator.target) if indicator.target is not None else "",
        "rows": [[row.period, row.municipality.short_name, row.text] for row in shown(indicator)],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "area": answer.area_id,
        "area_title": answer.area.title,
        "number": answer.area.number,
        "kind": str(answer.kind),
        "text": answer.text,
        "responsible": answer.responsible,
        "due_on": str(answer.due_on) if answer.due_on else "",
        "evidence": answer.evidence,
    }


def canonical(content: dict[str, Any]) -> str:
    """One spelling of the content, the same on every machine."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON.

    >>> digest({"b": 1, "a": "å"}) == digest({"a": "å", "b": 1})
    True
    """
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def texts(content: dict[str, Any]) -> dict[str, str]:
    """Every readable text of an edition under a name that a person recognises."""
    out = {
        f"{s['number']} {s['title']}".strip(): "\n".join(
            filter(None, [plain(s["body"]), _in_words(s.get("commitments", []))])
        )
        for s in content["sections"]
    }
    for area in content["areas"]:
        promises = _in_words(area["commitments"])
        counted = "\n".join(
            " ".join(filter(None, ["Tælles:", i["name"], i["unit"], i["of_what"]]))
            for i in area.get("indicators", [])
        )
        asked = "Adresseret til: " + ", ".join(f["name"] for f in area["addressees"])
        name = f"Område {area['number']} {area['title']}".replace("  ", " ")
        out[name] = "\n".join(filter(None, [plain(area["summary"]), asked, promises, counted]))
    for answer in content["answers"]:
        out[f"Svar: {answer['area_title']}"] = "\n".join(
            filter(None, [plain(answer["text"]), answer["responsible"], answer["evidence"]])
        )
    for need in content["needs"]:
        out[f"Lokalt behov: {need['title']}"] = plain(need["text"])
    for initiative in content["initiatives"]:
        rest = [initiative["success_criterion"], initiative["partners"]]
        out[f"Indsats: {initiative['title']}"] = "\n".join(filter(None, [plain(initiative["text"]), *rest]))
    return out


def _in_words(commitments: list[dict[str, Any]]) -> str:
    """A line for each promise: what, who, by when."""
    return "\n".join(
        f"{c['text']} ({c['owner']}, {c['due_on'] or c['condition'] or 'uden frist'})" for c in commitments
    )


def difference(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """What changed from one edition to the next, word by word: `state` new, gone or changed, and `parts` (kind, text)."""
    before, after = texts(old), texts(new)
    rows = []
    for name in [*after, *(name for name in before if name not in after)]:
        if name not in before:
            rows.append({"name": name, "state": "new", "parts": [("ins", after[name])]})
        elif name not in after:
            rows.append({"name": name, "state": "gone", "parts": [("del", before[name])]})
        elif before[name] != after[name]:
            rows.append({"name": name, "state": "changed", "parts": words_changed(before[name], after[name])})
    return rows


def words_changed(old: str, new: str) -> list[tuple[str, str]]:
    """The text in parts: ("", same), ("del", taken out), ("ins", put in).

    >>> words_changed("fire møder om året", "fem møder om året")
    [('del', 'fire'), ('ins', 'fem'), ('', 'møder om året')]
    """
    a, b = old.split(), new.split()
    parts: list[tuple[str, str]] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("", " ".join(a[a1:a2])))
            continue
        if a2 > a1:
            parts.append(("del", " ".join(a[a1:a2])))
        if b2 > b1:
            parts.append(("ins", " ".join(b[b1:b2])))
    return parts
