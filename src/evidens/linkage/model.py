"""What agreement is worth: comparisons of name, birth date, sex, road user and nearness, learned with EM.

m and u are learned among pairs that could be one accident, on all rows and never by random sampling: two rows
drawn at random know nothing of relatives in one car. The prior is the share of true pairs among those.
"""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidens.errors import BadRequest
from evidens.linkage.drawers import NEAR, RULE, WHO

if TYPE_CHECKING:
    from splink import SettingsCreator
    from splink.internals.comparison_creator import ComparisonCreator
    from splink.internals.comparison_level_creator import ComparisonLevelCreator
    from splink.internals.splink_dataframe import SplinkDataFrame

    Comparisons = list["ComparisonCreator | dict[str, object]"]

DAYS = "abs(dag_l - dag_r)"
KM = "sqrt((x_l - x_r) * (x_l - x_r) + (y_l - y_r) * (y_l - y_r)) / 1000.0"
LIKE = "{function}({name}_l, {name}_r) >= .85"
FUNCTION = {"duckdb": "jaro_winkler_similarity", "spark": "jaro_winkler"}
# What was learned on the hard invented set of 100,000 rows: held where a run is too small to learn it.
HELD = {
    "navn": [0.0023, 0.0010, 0.0456, 0.4506, 0.5006],
    "fodt": [0.0001, 0.0012, 0.0115, 0.9872],
    "koen": [0.5, 0.5],
    "art": [0.3, 0.7],
}
START = {"near": 0.5, "who": 0.3}
logging.getLogger("splink").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Learned:
    """A model ready to judge pairs: its settings as Splink keeps them, the prior, and whether u was held."""

    settings: dict[str, object]
    prior: float
    held: bool


def learn(tables: "list[SplinkDataFrame]", kind: str, truth: str | None, dialect: str = "duckdb") -> Learned:
    """Learn among the candidates of a kind: "near" (both have a place) or "who" (one has none).

    Trap: with free u a level that no pair reaches runs to 0 and Splink raises. Such a run is too small to
    learn what almost never happens by chance; u is then held at an earlier run's values, and the run says so.
    Trap: columns of the EM blocking rule are not trained; the keys are columns of their own. Raises
    BadRequest where there are no candidates.
    """
    from splink import Linker, block_on

    for held in (False, True):
        linker = Linker(tables, _settings(kind, held, truth, dialect), log_level=None)
        try:
            session = linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(RULE[kind]), fix_u_probabilities=False, record_sample_proportion=1.0
            )
        except ValueError:
            continue
        model = linker.misc.save_model_to_json()
        prior = float(session.core_model_settings.probability_two_random_records_match)
        if not 0 < prior < 1:
            continue
        model["probability_two_random_records_match"] = prior
        return Learned(model, prior, held)
    raise BadRequest("Der er for få par, der kunne være samme uheld, til at lære noget.")


def judge(tables: "list[SplinkDataFrame]", learned: Learned) -> "SplinkDataFrame":
    """Every candidate with its probability, as a table of Splink's own."""
    from splink import Linker

    linker = Linker(tables, learned.settings, log_level=None)
    return linker.inference.predict()


def _settings(kind: str, held: bool, truth: str | None, dialect: str) -> "SettingsCreator":
    from splink import SettingsCreator, block_on

    kept = ["har_sted"]
    if truth is not None:
        kept.append(truth)
    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="unique_id",
        comparisons=_comparisons(kind, held, dialect),
        blocking_rules_to_generate_predictions=list(map(block_on, _drawers(kind, held))),
        probability_two_random_records_match=START[kind],
        additional_columns_to_retain=kept,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
        em_convergence=1e-4,
        max_iterations=25,
    )


def _drawers(kind: str, held: bool) -> list[str]:
    """The keys that put candidates together.

    A small run without places takes those of the birth date alone: what another birth date is worth cannot be
    learned where all agree, nor held, since the prior is learned there too.
    """
    if kind == "near":
        return NEAR
    if held:
        return WHO[:2]
    return WHO


def _comparisons(kind: str, held: bool, dialect: str) -> "Comparisons":
    import splink.comparison_library as compare

    who: dict[str, ComparisonCreator] = {
        "navn": _name(FUNCTION[dialect]),
        "fodt": compare.LevenshteinAtThresholds("fodt", [1, 2]),
        "koen": compare.ExactMatch("koen"),
        "art": compare.ExactMatch("art"),
    }
    if kind == "who" and held:
        del who["fodt"]
    found: Comparisons = []
    for name, comparison in who.items():
        if held:
            found.append(_held(comparison, HELD[name], dialect))
        else:
            found.append(comparison)
    if kind == "who":
        return [*found, _day()]
    return [*found, _near()]


def _name(function: str) -> "ComparisonCreator":
    """One comparison for the whole name: given name and surname of a family are not independent."""
    import splink.comparison_level_library as level
    import splink.comparison_library as compare

    nobody = "(fornavn_l is null or fornavn_r is null) and (efternavn_l is null or efternavn_r is null)"
    first, last = (LIKE.format(function=function, name=name) for name in ("fornavn", "efternavn"))
    either = f"(efternavn_l is null or efternavn_r is null or {last})"
    rows = [
        "fornavn_l = fornavn_r and efternavn_l = efternavn_r",
        f"{first} and {either}",
        f"(fornavn_l is null or fornavn_r is null) and {last}",
        last,  # a relative in the same car
    ]
    levels: list[ComparisonLevelCreator] = [level.CustomLevel(nobody).configure(is_null_level=True)]
    levels += map(level.CustomLevel, rows)
    return compare.CustomComparison(output_column_name="navn", comparison_levels=[*levels, level.ElseLevel()])


def _near() -> "ComparisonCreator":
    """One comparison for nearness in time and place, which are one fact; start values are needed."""
    rows = [
        (f"{DAYS} = 0 and {KM} < .4", 0.70, 0.30),
        (f"{DAYS} = 0 and {KM} < .8", 0.06, 0.10),
        (f"{DAYS} <= 2 and {KM} < .4", 0.20, 0.20),
        (f"{DAYS} <= 2 and {KM} < .8", 0.03, 0.10),
    ]
    return _levels("naer", rows, (0.01, 0.30))


def _day() -> "ComparisonCreator":
    """How many days lie between."""
    return _levels("dage", [(f"{DAYS} = 0", 0.80, 0.25), (f"{DAYS} <= 2", 0.19, 0.45)], (0.01, 0.30))


def _levels(
    name: str, rows: list[tuple[str, float, float]], rest: tuple[float, float]
) -> "ComparisonCreator":
    import splink.comparison_level_library as level
    import splink.comparison_library as compare

    levels: list[ComparisonLevelCreator] = []
    for sql, m, u in rows:
        levels.append(level.CustomLevel(sql).configure(m_probability=m, u_probability=u))
    last = level.ElseLevel().configure(m_probability=rest[0], u_probability=rest[1])
    return compare.CustomComparison(output_column_name=name, comparison_levels=[*levels, last])


def _held(comparison: "ComparisonCreator", rates: list[float], dialect: str) -> dict[str, object]:
    """The same comparison with u held."""
    made = comparison.create_comparison_dict(dialect)
    rows = [row for row in made["comparison_levels"] if not row.get("is_null_level")]
    for row, rate in zip(rows, rates, strict=True):
        row.update(u_probability=rate, fix_u_probability=True)
    return made
