"""A municipality lets its people sign in with its own login, from the rule to the first yes (S11)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from samraad import environment
from samraad import settings as house
from samraad.demo.cast import Entered, email_of
from tests.stories.conftest import Visitor
from tests.trust.provider import HJOERRING, Provider, name, needs_provider, started

Visit = Callable[..., Visitor]
pytestmark = [needs_provider, pytest.mark.story]


@pytest.fixture
def provider(live_server: Any, settings: Any) -> Iterator[Provider]:
    """A provider that sends back to the live site, which the browser may be sent to."""
    for running in started(live_server.url):
        policy = house.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        allowed = [*policy["form-action"], *environment.origin(running.issuer)]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, "form-action": allowed}}
        yield name(running, settings, live_server.url)


def test_somebody_new_comes_with_her_own_login(cast: Entered, provider: Provider, visit: Visit) -> None:
    boss = visit("else").open("/personer/hjoerring/").click("Login udefra")
    boss.sees("Ingen regler endnu").check().click("Ny regel").check()
    boss.fill(conditions="cvr 29189382").press("Gem reglen").sees("Linje 1 er ikke navn = værdi").check()
    boss.fill(conditions="cvr = 29189382").choose("medarbejder").press("Gem reglen")
    boss.sees("Reglen er gemt", "cvr = 29189382", "Else").check()

    provider.signs_in("nina", **HJOERRING)
    nina = visit().open("/mine-mails/").sees("Log ind").check()
    nina.press("Log ind med kommunens login").sees("Hvilke mails vil du have?")
    nina.open("/mit-bord/").sees("Svar, om du hører til Hjørring Kommune").click("Svar")
    nina.choose("Ja").press("Svar").sees("Dit svar er gemt")
    nina.open("/min-profil/").sees("Du logger ind med kommunens login").check()


def test_it_needs_no_javascript(cast: Entered, provider: Provider, visit: Visit) -> None:
    provider.signs_in("maja", email=email_of("maja"))
    maja = visit("maja", javascript=False).open("/min-profil/").press("Forbind").sees("Du er forbundet")
    maja.quiet()
    again = visit(javascript=False).open("/mit-bord/").press("Log ind med kommunens login")
    again.sees("Mit bord").quiet()
