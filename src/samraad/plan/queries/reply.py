"""The page where a party replies: the draft as it was sent, with a place for a remark under each part."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BoundField

from samraad.look.danish import dato, isodato, klokken
from samraad.plan.models import Party, Remark


@dataclass(frozen=True)
class DraftPart:
    """A part of the draft as it was sent (`edition.hearing_parts`), and the field of a remark to it."""

    sent: dict[str, Any]
    bound: BoundField

    @property
    def begun(self) -> bool:
        """Is something written in the field, or something wrong with it? Then it stands open."""
        return bool(self.bound.value() or self.bound.errors)

    @property
    def asked_words(self) -> str:
        """Who shall answer, and with whom it lies too; empty when nobody shall."""
        if not self.sent.get("asked"):
            return ""
        asked = f"Skal svare: {', '.join(self.sent['asked'])}."
        outside = self.sent.get("outside")
        return f"{asked} Ligger også hos: {outside}." if outside else asked

    @property
    def commitments(self) -> list[tuple[str, str]]:
        """(what is to be done, who does it and when) of each commitment in the part."""
        return [(row["text"], _who_and_when(row)) for row in self.sent.get("promises", [])]

    @property
    def initiatives_words(self) -> str:
        """The initiatives under it; empty when there are none."""
        names = self.sent.get("initiatives")
        return f"Indsatser: {', '.join(names)}." if names else ""


def _who_and_when(row: dict[str, Any]) -> str:
    owner = row["owner"] or "ingen ansvarlig endnu"
    if row["due_on"]:
        return f"({owner}, senest {isodato(row['due_on'])})"
    if row["condition"]:
        return f"({owner}, {row['condition']})"
    return f"({owner})"


@dataclass(frozen=True)
class ReplyPage:
    """What a party sees of a hearing, or who pastes its reply in."""

    party: Party
    parts: list[DraftPart]
    own: list[Remark]
    pasted: bool
    over: bool

    @property
    def lead(self) -> str:
        """What is asked of the reader, and until when."""
        if self.pasted:
            return (
                f"Skriv svaret ind del for del, som {self.party} har sendt det. Det, der er skrevet ind før "
                "og ikke behandlet, står i felterne og kan rettes."
            )
        due = dato(self.party.due_on)
        if self.over:
            return f"Fristen var {due}. Høringen er slut."
        return f"{self.party} bliver hørt. Svar senest {due}; til da kan I rette svaret."

    @property
    def replied_words(self) -> str:
        """When the party replied before; empty when it has not."""
        at = self.party.replied_at
        if at is None or self.pasted:
            return ""
        return f"I svarede {dato(at)} kl. {klokken(at)}."

    @property
    def letter(self) -> str:
        """The letter that goes with the draft."""
        return "" if self.pasted else self.party.hearing.letter


def reply_page(party: Party, form: Any, today: date, pasted: bool) -> ReplyPage:
    """All that the page of a reply shows."""
    return ReplyPage(
        party=party,
        parts=[DraftPart(part, form[part["key"]]) for part in party.hearing.parts],
        own=list(party.remarks.filter(pasted=pasted)),
        pasted=pasted,
        over=not pasted and party.is_late(today),
    )


def given_before(party: Party, pasted: bool) -> dict[str, Any]:
    """What the fields of a reply begin with: what was replied before, and can still be changed."""
    remarks = party.remarks.filter(pasted=pasted)
    if pasted:
        remarks = remarks.filter(outcome="")
    given = {remark.part: remark.text for remark in remarks}
    whole = given.pop("", "")
    return given | {"whole": whole, "nothing": party.nothing_to_say, "version": party.version}
