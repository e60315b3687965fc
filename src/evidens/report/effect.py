"""An effect as lines of text: what may be said, the verdict, what could have been seen, what may deceive."""

from collections.abc import Sequence

from evidens.evaluation.effect import Effect, Sight
from evidens.evaluation.verdict import Verdict
from evidens.reservations import Reservation
from evidens.sentence.words import number
from evidens.stages import Stages

UNITS = {"antal": "i antal"}


def effect(found: Effect, said: Verdict | None, told: Sequence[Reservation] = ()) -> str:
    """All of it, each on its own line; `told` are reservations of the data."""
    parts = [found.sentence_da]
    if said is not None:
        parts.append(f"{said.word}. {said.why}")
    parts += [
        "",
        sight(found.power),
        "",
        *threats((*found.reservations, *told)),
        "",
        f"Metode: {found.method}.",
    ]
    return "\n".join(parts)


def stages(found: Stages) -> str:
    """The steps of a hand-over, and what must be known beside them."""
    return "\n".join([found.sentence(), "", *threats(found.reservations)])


def sight(power: Sight) -> str:
    """What could have been seen.

    >>> sight(Sight(48.4, "%", "88 andre steder", 20.0))
    'Kan ses fire gange ud af fem: 48 % eller mere (88 andre steder). Det ventede, 20 %, kan ikke ses.'
    """
    if power.smallest is None:
        return f"Kan ses: intet, uanset hvor stort det er ({power.rests_on})."
    unit = UNITS.get(power.unit, power.unit)
    text = f"Kan ses fire gange ud af fem: {_size(power.smallest)} {unit} eller mere ({power.rests_on})."
    if power.expected is None:
        return text
    word = "kan ikke"
    if power.enough:
        word = "kan"
    return f"{text} Det ventede, {_size(power.expected)} {unit}, {word} ses."


def _size(value: float) -> str:
    if value < 10:
        return number(value, "da", 1)
    return number(value)


def threats(told: Sequence[Reservation]) -> list[str]:
    """One line each, below a heading."""
    lines = ["Det, der kan snyde:"]
    for one in told:
        lines.append(f"- {one.text_da}")
    return lines
