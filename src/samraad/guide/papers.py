"""A guide as a formal document: an edition as it was released, or what is being written, said so."""

import html

from django.utils.timezone import localdate

from samraad import clock
from samraad.documents.model import Block, Document, Heading, Prose
from samraad.guide.models import Content, Guide, GuideEdition
from samraad.look.danish import isodato, kortdato


def edition_paper(edition: GuideEdition) -> Document:
    """An edition: what its readers have. Its file is the same until somebody says that it still holds."""
    day = kortdato(edition.released_at)
    told = ("Udgave", f"{edition.number}, {day}")
    facts = [*_facts(edition.content), ("Gennemgås senest", kortdato(edition.review_on)), told]
    return Document(
        edition.content["title"],
        "Vejledning",
        facts,
        _blocks(edition.content),
        footer=f"{edition.content['title']} · udgave {edition.number}, {day}",
        dated=localdate(edition.released_at),
    )


def draft_paper(guide: Guide) -> Document:
    """A guide as it is being written, for those who write it."""
    content = guide.as_content()
    state = f"Kladde, som den står {kortdato(clock.today())}"
    return Document(
        guide.title,
        "Vejledning",
        [*_facts(content), ("Gennemgås senest", kortdato(guide.review_on))],
        _blocks(content),
        footer=f"{guide.title} · {state}",
        state=state,
        dated=clock.today(),
    )


def _facts(content: Content) -> list[tuple[str, str]]:
    """For whom it is, whose, and by which law."""
    bases = "ikke oplyst"
    if content["bases"]:
        bases = "\n".join(map(_basis, content["bases"]))
    return [("Til", content["audience"]), ("Ejer", content["owner"]), ("Hjemmel", bases)]


def _basis(basis: dict[str, str]) -> str:
    if basis["checked_on"]:
        return f"{basis['code']}, efterset {isodato(basis['checked_on'])}"
    return basis["code"]


def _blocks(content: Content) -> list[Block]:
    """What it helps with, the signs, what to do, whom to call."""
    blocks: list[Block] = [Prose(f"<p>{html.escape(content['summary'])}</p>")]
    if content["signs"]:
        blocks += [Heading("Tegn at holde øje med"), Prose(content["signs"])]
    blocks += [Heading("Det gør du"), Prose(content["body"])]
    if content["call"]:
        blocks.append(Prose(f"<p><strong>Ring til:</strong> {html.escape(content['call'])}</p>", "boxed"))
    return blocks
