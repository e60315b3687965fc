"""The hand-over pack of a seat as a formal document: what its next holder must know, of that one may read."""

import html
from collections.abc import Iterator
from datetime import date

from samraad.commitment.models import Commitment
from samraad.desk.queries.handover import HandoverPage
from samraad.documents.model import Block, Document, Heading, Prose, Table
from samraad.look.danish import dato, kortdato, naar, sentence


def handover_paper(page: HandoverPage, today: date) -> Document:
    """The same as the page to print, with names and numbers: it is for the one who takes the seat."""
    blocks = [
        Prose(page.lead),
        *_owed(page, today),
        *_decided(page),
        Heading("Næste møder"),
        *_coming(page),
        Heading("Hvem ringer man til"),
        _people(page),
    ]
    if page.fora:
        blocks += [Heading("Fora, der dækker kommunen"), _fora(page)]
    facts = [("Plads", str(page.seat)), ("Forum", str(page.forum)), ("Dag", kortdato(today))]
    title = f"Overdragelse: {page.seat}"
    return Document(title, str(page.forum), facts, blocks, footer=f"{title} · {page.forum}", dated=today)


def _owed(page: HandoverPage, today: date) -> Iterator[Block]:
    yield Heading("Det skylder pladsen")
    if page.owed:
        rows = []
        for commitment in page.owed:
            rows.append(_line(commitment, today))
        yield Table(["Løfte", "Frist", "Status"], rows)
    else:
        yield Prose("Pladsen har ingen åbne løfter.")
    for commitment in page.asked:
        yield Prose(f"Venter på svar: {sentence(commitment.text)}")


def _line(commitment: Commitment, today: date) -> list[str]:
    status = str(commitment.get_status_display())
    if commitment.is_late(today):
        status = "Forsinket"
    return [commitment.text, commitment.due_words, status]


def _decided(page: HandoverPage) -> Iterator[Block]:
    """What was decided of late; nothing for who does not read it, but where it stands."""
    yield Heading("Besluttet på de seneste møder")
    if not page.inside:
        yield Prose(
            f"Beslutningerne læser de, der har en plads i {page.forum}. "
            "De står i pakken, når den, der får pladsen, selv åbner den."
        )
        return
    for meeting, decisions in page.decided:
        yield Heading(dato(meeting.starts_at).capitalize(), 2)
        for decision in decisions:
            yield Prose(f"<p>{html.escape(decision.text)}</p>", "boxed")
        if not decisions:
            yield Prose("Ingen beslutninger.")
    if not page.decided:
        yield Prose("Der er ikke holdt møder endnu.")


def _coming(page: HandoverPage) -> Iterator[Block]:
    for meeting in page.coming:
        told = naar(meeting.starts_at).capitalize()
        if meeting.place:
            told = f"{told}, {meeting.place}"
        yield Prose(sentence(told))
    if not page.coming:
        yield Prose("Ingen møder i kalenderen.")


def _people(page: HandoverPage) -> Table:
    rows = []
    for held in page.holders:
        rows.append([held.user.name, str(held.get_function_display())])
    for held in page.secretaries:
        rows.append([held.user.name, str(held.seat)])
    for contact in page.contacts:
        rows.append([contact.label, contact.value])
    return Table(["Hvem", "Hvad"], rows)


def _fora(page: HandoverPage) -> Table:
    rows = []
    for forum in page.fora:
        rows.append([str(forum), str(forum.get_kind_display())])
    return Table(["Forum", "Slags"], rows)
