"""A table whose cells add up.

Municipalities add up to the district and districts to the country, quarters to the year.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from evidens.counts import Array
from evidens.errors import BadRequest

Cell = tuple[str, ...]


@dataclass(frozen=True)
class Tree:
    """A dimension: which nodes add up to which.

    `children` maps a total to its parts; nodes without an entry are leaves.

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
    """A table of cells with the equations that tie them.

    `value` float64[n]; `equations` sparse[m, n], equations @ value = 0.
    """

    cells: tuple[Cell, ...]
    value: Array
    equations: Any

    def number(self, cell: Cell) -> int:
        """A cell's position; raises BadRequest."""
        try:
            return self.cells.index(cell)
        except ValueError:
            raise BadRequest(f"Cellen {cell} er ikke i tabellen.") from None

    def numbers(self, cells: Sequence[Cell]) -> list[int]:
        """The positions of several cells; raises BadRequest."""
        return [self.number(cell) for cell in cells]

    def indicator(self, cells: Sequence[Cell]) -> Array:
        """float64[n] with 1 for each of the cells."""
        row = np.zeros(len(self.cells))
        row[self.numbers(cells)] = 1
        return row


def linked(leaves: Mapping[Any, float], *dimensions: Tree) -> Linked:
    """All cells of the product of the dimensions, totals added up from the leaves, with every equation.

    `leaves` gives the count of each combination of leaf nodes; raises BadRequest when one is missing or
    negative.

    >>> table = linked({("a",): 3, ("b",): 9}, Tree({"sum": ("a", "b")}))
    >>> dict(zip(table.cells, table.value.tolist()))
    {('sum',): 12.0, ('a',): 3.0, ('b',): 9.0}
    """
    cells: list[Cell] = [()]
    for dimension in dimensions:
        cells = [(*cell, node) for cell in cells for node in dimension.nodes]
    position = {cell: n for n, cell in enumerate(cells)}
    equations = []
    for cell in cells:
        for parts in _sums(cell, dimensions):
            equations.append((position[cell], [position[part] for part in parts]))
    matrix = sparse.lil_matrix((len(equations), len(cells)))
    for number, (total, inside) in enumerate(equations):
        matrix[number, total] = -1
        matrix[number, inside] = 1
    known: dict[Cell, float] = {}
    for cell in reversed(cells):
        _value(cell, leaves, known, dimensions)
    return Linked(tuple(cells), np.array([known[cell] for cell in cells]), matrix.tocsr())


def with_sums(table: Linked, sums: Mapping[Cell, Sequence[Cell]]) -> Linked:
    """The table with more cells: each the sum of some that it has, as three years of one place.

    Raises BadRequest when a new cell is there already, or a part is not.

    >>> table = linked({("a",): 3, ("b",): 9, ("c",): 5}, Tree({"sum": ("a", "b", "c")}))
    >>> more = with_sums(table, {("a and b",): [("a",), ("b",)]})
    >>> more.cells[-1], float(more.value[-1]), more.equations.shape
    (('a and b',), 12.0, (2, 5))
    """
    before, more = len(table.cells), len(sums)
    matrix = sparse.lil_matrix((more, before + more))
    value = np.concatenate([table.value, np.zeros(more)])
    for row, (cell, parts) in enumerate(sums.items()):
        if cell in table.cells:
            raise BadRequest(f"Cellen {cell} er allerede i tabellen.")
        numbers = table.numbers(parts)
        matrix[row, numbers] = 1
        matrix[row, before + row] = -1
        value[before + row] = table.value[numbers].sum()
    wider = sparse.hstack([table.equations, sparse.csr_matrix((table.equations.shape[0], more))])
    return Linked((*table.cells, *sums), value, sparse.vstack([wider, matrix]).tocsr())


def _sums(cell: Cell, dimensions: Sequence[Tree]) -> Iterator[list[Cell]]:
    """The parts that the cell is the sum of, once per dimension in which it is a total."""
    for axis, dimension in enumerate(dimensions):
        parts = dimension.children.get(cell[axis])
        if parts:
            yield [(*cell[:axis], part, *cell[axis + 1 :]) for part in parts]


def _value(
    cell: Cell, leaves: Mapping[Any, float], known: dict[Cell, float], dimensions: Sequence[Tree]
) -> float:
    """A leaf's count, or the sum of a total's parts; what has been added up once is `known`."""
    if cell in known:
        return known[cell]
    parts = next(_sums(cell, dimensions), None)
    if parts is not None:
        known[cell] = sum(_value(part, leaves, known, dimensions) for part in parts)
    elif cell in leaves and leaves[cell] >= 0:
        known[cell] = float(leaves[cell])
    else:
        raise BadRequest(f"Cellen {cell} mangler eller er negativ. Skriv et antal, også når det er 0.")
    return known[cell]
