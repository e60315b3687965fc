"""The analysis package's own rules in tests: no socket, but for a test that asks for the loopback server."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidens.counts import Counts
from evidens.sources import read
from tests.evidens.bank import Server

SHARED = Path(os.environ.get("SAMRAAD_SHARED_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))


@pytest.fixture(autouse=True)
def _no_socket(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in evidens opens a connection, unless the test has a server on loopback."""
    if "statbank_server" in request.fixturenames:
        return
    connect, at_home = socket.socket.connect, "loopback" in request.fixturenames

    def refuse(self: socket.socket, address: Any) -> None:
        if at_home and address[0] == "127.0.0.1":
            connect(self, address)
            return
        raise RuntimeError(f"evidens ville ud på nettet: {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def loopback() -> None:
    """The test may talk to the machine itself: Spark's own processes do."""


@pytest.fixture
def statbank_server() -> Iterator[Server]:
    """A little StatBank on loopback."""
    server = Server()
    yield server
    server.http.shutdown()
    server.http.server_close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real figures and known answers; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} findes ikke: de rigtige tal er ikke en del af projektet")
    return SHARED


@pytest.fixture(scope="session")
def straf11(shared: Path) -> Counts:
    """Every known figure of STRAF11, 2007-2021."""
    return read(shared / "straf11" / "straf11_2007K1_2021K4.csv.gz")
