"""A meeting as a formal document: agenda, and minutes whole or only the open part."""

import html

from samraad.council.models import AgendaItem, Meeting
from samraad.documents.model import Block, Document, Heading, Prose, Table
from samraad.tags import dato, klokken, kortdato


def _facts(meeting: Meeting) -> list[tuple[str, str]]:
    facts = [
        ("Forum", str(meeting.forum)),
        ("Tid", f"{dato(meeting.starts_at)} kl. {klokken(meeting.starts_at)}-{klokken(meeting.ends_at)}"),
        ("Sted", meeting.place or "oplyses senere"),
        ("Mødeform", str(meeting.get_form_display())),
    ]
    if meeting.offsite and meeting.host:
        facts.append(("Ude af huset hos", str(meeting.host)))
    return facts


def _about(item: AgendaItem) -> str:
    words = [str(item.get_kind_display()), *item.subject_words]
    return " · ".join(words + (["lukket punkt"] if item.closed else []))


def agenda(meeting: Meeting) -> Document:
    """The agenda with each item's case and papers; for those inside the forum."""
    items = list(meeting.items.prefetch_related("papers"))
    overview = [[str(item.position), item.title, str(item.get_kind_display())] for item in items]
    blocks: list[Block] = [Heading("Punkter"), Table(["Nr.", "Punkt", "Slags"], overview)] if items else [Prose("Dagsordenen er tom.")]
    for item in items:
        blocks.append(Heading(f"{item.position}. {item.title}", 2))
        blocks.append(Prose(_about(item)))
        if item.text:
            blocks.append(Prose(item.text))
        papers = [paper.title for paper in item.papers.all()]
        if papers:
            blocks.append(Prose(f"Bilag: {', '.join(papers)}."))
    return Document(f"Dagsorden, {dato(meeting.starts_at)}", str(meeting.forum), _facts(meeting), blocks)


def minutes(meeting: Meeting, *, open_only: bool) -> Document:
    """The minutes; `open_only` leaves closed items out but their number and that they were closed."""
    facts = _facts(meeting)
    if meeting.chaired_by:
        facts.append(("Mødeleder", str(meeting.chaired_by)))
    if meeting.minutes_approved_at:
        facts.append(("Godkendt", kortdato(meeting.minutes_approved_at)))
    blocks: list[Block] = []
    rows = [[str(row.seat), str(row.get_presence_display())] for row in meeting.attendance.select_related("seat")]
    guests = [guest.role for guest in meeting.guests.all()]
    if rows:
        blocks += [Heading("Fremmøde"), Table(["Plads", "Fremmøde"], rows)]
    if guests:
        blocks.append(Prose(f"Gæster: {', '.join(guests)}."))
    blocks.append(Heading("Referat"))
    for item in meeting.items.prefetch_related("decisions__commitments__owner"):
        hidden = open_only and item.closed
        blocks.append(Heading(f"{item.position}. {'Lukket punkt' if hidden else item.title}", 2))
        if hidden:
            continue
        blocks.append(Prose(_about(item)))
        if open_only and item.withheld:
            blocks.append(Prose("Oplysninger er tilbageholdt."))
            continue
        blocks.append(Prose(item.minute or "Intet referat endnu."))
        for decision in item.decisions.all():
            until = f" Gælder til og med {kortdato(decision.ends_on)}." if decision.ends_on else ""
            blocks.append(Prose(f"<p><strong>{decision.get_kind_display()}:</strong> {html.escape(decision.text)}{until}</p>"))
        if item.outcome:
            blocks.append(Prose(f"Udfald: {item.get_outcome_display()}."))
    objections = [reply for reply in meeting.replies.select_related("seat") if reply.objection] if not open_only else []
    if objections:
        blocks += [Heading("Bemærkninger til referatet"), Table(["Plads", "Bemærkning"], [[str(r.seat), r.objection] for r in objections])]
    part = "Referat, den åbne del" if open_only else "Referat"
    return Document(f"{part}, {dato(meeting.starts_at)}", str(meeting.forum), facts, blocks)
