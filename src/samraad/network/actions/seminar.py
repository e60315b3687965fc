"""Stations and seminars."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.html import format_html

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Stale, action, record, save_over
from samraad.audit.actor import Actor
from samraad.audit.bin import put_in_bin
from samraad.council.models import Forum
from samraad.network import permissions as may
from samraad.network.models import Seminar, SeminarReach


@action
def hold_seminar(
    *,
    forum: Forum,
    by: Actor,
    reach: Sequence[tuple[str, Organisation | None, int]] = (),
    **fields: Any,
) -> Seminar:
    """Enter a seminar or webinar and how many it reached, by profession and municipality."""
    may.enter_seminar.check(by, forum)
    seminar = Seminar.objects.create(forum=forum, **fields)
    for profession, municipality, count in reach:
        SeminarReach.objects.create(
            seminar=seminar, profession=profession, municipality=municipality, count=count
        )
    record("network.seminar_held", seminar, by=by, reached=sum(count for _, _, count in reach))
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
    may.enter_seminar.check(by, seminar.forum)
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
    record("network.seminar_corrected", seminar, by=by, reached=sum(count for _, _, count in reach))
    return seminar


def _reached(rows: Iterable[tuple[str, int]]) -> str:
    return format_html(
        "<p>Hvem kom: {}</p>",
        ", ".join(f"{count} {profession}" for profession, count in rows) or "ikke skrevet",
    )


@action
def remove_seminar(*, seminar: Seminar, now: datetime, by: User) -> None:
    """Take a seminar or webinar away with whom it reached; it lies in the forum's bin for 30 days."""
    may.enter_seminar.check(by, seminar.forum)
    put_in_bin(thing=seminar, place=f"forum:{seminar.forum_id}", now=now, by=by)
