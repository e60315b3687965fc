"""Seminars and webinars: entered, corrected, removed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.html import format_html

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Stale, action, record, save_over
from samraad.audit.actor import Actor
from samraad.audit.bin import put_in_bin
from samraad.council.models import Forum
from samraad.network import permissions as may
from samraad.network.models import Seminar, SeminarReach

Reach = Sequence[tuple[str, Organisation | None, int]]  # (profession, municipality, how many)


@action
def hold_seminar(
    *, forum: Forum, kind: str, title: str, on: date, by: Actor, place: str = "", reach: Reach = ()
) -> Seminar:
    """Enter a seminar or webinar and how many it reached, by profession and municipality."""
    may.enter_seminar.check(by, forum)
    seminar = Seminar.objects.create(forum=forum, kind=kind, title=title, on=on, place=place)
    _write_reach(seminar, reach)
    record("network.seminar_held", seminar, by=by, reached=_total(reach))
    return seminar


@action
def correct_seminar(
    *,
    seminar: Seminar,
    kind: str,
    title: str,
    on: date,
    reach: Reach,
    version: int,
    by: User,
    place: str = "",
) -> Seminar:
    """Put a seminar or webinar right, and whom it reached."""
    may.enter_seminar.check(by, seminar.forum)
    try:
        save_over(seminar, version=version, kind=kind, title=title, on=on, place=place)
    except Stale as meanwhile:
        meanwhile.mine += _told((profession, count) for profession, _, count in reach)
        meanwhile.theirs += _told(seminar.reach.values_list("profession", "count"))
        raise
    seminar.reach.all().delete()
    _write_reach(seminar, reach)
    record("network.seminar_corrected", seminar, by=by, reached=_total(reach))
    return seminar


def _write_reach(seminar: Seminar, reach: Reach) -> None:
    for profession, municipality, count in reach:
        SeminarReach.objects.create(
            seminar=seminar, profession=profession, municipality=municipality, count=count
        )


def _total(reach: Reach) -> int:
    return sum(count for _, _, count in reach)


def _told(rows: Iterable[tuple[str, int]]) -> str:
    """Who came, as a paragraph."""
    said = ", ".join(f"{count} {profession}" for profession, count in rows)
    return format_html("<p>Hvem kom: {}</p>", said or "ikke skrevet")


@action
def remove_seminar(*, seminar: Seminar, now: datetime, by: User) -> None:
    """Take a seminar or webinar away with whom it reached; it lies in the forum's bin for 30 days."""
    may.enter_seminar.check(by, seminar.forum)
    put_in_bin(thing=seminar, place=f"forum:{seminar.forum_id}", now=now, by=by)
