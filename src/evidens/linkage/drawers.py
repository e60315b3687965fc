"""Drawers: keys that put two rows together only where they could be one accident.

A grid of 2 km at four offsets times windows of four days at two: rows within 1 km and 2 days of each other
share at least one of the eight, so candidates come from equality joins alone (hash joins; the same SQL on
Spark). Rows without a place are put together by birth date, or by full name, within the windows.
"""

WINDOW, SQUARE = 4, 2000  # days, metres
SHIFTS = [(x, y, days) for x in (0, 1000) for y in (0, 1000) for days in (0, 2)]
NEAR = [f"skuffe_{number}" for number in range(len(SHIFTS))]
WHO = ["foedt_0", "foedt_2", "navn_0", "navn_2"]
KEYS = [*NEAR, *WHO]
RULE = {"near": NEAR[0], "who": WHO[0]}  # the drawer of each kind in which is learned


def window(days: int) -> str:
    """The number of a four-day window, as SQL."""
    return f"(cast(floor((datediff('day', date '2000-01-01', dato) + {days}) / {WINDOW}.0) as bigint))"


def keys() -> list[str]:
    """Every key as SQL, in the order of KEYS; null where the row has no such drawer.

    Only rows without a place have the keys of a person: with a place on both sides, near is asked for.

    >>> len(keys()) == len(KEYS)
    True
    """
    found = []
    for x, y, days in SHIFTS:
        cell = (
            f"cast(floor((x + {x}) / {SQUARE}.0) as bigint) * 100000 + cast(floor((y + {y}) / "
            f"{SQUARE}.0) as bigint)"
        )
        found.append(f"({cell}) * 10000 + {window(days)}")
    for days in (0, 2):
        found.append(f"concat(cast(fodt as varchar), '|', cast({window(days)} as varchar))")
    for days in (0, 2):
        found.append(f"concat(fornavn, '|', efternavn, '|', cast({window(days)} as varchar))")
    return found
