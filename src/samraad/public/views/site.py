"""The root, what the site says of itself, and whether it is up."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from samraad.accounts.models import Organisation
from samraad.council.models import Forum


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
