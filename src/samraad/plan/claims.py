"""Numbers of reported crime in a plan's text, checked against what is public and never bent to fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from evidens import places
from evidens.answers import Change
from evidens.claims import WORDS, Checked, Claim, check
from evidens.errors import BadRequest
from evidens.sentence.words import limits, number
from evidens.texts import Said, said
from manuscript.check.finding import Finding
from manuscript.check.text import Manuscript
from manuscript.sentences import sentences
from samraad.accounts.models import Organisation
from samraad.figures.models import Release, Source
from samraad.figures.queries.release import current, table_at

NAMES = {
    "figure_not_found": "Tal, der ikke kan genfindes",
    "figure_overstated": "Tal, der siger for meget",
    "figure_not_checkable": "Tal, der ikke kan efterprøves",
    "figure_unsaid": "Tal uden periode",
}
FAULTS = {"figure_not_found"}
MEND = "Ret det, skriv kilden, eller skriv, hvorfor det bliver stående."


@dataclass(frozen=True)
class CheckedText:
    """A number of the text with its verdict; None where the text does not say enough."""

    said: Said
    checked: Checked | None
    release: int

    @property
    def verdict(self) -> str:
        """The verdict's code."""
        if self.checked is None:
            return "unsaid"
        return self.checked.verdict

    @property
    def word(self) -> str:
        """The verdict in words."""
        if self.checked is None:
            return "kan ikke efterprøves"
        if self.overstated:
            return "kan genfindes, men kan ikke skrives som en ændring"
        return WORDS[self.checked.verdict]["da"]

    @property
    def mark(self) -> str:
        """How the list marks it: right, wrong, or to be looked at."""
        if self.overstated:
            return "loefte"
        return {"reproduces": "ok", "does_not_reproduce": "fejl"}.get(self.verdict, "loefte")

    @property
    def told(self) -> str:
        """Both numbers and what they are of."""
        if self.checked is None:
            return f"Teksten siger ikke, {self.said.lacks}."
        return f"{self.checked.sentence()} Udgivelse {self.release}."

    @property
    def overstated(self) -> bool:
        """Is the number right, and the change not clear?"""
        if self.checked is None or self.checked.verdict != "reproduces":
            return False
        result = self.checked.result
        return isinstance(result, Change) and not result.clear and self.checked.claim.kind == "change_pct"

    @property
    def wording(self) -> str:
        """What to write in place of a change that is not clear."""
        if not self.overstated or self.checked is None or not isinstance(self.checked.result, Change):
            return ""
        result = self.checked.result
        span = limits(result.low, result.high, "da", sign=True)
        return (
            f"Tallet kan genfindes, men ændringen er ikke klar ({span}). "
            f"Skriv: fra {number(result.before)} til {number(result.after)}."
        )


def checked_texts(district: Organisation, manuscript: Manuscript, now: datetime) -> list[CheckedText]:
    """The numbers of reported crime in the text, each checked against the newest public release.

    None while there is no release: then nothing is said of them.
    """
    release = _release(district, now)
    if release is None:
        return []
    spoken = [(sentence.line, sentence.text) for sentence in sentences(manuscript.body)]
    found = []
    for one in said(spoken, places.district(str(district.code)).key):
        checked = None
        if one.claim is not None:
            checked = _checked(str(release.content.name), release.content_sha, one.claim)
        found.append(CheckedText(one, checked, release.number))
    return found


def _release(district: Organisation, now: datetime) -> Release | None:
    source = Source.objects.filter(district=district).first()
    if source is None:
        return None
    return current(source, now)


@lru_cache(maxsize=1000)
def _checked(file: str, content_sha: str, claim: Claim) -> Checked | None:
    """Content and claim decide the verdict; None for a question that the table is not about."""
    try:
        return check(table_at(file, content_sha), claim)
    except BadRequest:
        return None


def figure_findings(texts: list[CheckedText]) -> Iterator[Finding]:
    """What the plan check says of them: what cannot be found again stops a release, the rest is remarked."""
    for one in texts:
        line, shown = one.said.line, one.said.shown
        if one.verdict == "does_not_reproduce":
            yield Finding("figure_not_found", line, f"{one.told} {MEND}", (line,))
        elif one.overstated:
            yield Finding("figure_overstated", line, f"{shown}: {one.wording}", (line,))
        elif one.verdict == "cannot_be_checked":
            yield Finding("figure_not_checkable", line, one.told, (line,))
        elif one.checked is None and one.said.lacks:
            yield Finding("figure_unsaid", line, f"{shown}: {one.told}", (line,))
