"""Plans as formal documents: the working plan, the action plan, and the note for a municipality's own council."""

from typing import Any

from samraad.documents.model import Block, Document, Heading, Prose, Table
from samraad.look.danish import isodato, kortdato
from samraad.plan import queries
from samraad.plan.edition import content_of
from samraad.plan.models import Edition, Hearing, Milestone, Plan


def plan_paper(plan: Plan, edition: Edition | None = None) -> Document:
    """The plan as it stands now, or as an edition of it was released: sections, areas with their promises, answers, local needs and
    initiatives."""
    content = edition.content if edition else content_of(plan)
    facts = [
        ("Forum", str(plan.forum)),
        ("År", str(plan.year)),
        ("Tilstand", "Offentliggjort" if edition else plan.state[1]),
    ]
    if content["discussed"]:
        facts.append(("Drøftet", isodato(content["discussed"]["at"])))
    edition = edition or plan.editions.first()
    if edition:
        facts.append(("Udgave", f"{edition.number}, offentlig fra {kortdato(edition.public_from)}"))
    if content["municipalities"] and not plan.is_action:
        facts.append(("Kommuner", ", ".join(content["municipalities"])))
    blocks: list[Block] = []
    for section in content["sections"]:
        blocks.append(Heading(f"{section['number']} {section['title']}".strip(), min(section["level"], 3)))
        if section["body"]:
            blocks.append(Prose(section["body"]))
        blocks += _promise_table(section.get("commitments", []))
    if content["areas"]:
        blocks.append(Heading(f"{plan.area_word.capitalize()}r"))
    for area in content["areas"]:
        blocks.append(Heading(f"{area['number']} {area['title']}".strip(), 3 if area["parent"] else 2))
        if area["summary"]:
            blocks.append(Prose(area["summary"]))
        asked = ", ".join(forum["name"] for forum in area["addressees"])
        if asked:
            blocks.append(Prose(f"Skal svare: {asked}."))
        blocks += _promise_table(area["commitments"])
    if content["answers"]:
        words = {"initiative": "Indsats", "covered": "Dækket i forvejen", "not_here": "Ikke her"}
        blocks.append(Heading("Svar på kredsens områder"))
        for answer in content["answers"]:
            blocks += [
                Heading(f"{answer['number']} {answer['area_title']}: {words[answer['kind']]}", 2),
                Prose(answer["text"]),
            ]
            told = [
                f"Ansvarlig: {answer['responsible']}." if answer["responsible"] else "",
                f"Gjort senest {isodato(answer['due_on'])}." if answer["due_on"] else "",
            ]
            if any(told):
                blocks.append(Prose(" ".join(filter(None, told))))
    for title, rows_ in (("Lokale behov", content["needs"]), ("Indsatser", content["initiatives"])):
        if rows_:
            blocks.append(Heading(title))
            for row in rows_:
                blocks += [Heading(row["title"], 2), Prose(row["text"] or "Ikke beskrevet endnu.")]
    return Document(plan.title, str(plan.get_kind_display()), facts, blocks)


def _promise_table(commitments: list[dict[str, Any]]) -> list[Block]:
    """What was promised as a table; nothing when nothing was."""
    rows = [
        [c["text"], c["owner"] or "ingen", isodato(c["due_on"]) or c["condition"] or "uden frist"]
        for c in commitments
    ]
    return [Table(["Løfte", "Ansvarlig", "Frist"], rows)] if rows else []


def council_note(plan: Plan) -> Document:
    """The two-page note on an action plan for the municipality's own committee or council."""
    sent, asked = queries.answer_state(plan)
    answers = list(plan.answers.select_related("area"))
    blocks: list[Block] = [
        Prose(
            f"Lokalrådets handleplan bygger på kredsrådets {plan.district_plan.title.lower() if plan.district_plan else 'samarbejdsplan'} "
            f"og på lokale behov. {sent} af {asked} områder er besvaret."
        ),
        Heading("Indstilling"),
        Prose(f"Det indstilles, at handleplanen for {plan.year} tages til efterretning."),
    ]
    for code, word in (
        ("initiative", "Det gør vi"),
        ("covered", "Det er dækket i forvejen"),
        ("not_here", "Det gør vi ikke her"),
    ):
        blocks.append(Heading(word))
        own = [answer for answer in answers if answer.cell == code]
        for answer in own:
            blocks += [Heading(f"{answer.area.number} {answer.area.title}", 2), Prose(answer.text)]
            if answer.responsible:
                blocks.append(Prose(f"Ansvarlig: {answer.responsible}."))
        if not own:
            blocks.append(Prose("Ingen områder."))
    needs = list(plan.needs.all())
    blocks.append(Heading("Lokale behov"))
    for need in needs:
        blocks += [Heading(need.title, 2), Prose(need.text)]
    if not needs:
        blocks.append(Prose("Ingen ud over kredsens områder."))
    blocks += [Heading("Retsgrundlag"), Prose("Retsplejelovens § 113 om samarbejdsplanen.")]
    facts = [
        ("Forum", str(plan.forum)),
        ("Drøftet", kortdato(plan.item.meeting.starts_at) if plan.item else "ikke endnu"),
    ]
    return Document(f"Sagsfremstilling: {plan.title}", "Til udvalg eller byråd", facts, blocks)


def milestone_paper(milestone: Milestone) -> Document:
    """What a forum reads about a step of a project: what was reached, what it delivers, what comes next, the money."""
    initiative = milestone.initiative
    facts = [
        ("Projekt", str(initiative)),
        ("Plan", str(initiative.plan)),
        ("Nået", kortdato(milestone.done_on) or "ikke endnu"),
        ("Til", ", ".join(str(forum) for forum in milestone.fora.all()) or "ingen fora valgt"),
    ]
    blocks: list[Block] = [Heading("Det er nået"), Prose(milestone.result or "Ikke nået endnu.")]
    blocks += [Heading("Det leverer projektet"), Prose(initiative.deliverables or "Ikke skrevet endnu.")]
    steps = [
        [str(m), kortdato(m.due_on) or "uden frist", kortdato(m.done_on) or m.state[1].lower()]
        for m in initiative.milestones.all()
    ]
    blocks += [Heading("Milepæle"), Table(["Milepæl", "Senest", "Nået"], steps)]
    money = [[str(g), kortdato(g.applied_on) or "ikke søgt", g.state[1]] for g in initiative.grants.all()]
    if money:
        blocks += [Heading("Penge"), Table(["Fond eller pulje", "Søgt", "Tilstand"], money)]
    return Document(f"Oplæg: {milestone}", "Til drøftelse", facts, blocks)


def hearing_note(hearing: Hearing) -> Document:
    """One note of a hearing: who was asked, who replied, every remark and what was done with it."""
    plan = hearing.plan
    parties = list(hearing.parties.prefetch_related("remarks"))
    replied = sum(1 for party in parties if party.replied_at)
    facts = [
        ("Plan", str(plan)),
        ("Frist", kortdato(hearing.due_on)),
        ("Svar", f"{replied} af {len(parties)} parter"),
    ]
    rows = [
        [
            party.name,
            party.state[1],
            kortdato(party.replied_at) or "ikke svaret",
            str(len(party.remarks.all())),
        ]
        for party in parties
    ]
    blocks: list[Block] = [
        Heading("Hørte parter"),
        Table(["Part", "Tilstand", "Svaret", "Bemærkninger"], rows),
    ]
    about: dict[str, list[list[str]]] = {}
    for part in hearing.parts:
        about[part["title"]] = []
    for party in parties:
        for remark in party.remarks.all():
            done = (
                f"{remark.get_outcome_display()}. {remark.answer}".strip()
                if remark.outcome
                else "Ikke behandlet endnu."
            )
            about.setdefault(remark.about, []).append([party.name, remark.text, done])
    blocks.append(Heading("Bemærkninger og hvad der blev gjort"))
    for title, remarks in about.items():
        if remarks:
            blocks += [Heading(title, 2), Table(["Part", "Bemærkning", "Hvad der blev gjort"], remarks)]
    if not any(about.values()):
        blocks.append(Prose("Der er ingen bemærkninger."))
    return Document(f"Høringsnotat: {plan}", str(plan.forum), facts, blocks)
