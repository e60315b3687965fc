"""Two invented registers of casualties with a known truth: families in one car, nameless rows, late days,
typos.

Every person is invented: names are random syllables. `cluster` is the truth, and no feature.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from evidens.counts import Array

LETTERS = list("bdfghjklmnprstv")
VOWELS = list("aeiouyøåæ")
KINDS = (["bil", "cykel", "gang", "mc"], [0.45, 0.35, 0.12, 0.08])
DAYS = 1826


@dataclass(frozen=True)
class Shape:
    """What a pair of registers is like.

    `persons` in all; `overlap` "accident": whole accidents are in both (60 %), "person": each person is in
    each with 70 %; `squeeze` brings positions nearer (a town) with the noise kept; `placeless` of the second
    register have no place; `nameless` no name.
    """

    persons: int = 10_000
    overlap: str = "accident"
    squeeze: float = 1.0
    placeless: float = 0.0
    nameless: float = 0.25
    seed: int = 11


def write(folder: Path, shape: Shape) -> tuple[Path, Path]:
    """Both registers as Parquet files."""
    random = np.random.default_rng(shape.seed)
    world = _world(random, shape)
    one, other = _members(random, shape)
    files = folder / "A.parquet", folder / "B.parquet"
    parquet.write_table(_register(random, world, one, 0.10, 0.0, 0.0), files[0])
    parquet.write_table(_register(random, world, other, 0.15, shape.nameless, shape.placeless), files[1])
    return files


def _members(random: np.random.Generator, shape: Shape) -> tuple[Array, Array]:
    everybody = np.arange(shape.persons)
    if shape.overlap == "person":
        drawn = random.random((2, shape.persons)) < 0.7
        return everybody[drawn[0]], everybody[drawn[1]]
    size = round(shape.persons / 1.4)
    return everybody[:size], everybody[shape.persons - size :]


def _world(random: np.random.Generator, shape: Shape) -> dict[str, Array]:
    """The truth: who was in which accident, when and where."""
    n = shape.persons
    begins = random.random(n) >= 0.3
    begins[0] = True
    event = np.cumsum(begins) - 1
    events = int(event[-1]) + 1
    last = _skewed(random, _names(random, max(300, n // 20), 3), n, 0.7)
    family = ~begins & (random.random(n) < 0.6)
    last = np.where(family, last[np.flatnonzero(begins)][event], last)
    side = (np.array([450_000, 350_000]) / shape.squeeze)[:, None]
    place = np.array([[440_000.0], [6_050_000.0]]) + random.uniform(0, side, (2, events)).round()
    return {
        "event": event,
        "day": random.integers(0, DAYS, events),
        "place": place,
        "fornavn": _skewed(random, _names(random, max(150, n // 70), 2), n, 0.8),
        "efternavn": last,
        "fodt": _iso("1940-01-01", random.integers(0, 28_000, n)),
        "koen": random.choice(["M", "K"], n),
        "art": random.choice(KINDS[0], n, p=KINDS[1]),
    }


def _names(random: np.random.Generator, number: int, syllables: int) -> Array:
    made = np.array([""] * number, dtype=object)
    for _ in range(syllables):
        made = (
            made
            + random.choice(LETTERS, number).astype(object)
            + random.choice(VOWELS, number).astype(object)
        )
    return np.asarray(made + random.choice(["n", "r", "s", ""], number).astype(object))


def _skewed(random: np.random.Generator, names: Array, size: int, power: float) -> Array:
    weight = np.arange(1, len(names) + 1, dtype=float) ** -power
    return random.choice(names, size, p=weight / weight.sum())


def _iso(first: str, days: Array) -> Array:
    return np.datetime_as_string(np.datetime64(first, "D") + days.astype("timedelta64[D]"), unit="D").astype(
        object
    )


def _register(
    random: np.random.Generator,
    world: dict[str, Array],
    members: Array,
    rate: float,
    nameless: float,
    placeless: float,
) -> pa.Table:
    """What one source wrote down: the accident's facts are wrong per accident, a person's per person."""
    events = len(world["day"])
    late = (random.random(events) < rate) * random.integers(1, 3, events)
    place = world["place"] + random.normal(0, 120, (2, events)).round()
    event = world["event"][members]
    n = len(members)
    columns = {name: world[name][members] for name in ("fornavn", "efternavn", "fodt", "koen", "art")}
    for name, part in (("fornavn", rate), ("efternavn", rate), ("fodt", rate / 3)):
        columns[name] = _mistyped(random, columns[name], part)
    unnamed = random.random(n) < nameless
    for name, part in (("fornavn", 0.05), ("efternavn", 0.03), ("fodt", 0.08), ("art", 0.10)):
        gone = random.random(n) < part
        if name in ("fornavn", "efternavn"):
            gone |= unnamed
        if name == "fodt":
            gone |= random.random(n) < 0.6 * nameless
        columns[name] = _without(columns[name], gone)
    nowhere = random.random(n) < placeless
    columns["dato"] = _iso("2019-01-01", (world["day"] + late)[event])
    for axis, name in enumerate(("x", "y")):
        columns[name] = _without(place[axis][event], nowhere)
    columns |= {"unique_id": np.arange(n), "cluster": members}
    return pa.table({name: pa.array(values.tolist()) for name, values in columns.items()})


def _without(column: Array, gone: Array) -> Array:
    """The column with nothing in some rows."""
    values = column.astype(object)
    values[gone] = None
    return values


def _mistyped(random: np.random.Generator, column: Array, rate: float) -> Array:
    """One letter left out, put wrong or swapped in so many values."""
    values = column.copy()
    for row in np.flatnonzero(random.random(len(values)) < rate):
        letters = list(values[row])
        at, kind = int(random.integers(len(letters))), int(random.integers(3))
        if kind == 0 and len(letters) > 2:
            del letters[at]
        elif kind == 1:
            letters[at] = chr(97 + int(random.integers(26)))
        elif at + 1 < len(letters):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        values[row] = "".join(letters)
    return values
