"""Stations and seminars."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import F
from django.utils.html import format_html

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, Stale, action, record, save_over
from samraad.audit.bin import put_in_bin
from samraad.council.models import Forum, Seminar, SeminarReach, Station, StationHours
from samraad.council.permissions import enter_seminar as may_enter
from samraad.council.permissions import is_secretary, register_forum
from samraad.council.permissions import keep_station as may_keep


@action
def open_station(*, district: Organisation, by: User | None, **fields: Any) -> Station:
    """Register a nærstation."""
    if by is not None and not is_secretary(by, district):
        register_forum.check(by, district)
    station = Station.objects.create(district=district, **fields)
    record("council.station_opened", station, by=by)
    return station


@action
def set_hours(
    *,
    station: Station,
    hours: list[tuple[int, time, time]],
    on: date,
    version: int,
    by: User | None,
    phone: str = "",
    officers: str = "",
) -> Station:
    """Replace the opening hours and confirm them as of a day."""
    if by is not None:
        may_keep.check(by, station)
    changed = Station.objects.filter(pk=station.pk, version=version).update(
        version=F("version") + 1,
        hours_confirmed_on=on,
        phone=phone or station.phone,
        officers=officers or station.officers,
    )
    if not changed:
        theirs = ", ".join(str(row) for row in station.hours.all())
        station.refresh_from_db()
        raise Stale("En anden ændrede tiderne imens.", mine="", theirs=theirs, version=station.version)
    if any(closes <= opens for _, opens, closes in hours):
        raise Refused("En station kan ikke lukke, før den åbner. Ret klokkeslættet.")
    station.hours.all().delete()
    for weekday, opens, closes in hours:
        StationHours.objects.create(station=station, weekday=weekday, opens=opens, closes=closes)
    station.refresh_from_db()
    record("council.station_hours_set", station, by=by, days=len(hours))
    return station


@action
def hold_seminar(
    *,
    forum: Forum,
    by: User | None,
    reach: Sequence[tuple[str, Organisation | None, int]] = (),
    **fields: Any,
) -> Seminar:
    """Enter a seminar or webinar and how many it reached, by profession and municipality."""
    if by is not None:
        may_enter.check(by, forum)
    seminar = Seminar.objects.create(forum=forum, **fields)
    for profession, municipality, count in reach:
        SeminarReach.objects.create(
            seminar=seminar, profession=profession, municipality=municipality, count=count
        )
    record("council.seminar_held", seminar, by=by, reached=sum(count for _, _, count in reach))
    return seminar


@action
def correct_seminar(
    *,
    seminar: Seminar,
    reach: Sequence[tuple[str, Organisation | None, int]],
    version: int,
    by: User,
    **fields: Any,
) -> Seminar:
    """Put a seminar or webinar right, and whom it reached."""
    may_enter.check(by, seminar.forum)
    try:
        save_over(seminar, version=version, **fields)
    except Stale as meanwhile:
        meanwhile.mine += _reached((profession, count) for profession, _, count in reach)
        meanwhile.theirs += _reached(seminar.reach.values_list("profession", "count"))
        raise
    seminar.reach.all().delete()
    for profession, municipality, count in reach:
        SeminarReach.objects.create(
            seminar=seminar, profession=profession, municipality=municipality, count=count
        )
    record("council.seminar_corrected", seminar, by=by, reached=sum(count for _, _, count in reach))
    return seminar


def _reached(rows: Iterable[tuple[str, int]]) -> str:
    return format_html(
        "<p>Hvem kom: {}</p>",
        ", ".join(f"{count} {profession}" for profession, count in rows) or "ikke skrevet",
    )


@action
def remove_seminar(*, seminar: Seminar, now: datetime, by: User) -> None:
    """Take a seminar or webinar away with whom it reached; it lies in the forum's bin for 30 days."""
    may_enter.check(by, seminar.forum)
    put_in_bin(thing=seminar, place=f"forum:{seminar.forum_id}", now=now, by=by)
