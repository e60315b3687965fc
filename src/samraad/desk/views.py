"""Pages of the desk: mine, the wheel, hand-over packs, search, why I may."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Membership, Organisation, User, current_memberships
from samraad.commitment.queries import duties_of_year, waiting_duties
from samraad.council import permissions, queries
from samraad.council.models import Function, Seat
from samraad.desk import queries as desk_queries
from samraad.desk import waiting
from samraad.desk import wheel as picture
from samraad.desk.calendar import CALENDAR, feed
from samraad.search.queries import find

LEADS = (Function.SECRETARY, Function.CHAIR)


@require_GET
def desk(request: Request) -> HttpResponse:
    """Mit bord: what waits for me, late first."""
    held = permissions.appointments(request.user)
    found = waiting.tasks(request.user)
    district = held[0].seat.forum.district if held else None
    council = next((a.seat.forum for a in held if a.seat.forum.is_kredsraad and a.function in LEADS), None)
    own = next(
        (
            a.seat.organisation
            for a in held
            if a.seat.forum.is_kredsraad
            and a.seat.organisation
            and a.seat.organisation.kind == Organisation.Kind.MUNICIPALITY
        ),
        None,
    )
    return render(
        request,
        "desk/desk.html",
        {
            "title": "Mit bord",
            "tasks": found,
            "late": sum(task.late for task in found),
            "meetings": desk_queries.next_meetings(request.user),
            "inside": {a.seat.forum_id for a in held if a.function in permissions.INSIDE},
            "guides": [] if held else _guides(request),
            "secretariat": desk_queries.secretariat(council) if council else None,
            "municipality": desk_queries.municipality(own, district) if own and district else None,
            "organisations": [
                m.organisation
                for m in current_memberships(request.user, clock.today())
                if m.right == Membership.Right.ADMINISTRATOR
            ],
        },
    )


def _guides(request: Request) -> list[tuple[Organisation, Any, dict[str, Any]]]:
    """The guides for one without a seat, in each district that she works in."""
    works = current_memberships(request.user, clock.today()).values("organisation")
    districts = Organisation.objects.districts().filter(
        Q(pk__in=works) | Q(fora__municipalities__in=works) | Q(fora__seats__organisation__in=works)
    )
    return [
        (district, *row)
        for district in districts.distinct()
        for row in desk_queries.guides(request.user, district)
    ]


@require_GET
def rights(request: Request) -> HttpResponse:
    """Min profil: why may I, and the ways to sign in."""
    return render(
        request,
        "desk/rights.html",
        {
            "title": "Min profil",
            "rights": desk_queries.rights(request.user),
            "seats": [
                a.seat for a in permissions.appointments(request.user) if a.function in permissions.INSIDE
            ],
            "calendar": request.build_absolute_uri(
                reverse("desk:calendar", args=[signing.dumps(request.user.pk, salt=CALENDAR)])
            ),
        },
    )


@login_not_required
@require_GET
def calendar(request: Request, token: str) -> HttpResponse:
    """A person's meetings as a calendar that follows along when they move; the secret address is hers alone."""
    try:
        user = User.objects.get(pk=signing.loads(token, salt=CALENDAR), is_active=True)
    except (signing.BadSignature, User.DoesNotExist) as error:
        raise Http404 from error
    return HttpResponse(
        feed(desk_queries.calendar_meetings(user)), content_type="text/calendar; charset=utf-8"
    )


@require_GET
def wheel(request: Request, district: Organisation) -> HttpResponse:
    """The annual wheel of a forum: picture and table."""
    fora = {
        a.seat.forum_id: a.seat.forum
        for a in permissions.appointments(request.user)
        if a.seat.forum.district_id == district.pk and a.function in permissions.INSIDE
    }
    if not fora:
        raise Http404
    wanted = request.GET.get("forum", "")
    chosen = fora.get(int(wanted)) if wanted.isdecimal() else None
    forum = chosen or next((f for f in fora.values() if f.is_kredsraad), next(iter(fora.values())))
    wanted_year = request.GET.get("aar", "")
    year = (
        int(wanted_year)
        if wanted_year.isdecimal() and 2007 <= int(wanted_year) <= 2100
        else clock.today().year
    )
    rows = duties_of_year(forum, year)
    meetings = list(
        forum.meetings.filter(starts_at__year=year).exclude(status="cancelled").order_by("starts_at")
    )
    return render(
        request,
        "desk/wheel.html",
        {
            "title": f"Årshjul {year}",
            "forum": forum,
            "fora": fora.values(),
            "year": year,
            "rows": [
                {"row": row, "word": picture.STATE_WORDS[row.state], "number": n}
                for n, row in enumerate(rows, start=1)
            ],
            "meetings": meetings,
            "ring": picture.ring(year, clock.today(), meetings, rows),
            "holes": sum(row.state == "hole" for row in rows),
            "too_few": queries.too_few_meetings(forum, year),
            "sleeping": waiting_duties(forum),
            "turns": queries.offsite_turns(forum),
            "why_not": permissions.prepare.reason(request.user, forum),
        },
    )


@require_GET
def handovers(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """The seats of a forum with their hand-over packs, and the links of those who were just invited."""
    forum = get_object_or_404(permissions.visible_fora(request.user, district), pk=pk)
    permissions.appoint.check(request.user, forum)
    return render(
        request,
        "desk/handovers.html",
        {
            "title": f"Overdragelser i {forum}",
            "forum": forum,
            "seats": forum.seats.filter(member=True).prefetch_related("appointments__user"),
            "links": request.session.pop("invitation_links", []),
        },
    )


@require_GET
def handover(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """The hand-over pack of a seat, to print: for who holds it, prepares for it, or keeps the forum."""
    seat = get_object_or_404(
        Seat.objects.select_related("forum__district", "organisation"), pk=pk, forum__district=district
    )
    mine = any(
        a.seat_id == seat.pk and a.function in permissions.INSIDE
        for a in permissions.appointments(request.user)
    )
    if not mine and not permissions.appoint.allows(request.user, seat.forum):
        raise Http404
    return render(
        request,
        "desk/handover.html",
        {"title": f"Overdragelse: {seat}", **desk_queries.handover(seat, request.user)},
    )


@login_not_required
@require_GET
def search(request: Request, district: Organisation) -> HttpResponse:
    """Search in what I may see."""
    text = request.GET.get("q", "").strip()[:200].replace("\x00", "")
    entries = find(
        text, district=district.slug, now=clock.now(), **desk_queries.reach(request.user, district)
    )
    found = {entry.url: entry for entry in reversed(entries[:200])}
    rows = list(reversed(found.values()))
    return render(
        request, "desk/search.html", {"title": "Søg", "text": text, "found": rows[:50], "count": len(rows)}
    )
