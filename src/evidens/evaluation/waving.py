"""How far residuals of a fit follow each other, and what that does to the error of its coefficients."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from evidens.counts import Array

GRID = np.linspace(0, 0.9, 46)  # autocorrelations that are tried
SEEN = 0.2  # below this an autocorrelation may well be none


@dataclass(frozen=True)
class Waving:
    """What chance is multiplied by.

    `phi` >= 1, the autocorrelation `rho` from one period to the next (0 or more: waves may widen an interval,
    not narrow it), the degrees of freedom that are left, and the covariance of the coefficients with both.
    """

    phi: float
    rho: float
    free: float
    covariance: Array

    @property
    def quantile(self) -> float:
        """Student's 97.5 % point."""
        return float(special.stdtrit(self.free, 0.975))


def measured(seen: Array, mean: Array, design: Array) -> Waving:
    """From the Pearson residuals of a log-linear fit on `design` float64[T, p] with means float64[T].

    A fit takes some of the autocorrelation with it: the rho is the one that would leave as much as is seen
    (moments, as in Cheang & Reinsel 2000); phi is found beside it, and the free periods are those of an
    average over waves (Bayley & Hammersley 1946).
    """
    root = np.sqrt(mean)
    residual = (seen - mean) / root
    whole = float((residual**2).sum())
    left = float((residual[1:] * residual[:-1]).sum()) / max(whole, 1e-12)
    weighted = design * root[:, None]
    hat = np.linalg.pinv(weighted)
    rest = np.eye(len(mean)) - weighted @ hat
    ratios, sizes = np.array([_left(rest, rho) for rho in GRID]).T
    rho = _doubted(float(np.interp(left, np.maximum.accumulate(ratios), GRID)), len(mean))
    size = float(np.interp(rho, GRID, sizes))
    phi = max(1.0, whole / size)
    covariance = phi * hat @ correlation(len(mean), rho) @ hat.T
    return Waving(phi, rho, max(1.0, np.trace(rest) * (1 - rho) / (1 + rho)), covariance)


def _doubted(rho: float, periods: int) -> float:
    """With half a standard error on top, where waves are seen: too short ones cost more than too long.

    >>> round(_doubted(0.5, 28), 2), _doubted(0.0, 28)
    (0.57, 0.0)
    """
    seen = min(1.0, rho / SEEN)
    return min(float(GRID[-1]), rho + seen * 0.5 * (1 - rho**2) / float(np.sqrt(periods)))


def _left(rest: Array, rho: float) -> tuple[float, float]:
    """The lag-1 autocorrelation that residuals keep of `rho`, and their expected sum of squares."""
    kept = rest @ correlation(len(rest), rho) @ rest
    size = float(np.trace(kept))
    return float(np.trace(kept, offset=1)) / max(size, 1e-12), size


def correlation(periods: int, rho: float) -> Array:
    """That of a first-order autoregression: rho to the power of the distance.

    >>> correlation(3, 0.5).tolist()
    [[1.0, 0.5, 0.25], [0.5, 1.0, 0.5], [0.25, 0.5, 1.0]]
    """
    at = np.arange(periods)
    return np.asarray(float(rho) ** np.abs(at[:, None] - at[None, :]))
