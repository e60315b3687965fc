"""What a reader can read of an edition is told of when it changes from one edition to the next."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from samraad.demo.cast import Entered
from samraad.plan.edition import content_of, difference
from samraad.plan.models import Plan

Way = tuple[str | int, ...]
# Of the plan itself, not of its texts.
HEAD = {
    "format", "kind", "title", "year", "district", "forum", "area_word", "municipalities",
    "discussed", "discussed.at", "discussed.item",
}  # fmt: skip
# For machines, and where a part stands: its words are compared under its own name.
PLACE = {
    "areas.id", "areas.addressees.id", "areas.commitments.id", "areas.commitments.owner_id",
    "areas.parent", "areas.short_title", "sections.commitments.id", "sections.commitments.owner_id",
    "sections.level", "answers.area", "answers.number", "initiatives.id", "initiatives.area",
}  # fmt: skip
# A promise is told with its day; what it waits for is told when it has none.
PROMISE = {"areas.commitments.condition", "areas.commitments.outside"}
CHOICES = {
    "kind": ("covered", "not_here"),
    "stage": ("idea", "stopped"),
    "due_on": ("2030-12-31", "2031-12-31"),
}


def ways(part: Any, way: Way = ()) -> Iterator[Way]:
    """The way to each word, number and yes or no in an edition."""
    inner: Any = []
    if isinstance(part, dict):
        inner = part.items()
    elif isinstance(part, list):
        inner = enumerate(part)
    else:
        yield way
    for step, below in inner:
        yield from ways(below, (*way, step))


def changed(content: dict[str, Any], way: Way) -> dict[str, Any]:
    """The same with one thing another."""
    other: dict[str, Any] = deepcopy(content)
    place: Any = other
    *down, last = way
    for step in down:
        place = place[step]
    held = place[last]
    if isinstance(held, bool):
        place[last] = not held
    elif last in CHOICES and down:
        place[last] = next(choice for choice in CHOICES[str(last)] if choice != held)
    else:
        place[last] = f"{held} med mere"
    return other


def test_it_tells_of_all_that_a_reader_can_read(demo: Entered) -> None:
    silent = set()
    for plan in Plan.objects.all():
        content = content_of(plan)
        for way in ways(content):
            if not difference(content, changed(content, way)):
                silent.add(".".join(step for step in way if isinstance(step, str)))
    assert silent <= HEAD | PLACE | PROMISE
