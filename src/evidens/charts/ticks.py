"""Round steps for an axis: whole numbers, each of them once, and per cents."""

from math import ceil, floor

STEPS = (1, 2, 5)


def step(reach: float, most: int) -> int:
    """The least of 1, 2, 5, 10, 20, 50 … with at most so many steps over a reach.

    >>> step(4, 5), step(979, 5), step(250, 4)
    (1, 200, 100)
    """
    power = 1
    while True:
        for one in STEPS:
            if reach <= one * power * most:
                return one * power
        power *= 10


def whole(largest: float, most: int = 5) -> list[int]:
    """Whole numbers from 0 up to the largest or just above it.

    >>> whole(1), whole(979)
    ([0, 1], [0, 200, 400, 600, 800, 1000])
    """
    by = step(max(largest, 1), most)
    return list(range(0, ceil(max(largest, 1) / by) * by + 1, by))


def within(low: float, high: float, most: int) -> list[int]:
    """Round numbers within two limits.

    >>> within(-103, 48, 4)
    [-100, -50, 0]
    """
    by = step(high - low, most)
    return list(range(ceil(low / by) * by, floor(high / by) * by + 1, by))
