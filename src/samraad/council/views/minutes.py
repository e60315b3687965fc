"""Pages of a meeting when it is held and after: attendance, minutes, decisions, approval; and its proposals."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from manuscript.text import plain
from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council import papers, permissions
from samraad.council.actions import commitment as promises
from samraad.council.actions import meeting as acts
from samraad.council.actions import minutes
from samraad.council.forms.commitment import ReasonForm
from samraad.council.forms.meeting import DecisionForm, HoldForm, MinuteForm, WrittenReplyForm
from samraad.council.models import Commitment, Decision, Meeting, Occurrence, WrittenReply
from samraad.council.views.meeting import crumbs, find_item, find_meeting, url_of
from samraad.pages import act, download, form_page


@require_POST
def apology(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Send apologies, or take them back."""
    meeting = find_meeting(request, district, pk)
    return act(
        request,
        lambda: minutes.send_apology(meeting=meeting, by=request.user),
        done=lambda made: (
            "Du har meldt afbud. Din stedfortræder kan komme." if made.pk else "Dit afbud er taget tilbage."
        ),
        back=url_of(meeting),
    )


def written_reply(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Answer an item of a written procedure."""
    item = find_item(request, district, pk)
    permissions.reply_in_writing.check(request.user, item.meeting)
    return form_page(
        request,
        WrittenReplyForm(request.POST or None),
        lambda data: minutes.reply_in_writing(
            item=item, agrees=data["agrees"] == "ja", text=data["text"], now=clock.now(), by=request.user
        ),
        title=f"Svar på punkt {item.position}: {item}",
        lead=plain(item.text),
        button="Send svaret",
        done="Svaret er sendt. Du kan ændre det, til behandlingen er afsluttet.",
        back=url_of(item.meeting),
        crumbs=crumbs(item.meeting),
    )


def hold(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Record that the meeting was held, and who was there."""
    meeting = find_meeting(request, district, pk)
    permissions.prepare.check(request.user, meeting.forum)
    known = {f"seat_{row.seat_id}": row.presence for row in meeting.attendance.all()}
    if meeting.written:  # who answered took part
        answered = set(WrittenReply.objects.filter(item__meeting=meeting).values_list("seat", flat=True))
        known = {
            f"seat_{seat.pk}": "present" if seat.pk in answered else "absent"
            for seat in meeting.forum.seats.all()
        }
    form = HoldForm(request.POST or None, initial=known, seats=list(meeting.forum.seats.filter(member=True)))
    return form_page(
        request,
        form,
        lambda data: minutes.hold_meeting(
            meeting=meeting,
            presence=form.presence(),
            chaired_by=form.chair(),
            guests=form.guest_roles(),
            by=request.user,
        ),
        title="Mødet er holdt: hvem var der?",
        button="Gem fremmødet",
        done="Fremmødet er gemt. Nu kan referatet skrives.",
        back=url_of(meeting),
        crumbs=crumbs(meeting),
    )


def minute(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Write an item's minute."""
    item = find_item(request, district, pk)
    permissions.write_minutes.check(request.user, item.meeting)
    initial = {
        "minute": item.minute,
        "outcome": item.outcome,
        "subjects": item.subjects,
        "version": item.version,
    }
    return form_page(
        request,
        MinuteForm(request.POST or None, initial=initial),
        lambda data: minutes.write_minute(item=item, by=request.user, **data),
        title=f"Referat af punkt {item.position}: {item}",
        done="Referatet af punktet er gemt.",
        back=url_of(item.meeting),
        crumbs=crumbs(item.meeting),
    )


def decide(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Write down a decision, and the promise that follows from it."""
    item = find_item(request, district, pk)
    permissions.write_minutes.check(request.user, item.meeting)
    owners = Organisation.objects.filter(seats__forum__district=district).distinct()

    def run(data: dict[str, Any]) -> Decision:
        decision = minutes.decide(
            item=item, text=data["text"], kind=data["kind"], ends_on=data["ends_on"], by=request.user
        )
        if data["promise"]:
            promises.propose(
                forum=item.meeting.forum,
                text=data["promise"],
                owner=data["owner"],
                owner_role=data["owner_role"],
                due_on=data["due_on"],
                decision=decision,
                by=request.user,
            )
        return decision

    return form_page(
        request,
        DecisionForm(request.POST or None, owners=owners),
        run,
        title=f"Beslutning på punkt {item.position}: {item}",
        lead="Et løfte til en anden myndighed er et forslag, indtil den siger ja.",
        button="Gem beslutningen",
        done="Beslutningen er gemt.",
        back=url_of(item.meeting),
        crumbs=crumbs(item.meeting),
    )


@require_POST
def minutes_step(request: Request, district: Organisation, pk: int, step: str) -> HttpResponse:
    """One step of the minutes: send, take back, approve, settle, publish."""
    meeting = find_meeting(request, district, pk)
    now, by = clock.now(), request.user
    steps: dict[str, tuple[Any, str]] = {
        "send": (
            lambda: minutes.send_minutes(meeting=meeting, now=now, by=by),
            "Referatet er sendt til godkendelse.",
        ),
        "tag-tilbage": (
            lambda: minutes.take_minutes_back(meeting=meeting, by=by),
            "Referatet er taget tilbage. Ret det, og send igen.",
        ),
        "godkend": (
            lambda: minutes.approve_minutes(meeting=meeting, now=now, by=by),
            "Referatet er godkendt af dig.",
        ),
        "afslut": (
            lambda: minutes.settle_minutes(meeting=meeting, now=now, by=by),
            "Referatet er godkendt, fordi fristen er gået.",
        ),
        "offentliggoer": (
            lambda: minutes.publish_open_part(meeting=meeting, now=now, by=by),
            "Den åbne del er offentlig.",
        ),
    }
    if step not in steps:
        raise Http404
    run, done = steps[step]
    return act(request, run, done=done, back=url_of(meeting))


def minutes_object(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Object to the minutes."""
    meeting = find_meeting(request, district, pk)
    permissions.reply_to_minutes.check(request.user, meeting)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].label = "Din bemærkning til referatet"
    return form_page(
        request,
        form,
        lambda data: minutes.object_to_minutes(
            meeting=meeting, objection=data["reason"], now=clock.now(), by=request.user
        ),
        title="Skriv en bemærkning til referatet",
        button="Send bemærkningen",
        done="Bemærkningen er sendt og står ved referatet.",
        back=url_of(meeting),
        crumbs=crumbs(meeting),
    )


def _proposed(meeting: Meeting, key: str) -> tuple[Commitment | None, Occurrence | None]:
    kind, _, number = key.partition("-")
    if not number.isdecimal() or len(number) > 15:
        raise Http404
    if kind == "commitment":
        return get_object_or_404(Commitment, pk=number, forum=meeting.forum), None
    return None, get_object_or_404(Occurrence, pk=number, duty__forum=meeting.forum)


@require_POST
def proposal_take(request: Request, district: Organisation, pk: int, key: str) -> HttpResponse:
    """Put a proposal on the agenda."""
    meeting = find_meeting(request, district, pk)
    commitment, occurrence = _proposed(meeting, key)
    return act(
        request,
        lambda: acts.take_proposal(
            meeting=meeting, commitment=commitment, occurrence=occurrence, by=request.user
        ),
        done="Forslaget er lagt på dagsordenen.",
        back=url_of(meeting),
    )


def proposal_drop(request: Request, district: Organisation, pk: int, key: str) -> HttpResponse:
    """Leave a proposal off this agenda."""
    meeting = find_meeting(request, district, pk)
    permissions.edit_agenda.check(request.user, meeting)
    commitment, occurrence = _proposed(meeting, key)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda data: acts.drop_proposal(
            meeting=meeting, commitment=commitment, occurrence=occurrence, by=request.user, **data
        ),
        title=f"Tag “{commitment or occurrence}” af",
        button="Tag forslaget af",
        done="Forslaget er taget af. Grunden er gemt.",
        back=url_of(meeting),
        crumbs=crumbs(meeting),
    )


@require_GET
def agenda_docx(request: Request, district: Organisation, pk: int, part: str) -> HttpResponse:
    """The agenda as a Word file: "hele" or "aaben"."""
    meeting = find_meeting(request, district, pk)
    if part not in ("hele", "aaben"):
        raise Http404
    return download(papers.agenda(meeting, open_only=part == "aaben"))


@require_GET
def minutes_docx(request: Request, district: Organisation, pk: int, part: str) -> HttpResponse:
    """The minutes as a Word file: "hele" or "aaben"."""
    meeting = find_meeting(request, district, pk)
    if part not in ("hele", "aaben") or not meeting.is_over:
        raise Http404
    return download(papers.minutes(meeting, open_only=part == "aaben"))
