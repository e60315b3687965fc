"""Whether intervals hold what they promise: simulated counts, asked as a person asks.

    .venv/bin/python benchmarks/coverage.py                 all of it, about ten minutes on one core
    .venv/bin/python benchmarks/coverage.py --smallest      every part once, in the smallest size

98 municipalities, seven years of quarters, the last year against the year before, five years of history.
Printed for each scenario and mean per quarter: how often the 95 % interval holds the true change (wanted: .92
to .98), how often a change is called clear that is none (at most .08), and the median width against that of
independent counts. Then the share of places outside the funnel by size where places really differ (at most
about .05), and how often the attention list names an ordinary quarter (at most .07) and a doubled one.
Nothing here is fitted to a published number; the seeds are fixed, and others give the same within chance.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from evidens import offences, places, trend
from evidens.answers import Change
from evidens.counts import Array, Counts, Source
from evidens.funnel import funnel
from evidens.periods import Period
from evidens.short_history import short_history

QUARTERS, PAST = 28, 20
SEASON = np.array([1.15, 0.90, 0.85, 1.10])[np.arange(QUARTERS) % 4]
GROWTH = 1.08  # of the scenario with a trend, per year
Draw = Callable[[Array, np.random.Generator], Array]


def independent(level: Array, random: np.random.Generator) -> Array:
    """Nothing but chance."""
    return level


def waves(level: Array, random: np.random.Generator) -> Array:
    """A wave of its own in each place: the logarithm is an AR(1), .8 from quarter to quarter, sd .15."""
    wave = np.zeros(level.shape)
    wave[:, 0] = random.normal(size=len(level))
    for time in range(1, level.shape[1]):
        wave[:, time] = 0.8 * wave[:, time - 1] + 0.6 * random.normal(size=len(level))
    moved: Array = level * np.exp(0.15 * wave)
    return moved


def steady_growth(level: Array, random: np.random.Generator) -> Array:
    """8 % a year."""
    moved: Array = level * GROWTH ** ((np.arange(level.shape[1]) - level.shape[1] / 2) / 4)
    return moved


def step(level: Array, random: np.random.Generator) -> Array:
    """40 % down everywhere in the middle of the history, for good."""
    return level * np.where(np.arange(level.shape[1]) < PAST // 2, 1.0, 0.6)


def dip(level: Array, random: np.random.Generator) -> Array:
    """40 % down everywhere for the last six quarters of the history, and back."""
    at = np.arange(level.shape[1])
    return level * np.where((at >= PAST - 6) & (at < PAST), 0.6, 1.0)


def own_step(level: Array, random: np.random.Generator) -> Array:
    """40 % down for good, in each place at a time of its own."""
    at = random.integers(5, PAST - 4, len(level))
    return level * np.where(np.arange(level.shape[1])[None, :] < at[:, None], 1.0, 0.6)


SCENARIOS: dict[str, Draw] = {
    "independent": independent,
    "waves": waves,
    "trend": steady_growth,
    "step": step,
    "dip": dip,
    "own step": own_step,
}


def table_of(values: Array) -> Counts:
    """Counts of one offence by municipality and quarter."""
    codes = [entry.code for entry in places.entries("municipality")][: len(values)]
    row, column = np.indices(values.shape).reshape(2, -1)
    periods = tuple(Period.parse("2010Q1").next(time) for time in range(values.shape[1]))
    source = Source("simuleret", "", "", "", official=False)
    nothing = np.zeros(len(row), int)
    return Counts(tuple(codes), ("1390",), periods, row, nothing, column, values.reshape(-1), source)


def asked(table: Counts, together: bool) -> list[Change]:
    """The last year against the one before: every place of the table, or the first one alone."""
    where = [places.place(f"municipality:{code}") for code in table.places]
    if not together:
        where = where[:1]
    found = []
    for place in where:
        answer = trend.change(table, offences.choose("1390"), place, table.span("2016"), table.span("2015"))
        if isinstance(answer, Change):
            found.append(answer)
    return found


def coverage(name: str, mean: float, rounds: int, size: int, seed: int) -> tuple[float, float, float]:
    """Coverage, share called clear though nothing changed, and median width in per cent points."""
    random = np.random.default_rng([seed, int(mean)])
    held, clear, wide = [], [], []
    true = 100 * (GROWTH - 1) * (name == "trend")
    for _ in range(rounds):
        level = np.broadcast_to(mean * SEASON, (98, QUARTERS))
        values = random.poisson(SCENARIOS[name](level, random)).astype(float)
        for answer in asked(table_of(values[:size]), size > 1):
            high = answer.high
            if high is None:
                high = np.inf
            held.append(answer.low <= true <= high)
            clear.append(answer.p <= 0.05)
            wide.append(high - answer.low)
    return float(np.mean(held)), float(np.mean(clear)), float(np.median(wide))


def print_coverage(means: list[int], rounds: int, size: int) -> None:
    """One line per scenario and mean."""
    who = "98 places in the file"
    if size == 1:
        who = "one place alone in the file"
    print(f"\nyear against year, {who}\nscenario      mean  covered  false clear  width / independent")
    for mean in means:
        usual = 0.0
        for seed, name in enumerate(SCENARIOS):
            held, clear, wide = coverage(name, mean, rounds, size, seed)
            if name == "independent":
                usual = wide
            said = f"{clear:11.3f}"
            if name == "trend":
                said = "          -"
            print(f"{name:12} {mean:5}  {held:7.3f}  {said}  {wide / usual:6.2f}", flush=True)


def print_funnel(rounds: int) -> None:
    """The share of places outside, from the smallest quarter of the places to the largest."""
    print("\nfunnel: share outside 95 %, smallest to largest quarter of 98 places\nspread  rate")
    random = np.random.default_rng(2)
    people = np.geomspace(2, 640, 98)
    for spread in (0.0, 0.1, 0.2, 0.4):
        for rate in (1, 5, 30):
            outside = np.zeros((rounds, 98))
            for turn in range(rounds):
                real = np.exp(random.normal(size=98) * spread - spread**2 / 2)
                outside[turn] = funnel(random.poisson(rate * people * real), people).outside
            shares = [f"{part.mean():.3f}" for part in np.array_split(outside.mean(axis=0), 4)]
            print(f"{spread:6} {rate:5}  {'  '.join(shares)}")


def print_warning(series: int) -> None:
    """How often an ordinary quarter is listed, and one with twice the cases, after five years of quarters."""
    print("\nattention list of quarters\n  mean  phi  a year  ordinary  doubled")
    random = np.random.default_rng(3)
    length = PAST + 1
    for mean in (10, 20, 50, 200):
        for phi in (1.0001, 3.0):
            for growth in (0.9, 1.0, 1.1):
                level = mean * SEASON[:length] * growth ** ((np.arange(length) - length + 1) / 4)
                seen = []
                for times in (1, 2):
                    level[-1] *= times
                    drawn = random.negative_binomial(level / (phi - 1), 1 / phi, (series, length))
                    judged = short_history(drawn.astype(float), np.array([PAST]), per_year=4)
                    seen.append(f"{judged.attention.mean():8.3f}")
                print(f"{mean:6} {phi:4.0f} {growth:7.2f} {'  '.join(seen)}")


def main(arguments: list[str]) -> None:
    """All three parts."""
    if "--smallest" in arguments:
        print_coverage([50], 1, 6)
        print_funnel(2)
        print_warning(20)
        return
    print_coverage([5, 20, 50, 100, 300, 2000], 6, 98)
    print_coverage([50, 300, 2000], 300, 1)
    print_funnel(400)
    print_warning(2000)


if __name__ == "__main__":
    main(sys.argv[1:])
