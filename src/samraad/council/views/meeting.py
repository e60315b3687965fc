"""Pages of a meeting before it is held: list, agenda, papers, and the acts on them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.rooms import parts
from samraad.council import permissions as may
from samraad.council.actions import meeting as acts
from samraad.council.calendar import feed
from samraad.council.forms.meeting import (
    ApologyForm,
    CancelForm,
    MeetingEditForm,
    MeetingForm,
    MoveForm,
    SeriesForm,
)
from samraad.council.models import Forum, Meeting, Seat
from samraad.council.notices.guest import inviting
from samraad.council.notices.meeting import calling
from samraad.council.permissions import appointments, visible_fora, visible_meetings
from samraad.council.queries.meeting import meeting_page, meetings_page, offsite_turns
from samraad.council.queries.sending import sending, what_stands
from samraad.council.views.sending import send_page
from samraad.look.danish import naar
from samraad.look.pages import act, button_of, form_page, page_of

CALLED = "Dagsordenen er sendt ud. Nye punkter kommer sidst, og alle får besked om dem."
NOTED = "Det er noteret, at dagsordenen var sendt. Ingen har fået en mail."
CALL_FOLLOWS = [
    "Mailen går én gang til hver. Trykker du igen, sker der ikke mere.",
    "Punkterne beholder deres numre. Kommer der et punkt eller et bilag til, får alle besked.",
    "To dage før mødet får de, der ikke har meldt afbud, en mail om det.",
]


def find_meeting(request: Request, district: Organisation, pk: int) -> Meeting:
    """The meeting, if the person belongs to its forum; else not found."""
    mine = visible_meetings(request.user, district).select_related("forum__district", "host")
    return get_object_or_404(mine, pk=pk)


def find_forum_that_meets(request: Request, district: Organisation, pk: int) -> Forum:
    """The forum, for anybody who works in the district."""
    return get_object_or_404(visible_fora(request.user, district), pk=pk)


@require_GET
def meetings(request: Request, district: Organisation) -> HttpResponse:
    """The meetings of my fora, coming first."""
    held = appointments(request.user)
    fora = {a.seat.forum for a in held if a.seat.forum.district_id == district.pk}
    if not fora:
        raise Http404
    page = meetings_page(request.user, district, fora, clock.today())
    return render(request, "council/meetings.html", {"title": "Møder", "lead": page.next_words, "page": page})


@require_GET
@page_of(find_meeting)
def meeting_ics(request: Request, meeting: Meeting) -> HttpResponse:
    """The meeting for a calendar; put there again it follows a move."""
    content = feed([meeting], str(meeting.forum), Meeting.get_absolute_url)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="moede-{meeting.pk}.ics"'
    return response


@require_GET
@page_of(find_meeting)
def meeting(request: Request, meeting: Meeting) -> HttpResponse:
    """A meeting before, during and after."""
    page = meeting_page(meeting, request.user, clock.today())
    context = {
        "title": page.title,
        "page": page,
        "meeting": page.meeting,
        "may": page.may,
        "parts": parts("council.meeting", page.meeting, request.user),
        "crumbs": meeting.above(),
    }
    return render(request, "council/meeting.html", context)


@page_of(find_forum_that_meets, may.prepare)
def plan(request: Request, forum: Forum) -> HttpResponse:
    """Put a meeting in the calendar."""
    turns = offsite_turns(forum)
    lead = f"Længst siden besøg: {turns[0][0].short_name}." if turns else ""
    return form_page(
        request,
        MeetingForm,
        acts.plan_meeting,
        forum=forum,
        given={"choices": {"host": forum.municipalities.all()}},
        words={"lead": lead},
        crumbs=[],
    )


@page_of(find_forum_that_meets, may.prepare)
def series(request: Request, forum: Forum) -> HttpResponse:
    """Put the meetings of a year in the calendar."""
    back = reverse("council:meetings", args=[forum.district.slug])
    return form_page(request, SeriesForm, acts.plan_series, forum=forum, back=back, crumbs=[])


@page_of(find_meeting, may.edit_agenda)
def call(request: Request, meeting: Meeting) -> HttpResponse:
    """Send the agenda out, when it was seen what goes; of a meeting that has been only note that it went."""
    letters, follows, done = [*calling(meeting), *inviting(meeting)], CALL_FOLLOWS, CALLED
    if meeting.has_begun:
        letters, follows, done = [], ["Mødets tid er gået. Ingen får en mail."], NOTED
    return send_page(
        request,
        sending([meeting.forum], letters, what_stands(meeting)),
        acts.call_meeting,
        title="Se, hvad der bliver sendt",
        button=meeting.call_words,
        follows=follows,
        missing=_not_to_be_called(meeting),
        done=done,
        back=meeting,
        meeting=meeting,
        now=clock.now(),
    )


def _not_to_be_called(meeting: Meeting) -> str:
    """What stands in the way of sending the agenda, in words."""
    if not meeting.is_planned:
        return "Dagsordenen er allerede sendt ud."
    if not meeting.items.exists():
        return "Dagsordenen er tom. Skriv mindst ét punkt, før den bliver sendt ud."
    return ""


@page_of(find_meeting, may.change_meeting)
def change(request: Request, meeting: Meeting) -> HttpResponse:
    """Correct where and how a meeting is held."""
    return form_page(
        request,
        MeetingEditForm,
        acts.change_meeting,
        meeting=meeting,
        now=clock.now(),
        of=meeting,
        given={"choices": {"host": meeting.forum.municipalities.all()}},
        back=meeting,
    )


@page_of(find_meeting, may.edit_agenda)
def move(request: Request, meeting: Meeting) -> HttpResponse:
    """Move a meeting."""
    lead = f"Mødet er nu {naar(meeting.starts_at)}. Punkterne følger med, og alle får besked."
    return form_page(
        request,
        MoveForm,
        acts.move_meeting,
        meeting=meeting,
        now=clock.now(),
        words={"lead": lead},
        back=meeting,
    )


@page_of(find_meeting, may.edit_agenda)
def cancel(request: Request, meeting: Meeting) -> HttpResponse:
    """Cancel a meeting."""
    others = Meeting.objects.filter(forum=meeting.forum).coming(clock.today()).exclude(pk=meeting.pk)
    given = {"choices": {"to": others}}
    return form_page(request, CancelForm, acts.cancel_meeting, meeting=meeting, given=given, back=meeting)


@button_of(find_meeting)
def reinstate(request: Request, meeting: Meeting) -> HttpResponse:
    """Take a cancellation back."""
    return act(
        request,
        acts.reinstate_meeting,
        meeting=meeting,
        now=clock.now(),
        done="Mødet bliver holdt alligevel. Alle har fået besked.",
        back=meeting,
    )


@button_of(find_meeting)
def apology(request: Request, meeting: Meeting, seat: int) -> HttpResponse:
    """Send an apology for a seat."""
    return act(
        request,
        acts.send_apology,
        meeting=meeting,
        seat=find_seat(meeting, seat),
        done="Der er meldt afbud. Stedfortræderen og sekretariatet har fået besked.",
        back=meeting,
    )


@button_of(find_meeting)
def apology_back(request: Request, meeting: Meeting, seat: int) -> HttpResponse:
    """Take an apology back."""
    return act(
        request,
        acts.take_apology_back,
        meeting=meeting,
        seat=find_seat(meeting, seat),
        done="Afbuddet er trukket tilbage.",
        back=meeting,
    )


def find_seat(meeting: Meeting, pk: int) -> Seat:
    """A seat of the meeting's forum."""
    return get_object_or_404(meeting.forum.seats, pk=pk)


@page_of(find_meeting, may.prepare, of="forum")
def apology_enter(request: Request, meeting: Meeting) -> HttpResponse:
    """Enter an apology that came by phone or mail."""
    known = meeting.attendance.values("seat")
    seats = meeting.forum.seats.filter(member=True).exclude(pk__in=known)
    given = {"choices": {"seat": seats}}
    return form_page(request, ApologyForm, acts.send_apology, meeting=meeting, given=given, back=meeting)
