"""The content of an edition.

Canonical JSON of everything the public may read of a plan, its hash, and differences.
"""

from difflib import SequenceMatcher
from typing import Any

from manuscript.text import plain
from samraad.look.danish import isodato
from samraad.plan.content import (
    AreaContent,
    CommitmentContent,
    IndicatorContent,
    InitiativeContent,
    PlanContent,
    SectionContent,
    read,
)
from samraad.plan.models import Plan
from samraad.plan.states import CellState, Stage

Row = dict[str, Any]  # a part of an edition, as its JSON has it


def content_of(plan: Plan) -> dict[str, Any]:
    """What an edition of `plan` holds now; only accepted commitments, sent answers and public parts."""
    return as_edition(read(plan))


def as_edition(content: PlanContent) -> dict[str, Any]:
    """Format 1: only agreed commitments, and nothing that is not for everybody."""
    discussed = None
    if content.discussed:
        discussed = {"at": content.discussed.on, "item": content.discussed.item}
    return {
        "format": 1,
        "kind": content.kind,
        "title": content.title,
        "year": content.year,
        "district": content.district,
        "forum": content.forum,
        "area_word": content.area_word,
        "municipalities": list(content.municipalities),
        "discussed": discussed,
        "sections": [_section_row(section) for section in content.sections],
        "areas": [_area_row(area) for area in content.areas],
        "answers": [dict(vars(answer)) for answer in content.answers],
        "needs": [dict(vars(need)) for need in content.needs],
        "initiatives": [_initiative_row(initiative) for initiative in content.initiatives],
    }


def _section_row(section: SectionContent) -> dict[str, Any]:
    row: dict[str, Any] = {
        "number": section.number,
        "title": section.title,
        "level": section.level,
        "body": section.body,
    }
    agreed = _commitment_rows(section.commitments)
    if agreed:
        row["commitments"] = agreed
    return row


def _area_row(area: AreaContent) -> dict[str, Any]:
    return {
        "id": area.pk,
        "number": area.number,
        "title": area.title,
        "short_title": area.label,
        "parent": area.parent,
        "summary": area.summary,
        "addressees": [{"id": forum.pk, "name": forum.name} for forum in area.addressees],
        "outside": area.outside,
        "commitments": _commitment_rows(area.commitments),
        "indicators": [_indicator_row(indicator) for indicator in area.indicators],
    }


def _commitment_rows(commitments: tuple[CommitmentContent, ...]) -> list[dict[str, Any]]:
    return [
        {
            "id": commitment.pk,
            "text": commitment.text,
            "owner": commitment.owner,
            "owner_id": commitment.owner_id,
            "due_on": commitment.due_on,
            "condition": commitment.condition,
            "expected": commitment.expected,
            "outside": commitment.outside,
        }
        for commitment in commitments
        if commitment.agreed
    ]


def _indicator_row(indicator: IndicatorContent) -> dict[str, Any]:
    return {**vars(indicator), "rows": [list(row) for row in indicator.rows]}


def _initiative_row(initiative: InitiativeContent) -> dict[str, Any]:
    row = dict(vars(initiative))
    row["id"] = row.pop("pk")
    row["leads"] = list(initiative.leads)
    return row


def hearing_parts(plan: Plan) -> list[dict[str, Any]]:
    """The draft as a hearing shows it, part by part in reading order.

    Each part has a key that a remark can name, its title and text; a focus area tells also whom it asks,
    what is promised or proposed, and what is done.
    """
    content = read(plan)
    parts: list[dict[str, Any]] = []
    for section in content.sections:
        parts.append(_heard_section(section))
        parts += [_heard_area(content, area) for area in content.areas_of(section)]
    loose = [area for area in content.areas if area.section is None]
    return parts + [_heard_area(content, area) for area in loose]


def _heard_section(section: SectionContent) -> dict[str, Any]:
    return {
        "key": f"s{section.pk}",
        "title": section.heading,
        "body": section.body,
        "level": section.level,
        "promises": _heard(section.commitments),
    }


def _heard_area(content: PlanContent, area: AreaContent) -> dict[str, Any]:
    return {
        "key": f"a{area.pk}",
        "title": area.heading,
        "body": area.summary,
        "level": 3 if area.parent else 2,
        "asked": [forum.name for forum in area.addressees],
        "outside": area.outside,
        "promises": _heard(area.commitments),
        "initiatives": [initiative.title for initiative in content.initiatives_of(area)],
    }


def _heard(commitments: tuple[CommitmentContent, ...]) -> list[dict[str, Any]]:
    """Those that a hearing may tell of."""
    rows = []
    for commitment in commitments:
        if commitment.heard:
            row = dict(vars(commitment))
            row["id"] = row.pop("pk")
            del row["status"], row["closed"]
            rows.append(row)
    return rows


def texts(content: Row) -> dict[str, str]:
    """Every readable text of an edition under a name that a person recognises."""
    out = {
        f"{s['number']} {s['title']}".strip(): "\n".join(
            filter(None, [plain(s["body"]), _in_words(s.get("commitments", []))])
        )
        for s in content["sections"]
    }
    for area in content["areas"]:
        promises = _in_words(area["commitments"])
        counted = "\n".join(map(_counted, area.get("indicators", [])))
        asked = "Adresseret til: " + ", ".join(f["name"] for f in area["addressees"])
        name = f"Område {area['number']} {area['title']}".replace("  ", " ")
        out[name] = "\n".join(
            filter(None, [plain(area["summary"]), asked, area["outside"], promises, counted])
        )
    for answer in content["answers"]:
        out[f"Svar: {answer['area_title']}"] = _answered(answer)
    for need in content["needs"]:
        out[f"Lokalt behov: {need['title']}"] = plain(need["text"])
    for initiative in content["initiatives"]:
        out[f"Indsats: {initiative['title']}"] = _done(initiative)
    return out


def _counted(indicator: Row) -> str:
    """What is counted, from where to where, and a line for each number."""
    words = ["Tælles:", indicator["name"], indicator["unit"], indicator["of_what"]]
    for name, word in (("baseline", "fra"), ("target", "mål")):
        if indicator[name]:
            words += [word, indicator[name]]
    return "\n".join([" ".join(filter(None, words)), *map(" ".join, indicator["rows"])])


def _answered(answer: Row) -> str:
    """What was answered, and who does it by when."""
    kind = str(CellState(answer["kind"]).label)
    due = isodato(answer["due_on"])
    return "\n".join(
        filter(None, [kind, plain(answer["text"]), answer["responsible"], due, answer["evidence"]])
    )


def _done(initiative: Row) -> str:
    """A piece of work: what is done, how far it is, who does it, and what others can use."""
    told = [plain(initiative["text"]), str(Stage(initiative["stage"]).label)]
    if initiative["running"]:
        told.append("Kører i forvejen")
    told += initiative["leads"]
    told += [initiative[name] for name in ("success_criterion", "partners", "target_group", "good_practice")]
    return "\n".join(filter(None, told))


def _in_words(commitments: list[Row]) -> str:
    """A line for each promise: what, who, by when, and what is expected of it."""
    lines = []
    for promise in commitments:
        when = promise["due_on"] or promise["condition"] or "uden frist"
        line = f"{promise['text']} ({promise['owner']}, {when})"
        if promise.get("expected"):
            line += f" ventet {promise['expected']}"
        lines.append(line)
    return "\n".join(lines)


def difference(old: dict[str, Any], new: dict[str, Any]) -> list[dict[str, Any]]:
    """What changed from one edition to the next, word by word.

    Rows with `state` (new, gone or changed) and `parts` (kind, text).
    """
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
