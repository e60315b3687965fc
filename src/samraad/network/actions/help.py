"""Whom a citizen calls: the worries and their numbers, called up, put right, taken away."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import TypedDict, Unpack

from django.urls import reverse

from samraad.accounts.models import Organisation
from samraad.audit.actions import Refused, action, record, save_over
from samraad.audit.actor import Actor
from samraad.audit.bin import put_in_bin
from samraad.network import permissions as may
from samraad.network.models import HelpNumber, Worry
from samraad.search.actions import index

STANDARD = Path(__file__).parents[1] / "data" / "worries.toml"


class WorryFields(TypedDict, total=False):
    """What is written of a worry."""

    title: str
    hint: str
    where: str
    where_why: str
    lead: str
    say: str
    steps: str
    anonymous: str
    ready: str


class NumberFields(TypedDict, total=False):
    """What is written of a number."""

    name: str
    phone: str
    hint: str
    hours: str
    closed: str
    online_label: str
    online_url: str
    anonymous: str


@action
def start_worries(*, district: Organisation, by: Actor) -> list[Worry]:
    """Give a district the worries it begins with; those it has already stay as they are."""
    may.keep_worries.check(by, district)
    there = set(district.worries.values_list("code", flat=True))
    made = []
    for row in tomllib.loads(STANDARD.read_text("utf-8"))["worry"]:
        if row["code"] not in there:
            worry = Worry.objects.create(district=district, **row)
            index_worry(worry, by)
            made.append(worry)
    record("network.worries_started", district, by=by, count=len(made))
    return made


@action
def correct_worry(*, worry: Worry, version: int, by: Actor, **fields: Unpack[WorryFields]) -> Worry:
    """Put the words of a worry right."""
    may.keep_worries.check(by, worry.district)
    save_over(worry, version=version, **fields)
    record("network.worry_corrected", worry, by=by)
    index_worry(worry, by)
    return worry


@action
def add_number(
    *,
    worry: Worry,
    place: Organisation,
    first: bool,
    today: date,
    by: Actor,
    **fields: Unpack[NumberFields],
) -> HelpNumber:
    """Write down a number that was called up today; `place` is a municipality or the whole district."""
    may.keep_numbers.check(by, place)
    municipality: Organisation | None = place
    if place == worry.district:
        municipality = None
    if first and worry.numbers.filter(first=True, municipality=municipality).exists():
        raise Refused(f"Der står allerede et nummer for {place}. Ret det, der står.")
    number = HelpNumber.objects.create(
        worry=worry,
        municipality=municipality,
        first=first,
        checked_on=today,
        checked_by=_who(by, place, worry.district),
        **fields,
    )
    record("network.number_added", number, by=by, worry=worry.pk)
    return number


@action
def correct_number(
    *, number: HelpNumber, version: int, today: date, by: Actor, **fields: Unpack[NumberFields]
) -> HelpNumber:
    """Put a number right, and call it up."""
    place = number.place
    may.keep_numbers.check(by, place)
    who = _who(by, place, number.worry.district)
    save_over(number, version=version, checked_on=today, checked_by=who, **fields)
    record("network.number_corrected", number, by=by, worry=number.worry_id)
    return number


@action
def check_number(*, number: HelpNumber, today: date, by: Actor) -> HelpNumber:
    """Somebody called the number up today, and it is right."""
    place = number.place
    may.keep_numbers.check(by, place)
    number.checked_on = today
    number.checked_by = _who(by, place, number.worry.district)
    number.save(update_fields=["checked_on", "checked_by"])
    record("network.number_checked", number, by=by, worry=number.worry_id)
    return number


@action
def remove_number(*, number: HelpNumber, now: datetime, by: Actor) -> None:
    """Take a number away, into the bin of the district's numbers."""
    may.keep_numbers.check(by, number.place)
    put_in_bin(thing=number, place=bin_of(number.worry.district), now=now, by=by)


def bin_of(district: Organisation) -> str:
    """Where the district's numbers lie when they are taken away."""
    return f"help:{district.pk}"


def _who(by: Actor, place: Organisation, district: Organisation) -> str:
    """Who called up, in words for everybody: the municipality itself or the secretariat; never a person."""
    if place != district and may.sits_for(by, place):
        return str(place)
    return "sekretariatet"


def index_worry(worry: Worry, by: Actor) -> None:
    """Let everybody find a worry by its words."""
    words = f"{worry.hint}. {worry.lead}"
    index(
        thing=worry,
        district=worry.district.slug,
        kind="Hvem kan hjælpe",
        title=worry.title,
        text=words,
        also=f"{worry.steps.replace('|', ' ')} bekymret bekymring hjælp",
        url=reverse("network:help_where", args=[worry.district.slug, worry.code]),
        public=True,
        by=by,
    )
