"""What `./run serve` and `./run manage demo` refuse (trust.md S13)."""

from typing import Any

import pytest
from django.conf import settings as given
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError

from samraad.accounts.models import User

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
