"""Pages of the register of fora: which exist where, which sleep, who sits in them."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.access import finds
from samraad.audit.models import Removed
from samraad.audit.rooms import parts
from samraad.council import permissions as may
from samraad.council.actions import forum as acts
from samraad.council.actions.appointment import answer_appointment
from samraad.council.forms.forum import (
    AppointForm,
    AppointmentAnswerForm,
    EndForm,
    ForumEditForm,
    ForumForm,
    RulesForm,
    SeatForm,
    StandingItemsForm,
)
from samraad.council.models import Appointment, Forum, Seat
from samraad.council.permissions import employed_in, seat_organisations, visible_fora, works_in
from samraad.council.queries.forum import fora_page, forum_page
from samraad.council.queries.seat import people_for, usual_function
from samraad.look.danish import dato
from samraad.look.pages import bin_page, form_page, page_of, restore, trail


def find_forum(request: Request, district: Organisation, pk: int) -> Forum:
    """The forum, for anybody who works in the district."""
    return get_object_or_404(visible_fora(request.user, district).select_related("district"), pk=pk)


def find_seat(request: Request, district: Organisation, pk: int) -> Seat:
    """The seat, for anybody who works in the district."""
    if not works_in(request.user, district):
        raise Http404
    seats = Seat.objects.select_related("forum__district", "organisation")
    return get_object_or_404(seats, pk=pk, forum__district=district)


def find_appointment(request: Request, district: Organisation, pk: int) -> Appointment:
    """The appointment, for anybody who works in the district."""
    if not works_in(request.user, district):
        raise Http404
    held = Appointment.objects.select_related("seat__forum__district", "user")
    return get_object_or_404(held, pk=pk, seat__forum__district=district)


def find_waiting(request: Request, district: Organisation, pk: int) -> Appointment:
    """The appointment that waits for a yes, for those who work for one of the district's organisations."""
    if not employed_in(request.user, district):
        raise Http404
    waiting = Appointment.objects.waiting().select_related(
        "seat__forum__district", "seat__organisation", "user", "proposed_by"
    )
    return get_object_or_404(waiting, pk=pk, seat__forum__district=district)


@require_GET
def fora(request: Request, district: Organisation) -> HttpResponse:
    """Samarbejdsfora: per municipality which exist, when they last met, which sleep."""
    if not works_in(request.user, district):
        raise Http404
    page = fora_page(request.user, district, clock.today())
    context = {
        "title": "Samarbejdsfora",
        "page": page,
        "parts": parts("council.fora", district, request.user),
    }
    return render(request, "council/fora.html", context)


@require_GET
@page_of(find_forum)
def forum(request: Request, forum: Forum) -> HttpResponse:
    """One forum: what it is, who sits in it, how it lives."""
    page = forum_page(forum, request.user, clock.today())
    context = {
        "title": forum.name,
        "page": page,
        "forum": forum,
        "may": page.may,
        "parts": parts("council.forum", forum, request.user),
        "crumbs": forum.above(),
    }
    return render(request, "council/forum.html", context)


def forum_new(request: Request, district: Organisation) -> HttpResponse:
    """Register a forum."""
    if not works_in(request.user, district):
        raise Http404
    may.register_forum.check(request.user, district)

    crumbs = [("Fora", reverse("council:fora", args=[district.slug]))]
    return form_page(
        request, ForumForm, acts.open_forum, district=district, given=_choices(district), crumbs=crumbs
    )


def _choices(district: Organisation, but: Forum | None = None) -> dict[str, object]:
    """What a forum may belong under, and what it may cover."""
    fora = Forum.objects.of_district(district)
    if but is not None:
        fora = fora.exclude(pk=but.pk)
    return {"fora": fora, "municipalities": Organisation.objects.of_district(district, clock.today())}


@page_of(find_forum, may.register_forum, of="district")
def forum_edit(request: Request, forum: Forum) -> HttpResponse:
    """Change what the register says."""
    given = _choices(forum.district, but=forum)
    return form_page(
        request, ForumEditForm, acts.change_forum, forum=forum, of=forum, given=given, back=forum
    )


@page_of(find_forum, may.prepare)
def standing_items(request: Request, forum: Forum) -> HttpResponse:
    """What stands on every agenda of the forum."""
    return form_page(request, StandingItemsForm, acts.set_standing_items, forum=forum, of=forum, back=forum)


@page_of(find_forum, may.set_rules)
def rules(request: Request, forum: Forum) -> HttpResponse:
    """The forum's own rules, and the chair's mandate to the secretariat."""
    return form_page(request, RulesForm, acts.set_rules, forum=forum, of=forum, back=forum)


@page_of(find_forum, may.appoint)
def seat_add(request: Request, forum: Forum) -> HttpResponse:
    """Make a place in a forum."""
    given = {"organisations": seat_organisations(request.user, forum)}
    return form_page(request, SeatForm, acts.add_seat, forum=forum, given=given, back=forum)


@page_of(find_seat, may.appoint, of="forum")
def appoint(request: Request, seat: Seat) -> HttpResponse:
    """Give a person a seat."""
    today = clock.today()
    return form_page(
        request,
        AppointForm,
        acts.appoint,
        seat=seat,
        given={"people": people_for(seat)},
        initial={"starts_on": today, "function": usual_function(seat, today)},
        back=seat.forum,
    )


@page_of(find_waiting, may.confirm)
def appointment_answer(request: Request, appointment: Appointment) -> HttpResponse:
    """Say yes or no to an appointment that waits."""
    lead = AppointmentAnswerForm.page.lead.format(
        appointment=appointment,
        function=appointment.get_function_display(),
        day=dato(appointment.starts_on),
    )
    return form_page(
        request,
        AppointmentAnswerForm,
        answer_appointment,
        appointment=appointment,
        words={"lead": lead},
        today=clock.today(),
        back=settings.LOGIN_REDIRECT_URL,
    )


@page_of(find_appointment, may.appoint, of="seat.forum")
def appointment_end(request: Request, appointment: Appointment) -> HttpResponse:
    """End an appointment today, when its consequence was read."""
    return form_page(
        request,
        EndForm,
        acts.end_appointment,
        appointment=appointment,
        on=clock.today(),
        back=appointment.seat.forum,
    )


@require_GET
@page_of(find_forum, may.see_bin)
def bin(request: Request, forum: Forum) -> HttpResponse:
    """What was removed from a forum."""
    place, title = f"forum:{forum.pk}", f"Papirkurv: {forum}"
    return bin_page(request, place, title=title, restore="council:bin_restore", crumbs=trail(forum))


@require_POST
@finds(Removed)
def bin_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put something of a forum back."""
    removed = get_object_or_404(Removed, pk=pk, place__startswith="forum:")
    forum = find_forum(request, district, int(removed.place.split(":")[1]))
    return restore(request, removed, back=forum)
