"""The cast and the councils it sits in: what stories and tests begin with, and the demo too."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

from samraad.accounts.actions import add_organisation, load_places
from samraad.accounts.models import Membership, Organisation, User
from samraad.audit.actions import action, record
from samraad.audit.actor import SYSTEM, System
from samraad.council.actions.forum import add_seat, appoint, open_forum
from samraad.council.models import (
    Forum,
)
from samraad.district.actions import open_councils

DATA = Path(__file__).parent / "data"
BEGAN = date(2021, 1, 1)


def table(name: str) -> dict[str, Any]:
    """A TOML file of the demo's data."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Entered:
    """The district with its kredsråd, and the password of everybody in the cast."""

    district: Organisation
    kredsraad: Forum
    password: str


def email_of(key: str) -> str:
    """The address that somebody of the cast signs in with."""
    return f"{key}@samraad.example"


@action
def enter_cast(*, by: System) -> Entered:
    """Load places, open the kredsråd and the nine lokalråd with their seats, and let the cast take theirs."""
    load_places(by=SYSTEM)
    cast = table("cast")
    district = Organisation.objects.get(slug="nordjylland")
    for row in cast["organisation"]:
        add_organisation(short_name=row["name"], by=SYSTEM, **row)
    kredsraad = open_councils(district=district, by=SYSTEM)
    ssp = open_forum(
        district=district,
        by=SYSTEM,
        kind=Forum.Kind.SSP,
        level=Forum.Level.COORDINATING,
        name="SSP Brønderslev",
        slug="ssp-broenderslev",
        municipalities=[Organisation.objects.get(slug="broenderslev")],
        age_to=17,
        meetings_per_year=4,
        rhythm="hvert kvartal",
        description="Skole, socialforvaltning og politi om børn og unge under 18 år.",
    )
    add_seat(
        forum=ssp,
        title="SSP-koordinator",
        organisation=Organisation.objects.get(slug="broenderslev"),
        by=SYSTEM,
    )
    psp = open_forum(
        district=district,
        by=SYSTEM,
        kind=Forum.Kind.PSP,
        level=Forum.Level.COORDINATING,
        name="PSP Nordjylland",
        slug="psp-nordjylland",
        municipalities=Organisation.objects.of_district(district, BEGAN),
        meetings_per_year=4,
        rhythm="styregruppen hvert kvartal",
        description="Politi, sociale myndigheder og psykiatri om socialt udsatte og psykisk syge.",
    )
    add_seat(
        forum=psp,
        title="Psykiatrien, Region Nordjylland",
        organisation=Organisation.objects.get(slug="region-nordjylland"),
        by=SYSTEM,
    )
    for row in cast["person"]:
        _person(row, cast["password"])
    record("demo.cast_entered", district, by=SYSTEM, people=len(cast["person"]))
    return Entered(district, kredsraad, cast["password"])


def _person(row: dict[str, Any], password: str) -> None:
    user = User(email=email_of(row["key"]), name=row["name"])
    user.set_password(password)
    user.save()
    Membership.objects.create(
        user=user,
        organisation=Organisation.objects.get(slug=row["works"]),
        title=row["title"],
        right=row.get("right", Membership.Right.EMPLOYEE),
        starts_on=BEGAN,
    )
    for forum, title, function in row["seats"]:
        seat = Forum.objects.get(slug=forum, district__slug="nordjylland").seats.get(title=title)
        appoint(seat=seat, user=user, function=function, starts_on=BEGAN, by=SYSTEM)


def at(day: date | str, hour: int = 13) -> datetime:
    """A moment on a day of the demo."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return timezone.make_aware(datetime.combine(day, time(hour)))


def org(slug: str) -> Organisation:
    """An organisation of the demo."""
    return Organisation.objects.get(slug=slug)
