"""Small counts of our own: which cells to withhold so that no sum gives them away, and an attack that tries.

A table is linked by its sums: municipalities add up to the district and districts to the country, quarters to the year. A
withheld cell is protected when someone who knows every published cell and that counts are not negative can still not say
more than that it lies somewhere from 0 to the threshold. Complementary cells are found by linear programming (Fischetti &
Salazar 2001 describe the problem; the heuristic here protects one cell at a time), and the attack is the audit. Official
counts that are public already are shown as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from evidens.counts import Array
from evidens.errors import BadRequest

Cell = tuple[str, ...]
CLOSE = 1e-6


@dataclass(frozen=True)
class Tree:
    """A dimension: which nodes add up to which. `children` maps a total to its parts; nodes without an entry are leaves.

    >>> Tree({"1460": ("851", "825")}).nodes
    ('1460', '851', '825')
    """

    children: Mapping[str, tuple[str, ...]]

    @property
    def nodes(self) -> tuple[str, ...]:
        """All nodes, totals before their parts."""
        found: dict[str, None] = {}
        for total, parts in self.children.items():
            found.setdefault(total)
            found.update(dict.fromkeys(parts))
        return tuple(found)

    @property
    def leaves(self) -> tuple[str, ...]:
        """Nodes that nothing adds up to."""
        return tuple(node for node in self.nodes if node not in self.children)


@dataclass(frozen=True)
class Linked:
    """A table of cells with the equations that tie them. `value` float64[n]; `equations` sparse[m, n] with equations @ value = 0."""

    cells: tuple[Cell, ...]
    value: Array
    equations: Any

    def number(self, cell: Cell) -> int:
        """A cell's position; raises BadRequest."""
        try:
            return self.cells.index(cell)
        except ValueError:
            raise BadRequest(f"Cellen {cell} er ikke i tabellen.") from None


def linked(leaves: Mapping[Any, float], *dimensions: Tree) -> Linked:
    """All cells of the product of the dimensions, totals added up from the leaves, with every equation.

    `leaves` gives the count of each combination of leaf nodes; raises BadRequest when one is missing or negative.

    >>> table = linked({("a",): 3, ("b",): 9}, Tree({"sum": ("a", "b")}))
    >>> dict(zip(table.cells, table.value.tolist()))
    {('sum',): 12.0, ('a',): 3.0, ('b',): 9.0}
    """
    cells: list[Cell] = [()]
    for dimension in dimensions:
        cells = [(*cell, node) for cell in cells for node in dimension.nodes]
    position = {cell: n for n, cell in enumerate(cells)}
    rows: list[dict[int, int]] = []
    for cell in cells:
        for axis, dimension in enumerate(dimensions):
            if parts := dimension.children.get(cell[axis]):
                inside = {position[(*cell[:axis], part, *cell[axis + 1 :])]: 1 for part in parts}
                rows.append({position[cell]: -1} | inside)
    known: dict[Cell, float] = {}
    for cell in reversed(cells):
        known[cell] = _value(cell, leaves, known, dimensions)
    matrix = sparse.lil_matrix((len(rows), len(cells)))
    for number, row in enumerate(rows):
        for column, sign in row.items():
            matrix[number, column] = sign
    return Linked(tuple(cells), np.array([known[cell] for cell in cells]), matrix.tocsr())


def _value(
    cell: Cell, leaves: Mapping[Any, float], known: dict[Cell, float], dimensions: Sequence[Tree]
) -> float:
    for axis, dimension in enumerate(dimensions):
        if parts := dimension.children.get(cell[axis]):
            under = [(*cell[:axis], part, *cell[axis + 1 :]) for part in parts]
            return sum(
                known[part] if part in known else _value(part, leaves, known, dimensions) for part in under
            )
    if cell not in leaves or not leaves[cell] >= 0:
        raise BadRequest(f"Cellen {cell} mangler eller er negativ. Skriv et antal, også når det er 0.")
    return float(leaves[cell])


@dataclass(frozen=True)
class Known:
    """What an earlier publication told: a sum of cells and its value."""

    cells: tuple[Cell, ...]
    value: float


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
    """The narrowest interval of each target (all withheld cells by default) that the published cells, the sums, the counts not
    being negative, and what earlier publications told, leave open. Two linear programmes per cell; `high` may be infinite.
    """
    hidden = sorted({table.number(cell) for cell in withheld})
    place = {cell: n for n, cell in enumerate(hidden)}
    left, right = _system(table, hidden, earlier)
    found = []
    for cell in targets if targets is not None else [table.cells[n] for n in hidden]:
        number = place.get(table.number(cell))
        if number is None:
            value = float(table.value[table.number(cell)])
            found.append(Bounds(cell, value, value))
            continue
        found.append(Bounds(cell, _extreme(left, right, number, 1), _extreme(left, right, number, -1)))
    return found


def _system(table: Linked, hidden: Sequence[int], earlier: Iterable[Known]) -> tuple[Any, Array]:
    """The equations in the withheld cells alone."""
    shown = np.setdiff1d(np.arange(len(table.cells)), hidden)
    equations = table.equations
    rows, right = [equations[:, hidden]], [-(equations[:, shown] @ table.value[shown])]
    for fact in earlier:
        numbers = [table.number(cell) for cell in fact.cells]
        row = np.zeros(len(table.cells))
        row[numbers] = 1
        rows.append(sparse.csr_matrix(row[hidden]))
        right.append(np.array([fact.value - (row[shown] * table.value[shown]).sum()]))
    left = sparse.vstack(rows).tocsr()
    used = np.flatnonzero(np.asarray(abs(left).sum(axis=1)).ravel() > 0)
    return left[used], np.concatenate(right)[used]


def _extreme(left: Any, right: Array, number: int, sign: int) -> float:
    cost = np.zeros(left.shape[1])
    cost[number] = sign
    answer = linprog(cost, A_eq=left, b_eq=right, bounds=(0, None), method="highs")
    if answer.status == 3:
        return float("inf") if sign < 0 else 0.0
    if answer.status != 0:
        raise BadRequest(
            "De tidligere udgivne tal passer ikke med tabellen. Se efter, om de gælder de samme celler."
        )
    return round(float(sign * answer.fun), 6)


@dataclass(frozen=True)
class Protected:
    """What to withhold: `primary` are the small cells, `secondary` those that would give them away. `bounds` is the attack's result."""

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
        return tuple(one for one in self.bounds if one.low > CLOSE or one.high < self.threshold - CLOSE)

    def shown(self, cell: Cell) -> float | None:
        """The count, or None when it is withheld."""
        return None if cell in self.withheld else float(self.table.value[self.table.number(cell)])


def small(table: Linked, threshold: int = 5, zeros: bool = False) -> frozenset[Cell]:
    """Cells from 1 to threshold - 1; with `zeros` also 0 (where "none" itself says something of somebody)."""
    least = 0 if zeros else 1
    return frozenset(
        cell for cell, value in zip(table.cells, table.value, strict=True) if least <= value < threshold
    )


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

    For each small cell a linear programme finds the cheapest way to move it down to 0 and up to the threshold while all sums
    still hold; the cells that move are withheld too. So the finished table has, for each small cell, possible tables with 0
    and with the threshold in it. `earlier` are sums published before: the moves respect them, which is protection against
    differencing. The same table always gives the same answer: two that differ would tell what either hides.
    `keep` are cells that should be shown if possible (they cost a hundred times more). Someone who knows this rule
    can try which tables would lead to the same withheld cells; `secret`, a number that the publisher keeps to himself, varies
    which neighbours are withheld, so that the rule alone does not tell. Raises BadRequest when
    an earlier publication has already given a cell away.
    """
    facts = list(earlier)
    primary = small(table, threshold, zeros)
    matrix = _moves(table, facts)
    cost = np.maximum(table.value, 1.0)
    if secret is not None:
        cost *= np.random.default_rng(secret).uniform(0.5, 1.5, len(cost))
    for cell in keep:
        cost[table.number(cell)] *= 100
    hidden = np.zeros(len(table.cells), bool)
    hidden[[table.number(cell) for cell in primary]] = True
    for cell in sorted(primary, key=lambda one: (table.value[table.number(one)], one)):
        number = table.number(cell)
        for move in (-table.value[number], threshold - table.value[number]):
            if move:
                hidden |= _moved(matrix, table.value, np.where(hidden, 0.0, cost), number, move, cell)
    secondary = frozenset(table.cells[n] for n in np.flatnonzero(hidden)) - primary
    found = attack(table, primary | secondary, targets=sorted(primary), earlier=facts)
    return Protected(table, threshold, primary, secondary, tuple(found))


def _moves(table: Linked, facts: Sequence[Known]) -> Any:
    extra = []
    for fact in facts:
        row = np.zeros(len(table.cells))
        row[[table.number(cell) for cell in fact.cells]] = 1
        extra.append(sparse.csr_matrix(row))
    return sparse.vstack([table.equations, *extra]).tocsr() if extra else table.equations


def _moved(matrix: Any, value: Array, cost: Array, number: int, move: float, cell: Cell) -> Array:
    """Which cells move when one cell moves by `move` at the least cost and every equation still holds."""
    n = len(value)
    low, high = np.zeros(2 * n), np.concatenate([np.full(n, np.inf), value])
    up, down = (move, 0.0) if move > 0 else (0.0, -move)
    low[number] = high[number] = up
    low[n + number] = high[n + number] = down
    answer = linprog(
        np.concatenate([cost, cost]) + 1e-9,
        A_eq=sparse.hstack([matrix, -matrix]),
        b_eq=np.zeros(matrix.shape[0]),
        bounds=np.column_stack([low, high]),
        method="highs",
    )
    if answer.status != 0:
        raise BadRequest(
            f"Cellen {' '.join(cell)} er allerede givet til kende af det, der er udgivet før. Den kan ikke beskyttes."
        )
    return (answer.x[:n] > CLOSE) | (answer.x[n:] > CLOSE)


def by_place_and_period(
    counts: Mapping[tuple[str, str], float], places: Tree, periods: Tree, threshold: int = 5, **options: Any
) -> Protected:
    """The usual case: municipality in district in country, quarter in year."""
    return protect(linked(dict(counts), places, periods), threshold, **options)
