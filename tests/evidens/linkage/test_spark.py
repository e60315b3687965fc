"""The same job on Spark: equal links, or a sentence about what is missing."""

from pathlib import Path
from shutil import which

import pytest

from evidens.errors import BadRequest
from evidens.linkage import needed
from evidens.linkage.linking import link
from tests.evidens.linkage.worlds import Shape, write


def test_it_says_what_spark_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("splink", reason="tilvalget analysis er ikke installeret")
    monkeypatch.setattr(needed, "which", lambda name: None)
    with pytest.raises(BadRequest, match="Java"):
        link(Path("a.csv"), Path("b.csv"), engine="spark")
    with pytest.raises(BadRequest, match="kendes ikke"):
        link(Path("a.csv"), Path("b.csv"), engine="hadoop")


@pytest.mark.usefixtures("loopback")
def test_spark_gives_the_links_that_duckdb_gives(tmp_path: Path) -> None:
    """The same keys, model and one to one on another engine: every link equal. Some minutes."""
    pytest.importorskip("splink", reason="tilvalget analysis er ikke installeret")
    pytest.importorskip("pyspark", reason="tilvalget spark er ikke installeret")
    if which("java") is None:
        pytest.skip("Java 17 er ikke installeret")
    files = write(tmp_path, Shape(persons=3_000))
    linked = []
    for engine in ("duckdb", "spark"):
        found = link(*files, truth="cluster", engine=engine)
        pairs = found.pairs.filter(found.pairs["linked"])
        linked.append(
            set(zip(pairs["unique_id_l"].to_pylist(), pairs["unique_id_r"].to_pylist(), strict=True))
        )
    assert len(linked[0]) > 1_000
    assert linked[0] == linked[1]
