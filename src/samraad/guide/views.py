"""Pages of guides at work, and of the helper for sharing."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council.models import LegalBasis
from samraad.council.permissions import employed_in, works_in
from samraad.guide import actions
from samraad.guide import permissions as may
from samraad.guide.forms import GuideEditForm, GuideForm, ReasonForm, ReleaseForm, ReviewForm
from samraad.guide.models import Guide
from samraad.guide.permissions import my_notes, visible_guides
from samraad.look.pages import old_form_page


def owners(request: Request, district: Organisation) -> Any:
    """In whose name I may write a guide."""
    every = Organisation.objects.filter(seats__forum__district=district).distinct()
    return every.filter(pk__in=[o.pk for o in every if may.write_guide.allows(request.user, district, o)])


def find_guide(request: Request, district: Organisation, pk: int) -> Guide:
    """The guide, if I may see it."""
    return get_object_or_404(
        visible_guides(request.user, district).select_related("owner", "district"), pk=pk
    )


def crumbs(district: Organisation) -> list[tuple[str, str]]:
    """The way down to a guide."""
    return [("Vejledninger", reverse("guide:guides", args=[district.slug]))]


def url_of(guide: Guide) -> str:
    """A guide's address at work."""
    return reverse("guide:guide", args=[guide.district.slug, guide.pk])


@require_GET
def guides(request: Request, district: Organisation) -> HttpResponse:
    """All guides I may see, those to be reviewed first."""
    if not (works_in(request.user, district) or employed_in(request.user, district)):
        raise Http404
    today = clock.today()
    found = visible_guides(request.user, district).select_related("owner").prefetch_related("editions")
    newest = [(guide, next(iter(guide.editions.all()), None)) for guide in found]
    return render(
        request,
        "guide/guides.html",
        {
            "title": "Vejledninger",
            "rows": [
                (guide, edition, edition.content if edition else actions.content_of(guide))
                for guide, edition in newest
            ],
            "stale": [guide for guide in found if guide.stale(today)],
            "may_write": owners(request, district).exists(),
        },
    )


@require_GET
def guide(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """One guide: what its audience reads, and what is being written."""
    found = find_guide(request, district, pk)
    why_not = may.write_guide.reason(request.user, district, found.owner)
    edition = found.editions.first()
    content = actions.content_of(found) if not why_not or edition is None else edition.content
    return render(
        request,
        "guide/guide.html",
        {
            "title": content["title"],
            "guide": found,
            "edition": edition,
            "content": content,
            "changed": edition is not None and actions.is_changed(found, edition),
            "editions": found.editions.all(),
            "stale": found.stale(clock.today()),
            "why_not": why_not,
            "crumbs": crumbs(district),
        },
    )


def guide_new(request: Request, district: Organisation) -> HttpResponse:
    """Begin a guide."""
    mine = owners(request, district)
    if not works_in(request.user, district):
        raise Http404
    if not mine.exists():
        may.write_guide.check(request.user, district, district)
    return old_form_page(
        request,
        GuideForm(request.POST or None, owners=mine),
        lambda data: actions.write(
            district=district,
            slug=slugify(data["title"])[:80] or "vejledning",
            by=request.user,
            **{**data, "legal_bases": list(data["legal_bases"])},
        ),
        title="Ny vejledning",
        done="Vejledningen er en kladde, til den bliver udgivet.",
        back=url_of,
        crumbs=crumbs(district),
    )


def guide_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Write a guide."""
    found = find_guide(request, district, pk)
    may.write_guide.check(request.user, district, found.owner)
    names = [name for name in GuideEditForm.base_fields if name != "legal_bases"]
    initial = {name: getattr(found, name) for name in names} | {"legal_bases": found.legal_bases.all()}
    form = GuideEditForm(request.POST or None, initial=initial, owners=owners(request, district))
    if found.editions.exists():  # its readers see the day: from now on it is confirmed, not drafted
        del form.fields["review_on"]
    return old_form_page(
        request,
        form,
        lambda data: actions.change(
            guide=found, by=request.user, **{**data, "legal_bases": list(data["legal_bases"])}
        ),
        title=f"Skriv “{found}”",
        done="Gemt. Læserne ser den udgave, der er udgivet.",
        back=url_of(found),
        crumbs=crumbs(district),
    )


def guide_release(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Release a new edition."""
    found = find_guide(request, district, pk)
    may.write_guide.check(request.user, district, found.owner)
    form = ReleaseForm(request.POST or None)
    if not found.editions.exists():
        del form.fields["note"]
    return old_form_page(
        request,
        form,
        lambda data: actions.release(
            guide=found, now=clock.now(), today=clock.today(), by=request.user, note=data.get("note", "")
        ),
        title=f"Udgiv “{found}”",
        button="Udgiv",
        done=lambda edition: f"Udgivet som udgave {edition.number}.",
        back=url_of(found),
        crumbs=crumbs(district),
    )


def guide_review(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Say that a guide holds."""
    found = find_guide(request, district, pk)
    may.write_guide.check(request.user, district, found.owner)
    return old_form_page(
        request,
        ReviewForm(request.POST or None),
        lambda data: actions.reviewed(guide=found, today=clock.today(), by=request.user, **data),
        title=f"“{found}” er set efter og holder",
        button="Gem dagen",
        done="Gemt. Du bliver mindet om den igen.",
        back=url_of(found),
        crumbs=crumbs(district),
    )


def sharing(request: Request, district: Organisation) -> HttpResponse:
    """May it be shared? Questions that end in a written reason; the answer is one's own."""
    if not works_in(request.user, district):
        raise Http404
    may.write_down_a_reason.check(request.user, district)
    return old_form_page(
        request,
        ReasonForm(request.POST or None),
        lambda data: actions.write_down_reason(district=district, now=clock.now(), by=request.user, **data),
        title="Må det deles?",
        lead="Samråd afgør det ikke. Spørgsmålene hjælper dig til selv at afgøre det, og din begrundelse bliver gemt uden navne.",
        button="Gem begrundelsen",
        done=lambda note: (
            f"{note} er gemt. Skriv nummeret i din egen journal. {actions.reminder(note)}".strip()
        ),
        back=reverse("guide:sharing", args=[district.slug]),
        crumbs=crumbs(district),
        template="guide/sharing.html",
        basis=LegalBasis.objects.filter(code__contains="115").first(),
        notes=my_notes(request.user)[:20],
    )
