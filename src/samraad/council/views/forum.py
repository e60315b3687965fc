"""Pages of the register of fora: which exist where, which sleep, who sits in them."""

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.models import Removed
from samraad.audit.rooms import parts
from samraad.council import permissions as may
from samraad.council import queries
from samraad.council.actions import forum as acts
from samraad.council.forms.forum import AppointForm, ForumForm, RulesForm, SeatForm
from samraad.council.models import Appointment, Forum, Seat
from samraad.council.permissions import seat_organisations, visible_fora, works_in
from samraad.look.pages import bin_page, form_page, restore


def url_of(forum: Forum) -> str:
    """The one address of a forum."""
    return reverse("council:forum", args=[forum.district.slug, forum.pk])


def find_forum(request: Request, district: Organisation, pk: int) -> Forum:
    """The forum, for anybody who works in the district."""
    return get_object_or_404(visible_fora(request.user, district).select_related("district"), pk=pk)


def crumbs(forum: Forum) -> list[tuple[str, str]]:
    """The way down to a forum's acts."""
    return [("Fora", reverse("council:fora", args=[forum.district.slug])), (forum.name, url_of(forum))]


@require_GET
def fora(request: Request, district: Organisation) -> HttpResponse:
    """Samarbejdsfora: per municipality which exist, when they last met, which sleep."""
    if not works_in(request.user, district):
        raise Http404
    today = clock.today()
    rows = queries.fora_with_life(
        visible_fora(request.user, district)
        .active(today)
        .select_related("convenor")
        .prefetch_related("municipalities"),
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
            "why_not": may.register_forum.reason(request.user, district),
        },
    )


@require_GET
def forum(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """One forum: what it is, who sits in it, how it lives."""
    found = find_forum(request, district, pk)
    user, today = request.user, clock.today()
    inside = may.see_inside.allows(user, found)
    return render(
        request,
        "council/forum.html",
        {
            "title": found.name,
            "forum": found,
            "life": queries.fora_with_life(Forum.objects.filter(pk=found.pk), today)[0],
            "seats": queries.seats_with_holders(found, today),
            "years": [
                (year, queries.attendance_share(found, year), queries.turnover(found, year))
                for year in (today.year, today.year - 1)
            ],
            "forwarded": found.forwarded_items.select_related("item__meeting__forum") if inside else [],
            "parts": parts("council.forum", found, user),
            "may_register": may.register_forum.allows(user, district),
            "may_appoint": may.appoint.allows(user, found),
            "may_prepare": may.prepare.allows(user, found),
            "may_rule": may.set_rules.allows(user, found),
            "crumbs": [("Fora", reverse("council:fora", args=[district.slug]))],
        },
    )


def forum_new(request: Request, district: Organisation) -> HttpResponse:
    """Register a forum."""
    if not works_in(request.user, district):
        raise Http404
    may.register_forum.check(request.user, district)
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
    may.register_forum.check(request.user, district)
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
    may.set_rules.check(request.user, found)
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


def seat_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Make a place in a forum."""
    found = find_forum(request, district, pk)
    may.appoint.check(request.user, found)
    return form_page(
        request,
        SeatForm(request.POST or None, organisations=seat_organisations(request.user, found)),
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
    if not works_in(request.user, district):
        raise Http404
    may.appoint.check(request.user, seat.forum)
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
    if not works_in(request.user, district):
        raise Http404
    may.appoint.check(request.user, found.seat.forum)
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


@require_GET
def bin(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """What was removed from a forum."""
    found = find_forum(request, district, pk)
    may.see_bin.check(request.user, found)
    return bin_page(
        request,
        f"forum:{found.pk}",
        title=f"Papirkurv: {found}",
        restore="council:bin_restore",
        crumbs=crumbs(found),
    )


@require_POST
def bin_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put something of a forum back."""
    removed = get_object_or_404(Removed, pk=pk, place__startswith="forum:")
    found = find_forum(request, district, int(removed.place.split(":")[1]))
    return restore(request, removed, back=url_of(found))
