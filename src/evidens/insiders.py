"""Small counts of our own against those who know a part of them: a municipality knows its own cells.

With two cells withheld, the owner of the second subtracts its own and reads the first. So the attack of
`disclosure` is made once more for each insider, with its own cells as known, and what it narrows is protected
again with those cells held fixed. What is withheld only grows, so no insider is let in again by the next one,
and their order does not matter. Insiders who put their cells together are not covered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evidens import disclosure
from evidens.counts import Array
from evidens.disclosure import Bounds, Protected
from evidens.errors import BadRequest
from evidens.linked import Cell, Linked, Tree
from evidens.moves import CLOSE, Exposed, Known, Moves, moves

__all__ = ["Exposed", "Guarded", "Inside", "attack_inside", "each", "protect", "rolling"]

Owned = Mapping[str, Iterable[Cell]]
NOTHING_SHOWN: Mapping[Cell, float] = {}


@dataclass(frozen=True)
class Inside:
    """What one insider can say of each small cell of the others."""

    insider: str
    bounds: tuple[Bounds, ...]

    def broken(self, threshold: int) -> tuple[Bounds, ...]:
        """The small cells that it narrows below 0 to the threshold."""
        return tuple(one for one in self.bounds if one.low > CLOSE or one.high < threshold - CLOSE)


@dataclass(frozen=True)
class Guarded:
    """What to withhold so that neither an outsider nor any one insider narrows a small cell.

    `outside` holds the cells and the outsider's bounds, `inside` those of each insider.
    """

    outside: Protected
    inside: tuple[Inside, ...]

    @property
    def holds(self) -> bool:
        """Whether no attack narrows a small cell below 0 to the threshold."""
        return not self.outside.broken and not self.broken_inside

    @property
    def broken_inside(self) -> tuple[Inside, ...]:
        """The insiders who narrow a small cell of another's."""
        return tuple(one for one in self.inside if one.broken(self.outside.threshold))

    @property
    def primary(self) -> frozenset[Cell]:
        """The small cells."""
        return self.outside.primary

    @property
    def secondary(self) -> frozenset[Cell]:
        """The cells that would give them away."""
        return self.outside.secondary

    @property
    def withheld(self) -> frozenset[Cell]:
        """All cells that must not be shown."""
        return self.outside.withheld

    def shown(self, cell: Cell) -> float | None:
        """The count, or None when it is withheld."""
        return self.outside.shown(cell)


def each(table: Linked, places: Tree, axis: int = 0) -> dict[str, tuple[Cell, ...]]:
    """The cells that each leaf of a dimension knows: all of its own."""
    found: dict[str, tuple[Cell, ...]] = {}
    for place in places.leaves:
        found[place] = tuple(cell for cell in table.cells if cell[axis] == place)
    return found


def rolling(table: Linked, times: Sequence[str], length: int = 3, axis: int = -1) -> list[Known]:
    """The sums over each `length` neighbouring times, as facts; their years may themselves never be shown.

    Whoever attacks subtracts one of them from the next. Those not published yet are cells
    (linked.with_sums), so that `protect` can say which of them must be withheld.
    """
    found = []
    for cell in table.cells:
        if cell[axis] not in times[: len(times) - length + 1]:
            continue
        begin = times.index(cell[axis])
        window = tuple(_at(cell, axis, time) for time in times[begin : begin + length])
        found.append(Known(window, float(table.value[table.numbers(window)].sum())))
    return found


def _at(cell: Cell, axis: int, node: str) -> Cell:
    """The cell with another node in one dimension."""
    nodes = list(cell)
    nodes[axis] = node
    return tuple(nodes)


def attack_inside(
    table: Linked,
    withheld: Iterable[Cell],
    insiders: Owned,
    *,
    targets: Iterable[Cell],
    earlier: Iterable[Known] = (),
) -> list[Inside]:
    """What each insider (by name, with the cells that it knows) can work out of the targets of the others.

    A target that an insider's own cells are a part of is not another's, and it is left out.
    """
    hidden, facts, small = list(withheld), list(earlier), sorted(targets)
    found = []
    for name in sorted(insiders):
        own = _part(table, insiders[name])
        found.append(Inside(name, tuple(_inside(table, hidden, own, _others(table, small, own), facts))))
    return found


def _inside(
    table: Linked, withheld: Iterable[Cell], own: Array, targets: Sequence[Cell], facts: Sequence[Known]
) -> list[Bounds]:
    """The attack of `disclosure` by one who knows its own cells."""
    unknown = [cell for cell in withheld if not own[table.number(cell)]]
    return disclosure.attack(table, unknown, targets=targets, earlier=facts)


def _part(table: Linked, cells: Iterable[Cell]) -> Array:
    """bool[n]: an insider's own cells."""
    own: Array = table.indicator(list(cells)) > 0
    return own


def _others(table: Linked, cells: Sequence[Cell], own: Array) -> list[Cell]:
    """The cells that no own cell is a part of."""
    touched = own.copy()
    reached = 0
    while touched.sum() > reached:
        reached = int(touched.sum())
        for row in table.equations:
            if touched[row.indices[row.data > 0]].any():
                touched[row.indices[row.data < 0]] = True
    return [cell for cell in cells if not touched[table.number(cell)]]


def protect(
    table: Linked,
    insiders: Owned,
    threshold: int = 5,
    *,
    zeros: bool = False,
    earlier: Iterable[Known] = (),
    keep: Iterable[Cell] = (),
    shown: Mapping[Cell, float] = NOTHING_SHOWN,
    unseen: Iterable[Cell] = (),
    secret: int | None = None,
) -> Guarded:
    """What `disclosure.protect` does, and then for each insider the same with its own cells held fixed.

    `insiders` gives the cells that each knows (see `each`). `shown` are cells that were shown before, with
    what they said: they stay shown. `unseen` are cells that are never shown, whatever they hold, as the years
    of a rolling sum. The other arguments are those of `disclosure.protect`. Raises Exposed, which names the
    cell, when a cell that was shown is small now, or when a small one cannot be protected because of what is
    out already.
    """
    facts = list(earlier)
    primary = disclosure.small(table, threshold, zeros)
    _still_large(table, primary, shown, threshold)
    hidden = _part(table, [*primary, *unseen])
    if twice := sorted(set(shown) & set(unseen)):
        raise BadRequest(f"Cellen {' '.join(twice[0])} er vist før og kan ikke være en, der aldrig vises.")
    ways = moves(table, threshold, facts, keep=keep, always=shown, secret=secret)
    hidden = ways.freed(primary, hidden, _part(table, []))
    found: dict[str, tuple[Inside, int]] = {}
    for name in sorted(insiders):
        hidden, found[name] = _guarded(ways, name, _part(table, insiders[name]), primary, hidden, facts)
    inside = []
    for name, (seen, size) in found.items():
        if size < hidden.sum():  # more is withheld since then: told as it is now
            seen = _seen(table, name, _part(table, insiders[name]), primary, hidden, facts)
        inside.append(seen)
    return Guarded(disclosure.audited(table, threshold, primary, hidden, facts), tuple(inside))


def _still_large(
    table: Linked, primary: frozenset[Cell], shown: Mapping[Cell, float], threshold: int
) -> None:
    """No cell that was shown before is small; raises Exposed."""
    for cell in sorted(set(shown) & primary):
        raise Exposed(
            f"Cellen {' '.join(cell)} er vist før som {shown[cell]:.0f} og er nu "
            f"{table.value[table.number(cell)]:.0f}, under grænsen {threshold}. Det, der er vist, kan ikke "
            "skjules bagefter: vis det som før, eller tag tabellen ned.",
            cell,
            cell,
        )


def _guarded(
    ways: Moves, name: str, own: Array, primary: frozenset[Cell], hidden: Array, facts: Sequence[Known]
) -> tuple[Array, tuple[Inside, int]]:
    """What is withheld once an insider narrows nothing; its attack, and how much was withheld then."""
    seen = _seen(ways.table, name, own, primary, hidden, facts)
    size = int(hidden.sum())
    broken = seen.broken(ways.threshold)
    if broken:
        hidden = ways.freed([one.cell for one in broken], hidden, own, name)
    return hidden, (seen, size)


def _seen(
    table: Linked,
    name: str,
    own: Array,
    primary: frozenset[Cell],
    hidden: Array,
    facts: Sequence[Known],
) -> Inside:
    """An insider's attack on what is withheld."""
    withheld = [table.cells[number] for number in np.flatnonzero(hidden)]
    targets = _others(table, sorted(primary), own)
    return Inside(name, tuple(_inside(table, withheld, own, targets, facts)))
