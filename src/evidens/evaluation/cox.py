"""Cox regression with Efron's ties by Newton's method, weighted where asked, and the log-rank test.

Cox 1972, Efron 1977; robust errors of Lin & Wei 1989, in the form that goes with Efron's ties.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from evidens.counts import Array
from evidens.errors import BadRequest, Unavailable

STEPS, CLOSE, LARGEST = 50, 1e-9, 20.0


@dataclass(frozen=True)
class Cox:
    """`beta`, `se`, `robust_se` float64[p] (for weights), and the logL with and without columns."""

    beta: Array
    se: Array
    robust_se: Array
    loglik: float
    loglik_null: float
    events: int
    concordance: float

    @property
    def likelihood_ratio(self) -> float:
        """Twice the gain in logL: chi-square on p degrees of freedom."""
        return 2 * (self.loglik - self.loglik_null)


class _Risk:
    """Those at risk at each event: rows sorted from the longest time on, so that a cumulative sum holds them.

    One entry per event; of d at one time the entry number l takes l/d of those who end then away (Efron).
    """

    def __init__(self, time: Array, ended: Array, x: Array, weight: Array) -> None:
        self.order = np.argsort(-time, kind="stable")
        self.time, self.ended = time[self.order], ended[self.order]
        self.x, self.weight = x[self.order], weight[self.order]
        moments, counts = np.unique(self.time[self.ended], return_counts=True)
        self.moments, self.counts = moments, counts
        self.last = np.searchsorted(-self.time, -moments, side="right") - 1
        self.group = np.repeat(np.arange(len(moments)), counts)
        rank = np.arange(len(self.group)) - np.repeat(np.cumsum(counts) - counts, counts)
        self.part = rank / counts[self.group]
        self.tied = np.searchsorted(moments, self.time[self.ended])
        whole = np.bincount(self.tied, self.weight[self.ended], len(moments))
        self.each = (whole / counts)[self.group]

    def at(self, values: Array) -> tuple[Array, Array]:
        """Of each moment the sum of values over those at risk, and over those who end then."""
        below = np.cumsum(values, axis=0)[self.last]
        ends = np.zeros((len(self.moments), *values.shape[1:]))
        np.add.at(ends, self.tied, values[self.ended])
        return below, ends

    def entries(self, values: Array) -> Array:
        """The sum over those at risk, per event."""
        below, ends = self.at(values)
        part = self.part.reshape(-1, *[1] * (values.ndim - 1))
        return below[self.group] - part * ends[self.group]

    @cached_property
    def ended_x(self) -> Array:
        """The weighted sum of the columns of those who ended."""
        return np.asarray((self.weight[self.ended, None] * self.x[self.ended]).sum(axis=0))

    def likelihood(self, beta: Array) -> tuple[float, Array, Array]:
        """logL, score and information."""
        risk = self.weight * np.exp(self.x @ beta)
        zero = self.entries(risk)
        one = self.entries(risk[:, None] * self.x) / zero[:, None]
        two = (
            self.entries(risk[:, None, None] * self.x[:, :, None] * self.x[:, None, :]) / zero[:, None, None]
        )
        value = float(self.ended_x @ beta) - float((self.each * np.log(zero)).sum())
        score = self.ended_x - self.each @ one
        spread = two - one[:, :, None] * one[:, None, :]
        return value, score, np.einsum("e,eij->ij", self.each, spread)

    def residuals(self, beta: Array) -> Array:
        """Each row's part of the score, weighted."""
        base = np.exp(self.x @ beta)
        zero = self.entries(self.weight * base)
        one = self.entries((self.weight * base)[:, None] * self.x) / zero[:, None]
        rate = self.each / zero
        sums = [self._by_moment(rate), self._by_moment(rate[:, None] * one)]
        sums += [self._by_moment(rate * self.part), self._by_moment((rate * self.part)[:, None] * one)]
        upto = np.searchsorted(self.moments, self.time, side="right")
        total, mean = (
            np.concatenate([np.zeros_like(part[:1]), np.cumsum(part, axis=0)])[upto] for part in sums[:2]
        )
        found = -base[:, None] * (self.x * total[:, None] - mean)
        own = base[self.ended, None] * (self.x[self.ended] * sums[2][self.tied, None] - sums[3][self.tied])
        average = self._by_moment(one) / self.counts[:, None]
        found[self.ended] += self.x[self.ended] - average[self.tied] + own
        return np.asarray(self.weight[:, None] * found)

    def _by_moment(self, values: Array) -> Array:
        out = np.zeros((len(self.moments), *values.shape[1:]))
        np.add.at(out, self.group, values)
        return out


def cox(time: Array, ended: Array, columns: Array, weight: Array | None = None) -> Cox:
    """Fit the hazard ratios exp(beta) of `columns` float64[N, p].

    `time` is how long each was followed (above 0), `ended` (bool) whether it ended then. Raises BadRequest on
    tables that do not fit together, and Unavailable where an effect is infinite or nothing ended.

    >>> found = cox(np.array([1.0, 2, 3, 4]), np.ones(4, bool), np.array([[1.0], [0], [1], [0]]))
    >>> found.events, round(float(found.beta[0]), 4)
    (4, 0.9406)
    """
    time, x = np.asarray(time, float), np.asarray(columns, float)
    if weight is None:
        weight = np.ones(len(time))
    if not len(time) == len(ended) == len(x) == len(weight):
        raise BadRequest("Hver person skal have en tid, et udfald og de samme kolonner.")
    if not (np.isfinite(time).all() and np.isfinite(x).all() and (time > 0).all()):
        raise BadRequest("Hver tid skal være over 0, og ingen værdi må mangle.")
    ended = np.asarray(ended, bool)
    if not ended.any():
        raise Unavailable("Ingen har haft hændelsen endnu. Der er intet at beregne.")
    risk = _Risk(time, ended, x - x.mean(axis=0), weight)
    beta, value, null, information = _newton(risk, x.shape[1])
    inverse = np.linalg.inv(information)
    leaving = risk.residuals(beta) @ inverse
    return Cox(
        beta,
        np.sqrt(np.diag(inverse)),
        np.sqrt((leaving**2).sum(axis=0)),
        value,
        null,
        int(ended.sum()),
        concordance(time, ended, x @ beta),
    )


def _newton(risk: _Risk, width: int) -> tuple[Array, float, float, Array]:
    beta = np.zeros(width)
    value, score, information = risk.likelihood(beta)
    null = value
    for _ in range(STEPS):
        try:
            step = np.linalg.solve(information, score)
        except np.linalg.LinAlgError:
            raise _endless() from None
        size = 1.0
        while size > 1e-6:
            tried = risk.likelihood(beta + size * step)
            if tried[0] >= value - 1e-12:
                break
            size /= 2
        beta = beta + size * step
        value, score, information = tried
        if np.abs(beta).max() > LARGEST:
            raise _endless()
        if np.abs(step).max() < CLOSE:
            return beta, value, null, information
    raise _endless()


def _endless() -> Unavailable:
    return Unavailable("Risikoforholdet er uendeligt: i en af grupperne er der ingen hændelser.")


def concordance(time: Array, ended: Array, risk: Array) -> float:
    """The share of pairs in which who ended first had the higher risk; ties count half (Harrell 1982)."""
    good = pairs = 0.0
    for row in np.flatnonzero(ended):
        later = (time > time[row]) | ((time == time[row]) & ~ended)
        pairs += later.sum()
        good += (risk[row] > risk[later]).sum() + 0.5 * (risk[row] == risk[later]).sum()
    if not pairs:
        return float("nan")
    return float(good / pairs)


def log_rank(time: Array, ended: Array, group: Array) -> tuple[float, float]:
    """(chi-square on 1 degree, p) that two groups have the same hazard (Mantel 1966)."""
    seen = expected = variance = 0.0
    for moment in np.unique(time[ended]):
        at_risk, ends = time >= moment, (time == moment) & ended
        n, d, n1 = at_risk.sum(), ends.sum(), (at_risk & group).sum()
        seen += (ends & group).sum()
        expected += d * n1 / n
        if n > 1:
            variance += d * (n1 / n) * (1 - n1 / n) * (n - d) / (n - 1)
    square = float((seen - expected) ** 2 / variance)
    return square, float(special.chdtrc(1, square))
