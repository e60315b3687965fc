"""Fora: what they may hold, which sleep, where one is missing, whose rules they follow."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actions import Denied, Refused, frame
from samraad.audit.actor import SYSTEM
from samraad.council.actions import forum as acts
from samraad.council.actions import meeting as meetings
from samraad.council.models import Forum
from samraad.council.queries.forum import coverage, lives
from samraad.demo.cast import Entered, at, org
from tests.databases import DAY

Person = Callable[[str], User]


def test_it_refuses_personal_data_in_a_council(cast: Entered) -> None:
    with (
        pytest.raises(IntegrityError, match="forum_councils_hold_no_personal_data"),
        transaction.atomic(),
        frame(),
    ):
        Forum.objects.filter(pk=cast.kredsraad.pk).update(personal_data_allowed=True)


def test_it_says_which_fora_sleep(cast: Entered) -> None:
    ssp = Forum.objects.get(slug="ssp-broenderslev")
    one = Forum.objects.filter(pk=ssp.pk)
    assert lives(one, date(2022, 1, 28))[0].sleeps
    meetings.plan_meeting(forum=ssp, starts_at=at("2022-02-10"), ends_at=at("2022-02-10", 15), by=SYSTEM)
    assert not lives(one, date(2022, 1, 28))[0].sleeps


def test_it_shows_what_is_missing_where(cast: Entered) -> None:
    alive = lives(Forum.objects.of_district(cast.district), date(2022, 1, 28))
    broenderslev, laesoe = coverage([org("broenderslev"), org("laesoe")], alive)
    assert all(
        len(life.forum.municipalities.all()) == 1 for life in broenderslev.own
    )  # none stands nine times
    assert "SSP" in laesoe.missing
    assert "SSP" not in broenderslev.missing


def test_it_takes_a_forum_of_several_districts(cast: Entered, person: Person) -> None:
    other = org("midt-og-vestjylland")
    house = acts.open_forum(
        district=cast.district,
        also_districts=[other],
        by=person("signe"),
        kind="childrens_house",
        level="case",
        name="Børnehus Nord",
        slug="boernehus",
    )
    assert house in Forum.objects.of_district(other)
    with pytest.raises(Refused, match="allerede et forum"):
        acts.open_forum(
            district=cast.district,
            by=person("signe"),
            kind="childrens_house",
            level="case",
            name="Igen",
            slug="boernehus",
        )


def test_it_shows_nothing_across_districts(cast: Entered, as_: Callable[[str], Client]) -> None:
    for path in (
        "arbejde/fora/",
        "arbejde/moeder/",
        "arbejde/planer/",
        "arbejde/loefter/",
        "arbejde/aarshjul/",
    ):
        assert as_("signe").get(f"/fyn/{path}").status_code == 404
    assert as_("signe").get(f"/fyn/arbejde/fora/{cast.kredsraad.pk}/").status_code == 404
    assert as_("signe").get("/findes-ikke/").status_code == 404


def test_it_takes_its_rules_and_its_mandate_from_the_chair_alone(cast: Entered, person: Person) -> None:
    with pytest.raises(Denied):
        acts.set_rules(
            forum=cast.kredsraad,
            approval_required=True,
            objection_days=10,
            release_mandate_until=None,
            by=person("signe"),
        )
    assert (
        acts.set_rules(
            forum=cast.kredsraad,
            approval_required=True,
            objection_days=10,
            release_mandate_until=DAY,
            by=person("poul"),
        ).objection_days
        == 10
    )
