"""Bringing in by itself what the publisher gives out: asked on the morning, told of when it did not come.

The publisher moves its tables in the morning it gives them out: what is asked for too early is the old table,
so the content decides whether there is something new.
"""

from datetime import datetime, timedelta

from django.conf import settings

from evidens import keeping
from evidens.errors import BadFile, BadRequest, SourceDown, in_order
from evidens.sources.statbank import StatBank
from samraad import clock
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import SYSTEM, System
from samraad.figures import notices
from samraad.figures.actions import ReadTable, import_release, submit
from samraad.figures.models import Source

SLOTS = [timedelta(minutes=minutes) for minutes in (5, 20, 50, 90)]  # after the hour that was announced
LATE = timedelta(hours=2)
EVERYTHING = {"OMRÅDE": ["*"], "OVERTRÆD": ["*"], "Tid": ["*"]}
OFF = "Hentning er slået fra (SAMRAAD_STATBANK). Hent filen i Statistikbanken, og læg den ind."


def fetched(source: Source) -> ReadTable:
    """The source's table as the publisher gives it now; raises Refused when it does not come whole.

    It can take a minute and is no action: nobody else's writing waits for it.
    """
    if not settings.SAMRAAD_STATBANK:
        raise Refused(OFF)
    bank = StatBank(settings.SAMRAAD_STATBANK, timeout=60)
    try:
        counts = bank.counts(source.table, EVERYTHING)
    except BadFile as bad:
        told = " ".join(problem.text() for problem in in_order(bad.problems))
        raise Refused(f"Intet er gemt. {told}") from bad
    except (BadRequest, SourceDown) as down:
        raise Refused(f"Intet er gemt. {down}") from down
    name = f"{source.table.lower()}-{clock.today()}.csv"
    return ReadTable(name, counts, keeping.as_parquet(counts), keeping.content_sha(counts))


def fetch_due(*, now: datetime, by: System) -> int:
    """Ask for the tables whose hour has come; returns how many brought something new.

    Each is asked for at most once for each of its times; after the last one its analysts are told.
    """
    if not settings.SAMRAAD_STATBANK:
        return 0
    new = 0
    for source in Source.objects.filter(next_at__lte=now).select_related("district", "owner"):
        if not _is_time(source, now):
            continue
        note_try(source=source, now=now, by=by)
        try:
            bring_in(source=source, table=fetched(source), now=now, by=by)
        except Refused:
            if source.next_at is not None and now >= source.next_at + LATE:
                notices.late(source=source, by=by)
        else:
            new += 1
    return new


def _is_time(source: Source, now: datetime) -> bool:
    """Has one of its times come since it was asked for last? After the last of them once more, to tell."""
    if source.next_at is None:
        return False
    times = [source.next_at + slot for slot in (*SLOTS, LATE)]
    passed = [moment for moment in times if moment <= now]
    if not passed:
        return False
    return source.tried_at is None or source.tried_at < passed[-1]


@action
def note_try(*, source: Source, now: datetime, by: System) -> None:
    """Remember that the publisher was asked."""
    Source.objects.filter(pk=source.pk).update(tried_at=now)
    record("figures.asked_for", source, by=by)


@action
def bring_in(*, source: Source, table: ReadTable, now: datetime, by: System) -> None:
    """Keep what came as a release that waits for approval; the next day is for the analyst to write."""
    release = import_release(source=source, table=table, now=now, by=by)
    reason = ""
    if release.gone:
        reason = f"{source.publisher} har taget tal ud af tabellen."
    submit(release=release, by=by, reason=reason)
    Source.objects.filter(pk=source.pk).update(next_at=None, tried_at=None)
    record("figures.fetched", source, by=SYSTEM)
