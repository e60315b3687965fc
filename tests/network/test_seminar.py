"""Seminars and webinars: who enters them, whom they reached, put right and taken away."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actions import Denied, Stale
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import put_back
from samraad.audit.models import Removed
from samraad.council.actions import forum as fora
from samraad.council.models import Forum
from samraad.demo.cast import Entered, at, org
from samraad.network.actions import seminar as place
from samraad.network.models import (
    Seminar,
)
from tests.databases import DAY

Person = Callable[[str], User]
As = Callable[[str], Client]
TODAY, NOW = date(2022, 1, 28), at("2022-01-28")
WORK = "/nordjylland/arbejde"


def test_it_lets_the_kredsraad_s_secretariat_enter_a_seminar_where_nobody_else_can(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    psp = Forum.objects.get(slug="psp-nordjylland")
    new = f"/nordjylland/arbejde/fora/{psp.pk}/seminar/"
    given = {"kind": "seminar", "title": "Psykisk sårbare", "on": "2022-01-20"}
    assert as_("signe").post(new, given).status_code == 302
    assert psp.seminars.get().title == "Psykisk sårbare"
    assert new in as_("signe").get(f"/nordjylland/arbejde/fora/{psp.pk}/").content.decode()
    seat = fora.add_seat(forum=psp, title="Sekretariat", organisation=org("aalborg"), by=SYSTEM)
    fora.appoint(seat=seat, user=person("birk"), function="secretary", starts_on=DAY, by=SYSTEM)
    assert as_("signe").get(new).status_code == 403  # it has its own now
    assert as_("birk").get(new).status_code == 200


def test_it_puts_a_seminar_right_with_whom_it_reached(cast: Entered, person: Person, as_: As) -> None:
    reach = [("lærere", None, 40), ("betjente", None, 12)]
    seminar = place.hold_seminar(
        forum=cast.kredsraad, kind="webinar", title="Tegn", on=TODAY, reach=reach, by=SYSTEM
    )
    address = f"{WORK}/seminarer/{seminar.pk}/ret/"
    page = as_("signe").get(address).content.decode()
    assert 'value="betjente"' in page
    form = {"kind": "seminar", "title": "Tegn på vold", "on": "2022-01-28", "place": "Aars", "version": 1}
    pairs = {
        "profession_1": "betjente",
        "count_1": 14,
        "profession_2": "lærere",
        "count_2": "",
        "profession": "sygeplejersker",
        "count": 5,
    }
    as_("signe").post(address, {**form, **pairs})
    seminar.refresh_from_db()
    assert seminar.title == "Tegn på vold"
    assert [(row.profession, row.count) for row in seminar.reach.all()] == [
        ("betjente", 14),
        ("sygeplejersker", 5),
    ]  # type: ignore[attr-defined]
    with pytest.raises(Stale) as stale:
        place.correct_seminar(
            seminar=seminar,
            kind="webinar",
            title="Andet",
            on=TODAY,
            reach=reach,
            version=1,
            by=person("signe"),
        )
    assert "14 betjente, 5 sygeplejersker" in stale.value.theirs
    assert "40 lærere, 12 betjente" in stale.value.mine
    with pytest.raises(Denied):
        place.remove_seminar(seminar=seminar, now=NOW, by=person("maja"))


def test_it_takes_a_seminar_away_and_puts_it_back_with_whom_it_reached(
    cast: Entered, person: Person, as_: As
) -> None:
    seminar = place.hold_seminar(
        forum=cast.kredsraad, kind="webinar", title="Tegn", on=TODAY, reach=[("lærere", None, 40)], by=SYSTEM
    )
    page = as_("signe").post(f"{WORK}/seminarer/{seminar.pk}/fjern/", follow=True).content.decode()
    assert "papirkurv" in page
    assert not Seminar.objects.exists()
    with pytest.raises(Denied):
        put_back(removed=Removed.objects.get(), now=NOW, by=person("maja"))
    assert "Tegn" in as_("signe").get(f"{WORK}/fora/{cast.kredsraad.pk}/papirkurv/").content.decode()
    put_back(removed=Removed.objects.get(), now=NOW, by=person("signe"))
    assert Seminar.objects.get().reach.get().count == 40  # type: ignore[attr-defined]
