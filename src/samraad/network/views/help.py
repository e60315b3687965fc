"""Whom a citizen calls: three pages of links for everybody, and the pages of those who keep the numbers.

The public ones tell nobody anything: a number stands in the address in place of the worry, the title is the
same on all, nothing is typed, counted, kept or told to the next site.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.access import finds
from samraad.audit.models import Removed
from samraad.council.permissions import works_in
from samraad.look.pages import act, bin_page, button_of, form_page, page_of, restore, trail
from samraad.network import permissions as may
from samraad.network.actions import help as acts
from samraad.network.forms.help import NumberEditForm, NumberForm, WorryForm
from samraad.network.models import HelpNumber, Worry
from samraad.network.queries import help as queries

TITLE = "Hvem kan hjælpe"
View = Callable[..., HttpResponse]


def quiet(view: View) -> View:
    """For everybody; the address goes to no other site, and the page is soon asked for again ("Åbent nu")."""

    @wraps(view)
    def page(request: HttpRequest, district: Organisation, **asked: object) -> HttpResponse:
        response = view(request, district, **asked)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "max-age=300"
        return response

    told: View = login_not_required(require_safe(page))
    return told


@quiet
def choose(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Choose a worry."""
    groups = queries.grouped(district.worries.all())
    halves = [
        filter(lambda group: group.code in ("child", "self"), groups),
        filter(lambda group: group.code in ("adult", "other"), groups),
    ]
    one_place = len(queries.places_of(district, clock.today())) == 1
    context = {"title": TITLE, "halves": halves, "any": bool(groups), "one_place": one_place}
    return render(request, "network/help_choose.html", context)


@quiet
def where(request: HttpRequest, district: Organisation, code: int) -> HttpResponse:
    """Choose a municipality; where that does not matter, or there is one, the answer at once."""
    worry = _worry(district, code)
    places = queries.places_of(district, clock.today())
    if not worry.needs_place:
        return _answer(request, worry, None, len(places))
    if len(places) == 1:
        return _answer(request, worry, places[0], len(places))
    return render(request, "network/help_where.html", {"title": TITLE, "worry": worry, "places": places})


@quiet
def answer(request: HttpRequest, district: Organisation, code: int, place: str) -> HttpResponse:
    """Whom to call, when, and what happens then."""
    worry = _worry(district, code)
    places = queries.places_of(district, clock.today())
    if place == queries.NOBODY_KNOWS:
        return _answer(request, worry, None, len(places))
    for each in places:
        if each.code == place:
            return _answer(request, worry, each, len(places))
    raise Http404


def _worry(district: Organisation, code: int) -> Worry:
    return get_object_or_404(Worry.objects.select_related("district"), district=district, code=code)


def _answer(request: HttpRequest, worry: Worry, place: Organisation | None, places: int) -> HttpResponse:
    found = queries.answer(worry, place, clock.now(), clock.today())
    many_places = all((worry.needs_place, places > 1))
    context = {"title": TITLE, "answer": found, "many_places": many_places}
    return render(request, "network/help_answer.html", context)


def find_worry(request: Request, district: Organisation, pk: int) -> Worry:
    """A worry, for those who work in the district."""
    if not works_in(request.user, district):
        raise Http404
    return get_object_or_404(Worry.objects.select_related("district"), pk=pk, district=district)


def find_number(request: Request, district: Organisation, pk: int) -> HelpNumber:
    """A number, for those who work in the district."""
    if not works_in(request.user, district):
        raise Http404
    numbers = HelpNumber.objects.select_related("worry__district", "municipality")
    return get_object_or_404(numbers, pk=pk, worry__district=district)


@require_GET
def worries(request: Request, district: Organisation) -> HttpResponse:
    """All worries, and how many of their numbers stand."""
    if not works_in(request.user, district):
        raise Http404
    context = {
        "title": TITLE,
        "pages": queries.worry_pages(district, request.user),
        "may_write": may.keep_worries.allows(request.user, district),
        "why_not": may.keep_worries.reason(request.user, district),
    }
    return render(request, "network/help_worries.html", context)


@require_POST
def start(request: Request, district: Organisation) -> HttpResponse:
    """Begin with the worries that every district begins with."""
    if not works_in(request.user, district):
        raise Http404
    home = reverse("network:help_worries", args=[district.slug])
    done = "Bekymringerne står på siden. Skriv nu numrene, og ret ordene til jeres egne."
    return act(request, acts.start_worries, district=district, done=done, back=home)


@require_GET
@page_of(find_worry)
def worry(request: Request, worry: Worry) -> HttpResponse:
    """A worry with its number in each municipality."""
    page = queries.worry_page(worry, request.user)
    return render(
        request, "network/help_worry.html", {"title": str(worry), "page": page, "crumbs": worry.above()}
    )


@page_of(find_worry, may.keep_worries, of="district")
def worry_edit(request: Request, worry: Worry) -> HttpResponse:
    """Put the words of a worry right."""
    return form_page(request, WorryForm, acts.correct_worry, worry=worry, of=worry, back=worry)


@page_of(find_worry)
def number_new(request: Request, worry: Worry, place: str) -> HttpResponse:
    """Write down the number that one calls first in a municipality, or in the whole district."""
    every = [*queries.places_of(worry.district, clock.today()), worry.district]
    for each in every:
        if each.slug == place:
            return _new(request, worry, each, first=True)
    raise Http404


@page_of(find_worry)
def number_more(request: Request, worry: Worry) -> HttpResponse:
    """Write down somebody else to talk to, in the whole district."""
    return _new(request, worry, worry.district, first=False)


def _new(request: Request, worry: Worry, place: Organisation, *, first: bool) -> HttpResponse:
    may.keep_numbers.check(request.user, place)
    return form_page(
        request,
        NumberForm,
        acts.add_number,
        worry=worry,
        place=place,
        first=first,
        today=clock.today(),
        back=worry,
    )


@page_of(find_number, may.keep_numbers, of="place")
def number_edit(request: Request, number: HelpNumber) -> HttpResponse:
    """Put a number right."""
    return form_page(
        request,
        NumberEditForm,
        acts.correct_number,
        number=number,
        of=number,
        today=clock.today(),
        back=number.worry,
        crumbs=trail(number.worry),
    )


@button_of(find_number)
def number_checked(request: Request, number: HelpNumber) -> HttpResponse:
    """Somebody called it up, and it is right."""
    done = "{number} er ringet op i dag. Borgerne ser dagen."
    return act(request, acts.check_number, number=number, today=clock.today(), done=done, back=number.worry)


@button_of(find_number)
def number_remove(request: Request, number: HelpNumber) -> HttpResponse:
    """Take a number away."""
    done = "{number} er fjernet og kan sættes på plads fra papirkurven i 30 dage."
    return act(request, acts.remove_number, number=number, now=clock.now(), done=done, back=number.worry)


@require_GET
def numbers_bin(request: Request, district: Organisation) -> HttpResponse:
    """Numbers that were taken away."""
    may.keep_worries.check(request.user, district)
    crumbs = [(TITLE, reverse("network:help_worries", args=[district.slug]))]
    place = acts.bin_of(district)
    return bin_page(request, place, title="Papirkurv: numre", restore="network:help_restore", crumbs=crumbs)


@require_POST
@finds(Removed)
def number_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a number back."""
    if not works_in(request.user, district):
        raise Http404
    removed = get_object_or_404(Removed, pk=pk, place=acts.bin_of(district))
    return restore(request, removed, back=reverse("network:help_worries", args=[district.slug]))
