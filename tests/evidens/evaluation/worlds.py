"""Invented worlds with a known truth, for tests and for benchmarks/evaluation.py. Never show them as real."""

import numpy as np

from evidens.evaluation.did import Table
from evidens.evaluation.eb import Sites
from evidens.evaluation.followup import Followed
from evidens.evaluation.its import Series
from evidens.evaluation.speed import Readings

SEASON = np.array([1.1, 0.9, 0.9, 1.1])


def roads(seed: int, truth: float = 0.92, number: int = 400, chosen: int = 30) -> Sites:
    """Invented roads, of which those with a bad period are chosen; the truth is a fall of 8 %."""
    random = np.random.default_rng(seed)
    mean = random.gamma(2.0, 1.2, number)
    before = random.poisson(mean).astype(float)
    treated = np.zeros(number, bool)
    treated[np.argsort(-before + random.normal(0, 0.1, number))[:chosen]] = True
    after = random.poisson(mean * np.where(treated, truth, 1)).astype(float)
    return Sites(before, after, treated, 3, 3)


def persons(seed: int, hazard: float = 1.0, number: int = 500) -> Followed:
    """Invented persons: those at risk choose the course more often and begin late; it works by `hazard`."""
    random = np.random.default_rng(seed)
    risk = random.normal(size=number)
    start = np.where(
        random.random(number) < 1 / (1 + np.exp(-0.8 * risk)), random.uniform(0, 200, number), np.inf
    )
    before = random.exponential(365 * np.exp(-0.5 * risk))
    left = random.exponential(365 * np.exp(-0.5 * risk) / hazard)
    time = np.where(before > start, start + left, before)
    until = random.uniform(300, 720, number)
    days = np.minimum(time, until)
    return Followed(days, time <= until, np.where(start < days, start, np.nan), risk[:, None])


def world(treated: int, effect: float, seed: int, places: int = 60, periods: int = 16) -> Table:
    """Places of different size with a common season, a wave of their own, and an effect from the middle
    on.
    """
    random = np.random.default_rng(seed)
    level = random.normal(4, 0.6, (places, 1)) + random.normal(0, 0.2, periods)
    level = level + np.cumsum(random.normal(0, 0.05, (places, periods)), axis=1)
    on = np.zeros((places, periods))
    on[:treated, periods // 2 :] = 1
    counts = random.poisson(np.exp(level + on * np.log(effect))).astype(float)
    return Table(tuple(f"sted {n}" for n in range(places)), counts, on)


def series(seed: int, truth: float, mean: float = 100, rho: float = 0.0, sd: float = 0.0) -> Series:
    """Seven years of quarters with season and trend, and a wave; the last two under treatment."""
    random = np.random.default_rng(seed)
    time = np.arange(28)
    wave = np.zeros(28)
    for at in time:
        wave[at] = rho * wave[at - 1] * (at > 0) + np.sqrt(1 - rho**2) * random.normal()
    level = mean * SEASON[time % 4] * np.exp(-0.02 * time / 4 + sd * wave)
    return Series(random.poisson(level * np.where(time >= 20, truth, 1)).astype(float), 20)


def readings(days: int = 5, slower: float = 3.0, seed: int = 1) -> Readings:
    """Three stretches that get slower and one that does not, so many days before and after; invented."""
    random = np.random.default_rng(seed)
    names, after, treated, mean = [], [], [], []
    for stretch, level in (("A", 46.2), ("B", 48.9), ("C", 38.4), ("sammenligning", 49.1)):
        for later in (False, True):
            for _ in range(days):
                names.append(stretch)
                after.append(later)
                treated.append(stretch != "sammenligning")
                mean.append(level - slower * later * (stretch != "sammenligning") + random.normal(0, 0.5))
    return Readings(tuple(names), np.array(after), np.array(treated), np.array(mean))
