"""Pages of the register of fora: which exist where, which sleep, who sits in them."""

from typing import Any

from django.db.models import Q
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation, User
from samraad.council import permissions, queries
from samraad.council.actions import forum as acts
from samraad.council.actions import meeting as meetings
from samraad.council.actions import place
from samraad.council.forms.forum import (
    AppointForm,
    ForumForm,
    RulesForm,
    SeatChangeForm,
    SeatForm,
    SeminarEditForm,
    SeminarForm,
)
from samraad.council.models import Appointment, Forum, Seat, Seminar
from samraad.look.forms import ReasonForm
from samraad.look.pages import act, form_page


def url_of(forum: Forum) -> str:
    """The one address of a forum."""
    return reverse("council:forum", args=[forum.district.slug, forum.pk])


def find_forum(request: Request, district: Organisation, pk: int) -> Forum:
    """The forum, for anybody who works in the district."""
    return get_object_or_404(
        permissions.visible_fora(request.user, district).select_related("district"), pk=pk
    )


def crumbs(forum: Forum) -> list[tuple[str, str]]:
    """The way down to a forum's acts."""
    return [("Fora", reverse("council:fora", args=[forum.district.slug])), (forum.name, url_of(forum))]


@require_GET
def fora(request: Request, district: Organisation) -> HttpResponse:
    """Samarbejdsfora: per municipality which exist, when they last met, which sleep."""
    if not permissions.works_in(request.user, district):
        raise Http404
    today = clock.today()
    rows = queries.fora_with_life(
        permissions.visible_fora(request.user, district).active(today).prefetch_related("municipalities"),
        today,
    )
    municipalities = list(Organisation.objects.of_district(district, today))
    return render(
        request,
        "council/fora.html",
        {
            "title": "Samarbejdsfora",
            "coverage": queries.coverage(district, municipalities, today),
            "district_wide": [f for f in rows if len(f.municipalities.all()) != 1],
            "sleeping": [f for f in rows if f.sleeps],
            "count": len(rows),
            "why_not": permissions.register_forum.reason(request.user, district),
        },
    )


@require_GET
def forum(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """One forum: what it is, who sits in it, how it lives."""
    found = find_forum(request, district, pk)
    today = clock.today()
    inside = permissions.see_inside.allows(request.user, found)
    around = inside or permissions.keep_network.allows(request.user, found)
    seats = found.seats.select_related("organisation").prefetch_related("appointments__user")
    rows = [
        {
            "seat": seat,
            "held": [
                a
                for a in seat.appointments.all()
                if a.starts_on <= today and (not a.ends_on or a.ends_on >= today)
            ],
        }
        for seat in seats
    ]
    life = queries.fora_with_life(Forum.objects.filter(pk=found.pk), today)[0]
    return render(
        request,
        "council/forum.html",
        {
            "title": found.name,
            "forum": found,
            "life": life,
            "seats": rows,
            "inside": inside,
            "around": around,
            "may_keep": permissions.keep_network.allows(request.user, found),
            "years": [
                (y, queries.attendance_share(found, y), queries.turnover(found, y))
                for y in (today.year, today.year - 1)
            ],
            "forwarded": found.forwarded_items.select_related("item__meeting__forum") if inside else [],
            "pacts": found.pacts.all() if around else [],
            "events": found.events.filter(Q(on__gte=today) | Q(until__gte=today)) if around else [],
            "past_events": found.events.filter(on__lt=today).exclude(until__gte=today).reverse()[:40]
            if around
            else [],
            "advice": found.advice.select_related("municipality")[:40] if around else [],
            "unreached": queries.unreached(found) if around else [],
            "today": today,
            "seminars": found.seminars.prefetch_related("reach")[:10],
            "may_register": permissions.register_forum.allows(request.user, district),
            "may_appoint": permissions.appoint.allows(request.user, found),
            "may_change_all": found.is_kredsraad and permissions.change_all_seats.allows(request.user, found),
            "may_prepare": permissions.prepare.allows(request.user, found),
            "may_hold_seminar": permissions.enter_seminar.allows(request.user, found),
            "may_rule": permissions.set_rules.allows(request.user, found),
            "may_ask": permissions.ask_for_extra_meeting.allows(request.user, found),
            "crumbs": [("Fora", reverse("council:fora", args=[district.slug]))],
        },
    )


def forum_new(request: Request, district: Organisation) -> HttpResponse:
    """Register a forum."""
    if not permissions.works_in(request.user, district):
        raise Http404
    permissions.register_forum.check(request.user, district)
    municipalities = Organisation.objects.of_district(district, clock.today())
    form = ForumForm(
        request.POST or None, fora=Forum.objects.of_district(district), municipalities=municipalities
    )
    return form_page(
        request,
        form,
        lambda data: acts.open_forum(district=district, slug=_slug(data["name"]), by=request.user, **data),
        title="Nyt forum",
        button="Tilføj forum",
        done="Forummet står i listen.",
        back=url_of,
        crumbs=[("Fora", reverse("council:fora", args=[district.slug]))],
    )


def _slug(name: str) -> str:
    return slugify(
        name.lower()
        .replace("æ", "ae")
        .replace("ø", "oe")
        .replace("å", "aa")
        .replace("+", "-plus")
        .replace("§", "p")
    )[:80]


def forum_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Change what the register says."""
    found = find_forum(request, district, pk)
    permissions.register_forum.check(request.user, district)
    municipalities = Organisation.objects.of_district(district, clock.today())
    names = [name for name in ForumForm.base_fields if name != "municipalities"]
    initial = {name: getattr(found, name) for name in names} | {"municipalities": found.municipalities.all()}
    others = Forum.objects.of_district(district).exclude(pk=found.pk)
    return form_page(
        request,
        ForumForm(request.POST or None, initial=initial, fora=others, municipalities=municipalities),
        lambda data: acts.change_forum(forum=found, by=request.user, **data),
        title=f"Ret {found}",
        done="Forummet er gemt.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def rules(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """The forum's own rules, and the chair's mandate to the secretariat."""
    found = find_forum(request, district, pk)
    permissions.set_rules.check(request.user, found)
    initial = {
        name: getattr(found, name)
        for name in ("approval_required", "objection_days", "release_mandate_until")
    }
    return form_page(
        request,
        RulesForm(request.POST or None, initial=initial),
        lambda data: acts.set_rules(forum=found, by=request.user, **data),
        title=f"Regler for {found}",
        done="Reglerne er gemt.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def extra_meeting(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Ask for an extra meeting."""
    found = find_forum(request, district, pk)
    permissions.ask_for_extra_meeting.check(request.user, found)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda data: meetings.ask_for_extra_meeting(forum=found, now=clock.now(), by=request.user, **data),
        title=f"Bed om et ekstra møde i {found}",
        lead="Ønsket står på sekretariatets bord, og det skal svare inden 14 dage.",
        button="Send ønsket",
        done="Ønsket er sendt til sekretariatet.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def seat_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Make a place in a forum."""
    found = find_forum(request, district, pk)
    permissions.appoint.check(request.user, found)
    return form_page(
        request,
        SeatForm(request.POST or None, organisations=permissions.seat_organisations(request.user, found)),
        lambda data: acts.add_seat(forum=found, by=request.user, **data),
        title=f"Ny plads i {found}",
        button="Tilføj pladsen",
        done="Pladsen er tilføjet.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def appoint(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Give a person a seat."""
    seat = get_object_or_404(
        Seat.objects.select_related("forum__district", "organisation"), pk=pk, forum__district=district
    )
    if not permissions.works_in(request.user, district):
        raise Http404
    permissions.appoint.check(request.user, seat.forum)
    return form_page(
        request,
        AppointForm(
            request.POST or None,
            initial={"starts_on": clock.today(), "function": queries.usual_function(seat, clock.today())},
            people=queries.people_for(seat),
        ),
        lambda data: acts.appoint(seat=seat, by=request.user, **data),
        title=f"Hvem skal sidde på pladsen “{seat}”?",
        lead="Står personen ikke på listen, skal hun eller han først inviteres af sin organisation.",
        button="Udpeg",
        done=lambda made: f"{made.user} er udpeget.",
        back=url_of(seat.forum),
        crumbs=crumbs(seat.forum),
    )


def appointment_end(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """End an appointment today, when its consequence was read."""
    found = get_object_or_404(
        Appointment.objects.select_related("seat__forum__district"), pk=pk, seat__forum__district=district
    )
    if not permissions.works_in(request.user, district):
        raise Http404
    permissions.appoint.check(request.user, found.seat.forum)
    return form_page(
        request,
        Form(request.POST if request.method == "POST" else None),
        lambda data: acts.end_appointment(appointment=found, on=clock.today(), by=request.user),
        title=f"Afslut udpegningen af {found.user} til “{found.seat}”",
        lead=f"{found.user} mister adgangen til {found.seat.forum} ved næste klik. Løfter og svar bliver ved pladsen. Du kan udpege igen.",
        button="Afslut udpegningen",
        done="Udpegningen er afsluttet. Adgangen er væk ved næste klik.",
        back=url_of(found.seat.forum),
        crumbs=crumbs(found.seat.forum),
    )


def _seats_changed(invited: list[tuple[User, str]]) -> str:
    said = f"{len(invited)} personer har fået plads. Send dem deres link, og giv dem overdragelsen."
    alone = [
        user.name
        for user, token in invited
        if not token
        and not user.has_usable_password()
        and user.memberships.values("organisation").distinct().count() > 1  # type: ignore[attr-defined]
    ]
    return (
        f"{said} Linket til {' og '.join(alone)} er kun sendt i en mail til personen selv." if alone else said
    )


def seats_change(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Change all mayors' seats in one act after an election."""
    found = find_forum(request, district, pk)
    permissions.change_all_seats.check(request.user, found)
    seats = list(found.seats.filter(member=True, organisation__kind=Organisation.Kind.MUNICIPALITY))
    form = SeatChangeForm(request.POST or None, seats=seats, initial={"starts_on": clock.today()})

    def run(data: dict[str, Any]) -> list[Any]:
        holders = [
            acts.NewHolder(
                seat,
                data[f"name_{seat.pk}"],
                data[f"email_{seat.pk}"],
                data[f"deputy_name_{seat.pk}"],
                data[f"deputy_email_{seat.pk}"],
            )
            for seat in seats
            if data[f"email_{seat.pk}"]
        ]
        invited = acts.change_seats(
            forum=found, holders=holders, starts_on=data["starts_on"], by=request.user
        )
        links = [
            (user.name, request.build_absolute_uri(reverse("accounts:invitation", args=[token])))
            for user, token in invited
            if token
        ]
        request.session["invitation_links"] = links
        return invited

    return form_page(
        request,
        form,
        run,
        title="Skift borgmesterpladserne efter valget",
        lead="Pladser uden e-mail bliver ikke ændret. De gamle borgmestre og stedfortrædere mister adgang den dag, de nye begynder.",
        button="Skift pladserne",
        done=_seats_changed,
        back=reverse("desk:handovers", args=[district.slug, found.pk]),
        crumbs=crumbs(found),
    )


def seminar_new(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Enter a seminar or webinar."""
    found = find_forum(request, district, pk)
    permissions.enter_seminar.check(request.user, found)

    def run(data: dict[str, Any]) -> Any:
        profession, count = data.pop("profession"), data.pop("count")
        reach = [(profession or "deltagere", None, count)] if count else []
        return place.hold_seminar(forum=found, by=request.user, reach=reach, **data)

    return form_page(
        request,
        SeminarForm(request.POST or None),
        run,
        title=f"Seminar eller webinar i {found}",
        done="Arrangementet er gemt.",
        back=url_of(found),
        crumbs=crumbs(found),
    )


def find_seminar(request: Request, district: Organisation, pk: int) -> Seminar:
    """A seminar of a forum that the person may see."""
    found = get_object_or_404(Seminar.objects.select_related("forum__district"), pk=pk)
    find_forum(request, district, found.forum_id)
    return found


def seminar_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a seminar or webinar right."""
    found = find_seminar(request, district, pk)
    permissions.enter_seminar.check(request.user, found.forum)
    initial = {name: getattr(found, name) for name in ("kind", "title", "on", "place", "version")}
    return form_page(
        request,
        SeminarEditForm(
            request.POST or None, initial=initial, reach=list(found.reach.select_related("municipality"))
        ),
        lambda data: place.correct_seminar(seminar=found, by=request.user, **data),
        title=f"Ret “{found}”",
        done="Rettelsen er gemt.",
        back=f"{url_of(found.forum)}#seminar-{found.pk}",
        crumbs=crumbs(found.forum),
    )


@require_POST
def seminar_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a seminar or webinar away."""
    found = find_seminar(request, district, pk)
    return act(
        request,
        lambda: place.remove_seminar(seminar=found, now=clock.now(), by=request.user),
        done="Fjernet. Arrangementet kan sættes på plads fra forummets papirkurv i 30 dage.",
        back=url_of(found.forum),
    )
