"""Where candidates are put together and judged: DuckDB, or Spark for lists beyond one machine.

Reading, keys, one to one and rates are DuckDB's either way; the model, and so the links, are the same. Spark
was proven for equal links, and is many times slower where both can: never by default. It needs the extra
`spark` and Java 17.
"""

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evidens.linkage.registers import SIDES, Register

if TYPE_CHECKING:
    import duckdb
    from pyspark.sql import SparkSession
    from splink.internals.database_api import DatabaseAPI
    from splink.internals.splink_dataframe import SplinkDataFrame

LOCAL = "127.0.0.1"
PARTITIONS = "4"
CORES = "local[2]"


class OnDuck:
    """One machine: the database that holds the registers judges them too."""

    dialect = "duckdb"

    def __init__(self, connection: "duckdb.DuckDBPyConnection") -> None:
        self.connection = connection

    def tables(self, registers: Sequence[Register]) -> "list[SplinkDataFrame]":
        """The registers made known to Splink: always before a linker is made."""
        from splink import DuckDBAPI

        api = DuckDBAPI(connection=self.connection)
        return [
            api.register(register.table, dataset_display_name=side)
            for register, side in zip(registers, SIDES, strict=True)
        ]

    def source(self, pairs: "SplinkDataFrame") -> str:
        """How the database reads the pairs."""
        return str(pairs.physical_name)

    def close(self) -> None:
        """Nothing to close."""


class OnSpark:
    """The same on Spark; the registers go there, and the pairs come back, as Parquet files."""

    dialect = "spark"

    def __init__(self, connection: "duckdb.DuckDBPyConnection") -> None:
        self.connection = connection
        self.folder = tempfile.TemporaryDirectory()
        self.written = 0
        self.session = _session(Path(self.folder.name))

    def tables(self, registers: Sequence[Register]) -> "list[SplinkDataFrame]":
        """The registers made known to Splink's Spark backend."""
        from splink.backends.spark import SparkAPI

        make: Callable[..., DatabaseAPI] = SparkAPI  # the class has no types
        api = make(spark_session=self.session, break_lineage_method="parquet")
        found = []
        for register, side in zip(registers, SIDES, strict=True):
            file = Path(self.folder.name, f"{register.table}.parquet")
            if not file.exists():
                self.connection.execute(f"copy {register.table} to '{file}' (format parquet)")
            found.append(api.register(self.session.read.parquet(str(file)), dataset_display_name=side))
        return found

    def source(self, pairs: "SplinkDataFrame") -> str:
        """How the database reads the pairs: from files that Spark wrote."""
        self.written += 1
        folder = Path(self.folder.name, f"par_{self.written}")
        self.session.table(pairs.physical_name).write.parquet(str(folder))
        return f"read_parquet('{folder}/*.parquet')"

    def close(self) -> None:
        """End Spark and throw its files away."""
        self.session.stop()
        self.folder.cleanup()


def _session(folder: Path) -> "SparkSession":
    """A local session that listens to this machine alone; on a cluster the master comes from spark-submit."""
    from pyspark.sql import SparkSession
    from splink.internals.spark.jar_location import similarity_jar_location

    os.environ.setdefault("SPARK_LOCAL_IP", LOCAL)
    builder = SparkSession.builder.appName("evidens")
    settings = {
        "spark.driver.host": LOCAL,
        "spark.driver.bindAddress": LOCAL,
        "spark.sql.shuffle.partitions": PARTITIONS,
        "spark.default.parallelism": PARTITIONS,
        "spark.jars": similarity_jar_location(),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.master(os.environ.get("EVIDENS_SPARK_MASTER", CORES)).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    session.sparkContext.setCheckpointDir(str(folder / "checkpoint"))
    return session
