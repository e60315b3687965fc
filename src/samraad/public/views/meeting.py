"""Public pages of meetings: when, the open agendas and minutes, the feed, the cooperation in figures."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.audit.access import finds
from samraad.council.calendar import feed
from samraad.council.models import Meeting
from samraad.public.queries import meetings as ahead
from samraad.public.queries import news, pages, released
from samraad.public.queries import numbers as counted
from samraad.public.views.frame import front_crumb, later, show


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
    return show(
        request,
        district,
        "public/meetings.html",
        "Møder",
        coming=released.coming_meetings(district, today),
        next=released.coming_meetings(district, today).coming(today).first(),
        awaited=later(ahead.awaited, district, today),
        published=released.open_meetings(district),
    )


@login_not_required
@require_safe
def numbers(request: HttpRequest, district: Organisation) -> HttpResponse:
    """The cooperation in figures, of what is public."""
    page = later(counted.numbers_page, district, clock.now(), clock.today())
    crumbs = [front_crumb(district)]
    return show(request, district, "public/numbers.html", "Samarbejdet i tal", crumbs, page=page)


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
        agenda = later(ahead.agenda_page, coming)
        return show(request, district, "public/agenda.html", str(coming), crumbs, page=agenda)
    found = get_object_or_404(released.shown_meetings(district), pk=pk)
    page = later(pages.minutes_page, found)
    return show(request, district, "public/meeting.html", str(found), crumbs, page=page)
