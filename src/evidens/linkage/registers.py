"""The two registers as tables in DuckDB: columns, types and keys; nothing is fetched from anywhere."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evidens.errors import BadFile, BadRequest, Problem
from evidens.linkage.drawers import KEYS, keys

if TYPE_CHECKING:
    import duckdb

NEEDED = ("unique_id", "fornavn", "efternavn", "fodt", "dato", "koen", "art", "x", "y")
OPTIONAL = ("cpr",)
SETTINGS = (
    "autoinstall_known_extensions=false",
    "autoload_known_extensions=false",
    "preserve_insertion_order=true",
)
DENMARK = (400_000, 900_000, 6_000_000, 6_500_000)  # EPSG:25832, whole metres: least and most x, and y
SIDES = ("A", "B")


@dataclass(frozen=True)
class Register:
    """A register in the database: its file, its table, how many rows it has, and how many with a place."""

    file: Path
    table: str
    rows: int
    placed: int


def connect(threads: int = 2, memory: str = "4GB") -> "duckdb.DuckDBPyConnection":
    """A database in memory that fetches nothing."""
    import duckdb

    connection = duckdb.connect()
    for setting in (*SETTINGS, f"threads={threads}", f"memory_limit='{memory}'"):
        connection.execute(f"SET {setting}")
    return connection


def ask(connection: "duckdb.DuckDBPyConnection", sql: str) -> list[tuple[object, ...]]:
    """All rows of an answer.

    Never `fetchone`: in DuckDB 2.0 it leaves the connection busy, and Splink's next call dies.
    """
    return list(connection.execute(sql).fetchall())


def load(
    connection: "duckdb.DuckDBPyConnection", file: Path, side: str, truth: str | None = None
) -> Register:
    """Read a CSV or Parquet file into the table of a side, with its keys; raises BadFile."""
    source = _source(file)
    try:
        described = ask(connection, f"describe select * from {source}")
    except Exception as error:
        raise BadFile(
            Problem("unreadable", f"{file.name} kan ikke læses ({_first(error)}).", "Gem den igen.")
        ) from None
    columns = {str(row[0]).lower() for row in described}
    wanted = [*NEEDED]
    if truth is not None:
        wanted.append(truth)
    _need(file, columns, wanted)
    for name in OPTIONAL:
        if name in columns:
            wanted.append(name)
    table = f"{side}_rows"
    _typed(connection, source, file, table, wanted)
    [(rows, placed)] = ask(connection, f"select count(*), count(x) from {table}")
    return Register(file, table, int(str(rows)), int(str(placed)))


def _source(file: Path) -> str:
    """A file as SQL reads it; its name comes in as a quoted text."""
    if not file.is_file():
        raise BadRequest(f"{file} findes ikke.")
    name = str(file).replace("'", "''")
    if file.suffix == ".parquet":
        return f"read_parquet('{name}')"
    return f"read_csv('{name}', all_varchar=true, header=true)"


def _first(error: Exception) -> str:
    return str(error).splitlines()[0][:120]


def _need(file: Path, columns: set[str], wanted: list[str]) -> None:
    missing = [name for name in wanted if name not in columns]
    if missing:
        text = (
            f"{file.name}: kolonnen {', '.join(missing)} mangler. Fundne kolonner: "
            f"{', '.join(sorted(columns))}."
        )
        mend = f"En kobling læser {', '.join(NEEDED)}."
        raise BadFile(Problem("missing_column", text, mend, 1, missing[0]))


def _typed(
    connection: "duckdb.DuckDBPyConnection", source: str, file: Path, table: str, wanted: list[str]
) -> None:
    """The table with its types and keys; raises BadFile on a day or place that is none."""
    types = {"dato": "date", "x": "double", "y": "double"}
    parts = []
    for name in wanted:
        kind = types.get(name, "varchar")
        text = f"nullif(trim(cast({name} as varchar)), '')"
        parts.append(f"try_cast({text} as {kind}) as {name}")
    raw = f"(select row_number() over () as linje, * from {source})"
    connection.execute(
        f"create or replace temp table {table}_raw as select linje, {', '.join(parts)} from {raw}"
    )
    _check(connection, source, file, table)
    named = ", ".join(f"{sql} as {key}" for sql, key in zip(keys(), KEYS, strict=True))
    connection.execute(
        f"create or replace table {table} as select * exclude (linje), (x is not null) as har_sted, "
        f"datediff('day', date '2000-01-01', dato) as dag, {named} "
        f"from {table}_raw"
    )


def _check(connection: "duckdb.DuckDBPyConnection", source: str, file: Path, table: str) -> None:
    """What would be wrong unseen: no id, a double one, no day, half a place, degrees for metres."""
    least_x, most_x, least_y, most_y = DENMARK
    faults = {
        "unique_id is null": ("missing_id", "Rækken har intet unique_id.", "Giv hver række sit eget."),
        "dato is null": ("bad_day", "Datoen mangler eller er ikke en dag.", "Skriv fx 2021-09-14."),
        "(x is null) <> (y is null)": ("half_place", "Kun x eller y er der.", "Giv begge eller ingen."),
        "abs(x) <= 180 and abs(y) <= 180": ("degrees", "x og y ligner grader.", "Giv EPSG:25832 i meter."),
        f"x between {least_y} and {most_y} and y between {least_x} and {most_x}": (
            "swapped",
            "x og y er byttet om.",
            "x er østlig, y nordlig.",
        ),
    }
    problems = []
    for where, (code, text, mend) in faults.items():
        rows = ask(connection, f"select linje from {table}_raw where {where} order by linje limit 5")
        for row in rows:
            problems.append(Problem(code, f"{file.name}: {text}", mend, int(str(row[0])) + 1))
    double = f"select min(linje) from {table}_raw group by unique_id having count(*) > 1 order by 1 limit 5"
    for row in ask(connection, double):
        text = f"{file.name}: unique_id står to gange."
        problems.append(Problem("double_id", text, "Giv hver række sit eget.", int(str(row[0])) + 1))
    if problems:
        raise BadFile(*problems)
