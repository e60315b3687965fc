"""Pages anyone may read, in HTML."""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import TypeVar, cast

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.audit.access import finds
from samraad.council.calendar import feed
from samraad.council.models import Forum, Meeting, Seat
from samraad.documents.model import Document
from samraad.guide.papers import edition_paper
from samraad.look.files import download
from samraad.network.models import Station
from samraad.plan.models import Edition, FocusArea
from samraad.plan.papers import plan_paper
from samraad.public.queries import meetings as ahead
from samraad.public.queries import news, pages, released
from samraad.public.queries import numbers as counted
from samraad.public.queries.cards import numbers as numbers_of

Answer = TypeVar("Answer")
Crumbs = list[tuple[str, str]]
NO_CRUMBS: Crumbs = []
OK, KEPT = 200, 86_400  # seconds that a file is kept at most


@login_not_required
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The root leads to the only district, or lets choose."""
    with_council = Organisation.objects.districts().filter(fora__kind=Forum.Kind.KREDSRAAD).distinct()
    if len(with_council) == 1:
        return redirect("public:front", with_council[0].slug)
    return render(request, "public/districts.html", {"title": "Vælg politikreds", "districts": with_council})


@login_not_required
@require_safe
def front(request: HttpRequest, district: Organisation) -> HttpResponse:
    """What was agreed, how it goes."""
    page = _later(pages.front_page, district, clock.now(), clock.today())
    return _show(request, district, "public/front.html", "Forside", page=page)


@login_not_required
@require_safe
def plans(request: HttpRequest, district: Organisation) -> HttpResponse:
    """All plans and years, with their editions and hashes."""
    rows = released.editions(district, clock.now())
    return _show(request, district, "public/plans.html", "Planer", rows=rows, newest=_later(rows.first))


@login_not_required
@require_safe
def plan(request: HttpRequest, district: Organisation, year: int) -> HttpResponse:
    """The plan of a year, its newest edition."""
    edition = _find_edition(district, year)
    page = _later(pages.plan_page, edition, clock.now(), clock.today())
    return _plan(request, district, edition, page)


@login_not_required
@require_safe
def plan_file(request: HttpRequest, district: Organisation, year: int, form: str) -> HttpResponse:
    """The newest edition of a year's plan as a file."""
    edition = _find_edition(district, year)
    if edition.withdrawn_because:
        raise Http404
    return _file(request, district, partial(plan_paper, edition.plan, edition), form)


def _file(
    request: HttpRequest, district: Organisation, paper: Callable[[], Document], form: str
) -> HttpResponse:
    """A file, made once and kept until something happens, as the body of a page is (`_show`)."""
    stamp = released.stamp(district, clock.now(), clock.today())
    key = f"public-file-{sha256(f'{request.path} {stamp}'.encode()).hexdigest()}"
    kept: HttpResponse | None = cache.get(key)
    if kept is None:
        kept = download(request, paper(), form)
        if kept.status_code == OK:
            cache.set(key, kept, KEPT)
    return kept


@login_not_required
@require_safe
def edition(request: HttpRequest, district: Organisation, year: int, number: int) -> HttpResponse:
    """One edition, with what changed since the one before."""
    rows = released.editions(district, clock.now()).filter(plan__year=year)
    found = get_object_or_404(rows, number=number)
    page = _later(pages.edition_page, found, clock.now(), clock.today())
    return _plan(request, district, found, page)


def _find_edition(district: Organisation, year: int) -> Edition:
    """The newest public edition of a year's plan, or not found."""
    found = released.newest(district, clock.now(), year)
    if found is None:
        raise Http404
    return found


def _plan(
    request: HttpRequest, district: Organisation, edition: Edition, page: pages.PlanPage
) -> HttpResponse:
    title = edition.content["title"]
    return _show(request, district, "public/plan.html", title, crumbs=_crumbs(district), page=page)


def _show(
    request: HttpRequest,
    district: Organisation,
    template: str,
    title: str,
    crumbs: Crumbs = NO_CRUMBS,
    **shown: object,
) -> HttpResponse:
    """A page of the district. Its body is kept until something happens (`public/base.html`).

    What is `shown` is asked for only when the body is made: give it as a query set or with `_later`.
    """
    stamp = released.stamp(district, clock.now(), clock.today())
    context = {"title": title, "crumbs": crumbs, "stamp": stamp}
    return render(request, template, context | shown)


def _later(ask: Callable[..., Answer], *what: object) -> Answer:
    """The answer to a question that is asked when the answer is first needed."""
    return cast(Answer, SimpleLazyObject(partial(ask, *what)))


def _crumbs(district: Organisation) -> Crumbs:
    """The way down to a plan."""
    return [_front(district), ("Planer", reverse("public:plans", args=[district.slug]))]


def _front(district: Organisation) -> tuple[str, str]:
    return "Forside", reverse("public:front", args=[district.slug])


@login_not_required
@require_safe
@finds(FocusArea)
def area(request: HttpRequest, district: Organisation, year: int, pk: int) -> HttpResponse:
    """One area: what was agreed and what each lokalråd answered."""
    edition = _find_edition(district, year)
    found = pages.area_of(edition, pk)
    if found is None:
        raise Http404
    whole = (edition.content["title"], reverse("public:plan", args=[district.slug, year]))
    crumbs = [*_crumbs(district), whole]
    page = _later(pages.area_page, edition, found, clock.now(), clock.today())
    return _show(request, district, "public/area.html", found["title"], crumbs, page=page)


@login_not_required
@require_safe
def municipalities(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Choose a municipality."""
    places = _later(released.places, district)
    return _show(request, district, "public/municipalities.html", "Min kommune", places=places)


@login_not_required
@require_safe
def municipality(request: HttpRequest, district: Organisation, slug: str) -> HttpResponse:
    """What is promised here and how it goes, as released."""
    found = released.municipality(district, slug)
    if found is None:
        raise Http404
    choose = ("Min kommune", reverse("public:municipalities", args=[district.slug]))
    crumbs = [_front(district), choose]
    page = _later(pages.municipality_page, district, found, clock.now(), clock.today())
    own = _later(numbers_of, page, district, clock.now())
    return _show(
        request, district, "public/municipality.html", found.short_name, crumbs, page=page, numbers=own
    )


@login_not_required
@require_safe
def meetings_ics(request: HttpRequest, district: Organisation) -> HttpResponse:
    """When the kredsråd meets, for a calendar that follows along; no secret, for the page says the same."""
    page = reverse("public:meetings", args=[district.slug])
    coming = released.coming_meetings(district, clock.today()).prefetch_related("moves")
    content = feed(coming, f"Kredsrådets møder, {district}", lambda meeting: page)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@login_not_required
@require_safe
def meetings(request: HttpRequest, district: Organisation) -> HttpResponse:
    """When the kredsråd meets, and the open minutes."""
    today = clock.today()
    return _show(
        request,
        district,
        "public/meetings.html",
        "Møder",
        coming=released.coming_meetings(district, today),
        next=released.coming_meetings(district, today).coming(today).first(),
        awaited=_later(ahead.awaited, district, today),
        published=released.open_meetings(district),
    )


@login_not_required
@require_safe
def numbers(request: HttpRequest, district: Organisation) -> HttpResponse:
    """The cooperation in figures, of what is public."""
    page = _later(counted.numbers_page, district, clock.now(), clock.today())
    crumbs = [_front(district)]
    return _show(request, district, "public/numbers.html", "Samarbejdet i tal", crumbs, page=page)


@login_not_required
@require_safe
def news_feed(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Decisions and editions, newest first, for a reader of news (Atom, RFC 4287)."""
    here = request.build_absolute_uri(request.path)
    feed = Atom1Feed(
        title=f"Nyt fra Samråd {district.short_name}",
        link=request.build_absolute_uri(reverse("public:front", args=[district.slug])),
        description="Beslutninger og udgaver",
        language="da",
        feed_url=here,
        feed_guid=here,
    )
    for entry in news.news(district, clock.now()):
        address = request.build_absolute_uri(entry.url)
        feed.add_item(
            entry.title,
            address,
            entry.text,
            unique_id=f"{here}#{entry.key}",
            pubdate=entry.at,
            updateddate=entry.at,
            author_name=f"Kredsrådet i {district.short_name}",
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@login_not_required
@require_safe
@finds(Meeting)
def meeting(request: HttpRequest, district: Organisation, pk: int) -> HttpResponse:
    """The open agenda of a meeting that is called; of one that was held, the open part of its minutes."""
    crumbs = [("Møder", reverse("public:meetings", args=[district.slug]))]
    coming = ahead.with_open_agenda(district, clock.today()).filter(pk=pk).first()
    if coming is not None:
        agenda = _later(ahead.agenda_page, coming)
        return _show(request, district, "public/agenda.html", str(coming), crumbs, page=agenda)
    found = get_object_or_404(released.shown_meetings(district), pk=pk)
    page = _later(pages.minutes_page, found)
    return _show(request, district, "public/meeting.html", str(found), crumbs, page=page)


@login_not_required
@require_safe
def help_moved(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Where "Hvem kan hjælpe" stood before it had an answer."""
    return redirect("network:help", district.slug)


@login_not_required
@require_safe
def fora(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Where police and municipalities work together: the fora, what they do, and the contact block."""
    return _show(
        request,
        district,
        "public/fora.html",
        "Her arbejder de sammen",
        groups=_later(pages.fora_by_kind, district, clock.today()),
        seats=Seat.objects.filter(forum__district=district, forum__kind=Forum.Kind.KREDSRAAD, member=True),
        contacts=district.contact_points.all(),
        stations=Station.objects.filter(district=district),
    )


@login_not_required
@require_safe
def stations(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Nærstationer with opening hours."""
    rows = Station.objects.filter(district=district).select_related("municipality").prefetch_related("hours")
    return _show(request, district, "public/stations.html", "Nærstationer", stations=rows)


@login_not_required
@require_safe
def data(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Files and descriptions."""
    rows = released.editions(district, clock.now())
    return _show(request, district, "public/data.html", "Hent data", rows=rows)


@login_not_required
@require_safe
def guides(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Guides that anyone may read."""
    rows = _later(released.guides, district)
    return _show(request, district, "public/guides.html", "Vejledninger", rows=rows)


@login_not_required
@require_safe
def guide(request: HttpRequest, district: Organisation, slug: str) -> HttpResponse:
    """A guide's newest edition."""
    found = released.guide(district, slug)
    if found is None:
        raise Http404
    every = ("Vejledninger", reverse("public:guides", args=[district.slug]))
    crumbs = [_front(district), every]
    return _show(request, district, "public/guide.html", found.content["title"], crumbs, edition=found)


@login_not_required
@require_safe
def guide_file(request: HttpRequest, district: Organisation, slug: str, form: str) -> HttpResponse:
    """A guide's newest edition as a file."""
    found = released.guide(district, slug)
    if found is None:
        raise Http404
    return _file(request, district, partial(edition_paper, found), form)


@login_not_required
@require_safe
def account(request: HttpRequest, district: Organisation, year: int) -> HttpResponse:
    """The politidirektør's released account of a year."""
    found = released.accounts(district, clock.now()).filter(plan__year=year).first()
    if found is None:
        raise Http404
    title, crumbs = found.content["title"], _crumbs(district)
    return _show(request, district, "public/account.html", title, crumbs, edition=found)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The duty page /was."""
    return render(request, "public/accessibility.html", {"title": "Tilgængelighed"})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about whom."""
    return render(request, "public/privacy.html", {"title": "Privatliv"})


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """Which cookies, and why."""
    return render(request, "public/cookies.html", {"title": "Cookies"})


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Is the site up, with its database?"""
    Organisation.objects.exists()
    return HttpResponse("ok", content_type="text/plain")
