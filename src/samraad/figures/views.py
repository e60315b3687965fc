"""Pages of figures at work: what waits, the sources, a table from its file to the public."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.figures import actions as acts
from samraad.figures import permissions as may
from samraad.figures.fetching import fetched
from samraad.figures.forms import (
    ApproveForm,
    ExpectForm,
    FetchForm,
    FileForm,
    RejectForm,
    ReturnForm,
    SourceForm,
    SubmitForm,
    WithdrawForm,
)
from samraad.figures.models import Release, Source
from samraad.figures.permissions import handles_figures, visible_releases, visible_sources
from samraad.figures.queries.work import announced, release_page, releases_page, replaces, source_page
from samraad.look.pages import act, button_of, form_page, page_of, trail


def find_source(request: Request, district: Organisation, pk: int) -> Source:
    """The source, for those who work with the district's figures."""
    return get_object_or_404(
        visible_sources(request.user, district).select_related("district", "owner"), pk=pk
    )


def find_release(request: Request, district: Organisation, pk: int) -> Release:
    """The release, the one too that nobody else sees yet."""
    mine = visible_releases(request.user, district)
    return get_object_or_404(
        mine.select_related("source__district", "source__owner", "loaded_by", "approved_by"), pk=pk
    )


def _list_of(district: Organisation) -> str:
    return reverse("figures:releases", args=[district.slug])


@require_GET
def releases(request: Request, district: Organisation) -> HttpResponse:
    """What waits, and the sources."""
    if not handles_figures(request.user, district):
        raise Http404
    page = releases_page(district, request.user, clock.now())
    return render(request, "figures/releases.html", {"title": "Udgivelser", "page": page})


def source_new(request: Request, district: Organisation) -> HttpResponse:
    """Begin a source."""
    if not handles_figures(request.user, district):
        raise Http404
    may.begin_source.check(request.user, district)
    crumbs = [("Udgivelser", _list_of(district))]
    return form_page(request, SourceForm, acts.begin_source, district=district, owner=district, crumbs=crumbs)


@require_GET
@page_of(find_source)
def source(request: Request, source: Source) -> HttpResponse:
    """A source: what was brought in, what was withdrawn, when the next comes."""
    page = source_page(source, request.user, clock.now())
    context = {"title": str(source), "page": page, "source": source, "crumbs": source.above()}
    return render(request, "figures/source.html", context)


@page_of(find_source, may.load)
def upload(request: Request, source: Source) -> HttpResponse:
    """Bring a file in; it is read whole or not at all."""
    return form_page(
        request,
        FileForm,
        acts.import_release,
        source=source,
        now=clock.now(),
        prepare=_read,
        crumbs=trail(source),
    )


def _read(asked: dict[str, Any]) -> dict[str, Any]:
    """The uploaded table, in the file's place."""
    file = asked["upload"]
    return {"table": acts.read_table(file.read(), str(file.name), clock.today())}


@page_of(find_source, may.load)
def fetch(request: Request, source: Source) -> HttpResponse:
    """Fetch the table from its publisher now."""
    return form_page(
        request,
        FetchForm,
        acts.import_release,
        source=source,
        now=clock.now(),
        prepare=lambda asked: {"table": fetched(source)},
        crumbs=trail(source),
    )


@page_of(find_source, may.load)
def expect(request: Request, source: Source) -> HttpResponse:
    """Say when the next figures come."""
    return form_page(request, ExpectForm, acts.expect, source=source, of=source, back=source)


@require_GET
@page_of(find_release)
def release(request: Request, release: Release) -> HttpResponse:
    """A table: what the check found, what it says otherwise, which sentences turn, what can be done."""
    page = release_page(release, request.user, clock.now())
    context = {"title": release.name, "page": page, "release": release, "crumbs": release.above()}
    return render(request, "figures/release.html", context)


@page_of(find_release, may.hand_in)
def submit(request: Request, release: Release) -> HttpResponse:
    """Hand a table in for approval."""
    given = {"changed": bool(release.difference.get("changed")), "gone": bool(release.gone)}
    words = {"lead": release.gone_words} if release.gone else {}
    return form_page(
        request, SubmitForm, acts.submit, release=release, given=given, words=words, of=release, back=release
    )


@button_of(find_release)
def call_back(request: Request, release: Release) -> HttpResponse:
    """Take a table back that was handed in."""
    said = "Kaldt tilbage. Tallene venter ikke på godkendelse."
    return act(request, acts.call_back, release=release, done=said, back=release)


@page_of(find_release, may.hand_in)
def reject(request: Request, release: Release) -> HttpResponse:
    """Throw a table away."""
    return form_page(
        request, RejectForm, acts.reject, release=release, back=release.source, crumbs=trail(release)
    )


@page_of(find_release, may.approve)
def approve(request: Request, release: Release) -> HttpResponse:
    """Approve a table, and say from when it is public."""
    return form_page(
        request,
        ApproveForm,
        acts.approve,
        release=release,
        now=clock.now(),
        given={"gone": bool(release.gone)},
        initial=announced(release.source, clock.now()),
        words={"lead": replaces(release, clock.now())},
        back=release,
    )


@page_of(find_release, may.approve)
def send_back(request: Request, release: Release) -> HttpResponse:
    """Let the analyst look again."""
    return form_page(request, ReturnForm, acts.send_back, release=release, back=release)


@button_of(find_release)
def take_back_approval(request: Request, release: Release) -> HttpResponse:
    """Take an approval back before the figures are public."""
    said = "Godkendelsen er taget tilbage. Tallene venter på godkendelse igen."
    return act(request, acts.take_back_approval, release=release, now=clock.now(), done=said, back=release)


@page_of(find_release, may.approve)
def withdraw(request: Request, release: Release) -> HttpResponse:
    """Take public figures down."""
    return form_page(request, WithdrawForm, acts.withdraw, release=release, now=clock.now(), back=release)
