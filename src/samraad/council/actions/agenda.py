"""The agenda of a meeting: its items, their order and papers; what is proposed for it, what is sent on."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, ProtectedError, Q

from manuscript.text import shortened
from samraad import clock
from samraad.accounts.models import User
from samraad.audit.actions import Refused, action, record, save_over
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.bin import put_in_bin
from samraad.council import permissions as may
from samraad.council.models import AgendaItem, Forum, Forwarding, Meeting, Paper, ProposalDrop
from samraad.council.notices import guest as guest_notices
from samraad.council.notices import meeting as notices
from samraad.council.queries.proposal import fallen_of, proposal_of
from samraad.council.states import MeetingStatus
from samraad.documents.pictures import Unreadable, without_position


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
    _check_not_there(meeting, proposal, postponed_from)
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
    if supplementary and not meeting.has_begun:
        notices.item_added(item, by)
    return item


def _check_not_there(meeting: Meeting, proposal: str, postponed_from: AgendaItem | None) -> None:
    """The same thing stands on an agenda once, by whatever door it came; who comes second reads where.

    Who adds to an agenda waits for the one before her, so that both see what is there.
    """
    meeting.hold_still()
    same = Q(pk=None)
    if proposal:
        same |= Q(proposal=proposal)
    if postponed_from is not None:
        same |= Q(postponed_from=postponed_from)
    there = meeting.items.on_agenda().filter(same).first()
    if there is not None:
        raise Refused(f"“{there.title}” står allerede på dagsordenen (punkt {there.position}).")


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
    save_over(
        item,
        version=version,
        kind=kind,
        title=title,
        text=text,
        subjects=list(subjects),
        closed=closed,
        withheld=withheld,
    )
    record("council.item_changed", item, by=by)
    return item


@action
def move_item(*, item: AgendaItem, up: bool, by: User) -> AgendaItem:
    """Let an item change places with its neighbour; what went out keeps its number."""
    may.order_agenda.check(by, item.meeting)
    items = list(item.meeting.items.all())
    place = items.index(item)
    other = place - 1 if up else place + 1
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
        _number(items)
        record("council.agenda_ordered", item.meeting, by=by)
    return item


@action
def order_agenda(*, meeting: Meeting, seen: list[int], typed: list[int], by: User) -> Meeting:
    """Put the items in the order of the numbers that were `typed`, one for each item that was `seen`.

    Where two have the same number, the one whose number was changed comes first: it was to stand there.
    Raises Refused when the agenda is no longer the one that was seen.
    """
    may.order_agenda.check(by, meeting.hold_still())
    items = list(meeting.items.all())
    if list(meeting.items.values_list("pk", flat=True)) != seen or len(typed) != len(seen):
        raise Refused("Dagsordenen er ændret, siden du så den. Se den nye rækkefølge, og flyt så igen.")
    places = dict(zip(items, typed, strict=True))
    items.sort(key=lambda item: (places[item], places[item] == item.position))
    _number(items)
    record("council.agenda_ordered", meeting, by=by)
    return meeting


def _number(items: Iterable[AgendaItem]) -> None:
    """Number the items of an agenda 1, 2, 3 … in this order."""
    for position, item in enumerate(items, start=1):
        if item.position != position:
            item.position = position
            item.save(update_fields=["position"])


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
    guest_notices.item_fell(item, by)
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
    """Take an item off: removed before the call, and the others move up; marked as withdrawn after it."""
    may.edit_agenda.check(by, item.meeting)
    return take_off(item=item, by=by)


@action
def take_off(*, item: AgendaItem, by: Actor) -> AgendaItem:
    """Take an item off an agenda that is still open, because a rule of the council says so."""
    record("council.item_withdrawn", item, by=by)
    if item.meeting.status == MeetingStatus.PLANNED:
        try:
            with transaction.atomic():
                put_in_bin(thing=item, place=f"forum:{item.meeting.forum_id}", now=clock.now(), by=by)
            _number(item.meeting.items.all())
            return item
        except ProtectedError:  # a plan or another meeting points to it: it stays, marked
            pass
    item.outcome = AgendaItem.Outcome.WITHDRAWN
    item.save(update_fields=["outcome"])
    guest_notices.item_fell(item, by)
    return item


@action
def use_standing_items(*, meeting: Meeting, by: User) -> int:
    """Put the forum's standing items on an agenda where they do not stand yet; returns how many are new."""
    may.edit_agenda.check(by, meeting)
    there = set(meeting.items.on_agenda().values_list("title", flat=True))
    new = 0
    for line in meeting.forum.standing_items.splitlines():
        title = shortened(line.strip(), 200)
        if title and title not in there:
            add_item(meeting=meeting, kind=AgendaItem.Kind.INFORMATION, title=title, by=by)
            new += 1
    if not new:
        raise Refused("De faste punkter står der allerede, eller forummet har ingen.")
    return new


@action
def add_papers(*, item: AgendaItem, uploads: list[UploadedFile], title: str, by: User) -> str:
    """Keep several files with an item, each under its own name; returns what is said of it.

    The title is of one file; of several each has the name of its file.
    """
    for upload in uploads:
        stem = PurePath(str(upload.name)).stem.replace("_", " ")
        named = title if title and len(uploads) == 1 else shortened(stem, 160)
        add_paper(item=item, title=named, upload=upload, by=by)
    return "Bilaget er lagt på." if len(uploads) == 1 else f"{len(uploads)} bilag er lagt på."


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
    if by is not SYSTEM and item.meeting.is_called and not item.meeting.has_begun:
        notices.paper_added(item, by)
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
        if created and by is not SYSTEM:
            notices.forwarded(item, forum, by)
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
    """Put what proposes itself on the agenda: a late commitment, a duty of the wheel, what was postponed."""
    may.edit_agenda.check(by, meeting)
    proposal = proposal_of(meeting, key, clock.today())
    if proposal is None:
        _check_not_there(meeting, key, fallen_of(meeting, key))
        raise Refused("Forslaget findes ikke mere.")
    fallen = fallen_of(meeting, key)
    if fallen is not None:
        return copy_item(item=fallen, to=meeting, by=by)  # with its text and papers
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
