"""No municipality that knows its own cells reads a small one of another's, and neither does an outsider."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidens import disclosure, insiders
from evidens.disclosure import Known, Linked, Tree, linked
from evidens.errors import BadRequest
from evidens.insiders import Exposed, Guarded
from evidens.linked import with_sums
from tests.evidens.test_disclosure import random_table

NINE = {
    "Brønderslev": (14, 11),
    "Frederikshavn": (21, 18),
    "Hjørring": (24, 30),
    "Jammerbugt": (9, 12),
    "Læsø": (1, 6),
    "Mariagerfjord": (16, 13),
    "Rebild": (7, 8),
    "Vesthimmerlands": (15, 10),
    "Aalborg": (61, 70),
}
DISTRICT = Tree({"kredsen": tuple(NINE)})
HALVES = ("1. halvår", "2. halvår")
TYPED = {"Læsø": 1, "Rebild": 12, "Jammerbugt": 13, "Aalborg": 58}
FOUR = Tree({"i alt": tuple(TYPED)})


def halves(counts: Mapping[str, tuple[int, int]] = NINE) -> Linked:
    """Nine municipalities by two half-years, with all sums (invented): 30 cells."""
    leaves = {(name, half): count for name in NINE for half, count in zip(HALVES, counts[name], strict=True)}
    return linked(leaves, DISTRICT, Tree({"2021": HALVES}))


def typed() -> Linked:
    """Four numbers that were typed, and their sum (invented)."""
    return linked({(name,): count for name, count in TYPED.items()}, FOUR)


def narrowed(table: Linked, found: Guarded, owned: insiders.Owned, earlier: tuple[Known, ...] = ()) -> list:
    """Who narrows which small cell below 0 to the threshold, by attacks from outside and from inside."""
    least = found.outside.threshold - 1e-6
    everyone = {**owned, "udenforstående": ()}
    seen = insiders.attack_inside(table, found.withheld, everyone, targets=found.primary, earlier=earlier)
    return [(one.insider, b.cell) for one in seen for b in one.bounds if b.low > 1e-6 or b.high < least]


def test_the_owner_of_a_hidden_cell_reads_the_other() -> None:
    table = halves()
    owned = insiders.each(table, DISTRICT)
    found = disclosure.protect(table, 5)
    assert len(table.cells) == 30
    assert len(found.withheld) == 4
    seen = {
        one.insider: one
        for one in insiders.attack_inside(table, found.withheld, owned, targets=found.primary)
    }
    [bounds] = seen["Rebild"].bounds
    assert bounds.exact
    assert bounds.low == 1
    assert seen["Læsø"].bounds == (), "one's own cell is no finding"
    assert [one.insider for one in seen.values() if one.broken(5)] == ["Rebild"]


def test_after_the_loop_none_of_nine_reads_it() -> None:
    table = halves()
    owned = insiders.each(table, DISTRICT)
    found = insiders.protect(table, owned, 5)
    assert found.holds
    assert len(found.withheld) == 6
    assert len(found.inside) == 9
    assert narrowed(table, found, owned) == []
    assert found.shown(("Læsø", "1. halvår")) is None
    assert found.shown(("Læsø", "2021")) == 7
    assert disclosure.protect(table, 5).withheld < found.withheld


def test_a_typed_sum_gives_nobody_away() -> None:
    table = typed()
    owned = insiders.each(table, FOUR)
    assert disclosure.protect(table, 5).withheld == {("Læsø",), ("Rebild",)}
    found = insiders.protect(table, owned, 5)
    assert found.holds
    assert found.withheld == {("Læsø",), ("Rebild",), ("Jammerbugt",)}
    assert found.shown(("i alt",)) == 84
    assert narrowed(table, found, owned) == []


def proven(table: Linked, owned: insiders.Owned, threshold: int) -> None:
    """Attacks from outside and inside find nothing, and no less is withheld than without insiders."""
    found = insiders.protect(table, owned, threshold)
    assert found.holds
    assert narrowed(table, found, owned) == []
    assert disclosure.protect(table, threshold).withheld <= found.withheld


small_or_not = st.one_of(st.integers(0, 6), st.integers(0, 40))


@given(st.lists(st.tuples(small_or_not, small_or_not), min_size=9, max_size=9), st.sampled_from([3, 5]))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_insider_and_no_outsider_narrows_a_small_cell(
    counts: list[tuple[int, int]], threshold: int
) -> None:
    table = halves(dict(zip(NINE, counts, strict=True)))
    proven(table, insiders.each(table, DISTRICT), threshold)


@pytest.mark.long
@given(st.integers(0, 10_000), st.sampled_from([3, 5]), st.booleans())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_is_safe_in_whatever_order_insiders_come(seed: int, threshold: int, turned: bool) -> None:
    """Proves on tables with districts, quarters and years that safety does not hang on the order."""
    table = random_table(seed)
    names = insiders.each(table, leaves_of(table))
    order = sorted(names, reverse=turned)
    proven(table, {f"{n:02}": names[name] for n, name in enumerate(order)}, threshold)


def test_it_is_safe_in_both_orders_of_a_table_with_districts() -> None:
    table = random_table(5)
    names = insiders.each(table, leaves_of(table))
    for order in (sorted(names), sorted(names, reverse=True)):
        proven(table, {f"{n:02}": names[name] for n, name in enumerate(order)}, 5)


def leaves_of(table: Linked) -> Tree:
    """The municipalities of a random table."""
    return Tree({"": tuple(sorted({cell[0] for cell in table.cells if cell[0].startswith("m")}))})


def test_the_same_table_gives_the_same_answer() -> None:
    table = halves()
    owned = insiders.each(table, DISTRICT)
    first = insiders.protect(table, owned, 5, secret=7)
    turned = insiders.protect(table, dict(reversed(owned.items())), 5, secret=7)
    assert (first.withheld, first.inside) == (turned.withheld, turned.inside)


YEARS = tuple(str(year) for year in range(2018, 2022))
FIRST, SECOND = YEARS[:3], YEARS[1:]
PLACES = Tree({"kredsen": ("a", "b", "c", "d")})


def years(small: tuple[int, int]) -> Linked:
    """Four municipalities by four years (invented); one has a small first and last year."""
    leaves = {(place, year): 20 + n for n, place in enumerate("abcd") for year in YEARS}
    return linked(leaves | {("a", "2018"): small[0], ("a", "2021"): small[1]}, PLACES, Tree({"alle": YEARS}))


def test_rolling_sums_are_facts_of_years_that_are_never_shown() -> None:
    table = years((2, 2))
    sums = insiders.rolling(table, YEARS)
    assert len(sums) == 10
    assert sums[0].cells == (("kredsen", "2018"), ("kredsen", "2019"), ("kredsen", "2020"))
    owned = insiders.each(table, PLACES)
    found = insiders.protect(table, owned, 5, earlier=sums, unseen=table.cells)
    assert found.holds
    assert narrowed(table, found, owned, tuple(sums)) == []


def test_one_rolling_sum_less_another_gives_a_year_away() -> None:
    table = years((2, 3))
    sums = insiders.rolling(table, YEARS)
    with pytest.raises(Exposed, match="givet til kende") as refused:
        insiders.protect(table, {}, 5, earlier=sums, unseen=table.cells)
    assert refused.value.cell == ("a", "2021"), "it is one more than 2018, so it is not 0"


def test_it_withholds_the_rolling_sum_that_would_give_a_year_away() -> None:
    table = years((2, 3))
    told = [fact for fact in insiders.rolling(table, YEARS) if fact.cells[0][1] == "2018"]
    new = {(place, "2019-2021"): [(place, year) for year in SECOND] for place in PLACES.nodes}
    wider = with_sums(table, new)
    owned = {place: [*cells, (place, "2019-2021")] for place, cells in insiders.each(table, PLACES).items()}
    found = insiders.protect(wider, owned, 5, earlier=told, unseen=table.cells)
    assert found.holds
    assert found.shown(("a", "2019-2021")) is None
    assert narrowed(wider, found, owned, tuple(told)) == []
    shown = [cell for cell in new if found.shown(cell) is not None]
    assert shown, "the others can be told"
    with pytest.raises(BadRequest, match="allerede i tabellen"):
        with_sums(wider, new)


def test_an_insider_reads_an_earlier_sum_that_an_outsider_cannot() -> None:
    table = typed()
    told = [Known((("Læsø",), ("Rebild",)), 13.0)]
    assert disclosure.protect(table, 5, earlier=told).broken == ()
    with pytest.raises(Exposed, match="af Rebild, som kender sine egne felter") as refused:
        insiders.protect(table, insiders.each(table, FOUR), 5, earlier=told)
    assert refused.value.insider == "Rebild"
    assert refused.value.cell == ("Læsø",)


def test_what_was_shown_stays_shown() -> None:
    table = halves()
    owned = insiders.each(table, DISTRICT)
    cell = ("Rebild", "1. halvår")
    found = insiders.protect(table, owned, 5, shown={cell: 7})
    assert found.holds
    assert found.shown(cell) == 7


def test_it_refuses_a_cell_that_was_shown_and_is_small_now() -> None:
    table = halves(NINE | {"Rebild": (3, 8)})
    cell = ("Rebild", "1. halvår")
    with pytest.raises(
        Exposed, match=r"Cellen Rebild 1. halvår er vist før som 6 og er nu 3, under grænsen 5"
    ) as no:
        insiders.protect(table, insiders.each(table, DISTRICT), 5, shown={cell: 6})
    assert no.value.cell == no.value.shown == cell
    with pytest.raises(BadRequest, match="aldrig vises"):
        insiders.protect(halves(), {}, 5, shown={cell: 7}, unseen=[cell])


def test_it_refuses_a_cell_that_was_shown_and_would_give_another_away() -> None:
    table = linked({("a",): 2, ("b",): 40, ("c",): 50}, Tree({"alle": ("a", "b", "c")}))
    shown = {("b",): 40.0, ("c",): 50.0, ("alle",): 92.0}
    with pytest.raises(Exposed, match=r"Cellen a er lille og kan regnes ud, for alle er vist før") as refused:
        insiders.protect(table, {}, 5, shown=shown)
    assert refused.value.shown == ("alle",)


@pytest.mark.parametrize("counts", list(product((1, 3, 7), (2, 4, 9), (0, 6), (5, 8)))[::3])
def test_counting_all_possible_tables_finds_none_that_tells(counts: tuple[int, ...]) -> None:
    names, threshold = ("a", "b", "c", "d"), 5
    places = Tree({"sum": names})
    table = linked({(name,): count for name, count in zip(names, counts, strict=True)}, places)
    found = insiders.protect(table, insiders.each(table, places), threshold)
    known = {cell[0]: found.shown(cell) for cell in table.cells}
    for insider in names:
        free = [[int(known[name])] if known[name] is not None else range(14) for name in names]
        free[names.index(insider)] = [counts[names.index(insider)]]
        seen: dict[str, set[int]] = {name: set() for name in names}
        for guess in product(*free):
            if known["sum"] in (None, sum(guess)):
                for name, value in zip(names, guess, strict=True):
                    seen[name].add(value)
        for name, count in zip(names, counts, strict=True):
            if name != insider and 1 <= count < threshold:
                assert seen[name] >= set(range(threshold + 1)), (insider, name)
