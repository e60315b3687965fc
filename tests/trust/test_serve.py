"""What `./run serve` and `./run manage demo` refuse (trust.md S11, S13)."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as given
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError

from samraad.accounts.models import User

pytestmark = pytest.mark.any_database

GOOD = "vT4-9wQz_Lr7KcX2mN8sYpB5hJ3dFgA6uE1iOoWnRkVtZyCxS0-qPl"
WRONG: list[tuple[str, Any, str]] = [
    ("SECRET_KEY", given.DEMO_KEY, "demoens nøgle"),
    ("SECRET_KEY", "hemmelig-noegle-" * 5, "let at gætte"),
    ("SECRET_KEY", "0123456789" * 6, "let at gætte"),
    ("ALLOWED_HOSTS", ["*"], "SAMRAAD_HOSTS er"),
    ("ALLOWED_HOSTS", ["samraad.example", "*.example"], "SAMRAAD_HOSTS er"),
    ("DEBUG", True, "SAMRAAD_DEBUG er sat"),
    ("SAMRAAD_DEMO", True, "SAMRAAD_DEMO er sat"),
]


@pytest.fixture
def fit(settings: Any) -> Any:
    """Settings that others may be served with."""
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = GOOD, ["samraad.example"]
    settings.DEBUG = settings.SAMRAAD_DEMO = False
    return settings


def check() -> None:
    """What `./run serve` asks before it starts."""
    call_command("check", deploy=True, fail_level="ERROR", tags=["security"])


def test_s13_it_starts_with_settings_that_are_fit(fit: Any) -> None:
    check()


@pytest.mark.parametrize(("name", "value", "said"), WRONG)
def test_s13_it_refuses_and_says_what_would_be_right(fit: Any, name: str, value: Any, said: str) -> None:
    setattr(fit, name, value)
    with pytest.raises(SystemCheckError, match=said) as refused:
        check()
    assert "HINT" in str(refused.value)


def test_s13_the_demos_persons_come_into_no_other_database(db: None, settings: Any) -> None:
    settings.SAMRAAD_DEMO = False
    with pytest.raises(CommandError, match=r"\./run demo"):
        call_command("demo")
    assert not User.objects.exists()


PROVIDER = {"SAMRAAD_OIDC_ISSUER": "https://login.example/sti", "SAMRAAD_OIDC_CLIENT": "samraad"}


def started(tmp_path: Path, **more: str) -> str:
    """What settings of a server say about the content policy, or why they do not start."""
    own = {"SAMRAAD_SECRET_KEY": GOOD, "SAMRAAD_HOSTS": "samraad.example", "SAMRAAD_DATA": str(tmp_path)}
    asked = "from samraad import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SAMRAAD_")}
    path = {"PYTHONPATH": str(given.ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", asked],
        env=kept | path | own | more,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_s11_forms_go_to_the_login_provider_and_nowhere_else(tmp_path: Path) -> None:
    secret = tmp_path / "hemmelighed"
    secret.write_text("hemmelig\n")
    assert started(tmp_path).strip() == """["'self'"]"""
    given_all = started(tmp_path, **PROVIDER, SAMRAAD_OIDC_SECRET_FILE=str(secret))
    assert given_all.strip() == """["'self'", 'https://login.example']"""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "SAMRAAD_OIDC_SECRET_FILE også være det"),
        ({"SAMRAAD_OIDC_SECRET_FILE": "/findes/ikke"}, "nævner /findes/ikke, som ikke kan læses"),
        ({"SAMRAAD_OIDC_SECRET_FILE": __file__, "SAMRAAD_OIDC_CLIENT": ""}, "SAMRAAD_OIDC_CLIENT og"),
        (
            {"SAMRAAD_OIDC_SECRET_FILE": __file__, "SAMRAAD_OIDC_ISSUER": "http://login.example"},
            "skal begynde med https://",
        ),
    ],
)
def test_s11_it_does_not_start_with_half_a_login_provider(
    tmp_path: Path, more: dict[str, str], said: str
) -> None:
    assert said in started(tmp_path, **PROVIDER | more)
