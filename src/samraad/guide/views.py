"""Pages of guides at work, and of the helper for sharing."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council.models import LegalBasis
from samraad.council.permissions import employed_in, works_in
from samraad.guide import actions as acts
from samraad.guide import permissions as may
from samraad.guide import queries
from samraad.guide.forms import GuideEditForm, GuideForm, ReleaseForm, ReviewForm, SharingForm
from samraad.guide.models import Guide
from samraad.guide.papers import draft_paper, edition_paper
from samraad.guide.permissions import my_notes, visible_guides
from samraad.look.files import download
from samraad.look.pages import form_page, page_of


def find_guide(request: Request, district: Organisation, pk: int) -> Guide:
    """The guide, if the person may see it."""
    mine = visible_guides(request.user, district).select_related("owner", "district")
    return get_object_or_404(mine, pk=pk)


def find_guide_to_write(request: Request, district: Organisation, pk: int) -> Guide:
    """The same, for those who write it; the others are told who does."""
    guide = find_guide(request, district, pk)
    may.write_guide.check(request.user, district, guide.owner)
    return guide


@require_GET
def guides(request: Request, district: Organisation) -> HttpResponse:
    """All guides that the person may see, with those that are to be looked through."""
    user = request.user
    if not (works_in(user, district) or employed_in(user, district)):
        raise Http404
    found = (
        visible_guides(user, district)
        .select_related("owner", "district")
        .prefetch_related("editions", "legal_bases")
    )
    rows = queries.guide_rows(found, clock.today())
    context = {
        "title": "Vejledninger",
        "rows": rows,
        "stale": [row for row in rows if row.stale],
        "may_write": queries.owners_for(user, district).exists(),
    }
    return render(request, "guide/guides.html", context)


@require_GET
@page_of(find_guide)
def guide(request: Request, guide: Guide) -> HttpResponse:
    """One guide: what its audience reads, or what is being written."""
    page = queries.guide_page(guide, request.user, clock.today())
    context = {
        "title": page.content["title"],
        "page": page,
        "guide": guide,
        "content": page.content,
        "editions": guide.editions.all(),
        "crumbs": guide.above(),
    }
    return render(request, "guide/guide.html", context)


@require_GET
@page_of(find_guide)
def guide_file(request: Request, guide: Guide, form: str) -> HttpResponse:
    """The guide as a file: what its page shows to the person."""
    edition = queries.guide_page(guide, request.user, clock.today()).edition_shown
    if edition is None:
        return download(request, draft_paper(guide), form)
    return download(request, edition_paper(edition), form)


def guide_new(request: Request, district: Organisation) -> HttpResponse:
    """Begin a guide."""
    if not works_in(request.user, district):
        raise Http404
    mine = queries.owners_for(request.user, district)
    if not mine.exists():
        may.write_guide.check(request.user, district, district)
    crumbs = [("Vejledninger", reverse("guide:guides", args=[district.slug]))]
    return form_page(request, GuideForm, acts.write, district=district, given={"owners": mine}, crumbs=crumbs)


@page_of(find_guide_to_write)
def guide_edit(request: Request, guide: Guide) -> HttpResponse:
    """Write a guide."""
    owners = queries.owners_for(request.user, guide.district)
    given = {"owners": owners, "released": guide.editions.exists()}
    return _below(request, GuideEditForm, acts.change, guide, of=guide, given=given)


@page_of(find_guide_to_write)
def guide_release(request: Request, guide: Guide) -> HttpResponse:
    """Release a new edition."""
    given = {"first": not guide.editions.exists()}
    return _below(
        request, ReleaseForm, acts.release, guide, given=given, now=clock.now(), today=clock.today()
    )


@page_of(find_guide_to_write)
def guide_review(request: Request, guide: Guide) -> HttpResponse:
    """Say that a guide holds."""
    return _below(request, ReviewForm, acts.reviewed, guide, today=clock.today())


def _below(request: Request, form: Any, action: Any, guide: Guide, **more: Any) -> HttpResponse:
    """A form below a guide's page, reached from the list of guides."""
    return form_page(request, form, action, guide=guide, back=guide, crumbs=guide.above(), **more)


def sharing(request: Request, district: Organisation) -> HttpResponse:
    """May it be shared? Questions that end in a written reason; the answer is one's own."""
    if not works_in(request.user, district):
        raise Http404
    may.write_down_a_reason.check(request.user, district)
    shows = {
        "basis": LegalBasis.objects.filter(code__contains="115").first(),
        "notes": my_notes(request.user)[:20],
    }
    return form_page(
        request,
        SharingForm,
        acts.write_down_reason,
        district=district,
        now=clock.now(),
        back=reverse("guide:sharing", args=[district.slug]),
        crumbs=[("Vejledninger", reverse("guide:guides", args=[district.slug]))],
        template="guide/sharing.html",
        shows=shows,
    )
