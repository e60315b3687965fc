"""Models of series, against the same models one series at a time."""

import csv
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from evidens import changes, poisson, warning
from peers.timing import Size, best, size, told

Array = np.ndarray


def seasonal(cube: Array) -> None:
    """A Poisson model with seasons and trend of every series; both run on one thread (see figures.py)."""
    import statsmodels.api as sm

    series = cube[:, :, 4:].reshape(-1, 80)
    ours, found = best(lambda: poisson.fit_seasonal(series, 4))
    design = poisson.seasonal(80, 4)
    rows = np.flatnonzero(found.usable)[: size(150, 5)]
    models = [sm.GLM(series[row], design, family=sm.families.Poisson()) for row in rows]
    exact = [model.fit(tol=1e-12, tol_criterion="params").params for model in models]
    gap = np.abs(np.array(exact) - found.beta[rows]).max()
    assert gap < 1e-8
    seconds, _ = best(
        lambda: [sm.GLM(series[row], design, family=sm.families.Poisson()).fit() for row in rows]
    )
    told(
        f"sæson-Poisson, {len(series):,} serier à 80",
        ours,
        seconds / len(rows) * len(series),
        50,
        f"mod statsmodels GLM ({len(rows)}, skaleret); afstand {gap:.1e}",
    )


def farrington(shared: Path) -> None:
    """The classic rule on fourteen real series, against the same rule one week at a time."""
    file = shared / "analysis" / "survstat_14_series.csv"
    if not file.exists():
        print("farrington: kræver shared/data")
        return
    counts, states = _survstat(file)
    times = np.arange(416, size(625, 420))
    ours, found = best(lambda: warning.farrington(counts, times))

    def peer() -> Array:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return np.array([[_judged(series, now) for now in times.tolist()] for series in counts])

    seconds, theirs = best(peer, 1)
    real = states[:, times] == 1
    table = _confusion(found.attention, real)
    assert table == _confusion(theirs, real)
    assert Size.smallest or table == [43, 71, 2637, 175], table
    note = f"mod de samme regler på statsmodels GLM; {'/'.join(map(str, table))} hos begge"
    told(f"Farrington, {real.size} prøver", ours, seconds, 50, note)


def _survstat(file: Path) -> tuple[Array, Array]:
    """Counts and whether there was an outbreak; the first four years stand twice before, as history."""
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    names = [name for name in rows[0] if name != "i" and not name.endswith("_state")]
    counts = np.array([[float(row[name]) for row in rows] for name in names])
    states = np.array([[int(row[f"{name}_state"]) for row in rows] for name in names])
    long = [np.concatenate([one[:, :208], one[:, :208], one], axis=1) for one in (counts, states)]
    return long[0], long[1]


def _confusion(listed: Array, real: Array) -> list[int]:
    parts = (listed & real, listed & ~real, ~listed & ~real, ~listed & real)
    return [int(part.sum()) for part in parts]


def _judged(series: Array, now: int) -> bool:
    """Whether the rule lists a week."""
    back = np.array([-52 * year + step for year in range(5, 0, -1) for step in range(-3, 4)])
    y = series[now + back]
    enough = series[now - 3 : now + 1].sum() >= 5
    if not y.sum():
        return bool(series[now] > 0 and enough)
    fit, phi = _kept(y, back)
    mean = float(np.exp(fit.params[0]))
    error = mean * float(np.sqrt(fit.cov_params(scale=phi)[0, 0]))
    upper = mean * (1 + 2 / 3 * 1.959963984540054 * np.sqrt((phi + error**2 / mean) / mean)) ** 1.5
    return bool(series[now] > upper and enough)


def _kept(y: Array, back: Array) -> tuple[Any, float]:
    """The fit with a trend where it is kept, else without."""
    alone = np.ones((35, 1))
    try:
        fit, phi = _reweighted(y, np.column_stack([alone, back / 52]))
    except (ValueError, np.linalg.LinAlgError):
        return _reweighted(y, alone)
    t = abs(fit.params[1] / np.sqrt(fit.cov_params(scale=phi)[1, 1]))
    sure = 2 * stats.t.sf(t, 33) < 0.05
    if sure and np.exp(fit.params[0]) <= y.max() and np.abs(fit.params).max() < 20:
        return fit, phi
    return _reweighted(y, alone)


def _reweighted(y: Array, design: Array) -> tuple[Any, float]:
    """Fit, weigh down past outbreaks, fit again."""
    fit, phi = _fitted(y, design, np.ones(len(y)))
    leverage = fit.mu * np.einsum("tp,pq,tq->t", design, fit.cov_params(scale=1.0), design)
    scale = fit.mu ** (1 / 6) * np.sqrt(phi * np.maximum(1 - leverage, 1e-10))
    s = 1.5 * (y ** (2 / 3) - fit.mu ** (2 / 3)) / scale
    weights = np.where(s > 1, 1 / np.maximum(s, 1e-10) ** 2, 1.0)
    return _fitted(y, design, weights * len(y) / weights.sum())


def _fitted(y: Array, design: Array, weights: Array) -> tuple[Any, float]:
    import statsmodels.api as sm

    fit = sm.GLM(y, design, family=sm.families.Poisson(), freq_weights=weights).fit()
    pearson = float((weights * (y - fit.mu) ** 2 / fit.mu).sum())
    return fit, max(1.0, pearson / (len(y) - design.shape[1]))


def one_break() -> None:
    """When the level changed: once, and every time."""
    import ruptures
    from ruptures.base import BaseCost

    class PoissonCost(BaseCost):  # type: ignore[misc]
        model, min_size = "poisson", 2

        def fit(self, signal: Array) -> "PoissonCost":
            self.signal = signal
            return self

        def error(self, start: int, end: int) -> float:
            part = self.signal[start:end]
            if not part.sum():
                return 0.0
            return float(-2 * part.sum() * np.log(part.mean()))

    def peer() -> list[int]:
        pelt = ruptures.Pelt(custom_cost=PoissonCost(), jump=1, min_size=2)
        found: list[int] = pelt.fit(series).predict(pen=2 * np.log(80))
        return found

    level = np.r_[np.full(45, 30), np.full(35, 20)]
    series = np.array(np.random.default_rng(5).poisson(level), float)
    runs = size(100, 1)
    ours, found = best(lambda: [changes.one_break(series) for _ in range(runs)])
    seconds, theirs = best(peer)
    assert found[0].index == theirs[0]
    told("ét brud i 80 kvartaler", ours / runs, seconds, 50, "mod ruptures PELT, Poisson, jump=1; samme sted")
    ours, several = best(lambda: changes.breaks(series))
    assert several == theirs[:-1]
    told("alle brud i 80 kvartaler", ours, seconds, 1, "til sammenligning")
