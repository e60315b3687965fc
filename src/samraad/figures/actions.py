"""Figures: a source begun, a table brought in, handed in, approved, sent back, withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.timezone import localdate

from evidens import keeping, revisions
from evidens.counts import Counts
from evidens.errors import BadFile, BadRequest, Problem, in_order
from evidens.revisions import Revisions
from evidens.sources.columns import is_head
from evidens.sources.opening import open_bytes
from evidens.sources.statfile import read_statfile
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record, save_over, step
from samraad.audit.actor import Actor
from samraad.figures import notices
from samraad.figures import permissions as may
from samraad.figures.models import Release, Series, SeriesVersion, Source
from samraad.figures.queries import standard
from samraad.figures.queries.release import counts_of, newest_at_work
from samraad.figures.states import RELEASE, ReleaseStatus
from samraad.look.danish import naar
from samraad.search.actions import index

SHOWN = 200  # changed cells that are kept in words; the tables themselves hold them all
MOST_PROBLEMS = 12  # told of one file


@dataclass(frozen=True)
class ReadTable:
    """A file that was read whole and is kept nowhere yet."""

    name: str
    counts: Counts
    content: bytes
    content_sha: str


def read_table(content: bytes, name: str, today: date) -> ReadTable:
    """Read a file of counts; raises Refused with each line that is wrong, and what would be right.

    It takes a second and is no action: nobody else's writing waits for it.
    """
    try:
        counts = read_statfile(open_bytes(content, name, is_head), today=today)
    except BadFile as bad:
        told = [problem.text() for problem in in_order(bad.problems)]
        more = len(told) - MOST_PROBLEMS
        if more > 0:
            told = [*told[:MOST_PROBLEMS], f"Og {more} steder til."]
        raise Refused("\n".join(["Intet er gemt.", *told])) from bad
    except BadRequest as bad:
        raise Refused(f"Intet er gemt. {bad}") from bad
    return ReadTable(name[-160:], counts, keeping.as_parquet(counts), keeping.content_sha(counts))


@action
def begin_source(*, district: Organisation, owner: Organisation, contact: str, by: Actor) -> Source:
    """Say that the district brings in Statistics Denmark's reported offences, with the plans' series."""
    may.begin_source.check(by, district)
    known = standard()
    if Source.objects.filter(district=district, slug=known["slug"]).exists():
        raise Refused("Kilden er der allerede. Læg en fil ind i den.")
    named = {name: known[name] for name in ("slug", "title", "publisher", "table")}
    source = Source.objects.create(district=district, owner=owner, contact=contact, **named)
    for position, row in enumerate(known["series"]):
        _add_series(source, position, row, by)
    record("figures.source_begun", source, by=by)
    return source


def _add_series(source: Source, position: int, row: Mapping[str, Any], by: Actor) -> None:
    """A series as Samråd knows it: its first meaning was decided with the software and needs no second."""
    series = Series.objects.create(
        source=source, slug=row["slug"], title=row["title"], counts=row["counts"], position=position
    )
    SeriesVersion.objects.create(series=series, number=1, codes=row["codes"])
    _index(series, by)


def _index(series: Series, by: Actor) -> None:
    """Let anybody find a series by its name and what it counts; no figure is in the index."""
    slug = series.source.district.slug
    index(
        thing=series,
        district=slug,
        kind="Tal",
        title=series.title,
        text=series.counts,
        url=reverse("public:series", args=[slug, series.slug]),
        public=True,
        by=by,
    )


def series_again(by: Actor) -> None:
    """Put all series into the index."""
    for series in Series.objects.select_related("source__district"):
        _index(series, by)


@action
def import_release(*, source: Source, table: ReadTable, now: datetime, by: Actor) -> Release:
    """Keep a table as the source's next release, which nobody else sees yet.

    Refuses the file of a release that is there, and the content of one in another file.
    """
    may.load.check(by, source)
    _refuse_known(source, table)
    before = newest_at_work(source)
    difference: dict[str, Any] = {}
    if before is not None:
        difference = _difference(before, table.counts)
    last = source.releases.order_by("-number").first()
    number = 1
    if last is not None:
        number = last.number + 1
    counts = table.counts
    release = Release(
        source=source,
        number=number,
        kind=_kind_of(difference),
        file_name=table.name,
        file_sha=counts.source.sha256,
        content_sha=table.content_sha,
        rows=len(counts),
        first=str(counts.first),
        last=str(counts.latest),
        extracted_on=counts.source.extracted_on,
        warnings=[*map(Problem.text, counts.warnings), *_odd_periods(counts, now)],
        difference=difference,
        loaded_by_id=by.pk,
        loaded_at=now,
    )
    release.content.save(f"{table.content_sha}.parquet", ContentFile(table.content), save=False)
    release.save()
    record("figures.loaded", release, by=by, number=number, sha256=release.content_sha, rows=release.rows)
    return release


def _odd_periods(counts: Counts, now: datetime) -> list[str]:
    """Periods that are not over yet, and those that lack between others."""
    told = []
    latest = counts.latest
    if latest.next().first_day() > localdate(now):
        told.append(f"{latest.words()} er ikke slut endnu. Tallet bliver for lavt.")
    there = {period.ordinal for period in counts.periods}
    for period in counts.axis():
        if period.ordinal not in there:
            told.append(f"{period.words()} mangler i filen.")
    return told


def _refuse_known(source: Source, table: ReadTable) -> None:
    for release in source.releases.at_work():  # type: ignore[attr-defined]
        if release.file_sha == table.counts.source.sha256:
            raise Refused(f"Filen er lagt ind før: udgivelse {release.number}, {naar(release.loaded_at)}.")
        if release.content_sha == table.content_sha:
            raise Refused(
                f"Indholdet er det samme som udgivelse {release.number}. Der er intet nyt at lægge ind."
            )


def _kind_of(difference: Mapping[str, Any]) -> str:
    """What a table brings; whether a changed count is our own mistake, only a person can say."""
    if not difference:
        return Release.Kind.FIRST
    if difference["changed"] or difference["gone"]:
        return Release.Kind.REVISION
    return Release.Kind.NEW_PERIOD


def _difference(before: Release, counts: Counts) -> dict[str, Any]:
    """What a table says otherwise than an earlier release, cell by cell."""
    try:
        found = revisions.between(counts_of(before), counts)
    except BadRequest as error:
        raise Refused(f"Intet er gemt. {error}") from error
    return {
        "against": before.number,
        "added": found.added,
        "changed": len(found.changed),
        "gone": found.gone,
        "same": found.both - len(found.changed),
        "cells": _cells(found),
    }


def _cells(found: Revisions) -> list[dict[str, Any]]:
    cells = []
    for one in found.changed[:SHOWN]:
        about = {"place": one.name, "offence": one.offence, "period": str(one.period)}
        cells.append({**about, "old": one.old, "new": one.new})
    return cells


@action
def submit(*, release: Release, by: Actor, kind: str = "", reason: str = "") -> Release:
    """Hand a table in for approval; where older counts differ, whose the difference is."""
    may.hand_in.check(by, release)
    before = newest_at_work(release.source)
    if before is not None:
        release.difference = _difference(before, counts_of(release))
    if kind:
        release.kind = kind
    release.reason, release.returned_because = reason, ""
    if release.difference.get("gone") and not reason:
        raise Refused("Skriv, hvorfor tal mangler i filen.")
    if release.kind == Release.Kind.CORRECTION and not reason:
        raise Refused("Skriv, hvad der er rettet, og hvorfor.")
    _go(
        release,
        ReleaseStatus.SUBMITTED,
        "Tallene er sendt til godkendelse.",
        by,
        "kind",
        "reason",
        "returned_because",
        "difference",
    )
    notices.waiting(release=release, by=by)
    return release


@action
def call_back(*, release: Release, by: User) -> Release:
    """Take a table back that was handed in, before somebody has answered."""
    may.hand_in.check(by, release)
    _go(release, ReleaseStatus.LOADED, "Tallene venter ikke længere på godkendelse.", by)
    return release


@action
def reject(*, release: Release, by: User) -> Release:
    """Throw a table away that was not handed in; its number stays taken."""
    may.hand_in.check(by, release)
    _go(release, ReleaseStatus.REJECTED, "Kun det, der ikke er godkendt, kan kasseres.", by)
    return release


@action
def approve(
    *, release: Release, now: datetime, by: Actor, public_at: datetime | None = None, loses: bool = False
) -> Release:
    """Let the figures be public, at once or from a moment; another does it than the one who brought them.

    `loses` says that it was seen that figures which are public now would go.
    """
    may.approve.check(by, release)
    _compared_with_newest(release)
    if release.gone and not loses:
        raise Refused(
            f"{release.gone_words} Sæt fluebenet, hvis det er meningen, eller send tallene tilbage."
        )
    if public_at is None:
        public_at = now
    if public_at < now:
        raise Refused("Tidspunktet er gået. Vælg et senere, eller offentliggør med det samme.")
    release.approved_by_id = by.pk
    release.approved_at, release.public_at = now, public_at
    release.returned_because = ""
    changed = ("approved_by", "approved_at", "public_at", "returned_because")
    facts = {"number": release.number, "sha256": release.content_sha, "around": release.around}
    _go(release, ReleaseStatus.APPROVED, "Tallene venter ikke på godkendelse.", by, *changed, **facts)
    notices.answered(release=release, by=by)
    return release


def _compared_with_newest(release: Release) -> None:
    """Raise Refused when another was approved since: what is lost and changed would be of an older one."""
    newest = newest_at_work(release.source)
    if newest is None:
        return
    if newest.number > release.number:
        raise Refused(f"Udgivelse {newest.number} er nyere og godkendt. Send tallene tilbage.")
    if newest.number != release.difference.get("against"):
        raise Refused(
            f"Tallene er ikke sammenlignet med udgivelse {newest.number}, som gælder nu. "
            "Send dem tilbage; når de kommer igen, er de det."
        )


@action
def send_back(*, release: Release, reason: str, by: User) -> Release:
    """Let the one who brought the table in look again."""
    may.approve.check(by, release)
    release.returned_because = reason
    _go(release, ReleaseStatus.RETURNED, "Tallene venter ikke på godkendelse.", by, "returned_because")
    notices.answered(release=release, by=by)
    return release


@action
def take_back_approval(*, release: Release, now: datetime, by: User) -> Release:
    """Take an approval back, before the figures are public; after that they are withdrawn openly."""
    may.approve.check(by, release)
    if release.is_public(now):
        raise Refused("Tallene er offentlige. Træk dem tilbage med en grund i stedet.")
    release.approved_by, release.approved_at, release.public_at = None, None, None
    changed = ("approved_by", "approved_at", "public_at")
    _go(release, ReleaseStatus.SUBMITTED, "Tallene er ikke godkendt.", by, *changed)
    return release


@action
def withdraw(*, release: Release, reason: str, now: datetime, by: User) -> Release:
    """Take public figures down; number, reason and fingerprint stay, and the one before is the newest."""
    may.approve.check(by, release)
    if not release.is_public(now):
        raise Refused("Tallene er ikke offentlige endnu. Tag godkendelsen tilbage i stedet.")
    release.withdrawn_because = reason
    _go(release, ReleaseStatus.WITHDRAWN, "Tallene er ikke offentlige.", by, "withdrawn_because")
    return release


def _go(release: Release, to: str, refusal: str, by: Actor, *changed: str, **facts: Any) -> None:
    event = step(RELEASE, release, to, refusal)
    release.status = to
    release.save(update_fields=["status", *changed])
    record(event, release, by=by, **facts)


@action
def expect(*, source: Source, next_at: datetime | None, version: int, by: User) -> Source:
    """Say when the next figures come; it stands on the public pages."""
    may.load.check(by, source)
    save_over(source, version=version, next_at=next_at)
    record("figures.expected", source, by=by)
    return source
