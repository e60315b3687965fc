"""Which cells must be free to move when one cell is to be able to be anything from 0 to the threshold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from evidens.counts import Array
from evidens.errors import BadRequest
from evidens.linked import Cell, Linked

CLOSE = 1e-6
FOUND = 0  # how a linear programme ends
DEAR = 100  # what a cell that should be shown costs more


@dataclass(frozen=True)
class Known:
    """What an earlier publication told: a sum of cells and its value."""

    cells: tuple[Cell, ...]
    value: float


class Exposed(BadRequest):
    """A small cell that cannot be protected: what is out already gives it away.

    `cell` is the small one; `shown` the cell that was shown before and would have to be withheld, where there
    is one; `insider` who could work it out, where an outsider could not.
    """

    def __init__(self, text: str, cell: Cell, shown: Cell | None = None, insider: str | None = None) -> None:
        """With the sentence that a user reads."""
        super().__init__(text)
        self.cell = cell
        self.shown = shown
        self.insider = insider


@dataclass(frozen=True)
class Moves:
    """A table's equations, and what it costs to withhold each cell.

    `always` are cells (bool[n]) that were shown before and stay so.
    """

    table: Linked
    threshold: int
    matrix: Any
    cost: Array
    always: Array

    def freed(self, cells: Iterable[Cell], hidden: Array, known: Array, insider: str | None = None) -> Array:
        """The hidden cells (bool[n]) and those that must be hidden too, so that each cell is free to move.

        `known` are cells that whoever attacks knows though they are hidden. Raises Exposed.
        """
        value = self.table.value
        for cell in sorted(cells, key=lambda one: (value[self.table.number(one)], one)):
            number = self.table.number(cell)
            for move in (-value[number], self.threshold - value[number]):
                if move:
                    found = self._moved(number, move, hidden, known | self.always)
                    if found is None:
                        raise self._exposed(cell, move, hidden, known, insider)
                    hidden = hidden | found
        return hidden

    def _moved(self, number: int, move: float, hidden: Array, fixed: Array) -> Array | None:
        """Which cells move when one moves by `move` at the least cost and every equation still holds.

        None when that cannot be.
        """
        value, n = self.table.value, len(self.table.value)
        cost = np.where(hidden, 0.0, self.cost) + 1e-9
        low, high = np.zeros(2 * n), np.concatenate([np.full(n, np.inf), value])
        high[np.flatnonzero(np.concatenate([fixed, fixed]))] = 0.0
        low[number] = high[number] = max(move, 0.0)  # up
        low[n + number] = high[n + number] = max(-move, 0.0)  # down
        answer = linprog(
            np.concatenate([cost, cost]),
            A_eq=sparse.hstack([self.matrix, -self.matrix]),
            b_eq=np.zeros(self.matrix.shape[0]),
            bounds=np.column_stack([low, high]),
            method="highs",
        )
        if answer.status != FOUND:
            return None
        moved: Array = (answer.x[:n] > CLOSE) | (answer.x[n:] > CLOSE)
        return moved

    def _exposed(self, cell: Cell, move: float, hidden: Array, known: Array, insider: str | None) -> Exposed:
        """Why a cell cannot be protected; with the cell shown before that alone stands in the way."""
        number, name = self.table.number(cell), " ".join(cell)
        who = ""
        if insider is not None:
            who = f" af {insider}, som kender sine egne felter"
        for one in np.flatnonzero(self.always).tolist():
            fixed = known | self.always
            fixed[one] = False
            if self._moved(number, move, hidden, fixed) is not None:
                shown = self.table.cells[one]
                return Exposed(
                    f"Cellen {name} er lille og kan regnes ud{who}, for {' '.join(shown)} er vist før og kan "
                    "ikke skjules bagefter. Vis en grovere tabel, eller tag den tidligere ned.",
                    cell,
                    shown,
                    insider,
                )
        return Exposed(
            f"Cellen {name} er allerede givet til kende{who} af det, der er udgivet før. "
            "Den kan ikke beskyttes.",
            cell,
            None,
            insider,
        )


def moves(
    table: Linked,
    threshold: int,
    facts: Sequence[Known] = (),
    *,
    keep: Iterable[Cell] = (),
    always: Iterable[Cell] = (),
    secret: int | None = None,
) -> Moves:
    """What `protect` needs: see there."""
    cost = np.maximum(table.value, 1.0)
    if secret is not None:
        cost *= np.random.default_rng(secret).uniform(0.5, 1.5, len(cost))
    for cell in keep:
        cost[table.number(cell)] *= DEAR
    rows = [sparse.csr_matrix(table.indicator(fact.cells)) for fact in facts]
    matrix = sparse.vstack([table.equations, *rows]).tocsr()
    return Moves(table, threshold, matrix, cost, table.indicator(list(always)) > 0)
