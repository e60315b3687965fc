"""A real login provider on loopback: the certified npm package oidc-provider, started from tests/provider."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from django.test import Client

FOLDER = Path(__file__).resolve().parents[1] / "provider"
SITE = "http://testserver"
BACK = "/login-udefra/svar/"
GO = "/login-udefra/"
HJOERRING = {"cvr": "29189382"}
needs_provider = pytest.mark.skipif(
    not shutil.which("node") or not (FOLDER / "node_modules").is_dir(),
    reason="Der er ingen loginudbyder. Skriv: ./run test tests/trust/test_elsewhere.py",
)


@dataclass
class Provider:
    """The provider: whom it signs in next, and how it is false or broken."""

    port: int
    asked: list[str] = field(default_factory=list)

    @property
    def issuer(self) -> str:
        """Its name for itself."""
        return f"http://127.0.0.1:{self.port}"

    def signs_in(self, subject: str, *, twist: str = "", ahead: int = 0, **claims: Any) -> None:
        """Whoever comes next is this person, and the provider says this of her."""
        mail = {"email": f"{subject}@hjoerring.example", "email_verified": True, "name": subject.title()}
        told = {"subject": subject, "claims": mail | claims, "twist": twist, "ahead": ahead}
        requests.post(f"{self.issuer}/test", json=told, timeout=5).raise_for_status()

    def answer(self, address: str) -> str:
        """Go where the site sends one, as a browser does; the address that the provider sends back to."""
        browser = requests.Session()
        while not address.startswith(SITE):
            self.asked.append(address)
            response = browser.get(address, allow_redirects=False, timeout=5)
            assert response.status_code in (302, 303), response.text
            address = requests.compat.urljoin(address, response.headers["Location"])
        return address.removeprefix(SITE)

    def through(self, client: Client, **form: str) -> Any:
        """Press the button, go to the provider and come back; the site's answer."""
        return client.get(self.answer(client.post(GO, form)["Location"]))


def name(provider: Provider, settings: Any, site: str = SITE) -> Provider:
    """Let the operator name the provider."""
    settings.SAMRAAD_ADDRESS = site
    settings.SAMRAAD_OIDC_ISSUER = provider.issuer
    settings.SAMRAAD_OIDC_CLIENT, settings.SAMRAAD_OIDC_SECRET = "samraad", "hemmelig"
    settings.SAMRAAD_OIDC_NAME = "kommunens login"
    settings.SAMRAAD_OIDC_LEVEL_CLAIM = "loa"
    return provider


def started(site: str = SITE) -> Iterator[Provider]:
    """The provider while it runs, which sends back to the site."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["node", str(FOLDER / "provider.js"), str(port), site + BACK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        try:
            assert running.stdout is not None
            assert any("ready" in line for line in running.stdout)  # it may say something else first
            yield Provider(port)
        finally:
            running.kill()  # else leaving here would wait for it for ever
