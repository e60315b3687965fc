"""Before and after with empirical Bayes and a comparison group: sites chosen because they were bad.

Hauer 1997: what the treated sites would have had is their expected number before (`bayes`), brought forward
by what happened to the comparison sites, whose own number before is expected in the same way.
"""

from dataclasses import dataclass, replace

import numpy as np

from evidens.counts import Array
from evidens.errors import BadRequest, Unavailable
from evidens.evaluation import bayes, nb2, threats
from evidens.evaluation.effect import Effect, Sight, ratio_limits, smallest_fall
from evidens.reservations import SMALL, Reservation
from evidens.sentence.words import number, percent

METHOD = "empirical Bayes before/after with comparison group (Hauer 1997), log-normal limits, k {k:.2f}"
RESTS_ON = "uheldene før på alle steder og tiden efter"
STEP = 1e-5  # of the differences by which the forecast is found to lean on the function
FEWEST = 20  # sites from which an expected number can be learned


@dataclass(frozen=True)
class Sites:
    """Accidents by site before and after, float64[N], over `years_before` and `years_after`; which were
    treated.

    `columns` float64[N, p] are logarithms of what the expected number hangs on (traffic, length); without
    them it is the same for all. `expected` (float64[N], for the time before) and `k` may be given instead,
    from a known safety performance function.
    """

    before: Array
    after: Array
    treated: Array
    years_before: float = 1.0
    years_after: float = 1.0
    columns: Array | None = None
    expected: Array | None = None
    k: float | None = None


@dataclass(frozen=True)
class _Forward:
    """The treated sites' expected number after, its variance, and the comparison's factor."""

    foreseen: float
    variance: float
    factor: float


def eb(sites: Sites, expected: float | None = None, bootstrap: int = 0, seed: int = 1) -> Effect:
    """The treated sites' accidents as a ratio (theta) to what they would have had.

    theta and its variance are Hauer's (1997, sections 6 and 9). `bootstrap`: so many draws of sites, whose
    interval is told beside. `expected` is the fall in per cent that is hoped for. Raises BadRequest, and
    Unavailable where there are too few accidents.
    """
    _check(sites)
    learned = _function(sites)
    mean, sd = _own(sites, learned)
    forward = _forward(sites, mean, sd, _learning(sites, learned))
    seen = float(sites.after[sites.treated].sum())
    if not seen:
        raise Unavailable("Der er ingen uheld efter på de steder: et forhold på 0 har intet interval.")
    theta, error = _theta(seen, forward)
    ratio, low, high = ratio_limits(float(np.log(theta)), error)
    details = _details(sites, mean, forward, learned.k)
    if bootstrap:
        details["bootstrap"] = _resampled(sites, mean, bootstrap, seed)
    return Effect(
        "eb",
        "ratio",
        ratio,
        error,
        low,
        high,
        METHOD.format(k=learned.k),
        _sight(sites, learned, expected),
        _sentence(sites, forward.foreseen, ratio, low, high),
        tuple(_needed(sites, learned)),
        details,
    )


def power_for(sites: Sites, expected: float | None = None) -> Sight:
    """The smallest fall that would show, from the accidents before alone."""
    _check(sites)
    return _sight(sites, _function(sites), expected)


def _check(sites: Sites) -> None:
    lengths = {len(sites.before), len(sites.after), len(sites.treated)}
    if len(lengths) > 1:
        raise BadRequest("Der skal være et tal før og et efter for hvert sted.")
    if min(sites.before.min(), sites.after.min()) < 0:
        raise BadRequest("Et antal kan ikke være negativt.")
    if not sites.treated.any():
        raise BadRequest("Ingen steder har fået indsatsen.")
    if min(sites.years_before, sites.years_after) <= 0:
        raise BadRequest("En periode skal være længere end 0 år.")
    if sites.expected is None and len(sites.before) < FEWEST:
        raise BadRequest(
            f"{len(sites.before)} steder er for få til at lære, hvad der er at vente; der skal "
            f"være {FEWEST}. "
            "Giv det ventede tal og k fra en kendt model."
        )
    if (sites.expected is None) != (sites.k is None):
        raise BadRequest("Det ventede tal og k hører sammen: giv begge eller ingen.")


def _function(sites: Sites) -> nb2.Function:
    """What is expected at each site in the time before, and how much sites differ from it."""
    if sites.expected is not None and sites.k is not None:
        return nb2.Function(np.zeros(0), sites.expected, sites.k, float("nan"))
    return nb2.fit(sites.before, _columns(sites), np.full(len(sites.before), sites.years_before))


def _own(sites: Sites, learned: nb2.Function) -> tuple[Array, Array]:
    """Each site's expected number before, and its standard deviation; all alike where k is inf."""
    if np.isinf(learned.k):
        return learned.mean, np.zeros(len(learned.mean))
    return bayes.site(sites.before, learned.mean, learned.k)


def _learning(sites: Sites, learned: nb2.Function) -> float:
    """The relative variance that the forecast has because the function itself was learned (delta method).

    All chosen sites lean on the same k: where it is uncertain, they are wrong together.
    """
    if learned.covariance is None:
        return 0.0
    columns = _columns(sites)
    theta = np.append(learned.beta, np.log(learned.k))
    slopes = []
    for at in range(len(theta)):
        step = np.zeros(len(theta))
        step[at] = STEP
        up, down = (_leaning(sites, columns, theta + way * step) for way in (1, -1))
        slopes.append((up - down) / (2 * STEP))
    slope = np.array(slopes)
    return float(slope @ learned.covariance @ slope)


def _leaning(sites: Sites, columns: Array, theta: Array) -> float:
    """The logarithm of the forecast, but for what does not hang on the function."""
    expected = np.exp(columns @ theta[:-1]) * sites.years_before
    mean, _ = bayes.site(sites.before, expected, np.exp(theta[-1]))
    log = np.log(mean[sites.treated].sum())
    if not sites.treated.all():
        log = log - np.log(mean[~sites.treated].sum())
    return float(log)


def _columns(sites: Sites) -> Array:
    ones = np.ones((len(sites.before), 1))
    if sites.columns is None:
        return ones
    return np.column_stack([ones, sites.columns])


def _forward(sites: Sites, mean: Array, sd: Array, learning: float) -> _Forward:
    longer = sites.years_after / sites.years_before
    chosen, rest = sites.treated, ~sites.treated
    own, own_variance = float(mean[chosen].sum()) * longer, float((sd[chosen] ** 2).sum()) * longer**2
    factor, relative = 1.0, 0.0
    if rest.any():
        seen, foreseen = float(sites.after[rest].sum()), float(mean[rest].sum()) * longer
        if not seen:
            raise Unavailable("Sammenligningen har ingen uheld efter: den kan ikke bruges.")
        variance = float((sd[rest] ** 2).sum()) * longer**2
        relative = 1 / seen + variance / foreseen**2
        factor = seen / foreseen
    foreseen = own * factor
    variance = factor**2 * own_variance + foreseen**2 * (relative + learning)
    return _Forward(foreseen, variance, factor)


def _theta(seen: float, forward: _Forward) -> tuple[float, float]:
    """Hauer's theta, and the standard error of its logarithm."""
    relative = forward.variance / forward.foreseen**2
    theta = seen / forward.foreseen / (1 + relative)
    return theta, float(np.sqrt((1 / seen + relative) / (1 + relative) ** 2))


def _sight(sites: Sites, learned: nb2.Function, expected: float | None) -> Sight:
    """As if nothing happened: the counts after are what the numbers before make one expect."""
    mean, sd = _own(sites, learned)
    nothing = replace(sites, after=mean * sites.years_after / sites.years_before)
    forward = _forward(nothing, mean, sd, _learning(sites, learned))
    _, error = _theta(forward.foreseen, forward)
    return Sight(smallest_fall(error), "%", RESTS_ON, expected)


def _details(sites: Sites, mean: Array, forward: _Forward, k: float) -> dict[str, object]:
    """What was seen and expected, and what the two usual mistakes would have said."""
    longer = sites.years_after / sites.years_before
    chosen, rest = sites.treated, ~sites.treated
    before, after = float(sites.before[chosen].sum()), float(sites.after[chosen].sum())
    found: dict[str, object] = {
        "before": before,
        "after": after,
        "expected_after": forward.foreseen,
        "comparison_factor": forward.factor,
        "k": k,
    }
    if before:
        found["naive_pct"] = 100 * (after / (before * longer) - 1)
        found["regression_pct"] = 100 * (float(mean[chosen].sum()) / before - 1)
    there = float(sites.before[rest].sum())
    if before and there:
        alone = float(sites.after[rest].sum()) / there
        found["comparison_alone_pct"] = 100 * (after / before / alone - 1)
    return found


def _resampled(sites: Sites, mean: Array, draws: int, seed: int) -> list[float]:
    """The interval of theta when the sites are drawn anew, treated and others each among themselves."""
    random = np.random.default_rng(seed)
    parts = []
    for which in (sites.treated, ~sites.treated):
        rows = np.flatnonzero(which)
        if len(rows):
            times = random.multinomial(len(rows), np.full(len(rows), 1 / len(rows)), draws)
            parts.append((times @ sites.after[rows]) / np.maximum(times @ mean[rows], 1e-300))
    ratio = parts[0] * sites.years_before / sites.years_after
    if len(parts) > 1:
        ratio = parts[0] / np.maximum(parts[1], 1e-300)
    return np.quantile(ratio, [0.025, 0.975]).tolist()


def _needed(sites: Sites, learned: nb2.Function) -> list[Reservation]:
    told = [threats.CHOSEN_BAD, threats.NOT_CAUSE, threats.SAME_TIME]
    if sites.treated.all():
        told = [threats.NO_COMPARISON, threats.CHOSEN_BAD, threats.SAME_TIME]
    if sites.columns is None and sites.expected is None:
        told.append(threats.NO_FUNCTION)
    if np.isinf(learned.k):
        told.append(threats.NO_SPREAD)
    if min(sites.before[sites.treated].sum(), sites.after[sites.treated].sum()) < SMALL:
        told.append(threats.SMALL_COUNTS)
    return told


def _sentence(sites: Sites, foreseen: float, ratio: float, low: float, high: float) -> str:
    chosen = sites.treated
    after = float(sites.after[chosen].sum())
    counts = (
        f"{number(chosen.sum())} steder: {number(sites.before[chosen].sum())} uheld før og "
        f"{number(after)} efter, "
        f"hvor {number(foreseen)} var ventet"
    )
    if low <= 1 <= high:
        return f"{counts}; ingen klar ændring ud over det ventede."
    if after < SMALL:
        return f"{counts}; tallene er for små til en procent."
    word = "færre"
    if ratio > 1:
        word = "flere"
    ends = sorted([abs(100 * (low - 1)), abs(100 * (high - 1))])
    limits = f"95 %-interval {number(ends[0])} til {number(ends[1])} %"
    text = f"{counts}: {percent(100 * (ratio - 1))} {word} ({limits})."
    if chosen.all():
        text += " Uden sammenligning er det en ændring og ikke en virkning."
    return text


def comparability(treated: Array, comparison: Array) -> tuple[float, float]:
    """(mean, variance) of the comparison ratio's odds from year to year before: near 1, and small.

    Both float64[years] of counts above 0. Hauer 1997 (section 9): the odds of two neighbouring years, less
    what chance alone gives. A mean far from 1 says that the two do not move together.

    >>> mean, variance = comparability(np.array([400.0, 360, 380, 350]), np.array([4000.0, 3600, 3800, 3500]))
    >>> round(mean, 2), variance
    (1.0, 0.0)
    """
    k, m = np.asarray(treated, float), np.asarray(comparison, float)
    if min(k.min(), m.min()) <= 0 or len(k) < 3:
        raise BadRequest("Der skal være mindst tre år med uheld begge steder.")
    odds = k[:-1] * m[1:] / (k[1:] * m[:-1]) / (1 + 1 / k[1:] + 1 / m[:-1])
    chance = 1 / k[:-1] + 1 / k[1:] + 1 / m[:-1] + 1 / m[1:]
    return float(odds.mean()), max(0.0, float(odds.var(ddof=1) - chance.mean()))
