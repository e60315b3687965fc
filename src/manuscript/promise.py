"""A promise that a text makes."""

from typing import NamedTuple


class Promise(NamedTuple):
    """One promise: its sentence and line, who, what, when or how often, and its kind."""

    line: int
    text: str
    who: tuple[str, ...]
    what: str
    when: str
    recurring: bool
    kind: str  # promise, recurring, conditional, external, intention, standing_forum
    also: tuple[int, ...] = ()  # the lines where it is said again


def kind_of_work(often: bool) -> str:
    """The kind of a promise in a list or a table."""
    if often:
        return "recurring"
    return "promise"
