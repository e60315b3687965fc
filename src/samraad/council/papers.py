"""A meeting as a formal document: agenda and minutes, each whole or only the open part."""

import html
from datetime import date

from django.utils.timezone import localdate

from samraad import clock
from samraad.audit.rooms import blocks as more_blocks
from samraad.council.models import AgendaItem, Decision, Meeting, MinutesReply
from samraad.council.states import MeetingStatus
from samraad.documents.model import Block, Document, Heading, Prose, Table
from samraad.look.danish import dato, klokken, kortdato


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


def _title(item: AgendaItem, *, open_only: bool) -> str:
    return "Lukket punkt" if open_only and item.closed else item.title


def _sort(item: AgendaItem, *, open_only: bool) -> str:
    words = [] if open_only and item.closed else [str(item.get_kind_display())]
    return ", ".join(words + (["lukket"] if item.closed else []))


def agenda(meeting: Meeting, *, open_only: bool) -> Document:
    """The agenda with each item's case and papers.

    `open_only` leaves closed items out but their number and that they are closed.
    """
    items = list(meeting.items.prefetch_related("papers"))
    overview = [
        [str(item.position), _title(item, open_only=open_only), _sort(item, open_only=open_only)]
        for item in items
    ]
    blocks: list[Block] = (
        [Heading("Punkter"), Table(["Nr.", "Punkt", "Type"], overview)]
        if items
        else [Prose("Dagsordenen er tom.")]
    )
    for item in items:
        blocks.append(Heading(_title(item, open_only=open_only), 2, f"{item.position}."))
        if open_only and item.closed:
            continue
        blocks.append(Prose(_about(item), "quiet"))
        if open_only and item.withheld:
            blocks.append(Prose("Oplysninger er tilbageholdt."))
            continue
        if item.text:
            blocks.append(Prose(item.text))
        papers = [paper.title for paper in item.papers.all()]
        if papers:
            blocks.append(Prose(f"Bilag: {', '.join(papers)}.", "quiet"))
    part = "Dagsorden, den åbne del" if open_only else "Dagsorden"
    state = "Mødet er aflyst." if meeting.status == MeetingStatus.CANCELLED else ""
    title = f"{part}, {dato(meeting.starts_at)}"
    return Document(
        title,
        str(meeting.forum),
        _facts(meeting),
        blocks,
        footer=f"{title} · {meeting.forum}",
        state=state,
        dated=clock.today(),
    )


def _state(meeting: Meeting) -> str:
    """How far the minutes have come; nobody shall take a draft for what was approved."""
    if meeting.status == MeetingStatus.MINUTES_SENT:
        return f"Til godkendelse, indsigelser senest {kortdato(meeting.objections_due_on)}"
    return (
        f"Godkendt den {kortdato(meeting.minutes_approved_at)}"
        if meeting.minutes_approved_at
        else "Kladde, ikke sendt til godkendelse"
    )


def _decided(decision: Decision) -> Prose:
    """A decision, and until when it holds."""
    until = f" Gælder til og med {kortdato(decision.ends_on)}." if decision.ends_on else ""
    kind, text = decision.get_kind_display(), html.escape(decision.text)
    return Prose(f"<p><strong>{kind}:</strong> {text}{until}</p>", "boxed")


def minutes(meeting: Meeting, *, open_only: bool) -> Document:
    """The minutes; `open_only` leaves closed items out but their number and that they were closed."""
    facts = _facts(meeting)
    if meeting.chaired_by:
        facts.append(("Mødeleder", str(meeting.chaired_by)))
    blocks: list[Block] = []
    rows = [
        [str(row.seat), str(row.get_presence_display())] for row in meeting.attendance.select_related("seat")
    ]
    guests = [guest.role for guest in meeting.guests.all()]
    if rows:
        blocks += [Heading("Fremmøde"), Table(["Plads", "Fremmøde"], rows)]
    if guests:
        blocks.append(Prose(f"Gæster: {', '.join(guests)}."))
    blocks.append(Heading("Referat"))
    follows = more_blocks("council.minutes", meeting, open_only=open_only)
    for item in meeting.items.prefetch_related("decisions"):
        blocks.append(Heading(_title(item, open_only=open_only), 2, f"{item.position}."))
        if open_only and item.closed:
            continue
        blocks.append(Prose(_about(item), "quiet"))
        if open_only and item.withheld:
            blocks.append(Prose("Oplysninger er tilbageholdt."))
            continue
        blocks.append(Prose(item.minute or "Intet referat endnu."))
        for decision in item.decisions.all():
            blocks += [_decided(decision), *follows.get(f"decision-{decision.pk}", [])]
        absences = list(item.absences.select_related("seat"))
        if absences:
            blocks.append(Prose(f"Ikke med til punktet: {', '.join(map(str, absences))}.", "quiet"))
        if item.outcome:
            blocks.append(Prose(f"Udfald: {item.get_outcome_display()}.", "quiet"))
    objections = (
        [reply for reply in meeting.replies.select_related("seat") if reply.objection]
        if not open_only
        else []
    )
    if objections:
        blocks += [
            Heading("Bemærkninger til referatet"),
            Table(
                ["Plads", "Bemærkning"], [[_answers(reply, meeting), reply.objection] for reply in objections]
            ),
        ]
    part = "Referat, den åbne del" if open_only else "Referat"
    title = f"{part}, {dato(meeting.starts_at)}"
    return Document(
        title,
        str(meeting.forum),
        facts,
        blocks,
        footer=f"{title} · {meeting.forum} · {_approved(meeting)}",
        state=_state(meeting),
        dated=_settled_on(meeting),
    )


def _approved(meeting: Meeting) -> str:
    """What every page says: one that lies alone is not taken for approved either."""
    if meeting.minutes_approved_at:
        return "godkendt"
    return "ikke godkendt"


def _settled_on(meeting: Meeting) -> date:
    """The day that the minutes are of: when they were approved, and today until then."""
    if meeting.minutes_approved_at:
        return localdate(meeting.minutes_approved_at)
    return clock.today()


def _answers(reply: MinutesReply, meeting: Meeting) -> str:
    """The seat, and to which sending of the minutes it answered where there were several."""
    if meeting.minutes_round > 1:
        return f"{reply.seat}, runde {reply.round}"
    return str(reply.seat)
