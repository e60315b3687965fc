"""Tables of counts with intervals and tests, against one cell at a time and against whole rows."""

import numpy as np
from scipy import stats

from evidens import grid, rates
from peers.timing import best, size, told

Counts = np.ndarray
Row = tuple[float, float, float]


def crime_like(places: int, offences: int, periods: int = 84, seed: int = 1) -> Counts:
    """Counts with the spread of STRAF11: many small cells, some of hundreds."""
    random = np.random.default_rng(seed)
    level = np.exp(random.normal(0, 1.1, (places, 1, 1)) + random.normal(0.6, 1.8, (1, offences, 1)))
    season = 1 + 0.15 * np.sin(np.arange(periods) * np.pi / 2)
    wild = random.gamma(20, 1 / 20, (places, offences, periods))
    return random.poisson(level * season * wild).astype(float)


def table_with_intervals(cube: Counts) -> None:
    """Every cell against the year before."""
    ours, found = best(lambda: grid.compare(cube))
    cells = found.p.size
    sample = np.random.default_rng(2).choice(cells, size(1500, 100), replace=False)
    after, before = found.after.ravel()[sample].astype(int), found.before.ravel()[sample].astype(int)
    pairs = list(zip(after.tolist(), before.tolist(), strict=True))
    seconds, rows = best(lambda: [_one(a, b) for a, b in pairs])
    p, low, high = (np.array(part) for part in zip(*rows, strict=True))
    assert np.allclose(p, found.p.ravel()[sample], atol=1e-10)
    assert np.allclose(low, found.low.ravel()[sample], rtol=1e-6)
    finite = np.isfinite(high)
    assert np.allclose(high[finite], found.high.ravel()[sample][finite], rtol=1e-4)
    told(
        f"ændringer med interval, {cells:,} felter",
        ours,
        seconds / len(sample) * cells,
        500,
        f"mod scipy pr. felt ({len(sample)} felter, skaleret)",
    )


def _one(after: int, before: int) -> Row:
    """p-value and limits of one cell."""
    if after + before == 0:
        return 1.0, 0.0, np.inf
    test = stats.binomtest(after, after + before, 0.5)
    ends = test.proportion_ci(method="exact")
    high = np.inf
    if ends.high < 1:
        high = ends.high / (1 - ends.high)
    return test.pvalue, ends.low / (1 - ends.low), high


def garwood(cube: Counts) -> None:
    """The interval of every count."""
    from statsmodels.stats.rates import confint_poisson

    counts = cube[:, :, 4:].astype(np.int64).ravel()
    ours, (low, high) = best(lambda: rates.garwood(counts))
    sample = counts[: size(3000, 200)].tolist()
    seconds, rows = best(lambda: [confint_poisson(n, 1, method="exact-c") for n in sample])
    ends = np.array(rows)
    assert np.allclose(np.nan_to_num(ends[:, 0]), low[: len(sample)])
    assert np.allclose(ends[:, 1], high[: len(sample)])
    told(
        f"Garwood, {len(counts):,} felter",
        ours,
        seconds / len(sample) * len(counts),
        1000,
        f"mod statsmodels pr. felt ({len(sample)}, skaleret)",
    )

    def vectorised() -> tuple[Counts, Counts]:
        left = np.where(counts > 0, stats.chi2.ppf(0.025, 2 * counts) / 2, 0)
        return left, stats.chi2.ppf(0.975, 2 * counts + 2) / 2

    seconds, (left, right) = best(vectorised)
    assert np.allclose(left, low)
    assert np.allclose(right, high)
    told(f"Garwood, {len(counts):,} felter", ours, seconds, 20, "mod scipy.stats.chi2.ppf på hele rækken")


def two_period_test() -> None:
    """The exact test of two spans, equally long and not."""
    random = np.random.default_rng(3)
    many = size(20_000, 500)
    after, before = random.poisson(20, many), random.poisson(20, many)
    ours, p = best(lambda: rates.exact_p(after, before))
    pairs = list(zip(after.tolist(), before.tolist(), strict=True))
    few = pairs[: size(150, 5)]
    seconds, _ = best(lambda: [stats.poisson_means_test(a, 1, b, 1).pvalue for a, b in few])
    theirs = [stats.binomtest(a, a + b, 0.5).pvalue for a, b in pairs[:2000]]
    assert np.abs(np.array(theirs) - p[: len(theirs)]).max() < 1e-12
    peer = seconds / len(few) * many
    note = f"mod scipy.poisson_means_test ({len(few)}, skaleret)"
    told("eksakt prøve af to perioder, lige lange", ours, peer, 500, note)
    unequal, _ = best(lambda: rates.exact_p(after, before, 0.75, 1.0))
    told("det samme, ulige lange", unequal, peer, 1, "til sammenligning")
