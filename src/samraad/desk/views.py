"""Pages of the desk: mine, the wheel, hand-over packs, search, why I may."""

from operator import attrgetter

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samraad import clock
from samraad.accounts.actions import hash_token
from samraad.accounts.elsewhere import of_provider
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation, User
from samraad.audit.rooms import parts
from samraad.council import permissions as may
from samraad.council.calendar import feed
from samraad.council.models import Forum, Meeting, Seat
from samraad.desk import queries
from samraad.desk import wheel as wheels
from samraad.desk.papers import handover_paper
from samraad.desk.queries.handover import handover_page
from samraad.look.files import download
from samraad.look.pages import page_of
from samraad.search.results import Results

LAST = 50  # pages of what a search finds


def find_forum(request: Request, district: Organisation, pk: int) -> Forum:
    """The forum, for anybody who works in the district."""
    return get_object_or_404(may.visible_fora(request.user, district), pk=pk)


def find_seat(request: Request, district: Organisation, pk: int) -> Seat:
    """The seat, for who holds it, prepares for it, or keeps its forum."""
    seats = Seat.objects.select_related("forum__district", "organisation")
    seat = get_object_or_404(seats, pk=pk, forum__district=district)
    held = map(attrgetter("seat_id"), may.held_inside(request.user))
    if seat.pk not in held and not may.appoint.allows(request.user, seat.forum):
        raise Http404
    return seat


@require_GET
def desk(request: Request) -> HttpResponse:
    """Mit bord: what waits for me, late first."""
    page = queries.desk_page(request.user, clock.today())
    context = {"title": "Mit bord", "page": page}
    if page.municipality:
        context["parts"] = parts("desk.municipality", page.municipality.organisation, request.user)
    return render(request, "desk/desk.html", context)


@require_GET
def rights(request: Request) -> HttpResponse:
    """Min profil: why may I, and the ways to sign in."""
    token = request.session.pop("calendar_token", "")
    address = ""
    if token:
        address = request.build_absolute_uri(reverse("desk:calendar", args=[token]))
    context = {
        "title": "Min profil",
        "rights": queries.rights(request.user),
        "seats": list(map(attrgetter("seat"), may.held_inside(request.user))),
        "calendar": address,
        "has_calendar": bool(request.user.calendar_hash),
        "connected": of_provider(request.user) is not None,
    }
    return render(request, "desk/rights.html", context)


@login_not_required
@require_GET
def calendar(request: Request, token: str, forum: int | None = None) -> HttpResponse:
    """A person's meetings, or those of one forum, as a calendar; the secret address is hers alone."""
    user = get_object_or_404(User, calendar_hash=hash_token(token), is_active=True)
    meetings = queries.calendar_meetings(user, forum)
    content = feed(meetings, "Mine møder i Samråd", Meeting.get_absolute_url)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def wheel(request: Request, district: Organisation) -> HttpResponse:
    """The annual wheel of a forum: picture and table."""
    fora = wheels.fora_of(request.user, district)
    if not fora:
        raise Http404
    forum = fora.get(_number(request, "forum"))
    if forum is None:
        forum = wheels.first_of(list(fora.values()))
    year = _number(request, "aar")
    if not 2007 <= year <= 2100:
        year = clock.today().year
    page = wheels.wheel_page(forum, year, request.user, clock.today())
    return render(request, "desk/wheel.html", {"title": page.title, "page": page, "fora": fora.values()})


def _number(request: Request, name: str) -> int:
    """What the address asks for; 0 when it is no number, or none of this world."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else 0


@require_GET
@page_of(find_forum, may.appoint)
def handovers(request: Request, forum: Forum) -> HttpResponse:
    """The seats of a forum with their hand-over packs."""
    context = {
        "title": f"Overdragelser i {forum}",
        "seats": forum.seats.filter(member=True),
    }
    return render(request, "desk/handovers.html", context)


@require_GET
@page_of(find_seat)
def handover(request: Request, seat: Seat) -> HttpResponse:
    """The hand-over pack of a seat, to print."""
    page = handover_page(seat, request.user, clock.today())
    return render(request, "desk/handover.html", {"title": f"Overdragelse: {seat}", "page": page})


@require_GET
@page_of(find_seat)
def handover_file(request: Request, seat: Seat, form: str) -> HttpResponse:
    """The hand-over pack as a file."""
    today = clock.today()
    return download(request, handover_paper(handover_page(seat, request.user, today), today), form)


@login_not_required
@require_GET
def search(request: Request, district: Organisation) -> HttpResponse:
    """Search in what I may see; what stands in several places of a page is found there once."""
    page = Results(
        asked=request.GET.get("q", ""),
        sort=request.GET.get("type", ""),
        page=min(max(_number(request, "side"), 1), LAST),
        district=district.slug,
        now=clock.now(),
        reach=queries.reach(request.user, district),
    )
    people = queries.people_named(request.user, district, page.text)
    return render(request, "desk/search.html", {"title": "Søg", "page": page, "people": people})
