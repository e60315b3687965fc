"""A run of linkage: read, put together, learn, judge, one to one, rate."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidens.errors import BadRequest
from evidens.linkage import best, needed
from evidens.linkage.drawers import RULE
from evidens.linkage.engines import OnDuck, OnSpark
from evidens.linkage.linked import DUPLICATES, HELD, NO_PLACE, NOT_RATED, Linked
from evidens.linkage.rates import Rates, against_truth
from evidens.linkage.registers import SIDES, Register, ask, connect, load
from evidens.reservations import Reservation

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

ENGINES: dict[str, type[OnDuck] | type[OnSpark]] = {"duckdb": OnDuck, "spark": OnSpark}
THRESHOLD, SURE, DOUBT = 0.5, 0.8, 0.05
FEWEST = 20  # rows without a place, or pairs that share a drawer: with fewer nothing can be learned


@dataclass(frozen=True)
class _Run:
    """What a run holds while it works: the database, the registers and the truth's column."""

    connection: "duckdb.DuckDBPyConnection"
    registers: tuple[Register, Register]
    truth: str | None
    engine: OnDuck | OnSpark


def link(
    left: Path,
    right: Path,
    truth: str | None = None,
    duplicate_free: Sequence[str] = SIDES,
    engine: str = "duckdb",
) -> Linked:
    """Link two registers.

    Files are CSV or Parquet with unique_id, fornavn, efternavn, fodt, dato, koen, art, x, y (EPSG:25832) and,
    where there is one, cpr (keyed hashes: equal is the same person, different is not). `truth` is a column
    that both have, equal for the same person: it is never looked at before the end. `duplicate_free` are the
    sides ("A", "B") that hold a person once only, `engine` is "duckdb" or "spark". Raises BadFile and
    BadRequest.
    """
    if engine not in ENGINES:
        raise BadRequest(f"Maskinen {engine} kendes ikke. Vælg {' eller '.join(ENGINES)}.")
    needed.analysis()
    if engine == "spark":
        needed.spark()
    if truth is not None and not truth.isidentifier():
        raise BadRequest(f"“{truth}” er ikke navnet på en kolonne.")
    if set(duplicate_free) - set(SIDES):
        raise BadRequest("Siderne hedder A (den første fil) og B (den anden).")
    begun = time.perf_counter()
    connection = connect()
    registers = load(connection, left, "A", truth), load(connection, right, "B", truth)
    run = _Run(connection, registers, truth, ENGINES[engine](connection))
    try:
        learned = _judged(run)
    finally:
        run.engine.close()
    _all_pairs(run)
    ranked = best.ranked("over", "A" in duplicate_free, "B" in duplicate_free)
    connection.execute(
        f"create or replace temp table over as select * from alle where sandsynlighed >= {DOUBT}"
    )
    connection.execute("alter table over rename column sandsynlighed to match_probability")
    connection.execute(f"create or replace temp table svar as {ranked}")
    return _told(run, learned, duplicate_free, time.perf_counter() - begun)


def _judged(run: _Run) -> list[tuple[str, float, bool]]:
    """Each kind of candidates with its prior and whether u was held; their pairs lie in one table."""
    from evidens.linkage.model import judge, learn

    right = ""
    if run.truth is not None:
        right = "rigtig boolean, "
    run.connection.execute(
        "create or replace temp table par (unique_id_l varchar, unique_id_r varchar, "
        "match_probability double, "
        f"{right}grund varchar)"
    )
    found = []
    for kind in _kinds(run):
        tables = run.engine.tables(run.registers)
        learned = learn(tables, kind, run.truth, run.engine.dialect)
        pairs = judge(tables, learned)
        keep = "true"
        if kind == "who":
            keep = "not (har_sted_l and har_sted_r)"
        run.connection.execute(
            f"insert into par select unique_id_l, unique_id_r, "
            f"match_probability{_truth_columns(run)}, '{kind}' "
            f"from {run.engine.source(pairs)} where {keep}"
        )
        found.append((kind, learned.prior, learned.held))
    if not found and not _have_cpr(run):
        raise BadRequest("Der er for få par, der kunne være samme uheld, til at lære noget.")
    return found


def _kinds(run: _Run) -> list[str]:
    """Which candidates there are enough of: near where both have places, by person where one has none."""
    kinds = []
    if all(register.placed for register in run.registers):
        kinds.append("near")
    if max(register.rows - register.placed for register in run.registers) >= FEWEST or not kinds:
        kinds.append("who")
    return [kind for kind in kinds if _together(run, RULE[kind]) >= FEWEST]


def _together(run: _Run, key: str) -> int:
    """How many pairs share a drawer."""
    one, other = (register.table for register in run.registers)
    [(number,)] = ask(run.connection, f"select count(*) from {one} a join {other} b on a.{key} = b.{key}")
    return int(str(number))


def _truth_columns(run: _Run) -> str:
    if run.truth is None:
        return ""
    return f", ({run.truth}_l = {run.truth}_r)"


def _all_pairs(run: _Run) -> None:
    """Every candidate once: by CPR where both have one, else by the model; different CPRs are never one."""
    known = "a.cpr is not null and b.cpr is not null"
    if not _have_cpr(run):
        run.connection.execute(
            "create or replace temp table alle as select * exclude (match_probability), "
            "match_probability as sandsynlighed from par"
        )
        return
    right = ""
    if run.truth is not None:
        right = f", (a.{run.truth} = b.{run.truth}) as rigtig"
    same = (
        f"select a.unique_id as unique_id_l, b.unique_id as unique_id_r, 1.0 as match_probability{right}, "
        "'cpr' as grund from A_rows a join B_rows b on a.cpr = b.cpr and abs(datediff('day', "
        "a.dato, b.dato)) <= 2"
    )
    rest = (
        "select par.* from par join A_rows a on a.unique_id = unique_id_l join B_rows b on "
        "b.unique_id = unique_id_r "
        f"where not ({known})"
    )
    run.connection.execute(
        "create or replace temp table alle as select * exclude (match_probability), "
        f"match_probability as sandsynlighed from ({same} union all {rest})"
    )


def _have_cpr(run: _Run) -> bool:
    for register in run.registers:
        columns = [str(row[0]) for row in ask(run.connection, f"describe {register.table}")]
        if "cpr" not in columns:
            return False
    return True


def _told(
    run: _Run, learned: list[tuple[str, float, bool]], duplicate_free: Sequence[str], seconds: float
) -> Linked:
    numbers = _counted(run)
    told = _needed(run, learned, duplicate_free)
    settings: dict[str, object] = {
        "engine": run.engine.dialect,
        "threshold": THRESHOLD,
        "duplicate_free": list(duplicate_free),
        "versions": _versions(),
    }
    for kind, prior, held in learned:
        settings[kind] = {"prior": round(prior, 4), "u_held": held}
    return Linked(
        pairs=_table(run),
        candidates=numbers["candidates"],
        linked_before=numbers["before"],
        linked=numbers["linked"],
        ties=numbers["ties"],
        waiting=numbers["waiting"],
        seconds=seconds,
        settings=settings,
        reservations=tuple(told),
        rates=_rated(run),
    )


def _counted(run: _Run) -> dict[str, int]:
    over = f"match_probability >= {THRESHOLD}"
    band = f"not slaaet and (uafgjort or match_probability < {SURE})"
    sql = (
        f"select (select count(*) from alle), count(*) filter ({over}), count(*) filter ({over} "
        "and not slaaet), "
        f"count(*) filter (uafgjort and not slaaet), count(*) filter ({band}) from svar"
    )
    [row] = ask(run.connection, sql)
    return dict(
        zip(("candidates", "before", "linked", "ties", "waiting"), map(int, map(str, row)), strict=True)
    )


def _table(run: _Run) -> "pa.Table":
    """The pairs worth keeping, in a fixed order."""
    return run.connection.sql(
        "select unique_id_l, unique_id_r, match_probability as probability, grund as basis, "
        "slaaet as beaten, "
        f"uafgjort as tied, (match_probability >= {THRESHOLD} and not slaaet) as linked, case when "
        "slaaet then "
        f"'out' when uafgjort or match_probability < {SURE} then 'band' else 'sure' end as zone from svar "
        "order by unique_id_l, unique_id_r"
    ).to_arrow_table()


def _rated(run: _Run) -> Rates | None:
    if run.truth is None:
        return None
    over = f"match_probability >= {THRESHOLD}"
    [row] = ask(
        run.connection,
        f"select count(*) filter ({over} and rigtig), count(*) filter ({over}), "
        f"count(*) filter ({over} and rigtig and not slaaet), count(*) filter ({over} and not slaaet), "
        f"(select count(*) from A_rows a join B_rows b on a.{run.truth} = b.{run.truth}) from svar",
    )
    right, all_, right_after, all_after, true = map(int, map(str, row))
    return against_truth((right, all_), (right_after, all_after), true)


def _needed(
    run: _Run, learned: list[tuple[str, float, bool]], duplicate_free: Sequence[str]
) -> list[Reservation]:
    told = []
    if run.truth is None:
        told.append(NOT_RATED)
    if any(held for _, _, held in learned):
        told.append(HELD)
    if any(register.rows > register.placed for register in run.registers):
        told.append(NO_PLACE)
    if len(duplicate_free) < len(SIDES):
        told.append(DUPLICATES)
    return told


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in ("splink", "duckdb")}
