"""How dense accidents lie, for a map: a Gaussian kernel on a fine grid of cells."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from evidens.counts import Array
from evidens.errors import BadRequest

FINE = 8  # cells per bandwidth: at a half of it the error is 2.5 % of the peak, at an eighth below 1 %
REACH = 5.0  # bandwidths, beyond which the kernel is 0
MOST = 25_000_000


@dataclass(frozen=True)
class Density:
    """`values` float64[X, Y] per square metre at the centres of cells from `x`, `y` on, `cell` wide."""

    values: Array
    x: float
    y: float
    cell: float

    def at(self, points: Array) -> Array:
        """The density in the cell of each point (float64[N, 2])."""
        column = ((points - [self.x, self.y]) / self.cell).astype(int)
        return np.asarray(self.values[column[:, 0], column[:, 1]])


def density(points: Array, bandwidth: float) -> Density:
    """The density of points (float64[N, 2], metres), with the kernel's standard deviation in metres.

    Raises BadRequest where there are no points, or the area is too large for so fine a grid.

    >>> found = density(np.array([[0.0, 0.0]]), 100)
    >>> round(float(found.values.sum() * found.cell**2), 3)
    1.0
    """
    if not len(points):
        raise BadRequest("Der er ingen uheld at tegne.")
    if bandwidth <= 0:
        raise BadRequest("Båndbredden skal være over 0 meter.")
    cell = bandwidth / FINE
    low = points.min(axis=0) - REACH * bandwidth
    shape = np.ceil((points.max(axis=0) + REACH * bandwidth - low) / cell).astype(int) + 1
    if int(shape[0]) * int(shape[1]) > MOST:
        raise BadRequest(
            "Området er for stort til så smal en båndbredde. Vælg en bredere, eller en mindre kommune."
        )
    at = ((points - low) / cell).astype(int)
    counts = np.zeros(shape)
    np.add.at(counts, (at[:, 0], at[:, 1]), 1.0)
    smooth = ndimage.gaussian_filter(counts, FINE, mode="constant", truncate=REACH)
    return Density(smooth / (len(points) * cell**2), float(low[0]), float(low[1]), cell)
