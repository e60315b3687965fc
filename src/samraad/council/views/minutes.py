"""Pages of a meeting when it is held and after.

Attendance, minutes, decisions, approval; and its proposals.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from manuscript.text import plain
from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.accounts.outbox import Letter
from samraad.audit.actor import Actor
from samraad.audit.rooms import Ask, asks, parts
from samraad.council import journal, packs, papers
from samraad.council import permissions as may
from samraad.council.actions import agenda, publication
from samraad.council.actions import minutes as acts
from samraad.council.forms.agenda import HoldBackForm, ProposalDropForm
from samraad.council.forms.minutes import (
    DecisionEditForm,
    DecisionForm,
    HoldForm,
    ObjectionForm,
    TakeBackForm,
    WithdrawForm,
    WrittenReplyForm,
)
from samraad.council.models import AgendaItem, Decision, Meeting, WrittenReply
from samraad.council.notices import minutes as notices
from samraad.council.queries.proposal import proposal_of
from samraad.council.queries.sending import sending, what_stands
from samraad.council.views.agenda import find_item
from samraad.council.views.meeting import find_meeting
from samraad.council.views.sending import send_page
from samraad.documents.pdf import NotMade
from samraad.look.danish import antal, dato
from samraad.look.files import download, file_response, not_made
from samraad.look.pages import Action, Fields, act, button_of, form_page, page_of
from samraad.look.views import page as said_on_page

KLE = re.compile(r"\d\d(?:\.\d\d){1,2}")  # a number of the municipalities' shared list, such as 27.69.40


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
    """Record that the meeting was held, and who was there; correct it until the minutes are sent."""
    action: Action = acts.hold_meeting
    words = {}
    if meeting.is_held:
        action = acts.correct_attendance
        words = {"title": "Ret fremmødet", "done": "Fremmødet er rettet."}
    return form_page(
        request,
        HoldForm,
        action,
        meeting=meeting,
        given={"seats": list(meeting.forum.seats.filter(member=True))},
        initial=_known_presence(meeting),
        words=words,
        back=meeting,
    )


def _known_presence(meeting: Meeting) -> dict[str, str]:
    """What is known of who comes, and came: apologies; in a written procedure, who answered."""
    if meeting.is_held or not meeting.written:
        known = {f"seat_{row.seat_id}": row.presence for row in meeting.attendance.all()}
        known["guests"] = "\n".join(guest.role for guest in meeting.guests.filter(item=None))
        if meeting.chaired_by_id:
            known["chaired_by"] = str(meeting.chaired_by_id)
        return known
    replies = WrittenReply.objects.filter(item__meeting=meeting)
    answered = set(replies.values_list("seat", flat=True))
    return {
        f"seat_{seat.pk}": "present" if seat.pk in answered else "absent"
        for seat in meeting.forum.seats.all()
    }


@page_of(find_item, may.write_minutes, of="meeting")
def decide(request: Request, item: AgendaItem) -> HttpResponse:
    """Write down a decision, and what the rooms above ask to follow from it."""
    more = asks("council.decision")

    def decide(*, item: AgendaItem, by: Actor, **data: Any) -> Decision:
        decision = acts.decide(item=item, by=by, **{name: data[name] for name in DecisionForm.base_fields})
        _follow(more, decision, data, by)
        return decision

    given = {"item": item, "asks": more}
    return form_page(request, DecisionForm, decide, item=item, given=given, back=item.meeting)


def _follow(more: list[Ask], decision: Decision, data: Fields, by: Actor) -> None:
    for ask in more:
        ask.run(decision, data, by)


def find_decision(request: Request, district: Organisation, pk: int) -> Decision:
    """The decision, if the person belongs to the forum of its meeting."""
    found = get_object_or_404(Decision.objects.select_related("item__meeting__forum__district"), pk=pk)
    find_meeting(request, district, found.item.meeting_id)
    return found


@page_of(find_decision, may.write_minutes, of="item.meeting")
def decision_change(request: Request, decision: Decision) -> HttpResponse:
    """Correct a decision; what follows from it stands below."""
    shows = {"parts": parts("council.meeting", decision.item.meeting, request.user), "decision": decision}
    return form_page(
        request,
        DecisionEditForm,
        acts.change_decision,
        decision=decision,
        of=decision,
        template="council/decision_form.html",
        shows=shows,
        back=decision.item.meeting,
    )


@button_of(find_decision)
def decision_remove(request: Request, decision: Decision) -> HttpResponse:
    """Take a decision away."""
    return act(
        request,
        acts.remove_decision,
        decision=decision,
        done="Beslutningen er fjernet. Den ligger i forummets papirkurv i 30 dage.",
        undo="council:bin_restore",
        back=decision.item.meeting,
    )


STEPS: dict[str, tuple[Action, str]] = {
    # the word in the address -> (action, what is said when it is done)
    "godkend": (acts.approve_minutes, "Referatet er godkendt af dig."),
    "afslut": (acts.settle_minutes, "Referatet er godkendt, fordi fristen er gået."),
    "offentliggoer": (publication.publish_open_part, "Den åbne del er offentlig."),
}


@button_of(find_meeting)
def minutes_step(request: Request, meeting: Meeting, step: str) -> HttpResponse:
    """One step of the minutes: approve, settle, publish."""
    if step not in STEPS:
        raise Http404
    action, done = STEPS[step]
    return act(request, action, meeting=meeting, now=clock.now(), done=done, back=meeting)


@page_of(find_meeting, may.write_minutes)
def minutes_send(request: Request, meeting: Meeting) -> HttpResponse:
    """Send the minutes, when it was seen what goes and to whom."""
    due_on = clock.today() + timedelta(days=meeting.forum.objection_days)
    letters = notices.sending(meeting, meeting.minutes_round + 1, due_on, request.user)
    shown = sending([meeting.forum], letters, what_stands(meeting), meeting.covered_seats())
    said = _sent_outside(meeting)
    if shown.reached:
        said = _sent_to(shown.reached, due_on)
    return send_page(
        request,
        shown,
        acts.send_minutes,
        title="Se, hvad der bliver sendt",
        missing=_not_to_be_sent(meeting),
        ways=_ways_on(meeting, shown.reached),
        back=meeting,
        meeting=meeting,
        now=clock.now(),
        **said,
    )


def _sent_to(reached: int, due_on: date) -> Fields:
    """What is said of minutes that go to somebody."""
    return {
        "button": "Send referatet til godkendelse",
        "done": f"Referatet er sendt til {antal(reached, 'person,personer')}.",
        "follows": [
            f"De, der var til stede, kan godkende eller skrive en bemærkning til og med {dato(due_on)}.",
            "Når alle har godkendt, er referatet godkendt.",
            "Du kan tage det tilbage og rette det. Så skal alle godkende igen.",
        ],
    }


def _sent_outside(meeting: Meeting) -> Fields:
    """What is said of minutes that Samråd can send to nobody: the secretary sends them herself."""
    return {
        "button": "Registrér, at jeg selv sender referatet",
        "done": "Det er noteret. Samråd har ikke sendt nogen mail; send selv referatet herfra.",
        "follows": [
            "Samråd sender ingenting: ingen af dem, der var til stede, kan få en mail.",
            "Du sender selv referatet. Det ligger som PDF og Word på mødets side.",
            f"Fristen for bemærkninger er {antal(meeting.forum.objection_days, 'dag,dage')}."
            " Når den er gået, kan du fastslå godkendelsen.",
        ],
    }


def _not_to_be_sent(meeting: Meeting) -> str:
    """What stands in the way of sending the minutes; empty when nothing does."""
    if not meeting.covered_seats():
        return "Ingen plads var dækket efter fremmødet, så ingen kan godkende referatet. Ret fremmødet først."
    return acts.without_outcome(meeting)


def _ways_on(meeting: Meeting, reached: int) -> list[tuple[str, str]]:
    """Where one puts right that nobody gets the minutes."""
    if reached:
        return []
    attendance = reverse("council:meeting_hold", args=[meeting.forum.district.slug, meeting.pk])
    seats = meeting.forum.get_absolute_url()
    return [("Ret fremmødet", attendance), ("Sæt personer på pladserne", seats)]


def _without_mail(meeting: Meeting, letter: Letter) -> Iterator[str]:
    """The seats that lack an answer and that the letter is not for, a sentence each."""
    unanswered, receivers = meeting.unanswered_seats(), set(map(attrgetter("pk"), letter.to))
    for row in meeting.attendance.select_related("seat"):
        if row.seat_id in unanswered and row.holder_id not in receivers:
            yield f"{row.seat} får ingen mail: den, der var til stede, sidder der ikke nu."


@page_of(find_meeting, may.remind_of_minutes)
def minutes_remind(request: Request, meeting: Meeting) -> HttpResponse:
    """Remind those who have not answered to the minutes, when it was seen who that is."""
    letter = notices.reminding(meeting, clock.today())
    missing = ""
    if not letter.reaches():
        missing = "Ingen kan nås: alle har svaret, eller de har valgt mailen fra."
    return send_page(
        request,
        sending([meeting.forum], [letter], asked=meeting.unanswered_seats()),
        acts.remind_of_minutes,
        title="Påmind dem, der ikke har svaret",
        button="Send påmindelsen",
        follows=[
            *_without_mail(meeting, letter),
            "De kan godkende med ét tryk fra mødets side.",
            "Der går højst én påmindelse om dagen.",
        ],
        missing=missing,
        done="Påmindelsen er sendt.",
        back=meeting,
        meeting=meeting,
        today=clock.today(),
    )


@page_of(find_meeting, may.prepare, of="forum")
def minutes_back(request: Request, meeting: Meeting) -> HttpResponse:
    """Take the minutes back to correct them; the page says what falls."""
    given = meeting.current_replies().filter(objection="").count()
    lead = "Alle får besked, og det rettede referat skal godkendes af alle, der var til stede."
    if given:
        lead = f"{antal(given, 'godkendelse falder,godkendelser falder')} bort. {lead}"
    return form_page(
        request,
        TakeBackForm,
        acts.take_minutes_back,
        meeting=meeting,
        now=clock.now(),
        words={"lead": lead},
        back=meeting,
    )


@page_of(find_meeting, may.withdraw_open_part)
def minutes_withdraw(request: Request, meeting: Meeting) -> HttpResponse:
    """Take published minutes out of the public."""
    return form_page(request, WithdrawForm, publication.withdraw_open_part, meeting=meeting, back=meeting)


@page_of(find_item, may.hold_back, of="meeting")
def item_hold_back(request: Request, item: AgendaItem) -> HttpResponse:
    """Close an item at the meeting or after."""
    return form_page(request, HoldBackForm, publication.hold_back, item=item, of=item, back=item.meeting)


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
def agenda_file(request: Request, meeting: Meeting, part: str, form: str) -> HttpResponse:
    """The agenda as a file: "hele" or "aaben"."""
    if part not in ("hele", "aaben"):
        raise Http404
    return download(request, papers.agenda(meeting, open_only=part == "aaben"), form)


@require_GET
@page_of(find_meeting)
def agenda_pack(request: Request, meeting: Meeting, part: str) -> HttpResponse:
    """The agenda with its papers as one PDF file: "hele" or "aaben"."""
    if part not in ("hele", "aaben"):
        raise Http404
    try:
        title, content = packs.agenda_pack(meeting, open_only=part == "aaben")
    except NotMade as error:
        return not_made(request, error)
    return file_response(content, f"{title} med bilag", "pdf")


@require_GET
@page_of(find_meeting)
def minutes_file(request: Request, meeting: Meeting, part: str, form: str) -> HttpResponse:
    """The minutes as a file: "hele" or "aaben"."""
    if part not in ("hele", "aaben") or not meeting.is_over:
        raise Http404
    return download(request, papers.minutes(meeting, open_only=part == "aaben"), form)


@require_GET
@page_of(find_meeting, may.prepare, of="forum")
def journal_file(request: Request, meeting: Meeting) -> HttpResponse:
    """The meeting as a package for the journal; a KLE number goes along when the address gives one."""
    kle = request.GET.get("kle", "")
    if kle and not KLE.fullmatch(kle):
        sentence = (
            f"“{kle[:20]}” er ikke et KLE-nummer. Skriv for eksempel 27.69.40, eller lad det være tomt."
        )
        return said_on_page(request, 422, "Pakken kan ikke laves", sentence)
    try:
        name, content = journal.package(meeting, kle)
    except NotMade as error:
        return not_made(request, error)
    return file_response(content, name, "zip")
