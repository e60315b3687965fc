"""The libraries of the extra `analysis`, and a sentence where they are not there."""

from importlib.util import find_spec
from shutil import which

from evidens.errors import BadRequest

ANALYSIS = ("duckdb", "splink", "pandas")
MISSING = (
    'Kobling kræver tilvalget analysis ({gone} mangler). Skriv: pip install "samraad[analysis]", eller brug '
    "./run evidens link, som henter det."
)
NO_SPARK = (
    "Spark kræver tilvalget spark og Java 17 ({gone} mangler). DuckDB er nok til nogle millioner rækker."
)


def analysis() -> None:
    """Raises BadRequest with what to do where a library of the extra is missing."""
    gone = [name for name in ANALYSIS if find_spec(name) is None]
    if gone:
        raise BadRequest(MISSING.format(gone=", ".join(gone)))


def spark() -> None:
    """Raises BadRequest where pyspark or Java is missing."""
    gone = [name for name in ("pyspark",) if find_spec(name) is None]
    if which("java") is None:
        gone.append("Java")
    if gone:
        raise BadRequest(NO_SPARK.format(gone=", ".join(gone)))
