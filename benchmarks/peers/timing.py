"""Seconds of two ways to the same result, and their ratio."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
MISSED: list[str] = []
HEAD = f"{'opgave':<58} {'evidens':>13} {'den anden':>15}  {'forhold':>10}"


class Size:
    """How much is measured: all of it, or (`smallest`) just enough to see that every job still runs."""

    smallest = False


def size(whole: int, smallest: int) -> int:
    """A number of things to measure on."""
    if Size.smallest:
        return smallest
    return whole


def best(run: Callable[[], T], times: int = 3) -> tuple[float, T]:
    """Seconds of the fastest of some runs (one in the smallest size), and the last result."""
    seconds = []
    for _ in range(size(times, 1)):
        begun = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - begun)
    return min(seconds), result


def told(job: str, ours: float, peer: float, target: float, note: str = "") -> None:
    """One line of the table. Targets hold for the whole size."""
    ratio = peer / ours
    line = f"{job:<58} {ours * 1000:>10.1f} ms {peer * 1000:>12.1f} ms  {ratio:>9,.1f}x"
    if not Size.smallest:
        line += f"  mål {target:g}x"
        if ratio < target:
            MISSED.append(job)
            line += "  MÅL IKKE NÅET"
    print(f"{line}  {note}", flush=True)
