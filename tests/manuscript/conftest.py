"""The reader's own rule in tests: no socket at all."""

import socket
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in manuscript opens a connection."""

    def refuse(self: socket.socket, address: Any) -> None:
        raise RuntimeError(f"manuscript ville ud på nettet: {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
