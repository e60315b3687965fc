"""Pages of a meeting when it is held and after.

Attendance, minutes, decisions, approval; and its proposals.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from manuscript.text import plain
from samraad import clock
from samraad.accounts.middleware import Request
from samraad.audit.actor import Actor
from samraad.audit.rooms import Ask, asks
from samraad.council import papers
from samraad.council import permissions as may
from samraad.council.actions import meeting as agenda
from samraad.council.actions import minutes as acts
from samraad.council.forms.meeting import (
    DecisionForm,
    HoldForm,
    MinuteForm,
    ObjectionForm,
    ProposalDropForm,
    WrittenReplyForm,
)
from samraad.council.models import AgendaItem, Attendance, Decision, Meeting, WrittenReply
from samraad.council.queries.proposal import proposal_of
from samraad.council.views.meeting import find_item, find_meeting
from samraad.look.pages import act, button_of, download, form_page, page_of


@button_of(find_meeting)
def apology(request: Request, meeting: Meeting) -> HttpResponse:
    """Send apologies, or take them back."""
    return act(request, acts.send_apology, meeting=meeting, done=_apology_said, back=meeting)


def _apology_said(made: Attendance) -> str:
    if made.pk:
        return "Du har meldt afbud. Din stedfortræder kan komme."
    return "Dit afbud er taget tilbage."


@page_of(find_item, may.reply_in_writing, of="meeting")
def written_reply(request: Request, item: AgendaItem) -> HttpResponse:
    """Answer an item of a written procedure."""
    return form_page(
        request,
        WrittenReplyForm,
        acts.reply_in_writing,
        item=item,
        now=clock.now(),
        words={"lead": plain(item.text)},
        back=item.meeting,
    )


@page_of(find_meeting, may.prepare, of="forum")
def hold(request: Request, meeting: Meeting) -> HttpResponse:
    """Record that the meeting was held, and who was there."""
    return form_page(
        request,
        HoldForm,
        acts.hold_meeting,
        meeting=meeting,
        given={"seats": list(meeting.forum.seats.filter(member=True))},
        initial=_known_presence(meeting),
        back=meeting,
    )


def _known_presence(meeting: Meeting) -> dict[str, str]:
    """What is known of who comes: apologies; in a written procedure, who answered."""
    if not meeting.written:
        return {f"seat_{row.seat_id}": row.presence for row in meeting.attendance.all()}
    replies = WrittenReply.objects.filter(item__meeting=meeting)
    answered = set(replies.values_list("seat", flat=True))
    return {
        f"seat_{seat.pk}": "present" if seat.pk in answered else "absent"
        for seat in meeting.forum.seats.all()
    }


@page_of(find_item, may.write_minutes, of="meeting")
def minute(request: Request, item: AgendaItem) -> HttpResponse:
    """Write an item's minute."""
    return form_page(request, MinuteForm, acts.write_minute, item=item, of=item, back=item.meeting)


@page_of(find_item, may.write_minutes, of="meeting")
def decide(request: Request, item: AgendaItem) -> HttpResponse:
    """Write down a decision, and what the rooms above ask to follow from it."""
    more = asks("council.decision")
    form = DecisionForm(request.POST or None)
    for ask in more:
        form.fields |= ask.fields(item)

    def decide(*, item: AgendaItem, by: Actor, **data: Any) -> Decision:
        decision = acts.decide(item=item, by=by, **{name: data[name] for name in DecisionForm.base_fields})
        _follow(more, decision, data, by)
        return decision

    return form_page(request, form, decide, item=item, back=item.meeting)


def _follow(more: list[Ask], decision: Decision, data: Mapping[str, Any], by: Actor) -> None:
    for ask in more:
        ask.run(decision, data, by)


STEPS: dict[str, tuple[Callable[..., Any], bool, str]] = {
    # the word in the address -> (action, is it told the time?, what is said when it is done)
    "send": (acts.send_minutes, True, "Referatet er sendt til godkendelse."),
    "tag-tilbage": (acts.take_minutes_back, False, "Referatet er taget tilbage. Ret det, og send igen."),
    "godkend": (acts.approve_minutes, True, "Referatet er godkendt af dig."),
    "afslut": (acts.settle_minutes, True, "Referatet er godkendt, fordi fristen er gået."),
    "offentliggoer": (acts.publish_open_part, True, "Den åbne del er offentlig."),
}


@button_of(find_meeting)
def minutes_step(request: Request, meeting: Meeting, step: str) -> HttpResponse:
    """One step of the minutes: send, take back, approve, settle, publish."""
    if step not in STEPS:
        raise Http404
    action, timed, done = STEPS[step]
    if timed:
        return act(request, action, meeting=meeting, now=clock.now(), done=done, back=meeting)
    return act(request, action, meeting=meeting, done=done, back=meeting)


@page_of(find_meeting, may.reply_to_minutes)
def minutes_object(request: Request, meeting: Meeting) -> HttpResponse:
    """Object to the minutes."""
    return form_page(
        request, ObjectionForm, acts.object_to_minutes, meeting=meeting, now=clock.now(), back=meeting
    )


@button_of(find_meeting)
def proposal_take(request: Request, meeting: Meeting, key: str) -> HttpResponse:
    """Put a proposal on the agenda."""
    return act(
        request,
        agenda.take_proposal,
        meeting=meeting,
        key=key,
        done="Forslaget er lagt på dagsordenen.",
        back=meeting,
    )


@page_of(find_meeting, may.edit_agenda)
def proposal_drop(request: Request, meeting: Meeting, key: str) -> HttpResponse:
    """Leave a proposal off this agenda."""
    proposal = proposal_of(meeting, key, clock.today())
    if proposal is None:
        raise Http404
    return form_page(
        request,
        ProposalDropForm,
        agenda.drop_proposal,
        meeting=meeting,
        key=key,
        words={"title": f"Tag “{proposal.title}” af"},
        back=meeting,
    )


@require_GET
@page_of(find_meeting)
def agenda_docx(request: Request, meeting: Meeting, part: str) -> HttpResponse:
    """The agenda as a Word file: "hele" or "aaben"."""
    if part not in ("hele", "aaben"):
        raise Http404
    return download(papers.agenda(meeting, open_only=part == "aaben"))


@require_GET
@page_of(find_meeting)
def minutes_docx(request: Request, meeting: Meeting, part: str) -> HttpResponse:
    """The minutes as a Word file: "hele" or "aaben"."""
    if part not in ("hele", "aaben") or not meeting.is_over:
        raise Http404
    return download(papers.minutes(meeting, open_only=part == "aaben"))
