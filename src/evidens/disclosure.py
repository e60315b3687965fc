"""Small counts of our own: which cells to withhold so that no sum gives them away, and an attack that tries.

A table is linked by its sums: municipalities add up to the district and districts to the country, quarters to
the year. A withheld cell is protected when someone who knows every published cell and that counts are not
negative can still not say more than that it lies somewhere from 0 to the threshold. Complementary cells are
found by linear programming (Fischetti & Salazar 2001 describe the problem; the heuristic here protects one
cell at a time), and the attack is the audit. Official counts that are public already are shown as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from evidens.counts import Array
from evidens.errors import BadRequest
from evidens.linked import Cell, Linked, Tree, linked
from evidens.moves import CLOSE, FOUND, Known, moves

__all__ = [
    "Bounds",
    "Known",
    "Linked",
    "Protected",
    "Tree",
    "attack",
    "by_place_and_period",
    "linked",
    "protect",
    "small",
]

UNBOUNDED = 3  # how a linear programme ends


@dataclass(frozen=True)
class Bounds:
    """What an attacker can say of one withheld cell."""

    cell: Cell
    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether the cell is given away to the unit."""
        return self.high - self.low < 1 - CLOSE


def attack(
    table: Linked,
    withheld: Iterable[Cell],
    *,
    targets: Iterable[Cell] | None = None,
    earlier: Iterable[Known] = (),
) -> list[Bounds]:
    """The narrowest interval of each target (all withheld cells by default) that an outsider can work out.

    From the published cells, the sums, the counts not being negative, and what earlier publications told. Two
    linear programmes per cell; `high` may be infinite.
    """
    hidden = sorted(set(map(table.number, withheld)))
    if targets is None:
        targets = [table.cells[number] for number in hidden]
    left, right = _system(table, hidden, earlier)
    possible = _Possible(left, right)
    numbers = [(cell, table.number(cell)) for cell in targets]
    highest = {number: possible.highest(hidden.index(number)) for _, number in numbers if number in hidden}
    found = []
    for cell, number in numbers:
        if number in hidden:
            found.append(Bounds(cell, possible.lowest(hidden.index(number)), highest[number]))
        else:
            value = float(table.value[number])
            found.append(Bounds(cell, value, value))
    return found


def _system(table: Linked, hidden: Sequence[int], earlier: Iterable[Known]) -> tuple[Any, Array]:
    """The equations in the withheld cells alone."""
    shown = np.setdiff1d(np.arange(len(table.cells)), hidden)
    equations = table.equations
    rows, right = [equations[:, hidden]], [-(equations[:, shown] @ table.value[shown])]
    for fact in earlier:
        row = table.indicator(fact.cells)
        rows.append(sparse.csr_matrix(row[hidden]))
        right.append(np.array([fact.value - (row[shown] * table.value[shown]).sum()]))
    left = sparse.vstack(rows).tocsr()
    used = np.flatnonzero(np.asarray(abs(left).sum(axis=1)).ravel() > 0)
    return left[used], np.concatenate(right)[used]


class _Possible:
    """All tables that the equations allow: how low and how high a withheld cell can be in them.

    The highest are asked for first: many cells are 0 in some table that one of them finds, and a cell that
    can be 0 needs no further question.
    """

    def __init__(self, left: Any, right: Array) -> None:
        """The equations in the withheld cells."""
        self.left = left
        self.right = right
        self.least = np.full(left.shape[1], np.inf)

    def lowest(self, column: int) -> float:
        """The least that a cell can be; 0 where nothing binds it."""
        if self.least[column] <= CLOSE:
            return 0.0
        return self._extreme(column, 1, 0.0)

    def highest(self, column: int) -> float:
        """The most that a cell can be."""
        return self._extreme(column, -1, float("inf"))

    def _extreme(self, column: int, sign: int, unbounded: float) -> float:
        cost = np.zeros(self.left.shape[1])
        cost[column] = sign
        answer = linprog(cost, A_eq=self.left, b_eq=self.right, bounds=(0, None), method="highs")
        if answer.status == UNBOUNDED:
            return unbounded
        if answer.status != FOUND:
            raise BadRequest(
                "De tidligere udgivne tal passer ikke med tabellen. Se efter, om de gælder de samme celler."
            )
        self.least = np.minimum(self.least, answer.x)
        return round(float(sign * answer.fun), 6)


@dataclass(frozen=True)
class Protected:
    """What to withhold: `primary` are the small cells, `secondary` those that would give them away.

    `bounds` is the attack's result.
    """

    table: Linked
    threshold: int
    primary: frozenset[Cell]
    secondary: frozenset[Cell]
    bounds: tuple[Bounds, ...]

    @property
    def withheld(self) -> frozenset[Cell]:
        """All cells that must not be shown."""
        return self.primary | self.secondary

    @property
    def broken(self) -> tuple[Bounds, ...]:
        """Small cells that the attack narrows below 0 to the threshold: empty when the protection holds."""
        least = self.threshold - CLOSE
        return tuple(one for one in self.bounds if one.low > CLOSE or one.high < least)

    def shown(self, cell: Cell) -> float | None:
        """The count, or None when it is withheld."""
        if cell in self.withheld:
            return None
        return float(self.table.value[self.table.number(cell)])


def small(table: Linked, threshold: int = 5, zeros: bool = False) -> frozenset[Cell]:
    """Cells from 1 to threshold - 1; with `zeros` also 0 (where "none" itself says something of somebody)."""
    found = table.value < threshold
    if not zeros:
        found = found & (table.value >= 1)
    return frozenset(compress(table.cells, found))


def protect(
    table: Linked,
    threshold: int = 5,
    *,
    zeros: bool = False,
    earlier: Iterable[Known] = (),
    keep: Iterable[Cell] = (),
    secret: int | None = None,
) -> Protected:
    """Withhold the small cells and as few others as the heuristic finds, then attack the result.

    For each small cell a linear programme finds the cheapest way to move it down to 0 and up to the threshold
    while all sums still hold; the cells that move are withheld too. So the finished table has, for each small
    cell, possible tables with 0 and with the threshold in it. `earlier` are sums published before: the moves
    respect them, which is protection against differencing. The same table always gives the same answer: two
    that differ would tell what either hides. `keep` are cells that should be shown if possible (they cost a
    hundred times more). Someone who knows this rule can try which tables would lead to the same withheld
    cells; `secret`, a number that the publisher keeps to himself, varies which neighbours are withheld, so
    that the rule alone does not tell. Raises Exposed when an earlier publication has already given a cell
    away.
    """
    facts = list(earlier)
    primary = small(table, threshold, zeros)
    ways = moves(table, threshold, facts, keep=keep, secret=secret)
    nobody = table.indicator([]) > 0
    hidden = ways.freed(primary, table.indicator(list(primary)) > 0, nobody)
    return audited(table, threshold, primary, hidden, facts)


def audited(
    table: Linked, threshold: int, primary: frozenset[Cell], hidden: Array, facts: Iterable[Known]
) -> Protected:
    """What is withheld (bool[n]), with the attack on it."""
    secondary = frozenset(compress(table.cells, hidden)) - primary
    found = attack(table, primary | secondary, targets=sorted(primary), earlier=facts)
    return Protected(table, threshold, primary, secondary, tuple(found))


def by_place_and_period(
    counts: Mapping[tuple[str, str], float], places: Tree, periods: Tree, threshold: int = 5, **options: Any
) -> Protected:
    """The usual case: municipality in district in country, quarter in year."""
    return protect(linked(dict(counts), places, periods), threshold, **options)
