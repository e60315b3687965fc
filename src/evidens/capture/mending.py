"""What a linkage that misses pairs does to the overlaps, and how it is undone."""

from itertools import combinations, compress, product

import numpy as np

from evidens.counts import Array
from evidens.errors import BadRequest

MOST_LINKED = 4


def corrected(cells: Array, seen: Array, recall: float) -> Array:
    """The combinations as they would be had the linkage found every pair; a pair it misses looks like two.

    Each two records of a person are found to be one with `recall`, and what hangs together by such links is
    one person in the data. The expected mixing is undone; what would come out below 0 is 0.

    >>> corrected(np.array([[1.0, 0], [0, 1], [1, 1]]), np.array([106.0, 56, 94]), 0.94).round(9).tolist()
    [100.0, 50.0, 100.0]
    """
    mixing = _mixing(tuple(map(tuple, cells.astype(int).tolist())), recall)
    return np.maximum(np.linalg.solve(mixing, np.asarray(seen, float)), 0.0)


def _mixing(cells: tuple[tuple[int, ...], ...], recall: float) -> Array:
    """float64[seen, true]: how many persons each true one looks like, by combination of lists."""
    row = {cell: at for at, cell in enumerate(cells)}
    found = np.zeros((len(cells), len(cells)))
    for at, cell in enumerate(cells):
        on = [number for number, has in enumerate(cell) if has]
        if len(on) > MOST_LINKED:
            raise BadRequest(f"Fejl i koblingen kan regnes med for højst {MOST_LINKED} lister.")
        links = list(combinations(on, 2))
        for kept in product((True, False), repeat=len(links)):
            chance = float(np.prod(np.where(kept, recall, 1 - recall)))
            for part in _together(on, list(compress(links, kept))):
                found[row[tuple(int(number in part) for number in range(len(cell)))], at] += chance
    return found


def _together(on: list[int], links: list[tuple[int, int]]) -> list[set[int]]:
    """The lists of a person by what hangs together."""
    parts = [{number} for number in on]
    for one, other in links:
        first = next(part for part in parts if one in part)
        second = next(part for part in parts if other in part)
        if first is not second:
            first |= second
            parts.remove(second)
    return parts
