"""A meeting before it is held: plan, call, move, cancel; its agenda and papers."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Max, ProtectedError

from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, Stale, action, record, step
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.bin import put_in_bin
from samraad.council import notices
from samraad.council import permissions as may
from samraad.council.models import (
    AgendaItem,
    Forum,
    Forwarding,
    Meeting,
    MeetingMove,
    Paper,
    ProposalDrop,
)
from samraad.council.queries.proposal import proposal_of
from samraad.council.states import MEETING, MeetingStatus
from samraad.documents.pictures import Unreadable, without_position
from samraad.look.danish import dato


@action
def plan_meeting(
    *,
    forum: Forum,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    place: str = "",
    form: str = Meeting.Form.PHYSICAL,
    offsite: bool = False,
    host: Organisation | None = None,
    wishes_due_on: date | None = None,
) -> Meeting:
    """Put a meeting in the calendar of a forum. One a day per forum."""
    may.prepare.check(by, forum)
    if ends_at <= starts_at:
        raise Refused("Mødet slutter, før det begynder. Ret klokkeslættet.")
    if (
        forum.meetings.filter(starts_at__date=starts_at.date())
        .exclude(status=MeetingStatus.CANCELLED)
        .exists()
    ):
        raise Refused(f"{forum} har allerede et møde {dato(starts_at)}.")
    meeting = Meeting.objects.create(
        forum=forum,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        form=form,
        offsite=offsite,
        host=host,
        wishes_due_on=wishes_due_on,
    )
    record("council.meeting_planned", meeting, by=by, forum=forum.pk)
    return meeting


@action
def call_meeting(*, meeting: Meeting, now: datetime, by: Actor) -> Meeting:
    """Send the agenda out: from here on, new items are supplementary."""
    may.prepare.check(by, meeting.forum)
    event = step(
        MEETING, meeting.status, MeetingStatus.CALLED, "Mødet er allerede indkaldt, holdt eller aflyst."
    )
    if not meeting.items.exists():
        raise Refused("Dagsordenen er tom. Skriv mindst ét punkt, før den bliver sendt ud.")
    meeting.status, meeting.called_at = MeetingStatus.CALLED, now
    meeting.save(update_fields=["status", "called_at"])
    record(event, meeting, by=by, items=meeting.items.count())
    if by is not SYSTEM:
        notices.meeting_called(meeting, by)
    return meeting


@action
def move_meeting(
    *, meeting: Meeting, starts_at: datetime, ends_at: datetime, reason: str, now: datetime, by: User
) -> Meeting:
    """Move a meeting to another time; the old time and the reason stay visible, and its items come along."""
    may.edit_agenda.check(by, meeting)
    if ends_at <= starts_at:
        raise Refused("Mødet slutter, før det begynder. Ret klokkeslættet.")
    MeetingMove.objects.create(meeting=meeting, from_starts_at=meeting.starts_at, reason=reason, at=now)
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.save(update_fields=["starts_at", "ends_at"])
    record("council.meeting_moved", meeting, by=by)
    notices.meeting_changed(meeting, "Flyttet", now, by)
    return meeting


@action
def cancel_meeting(*, meeting: Meeting, reason: str, to: Meeting | None, by: User) -> Meeting:
    """Cancel a meeting with a reason.

    Its items go along to another meeting of the forum when one is given.
    """
    may.edit_agenda.check(by, meeting)
    event = step(MEETING, meeting.status, MeetingStatus.CANCELLED, "Mødet er holdt og kan ikke aflyses.")
    if to is not None:
        last = to.items.aggregate(last=Max("position"))["last"] or 0
        meeting.items.update(meeting=to, position=F("position") + last)
    meeting.status, meeting.cancelled_because = MeetingStatus.CANCELLED, reason
    meeting.save(update_fields=["status", "cancelled_because"])
    record(event, meeting, by=by, items_to=to.pk if to else None)
    notices.meeting_changed(meeting, "Aflyst", clock.now(), by)
    return meeting


@action
def add_item(
    *,
    meeting: Meeting,
    kind: str,
    title: str,
    by: Actor,
    text: str = "",
    subjects: Sequence[str] = (),
    closed: bool = False,
    withheld: bool = False,
    proposal: str = "",
    outcome: str = "",
    minute: str = "",
    postponed_from: AgendaItem | None = None,
) -> AgendaItem:
    """Put an item last on the agenda; after the call it is marked as supplementary."""
    may.edit_agenda.check(by, meeting)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    supplementary = meeting.status != MeetingStatus.PLANNED and by is not SYSTEM
    item = AgendaItem.objects.create(
        meeting=meeting,
        kind=kind,
        title=title,
        position=last + 1,
        supplementary=supplementary,
        text=text,
        subjects=list(subjects),
        closed=closed,
        withheld=withheld,
        proposal=proposal,
        outcome=outcome,
        minute=minute,
        postponed_from=postponed_from,
    )
    record("council.item_added", item, by=by, meeting=meeting.pk, supplementary=supplementary)
    return item


@action
def edit_item(
    *,
    item: AgendaItem,
    version: int,
    by: User,
    kind: str,
    title: str,
    text: str,
    subjects: Sequence[str],
    closed: bool,
    withheld: bool,
) -> AgendaItem:
    """Change an item's text; somebody else's save in between is shown, never overwritten."""
    may.edit_agenda.check(by, item.meeting)
    changed = AgendaItem.objects.filter(pk=item.pk, version=version).update(
        version=F("version") + 1,
        kind=kind,
        title=title,
        text=text,
        subjects=list(subjects),
        closed=closed,
        withheld=withheld,
    )
    item.refresh_from_db()
    if not changed:
        raise Stale(
            "Din tekst er ikke gemt. En anden gemte imens. Se begge tekster, og vælg, hvad der skal stå.",
            mine=text,
            theirs=item.text,
            version=item.version,
        )
    record("council.item_changed", item, by=by)
    return item


@action
def move_item(*, item: AgendaItem, up: bool, by: User) -> AgendaItem:
    """Let an item change places with its neighbour."""
    may.edit_agenda.check(by, item.meeting)
    items = list(item.meeting.items.all())
    place = items.index(item)
    other = place - 1 if up else place + 1
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
        for position, each in enumerate(items, start=1):
            AgendaItem.objects.filter(pk=each.pk).update(position=position)
        record("council.agenda_ordered", item.meeting, by=by)
    return item


@action
def postpone_item(*, item: AgendaItem, to: Meeting, by: User) -> AgendaItem:
    """Take an item off and put it on a later meeting; both stay linked. Returns the new item."""
    may.edit_agenda.check(by, item.meeting)
    if to.forum_id != item.meeting.forum_id or to.starts_at <= item.meeting.starts_at:
        raise Refused("Et punkt kan kun udsættes til et senere møde i det samme forum.")
    if item.outcome:
        raise Refused("Punktet er allerede afgjort, udsat eller trukket tilbage.")
    item.outcome = AgendaItem.Outcome.POSTPONED
    item.save(update_fields=["outcome"])
    copy = copy_item(item=item, to=to, by=by)
    record("council.item_postponed", item, by=by, to=to.pk)
    return copy


@action
def copy_item(*, item: AgendaItem, to: Meeting, by: Actor) -> AgendaItem:
    """Put a postponed item on a later meeting with its text, papers and duties; both stay linked."""
    copy = add_item(
        meeting=to,
        kind=item.kind,
        title=item.title,
        by=by,
        text=item.text,
        closed=item.closed,
        withheld=item.withheld,
        subjects=item.subjects,
        proposal=item.proposal,
        postponed_from=item,
    )
    for paper in item.papers.all():
        names = ("title", "file", "file_name", "size", "sha256")
        Paper.objects.create(item=copy, **{name: getattr(paper, name) for name in names})
    return copy


@action
def withdraw_item(*, item: AgendaItem, by: User) -> AgendaItem:
    """Take an item off: removed before the call, marked as withdrawn after it."""
    may.edit_agenda.check(by, item.meeting)
    record("council.item_withdrawn", item, by=by)
    if item.meeting.status == MeetingStatus.PLANNED:
        try:
            with transaction.atomic():
                put_in_bin(thing=item, place=f"forum:{item.meeting.forum_id}", now=clock.now(), by=by)
            return item
        except ProtectedError:  # a plan or another meeting points to it: it stays, marked
            pass
    item.outcome = AgendaItem.Outcome.WITHDRAWN
    item.save(update_fields=["outcome"])
    return item


@action
def add_paper(*, item: AgendaItem, title: str, upload: UploadedFile, by: Actor) -> Paper:
    """Keep a file with an item under its own hash; the caller has checked its type and size.

    A picture is kept without what its camera wrote into it: the place above all.
    """
    may.prepare.check(by, item.meeting.forum)
    if item.meeting.status in (MeetingStatus.APPROVED, MeetingStatus.CANCELLED) and by is not SYSTEM:
        raise Refused("Mødet er afsluttet. Læg bilaget på et punkt på næste møde.")
    try:
        content = without_position(b"".join(upload.chunks()))
    except Unreadable as error:
        raise Refused("Billedet er ikke helt. Gem det igen hos dig selv, og vedhæft det så.") from error
    digest = hashlib.sha256(content).hexdigest()
    name = str(upload.name)
    paper = Paper.objects.create(
        item=item,
        title=title,
        file=ContentFile(content, name=digest),
        file_name=name[-160:],
        size=len(content),
        sha256=digest,
    )
    record("council.paper_added", paper, by=by, item=item.pk, sha256=digest)
    return paper


@action
def remove_paper(*, paper: Paper, by: User) -> None:
    """Take a paper away from an item before the meeting is held."""
    may.edit_agenda.check(by, paper.item.meeting)
    record("council.paper_removed", paper, by=by, item=paper.item_id, sha256=paper.sha256)
    put_in_bin(thing=paper, place=f"forum:{paper.item.meeting.forum_id}", now=clock.now(), by=by)


@action
def forward_item(*, item: AgendaItem, fora: list[Forum], due_on: date | None, by: Actor) -> int:
    """Send an item to other fora of the district; returns how many are new.

    Each is asked when it was dealt with.
    """
    may.prepare.check(by, item.meeting.forum)
    new = 0
    for forum in fora:
        _, created = Forwarding.objects.get_or_create(item=item, forum=forum, defaults={"due_on": due_on})
        new += created
    record("council.item_forwarded", item, by=by, fora=[forum.pk for forum in fora])
    return new


@action
def answer_forwarding(*, forwarding: Forwarding, treated_on: date, answer: str, by: Actor) -> Forwarding:
    """Tell that an item sent to us was dealt with, when and how."""
    may.answer_forwarded.check(by, forwarding.forum)
    if treated_on > clock.today():
        raise Refused("Dagen ligger ude i fremtiden. Svar, når punktet er behandlet.")
    forwarding.treated_on, forwarding.answer = treated_on, answer
    forwarding.save(update_fields=["treated_on", "answer"])
    record("council.forwarding_answered", forwarding, by=by, treated_on=treated_on)
    return forwarding


@action
def take_proposal(*, meeting: Meeting, key: str, by: Actor) -> AgendaItem:
    """Put what proposes itself (a late commitment, a duty of the wheel) on the agenda."""
    may.edit_agenda.check(by, meeting)
    proposal = proposal_of(meeting, key, clock.today())
    if proposal is None:
        raise Refused("Forslaget findes ikke mere.")
    return add_item(
        meeting=meeting,
        kind=proposal.item_kind,
        title=proposal.item_title,
        by=by,
        proposal=proposal.key,
        closed=proposal.closed,
    )


@action
def drop_proposal(*, meeting: Meeting, key: str, reason: str, by: Actor) -> ProposalDrop:
    """Leave a proposed item off this agenda, with a reason that stays."""
    may.edit_agenda.check(by, meeting)
    drop = ProposalDrop.objects.create(meeting=meeting, proposal=key, reason=reason)
    record("council.proposal_dropped", meeting, by=by, key=key)
    return drop
