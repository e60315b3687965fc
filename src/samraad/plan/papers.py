"""Formal documents: a plan, the note on an action plan, the paper on a milestone, the note of a hearing."""

from collections.abc import Iterator
from datetime import date
from operator import itemgetter
from textwrap import wrap
from typing import Any

from django.utils.timezone import localdate

from samraad import clock
from samraad.documents.model import Block, Document, Front, Heading, Prose, Table
from samraad.look.danish import isodato, kortdato
from samraad.plan import queries
from samraad.plan.edition import Row, content_of
from samraad.plan.models import Answer, Edition, Grant, Hearing, LocalNeed, Milestone, Party, Plan
from samraad.plan.queries.matrix import Cell, Look
from samraad.plan.queries.matrix import matrix as matrix_of

ANSWERED = {"initiative": "Indsats", "covered": "Dækket i forvejen", "not_here": "Ikke her"}
ANSWERED_IN_NOTE = {
    "initiative": "Det gør vi",
    "covered": "Det er dækket i forvejen",
    "not_here": "Det gør vi ikke her",
}
UNASKED = "–"
TYPED = "Kilde: tal, som politi og kommuner selv har skrevet ind. Kommuner uden tal er ikke opgjort."
HELD_BACK = "Antal personer står kun for hele kredsen, og kun når alle har talt."


def plan_paper(plan: Plan, edition: Edition | None = None) -> Document:
    """The plan as it stands now, or as an edition of it was released.

    Sections, areas with their commitments, answers, local needs and initiatives.
    """
    content = edition.content if edition else content_of(plan)
    blocks = [*_section_blocks(content["sections"])]
    if content["areas"]:
        blocks.append(Heading(f"{content['area_word'].capitalize()}r"))
        blocks += _area_blocks(content["areas"])
    if content["answers"]:
        blocks.append(Heading("Svar på kredsens områder"))
        blocks += _answer_blocks(content["answers"])
    blocks += _described("Lokale behov", content["needs"])
    blocks += _described("Indsatser", content["initiatives"])
    facts = _facts(plan, edition, content)
    state, told = _state(plan, edition), _told(edition)
    return Document(
        content["title"],
        str(plan.get_kind_display()),
        facts,
        blocks,
        footer=" · ".join(filter(None, [content["title"], state, *told])),
        state=state,
        front=Front(content["forum"], content["municipalities"], told),
        dated=_day_of(edition),
    )


def _day_of(edition: Edition | None) -> date:
    """The day that the file is of: of an edition the day it came out, of what is being written today."""
    if edition is None:
        return clock.today()
    return localdate(edition.public_from)


def _state(plan: Plan, edition: Edition | None) -> str:
    """That it is no edition, for what is being written on; nobody shall take it for what was released."""
    if edition:
        return ""
    day = kortdato(clock.today())
    if plan.editions.exists():
        return f"Arbejdsudgave, som den står {day}"
    return f"Udkast, som det står {day}"


def _told(edition: Edition | None) -> list[str]:
    """What every foot and the front page say of an edition."""
    if edition is None:
        return []
    return [f"Udgave {edition.number}, {kortdato(edition.public_from)}", f"kontrolsum {edition.sha256[:12]}"]


def _facts(plan: Plan, edition: Edition | None, content: dict[str, Any]) -> list[tuple[str, str]]:
    """What stands at the head of a plan: whose it is, when it was discussed and released, where it holds."""
    state = "Offentliggjort" if edition else plan.state[1]
    facts = [("Forum", str(plan.forum)), ("År", str(plan.year)), ("Status", state)]
    if content["discussed"]:
        facts.append(("Drøftet", isodato(content["discussed"]["at"])))
    released = edition or plan.editions.first()
    if released:
        public = kortdato(released.public_from)
        facts.append(("Udgave", f"{released.number}, offentlig fra {public}"))
    if edition:
        facts.append(("Kontrolsum", _in_groups(edition.sha256)))
    if content["municipalities"] and not plan.is_action:
        facts.append(("Kommuner", ", ".join(content["municipalities"])))
    return facts


def _in_groups(checksum: str) -> str:
    """A checksum that can be read aloud, and broken over two lines.

    >>> _in_groups("79cbc0cb3fe2")
    '79cbc0cb 3fe2'
    """
    return " ".join(wrap(checksum, 8))


def _section_blocks(sections: list[dict[str, Any]]) -> Iterator[Block]:
    for section in sections:
        yield Heading(section["title"], min(section["level"], 3), section["number"])
        if section["body"]:
            yield Prose(section["body"])
        yield from _commitment_table(section.get("commitments", []))


def _area_blocks(areas: list[dict[str, Any]]) -> Iterator[Block]:
    for area in areas:
        yield Heading(area["title"], 3 if area["parent"] else 2, area["number"])
        if area["summary"]:
            yield Prose(area["summary"])
        asked = ", ".join(forum["name"] for forum in area["addressees"])
        if asked:
            yield Prose(f"Skal svare: {asked}.", "quiet")
        yield from _commitment_table(area["commitments"])
        yield from _indicator_blocks(area["indicators"])


def _indicator_blocks(indicators: list[Row]) -> Iterator[Block]:
    """What is counted, from where and towards what; under it the numbers that others may see."""
    for row in indicators:
        counted = row["unit"]
        if row["of_what"]:
            counted = f"{counted} ud af {row['of_what']}"
        told = [f"{row['name']}: {counted}."]
        if row["baseline"]:
            told.append(f"Udgangspunkt {row['baseline']}.")
        if row["target"]:
            told.append(f"Mål {row['target']}.")
        if not row["rows"]:
            told.append("Der er ingen tal endnu.")
            yield Prose(" ".join(told))
            continue
        yield Table(["Periode", "Sted", "Tal"], list(map(list, row["rows"])), " ".join(told))
        yield Prose(f"{TYPED} {HELD_BACK}", "quiet")


def _answer_blocks(answers: list[dict[str, Any]]) -> Iterator[Block]:
    for answer in answers:
        yield Heading(f"{answer['area_title']}: {ANSWERED[answer['kind']]}", 2, answer["number"])
        yield Prose(answer["text"])
        told = []
        if answer["responsible"]:
            told.append(f"Ansvarlig: {answer['responsible']}.")
        if answer["due_on"]:
            told.append(f"Gjort senest {isodato(answer['due_on'])}.")
        if told:
            yield Prose(" ".join(told), "quiet")


def _described(title: str, rows: list[dict[str, Any]]) -> Iterator[Block]:
    """Things with a title and a text; nothing when there are none."""
    if rows:
        yield Heading(title)
    for row in rows:
        yield Heading(row["title"], 2)
        yield Prose(row["text"] or "Ikke beskrevet endnu.")


def _commitment_table(commitments: list[dict[str, Any]]) -> Iterator[Block]:
    """What somebody has undertaken to do, as a table; nothing when nobody has."""
    rows = []
    for row in commitments:
        when = isodato(row["due_on"]) or row["condition"] or "uden frist"
        rows.append([row["text"], row["owner"] or "ingen", when])
    if rows:
        yield Table(["Løfte", "Ansvarlig", "Frist"], rows)


def council_note(plan: Plan) -> Document:
    """The two-page note on an action plan for the municipality's own committee or council."""
    sent, asked = queries.answer_state(plan)
    follows = plan.district_plan.title.lower() if plan.district_plan else "samarbejdsplan"
    blocks: list[Block] = [
        Prose(
            f"Lokalrådets handleplan bygger på kredsrådets {follows} "
            f"og på lokale behov. {sent} af {asked} områder er besvaret."
        ),
        Heading("Indstilling"),
        Prose(f"Det indstilles, at handleplanen for {plan.year} tages til efterretning."),
    ]
    answers = list(plan.answers.select_related("area"))
    for code, words in ANSWERED_IN_NOTE.items():
        blocks.append(Heading(words))
        blocks += _note_answers([answer for answer in answers if answer.cell == code])
    blocks.append(Heading("Lokale behov"))
    blocks += _note_needs(list(plan.needs.all()))
    blocks += [Heading("Retsgrundlag"), Prose("Retsplejelovens § 113 om samarbejdsplanen.")]
    discussed = kortdato(plan.item.meeting.starts_at) if plan.item else "ikke endnu"
    facts = [("Forum", str(plan.forum)), ("Drøftet", discussed)]
    return Document(
        f"Sagsfremstilling: {plan.title}", "Til udvalg eller byråd", facts, blocks, dated=clock.today()
    )


def _note_answers(answers: list[Answer]) -> Iterator[Block]:
    for answer in answers:
        yield Heading(answer.area.title, 2, answer.area.number)
        yield Prose(answer.text)
        if answer.responsible:
            yield Prose(f"Ansvarlig: {answer.responsible}.", "quiet")
    if not answers:
        yield Prose("Ingen områder.")


def _note_needs(needs: list[LocalNeed]) -> Iterator[Block]:
    for need in needs:
        yield Heading(need.title, 2)
        yield Prose(need.text)
    if not needs:
        yield Prose("Ingen ud over kredsens områder.")


def matrix_paper(plan: Plan) -> Document:
    """The lokalråds' answers in one table: who has answered what; under it what the numbers stand for."""
    table = matrix_of(plan)
    rows, areas = [], []
    for row in table.rows:
        rows.append([str(row.forum), *map(_word, row.cells), f"{row.answered} af {row.asked}"])
    for place, area in enumerate(table.areas, 1):
        number = area.number
        if not number:
            number = f"({place})"
        areas.append([number, area.title])
    said = f"{table.answered} af {table.asked} svar er inde. {table.drafts} ligger som kladde."
    blocks: list[Block] = [
        Prose(f"{said} {table.missing} er ikke begyndt."),
        Heading("Hvad ordene betyder"),
        Table(["Ord", "Betydning"], [*map(_meaning, table.key), [UNASKED, "lokalrådet er ikke spurgt"]]),
        Heading("Områder"),
        Table(["Nr.", "Område"], areas),
        Heading("Svar"),
        Table(
            ["Lokalråd", *map(itemgetter(0), areas), "I alt"], rows, "Svar på områderne efter deres nummer."
        ),
    ]
    day = clock.today()
    facts = [("Plan", str(plan)), ("Forum", str(plan.forum)), ("Dag", kortdato(day))]
    return Document(f"Svar fra lokalrådene: {plan.title}", str(plan.forum), facts, blocks, dated=day)


def _word(cell: Cell) -> str:
    """The state of a cell; a sign where nobody is asked, so that the answers stand out."""
    if cell.is_asked:
        return cell.word
    return UNASKED


def _meaning(look: Look) -> list[str]:
    """The word of a state, and what it means."""
    return look.meaning.split(": ", 1)


def milestone_paper(milestone: Milestone) -> Document:
    """What a forum reads about a step of a project: what was reached, what it delivers, what comes next."""
    initiative = milestone.initiative
    fora = ", ".join(str(forum) for forum in milestone.fora.all())
    facts = [
        ("Projekt", str(initiative)),
        ("Plan", str(initiative.plan)),
        ("Nået", kortdato(milestone.done_on) or "ikke endnu"),
        ("Til", fora or "ingen fora valgt"),
    ]
    blocks: list[Block] = [
        Heading("Det er nået"),
        Prose(milestone.result or "Ikke nået endnu."),
        Heading("Det leverer projektet"),
        Prose(initiative.deliverables or "Ikke skrevet endnu."),
        Heading("Milepæle"),
        Table(["Milepæl", "Senest", "Nået"], [_step(each) for each in initiative.milestones.all()]),
    ]
    money = [_money(grant) for grant in initiative.grants.all()]
    if money:
        blocks += [Heading("Penge"), Table(["Fond eller pulje", "Søgt", "Status"], money)]
    return Document(f"Oplæg: {milestone}", "Til drøftelse", facts, blocks, dated=clock.today())


def _step(milestone: Milestone) -> list[str]:
    reached = kortdato(milestone.done_on) or milestone.state.word.lower()
    return [str(milestone), kortdato(milestone.due_on) or "uden frist", reached]


def _money(grant: Grant) -> list[str]:
    return [str(grant), kortdato(grant.applied_on) or "ikke søgt", grant.state.word]


def hearing_note(hearing: Hearing) -> Document:
    """One note of a hearing: who was asked, who replied, every remark and what was done with it."""
    parties = list(hearing.parties.prefetch_related("remarks"))
    replied = [party for party in parties if party.replied_at]
    facts = [
        ("Plan", str(hearing.plan)),
        ("Frist", kortdato(hearing.due_on)),
        ("Svar", f"{len(replied)} af {len(parties)} parter"),
    ]
    blocks: list[Block] = [
        Heading("Hørte parter"),
        Table(["Part", "Status", "Svaret", "Bemærkninger"], [_heard(party) for party in parties]),
        Heading("Bemærkninger og hvad der blev gjort"),
        *_remark_blocks(hearing, parties),
    ]
    return Document(
        f"Høringsnotat: {hearing.plan}", str(hearing.plan.forum), facts, blocks, dated=clock.today()
    )


def _heard(party: Party) -> list[str]:
    replied = kortdato(party.replied_at) or "ikke svaret"
    return [party.name, party.state.word, replied, str(len(party.remarks.all()))]


def _remark_blocks(hearing: Hearing, parties: list[Party]) -> Iterator[Block]:
    """The remarks under what they are about, in the order of the draft."""
    about: dict[str, list[list[str]]] = {part["title"]: [] for part in hearing.parts}
    for party in parties:
        for remark in party.remarks.all():
            about.setdefault(remark.about, []).append([party.name, remark.text, remark.done_words])
    for title, remarks in about.items():
        if remarks:
            yield Heading(title, 2)
            yield Table(["Part", "Bemærkning", "Hvad der blev gjort"], remarks)
    if not any(about.values()):
        yield Prose("Der er ingen bemærkninger.")
